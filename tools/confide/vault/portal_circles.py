"""Circles on the portal's host: one code for all who are asked, and nothing that tells one of them from another.

`circles/<id>/circle.json` and the pack with the terms, which the code opens; `receipts/<tag>` says what became of one
item. A tag is the hash of a code that only its owner has. Every file is dated to midnight: when somebody wrote is
nobody's to know.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from confide.model import ids
from confide.model.commitment import digest, framed
from confide.model.problem import Malformed, Problem, Usage
from confide.model.words import role_of
from confide.vault import durable
from confide.vault.passphrase import normal
from confide.vault.reader_state import is_reader

FORMAT = "confide/1 circle"
RECORD, PACK = "circle.json", "pack.gpg"
SENT, TAKEN_IN, RELAYED, RETURNED = "sent", "taken in", "relayed", "returned"
STATES = (SENT, TAKEN_IN, RELAYED, RETURNED)
_TAG = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Circle:
    """One circle that is asked: its address, whose partnership, which circle, and the last day."""

    id: str
    partnership: str
    party: str
    until: date


def tag_of(code: str) -> str:
    """How the host and the coach call a receipt: nobody can work out the code from it."""
    return digest(framed("receipt", normal(code).encode())).removeprefix("sha256:")


class Circles:
    """The circles of the store at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, circle: Circle, pack: bytes) -> None:
        """Open a circle, or give it another code."""
        place = durable.directory(self._place(circle.id))
        data = {"format": FORMAT, **asdict(circle), "until": circle.until.isoformat()}
        durable.write(place / PACK, pack)
        durable.write(place / RECORD, (json.dumps(data, indent=1) + "\n").encode())

    def find(self, circle: str) -> Circle | None:
        """The circle at that address, or None. Raises Malformed for a record that was changed by hand."""
        path = self.path / "circles" / circle / RECORD
        if not is_reader(circle) or not path.is_file():
            return None
        try:
            data = json.loads(path.read_bytes())
            found = Circle(data["id"], data["partnership"], data["party"], date.fromisoformat(data["until"]))
        except (ValueError, KeyError, TypeError) as problem:
            raise Malformed(Problem("the record of a circle cannot be read", "it was changed by hand")) from problem
        if found.id != circle or not ids.is_partnership(found.partnership) or role_of(found.party) is None:
            raise Malformed(Problem("the record of a circle contradicts itself", "it was changed by hand"))
        return found

    def pack(self, circle: Circle) -> bytes:
        return (self._place(circle.id) / PACK).read_bytes()

    def close(self, circle: str) -> None:
        """From the next request on, nothing opens. Receipts stay readable."""
        for name in (RECORD, PACK):
            (self._place(circle) / name).unlink(missing_ok=True)

    def take(self, circle: Circle, item: str, message: bytes, tag: str, day: date) -> None:
        """Put what somebody wrote into the inbox, and note that it was sent."""
        waiting = durable.directory(self.path / "inbox" / circle.partnership) / f"{item}.gpg"
        durable.write(waiting, message)
        _at_midnight(waiting, day)
        self.mark(tag, SENT, day)

    def mark(self, tag: str, state: str, day: date) -> None:
        """Note what became of it."""
        if not _TAG.match(tag) or state not in STATES:
            raise Usage(Problem("that is not a receipt", "it is called by 64 hexadecimal digits"))
        place = durable.directory(self.path / "receipts") / tag
        durable.write(place, state.encode())
        _at_midnight(place, day)

    def state(self, tag: str) -> str:
        """What became of what was sent under this receipt; empty for one that there is not."""
        path = self.path / "receipts" / tag
        found = path.read_text() if _TAG.match(tag) and path.is_file() else ""
        return found if found in STATES else ""

    def _place(self, circle: str) -> Path:
        if not is_reader(circle):
            raise Usage(Problem("that is not the address of a circle", "it has ten letters"))
        return self.path / "circles" / circle


def _at_midnight(path: Path, day: date) -> None:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
    os.utime(path, (at, at))
