"""When a certificate ends for those who encrypt to it, and what they are told then.

The library tells when the primary key ends, and no more; and it encrypts to what has ended without a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from confide.model.problem import NotAllowed, Problem

WHY = "nothing can be sealed for it any more"
RENEW = "its owner runs `gpg --quick-set-expire FINGERPRINT 2y`, again with each subkey's behind it; record the result"
REPLACE = "ask its owner for a new key and record it; what was written to the old one stays as it is"


@dataclass(frozen=True)
class Binding:
    """One signature that binds an encryption subkey: when made, and when the subkey ends by it (None: never)."""

    subkey: str
    made: datetime
    ends: datetime | None


def end(primary: datetime | None, bindings: Iterable[Binding]) -> datetime | None:
    """When nothing can be encrypted any more: with the primary key, or with the last of the encryption subkeys.

    The latest binding of a subkey counts, as in GnuPG. These signatures are not verified here: the library does that
    when it encrypts, and a forged one could only make a key look usable to the one who forged it.
    """
    latest: dict[str, Binding] = {}
    for binding in bindings:
        if binding.subkey not in latest or latest[binding.subkey].made <= binding.made:
            latest[binding.subkey] = binding
    ends = [binding.ends for binding in latest.values()]
    last = None if None in ends else max((one for one in ends if one), default=None)
    return min((one for one in (primary, last) if one), default=None)


def over(ends: datetime | None, now: datetime) -> bool:
    """Whether the end is reached."""
    return ends is not None and ends <= now


def check_usable(fingerprint: str, revoked: bool, ends: datetime | None, now: datetime) -> None:
    """Raise NotAllowed when nothing may be encrypted to this key at `now`, with what helps."""
    if revoked:
        raise NotAllowed(Problem(f"the key {fingerprint} is revoked", WHY, hint=REPLACE))
    if over(ends, now):
        raise NotAllowed(Problem(f"the key {fingerprint} expired on {ends:%Y-%m-%d}", WHY, hint=RENEW))
