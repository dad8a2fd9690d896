"""New random identifiers. The alphabet and the shapes are the model's; the randomness comes in here."""

from __future__ import annotations

import secrets

from confide.model.commitment import SECRET_BYTES
from confide.model.ids import EVENT_LENGTH, PARTNERSHIP_LENGTH, fresh

READER_LENGTH = 10


def event_id() -> str:
    return fresh(EVENT_LENGTH, secrets.choice)


def partnership_id(taken: frozenset[str] = frozenset()) -> str:
    """`p-` and four letters; one more letter for every hundred tries that met an id already taken."""
    for tries in range(10_000):
        found = "p-" + fresh(PARTNERSHIP_LENGTH + tries // 100, secrets.choice)
        if found not in taken:
            return found
    raise AssertionError("ids of any length are taken")


def practice_id() -> str:
    return "c-" + fresh(PARTNERSHIP_LENGTH, secrets.choice)


def reader_id() -> str:
    """Ten letters: the only thing in a reader's address, and no word of theirs."""
    return fresh(READER_LENGTH, secrets.choice)


def note_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def letter(alphabet: str) -> str:
    return secrets.choice(alphabet)
