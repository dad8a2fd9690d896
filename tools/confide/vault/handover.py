"""The keys of one partnership on their way to another keeper: a file for them alone, which says who gave it.

Inside one OpenPGP message for the new keeper: a head of `name: value` lines, the secret keys in armour, and a detached
signature of whoever hands over, under all of it. It is never put into the repository, whose history forgets nothing:
a key that was once there could not be destroyed (docs/adr/0008).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from confide.model import ids
from confide.model.problem import Malformed, Problem
from confide.vault.sequoia import Certificate, SecretKey, verify_detached

HEAD = b"confide/1 handover\n"
_SIGNATURE = b"-----BEGIN PGP SIGNATURE-----"
_KEYS = re.compile(rb"-----BEGIN PGP PRIVATE[ ]KEY BLOCK-----.*?-----END PGP PRIVATE[ ]KEY BLOCK-----\n", re.DOTALL)
_LINES = ("practice", "partnership", "root", "first-keeper", "from", "to")


@dataclass(frozen=True)
class Handover:
    """What is handed over: `giver` and `receiver` are fingerprints, `root` and `keeper` the pins of the practice."""

    practice: str
    partnership: str
    root: str
    keeper: str
    giver: str
    receiver: str
    keys: tuple[SecretKey, ...] = field(repr=False)


def payload(handover: Handover) -> bytes:
    """The bytes that are signed."""
    values = (
        *(handover.practice, handover.partnership, handover.root),
        *(handover.keeper, handover.giver, handover.receiver),
    )
    head = "".join(f"{name}: {value}\n" for name, value in zip(_LINES, values, strict=True))
    return HEAD + head.encode("ascii") + b"\n" + b"".join(key.armoured() for key in handover.keys)


def read(data: bytes) -> tuple[Handover, bytes, bytes]:
    """What `data` says, the bytes that are signed, and the signature; nothing is verified yet. Raises Malformed."""
    at = data.find(_SIGNATURE)
    signed, signature = data[:at], data[at:]
    head, _, body = signed.partition(b"\n\n")
    lines = [line.partition(": ") for line in head.decode("ascii", "replace").split("\n")]
    found = tuple(value for _, _, value in lines[1:])
    if at < 0 or not head.startswith(HEAD) or tuple(name for name, _, _ in lines[1:]) != _LINES or not _sound(found):
        raise Malformed(
            Problem(
                "this is no handover of a partnership", "it was damaged, or is something else", hint="ask for it again"
            )
        )
    keys = tuple(SecretKey.parse(block) for block in _KEYS.findall(body))
    practice, partnership, root, keeper, giver, receiver = found
    handover = Handover(practice, partnership, root, keeper, giver, receiver, keys)
    if not keys or payload(handover) != signed:
        raise Malformed(Problem("a handover with something else in it than keys", hint="ask for it again"))
    return handover, signed, signature


def check(handover: Handover, signed: bytes, signature: bytes, givers: Sequence[Certificate]) -> None:
    """Raise Malformed unless whoever it names as giver signed it, and is one of `givers`."""
    if verify_detached(signed, signature, givers).signer != handover.giver:
        raise Malformed(Problem("a handover by somebody else than it says", "it was forged", hint="ask for it again"))


def _sound(values: tuple[str, ...]) -> bool:
    practice, partnership, root, *fingerprints = values
    named = ids.is_practice(practice) and ids.is_partnership(partnership)
    return named and bool(re.fullmatch(r"[0-9a-f]{40}", root)) and all(map(ids.is_fingerprint, fingerprints))
