"""Marks in a reader's record: a passkey beside the passphrase, and the lines of the read log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from confide.model.commitment import digest, framed

NO_LINE = "none"


@dataclass(frozen=True)
class Passkey:
    """A second lock on the same key: `credential` is what the browser calls it, `locked` the box its secret opens."""

    credential: str
    locked: bytes
    made: date


@dataclass(frozen=True)
class Opened:
    """A line of the read log: the first time that a site was opened, by day. `digest` covers every line before it."""

    sequence: int
    day: date
    digest: str


def line_digest(before: str, reader: str, sequence: int, day: date) -> str:
    """What a line of the read log is called: it covers the line before, so that none can be taken out."""
    return digest(framed("opened", before.encode(), reader.encode(), str(sequence).encode(), day.isoformat().encode()))


def unbroken(reader: str, lines: Iterable[Opened]) -> bool:
    """Whether every line of a read log follows from the one before."""
    before = NO_LINE
    for line in lines:
        if line.digest != line_digest(before, reader, line.sequence, line.day):
            return False
        before = line.digest
    return True
