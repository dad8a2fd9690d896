"""Which sites need no building: made from the same view, the same sources and for the same key as what lies there.

The mark of a view is kept beside the clone, never in the record, and keyed with the partnership's own secret: a plain
digest would confirm guesses of short texts.

The receipt beside the pages is no part of it, and need not be: every event that it holds is an entry of the view.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from confide.model.commitment import framed
from confide.model.view import View
from confide.vault import durable
from confide.vault.reader_state import Reader as Held
from confide.workflows.practice import Practice
from confide.workflows.readers import Reader
from confide.workflows.sealing import SHOWN_FOR

# A site that has less than this left is sealed anew, with as long a time as any other.
AHEAD = timedelta(days=60)


def mark_of(practice: Practice, view: View, reader: Reader, sources: str) -> str:
    """What a site is made from, as one keyed digest. Equal only if the site would be made of equal bytes."""
    secret = hashlib.sha256(framed("marks", practice.keys.secret(view.partnership).armoured())).digest()
    made_from = framed("view", repr(view).encode(), sources.encode(), reader.key.encode())
    return hmac.new(secret, made_from, hashlib.sha256).hexdigest()


class Marks:
    """The marks of what this clone published last, by reader. Losing the file costs one building."""

    def __init__(self, practice: Practice) -> None:
        self._path: Path = practice.repo.git_dir / "confide" / "marks.json"
        self._known: dict[str, list[str]] = {}
        with suppress(OSError, ValueError):
            found = json.loads(self._path.read_text("utf-8"))
            self._known = found if isinstance(found, dict) else {}

    def same(self, practice: Practice, reader: Reader, held: Held, mark: str) -> bool:
        """Whether what the portal holds was made from this, is still the newest, and may be shown for a while yet."""
        if self._known.get(reader.id) != [mark, str(held.sequence)] or not held.site or held.suspended:
            return False
        record = practice.record(reader.partnership)
        for event in reversed(record.of_kind("published")):
            if any((site.reader, site.sequence) == (reader.id, held.sequence) for site in event.sites):
                return event.at + SHOWN_FOR - practice.now > AHEAD
        return False

    def keep(self, reader: str, mark: str, sequence: int) -> None:
        self._known[reader] = [mark, str(sequence)]

    def save(self) -> None:
        durable.write(self._path, json.dumps(self._known, sort_keys=True).encode())
