"""When a certificate ends for those who encrypt to it: the library only tells about the primary key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


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
