"""A box that a passphrase opens: Argon2id makes the passphrase dear to guess, OpenPGP closes the box.

Format 1: one line `confide-locked/1 argon2id m=KIB t=PASSES p=LANES salt=HEX`, then an OpenPGP message encrypted to the
hexadecimal text of the Argon2id hash. So `argon2` and `gpg` open it without this program (docs/FORMAT.md). A changed
line gives another hash, so the line needs no signature of its own.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

from confide.model.problem import Malformed, NotAllowed, Problem
from confide.vault import sequoia

SALT_BYTES = 16
HASH_BYTES = 32


@dataclass(frozen=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes."""

    memory: int = 65536
    passes: int = 3
    lanes: int = 4


# RFC 9106, 4: the second recommended option, for places where 2 GiB a guess are too much (a portal serves several).
COST = Cost()
# A box comes from a host that is not trusted: what it may make its reader spend has an end.
DEAREST = Cost(memory=262144, passes=10, lanes=8)

_LINE = re.compile(rb"confide-locked/1 argon2id m=(\d{1,7}) t=(\d{1,3}) p=(\d{1,2}) salt=([0-9a-f]{32})\n")


def lock(secret: bytes, passphrase: str, cost: Cost = COST) -> bytes:
    """`secret` in a box that opens with `passphrase`."""
    salt = secrets.token_bytes(SALT_BYTES)
    line = f"confide-locked/1 argon2id m={cost.memory} t={cost.passes} p={cost.lanes} salt={salt.hex()}\n"
    return line.encode() + sequoia.lock_with_text(secret, stretch(passphrase, salt, cost))


def unlock(box: bytes, passphrase: str) -> bytes:
    """What is in the box. Raises NotAllowed for a wrong passphrase (or a box changed since), Malformed for no box."""
    found = _LINE.match(box)
    if not found:
        raise Malformed("not a box of format `confide-locked/1`")
    cost = Cost(*(int(number) for number in found.group(1, 2, 3)))
    if not _bearable(cost):
        raise Malformed(Problem("a box that costs more to open than any this program makes", "it was not made by it"))
    content = sequoia.unlock_with_text(box[found.end() :], stretch(passphrase, bytes.fromhex(found[4].decode()), cost))
    if content is None:
        raise NotAllowed("wrong passphrase")
    return content


def stretch(passphrase: str, salt: bytes, cost: Cost = COST) -> str:
    """Argon2id over the passphrase in Unicode's composed form (RFC 8265, 4.2.2), as 64 hexadecimal digits."""
    text = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(text, salt, cost.passes, cost.memory, cost.lanes, HASH_BYTES, Type.ID).hex()


def _bearable(cost: Cost) -> bool:
    """Within the ceiling, and possible at all: Argon2 needs 8 KiB a lane (RFC 9106, 3.1)."""
    dearest = cost.memory <= DEAREST.memory and cost.passes <= DEAREST.passes and cost.lanes <= DEAREST.lanes
    return dearest and cost.passes >= 1 and cost.lanes >= 1 and cost.memory >= 8 * cost.lanes
