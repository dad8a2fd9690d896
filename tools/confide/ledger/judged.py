"""What the rules found in each partnership, kept beside the snapshot, so that `check` judges only those that changed.

A judgment follows from the record, and from which day it is where its agreements count: nothing in a rule is finer.
It is believed for exactly the record it was made of (the digest of the snapshot's entry), for the same day, with this
user's seal, and by the very same program. Whatever does not fit is judged again; `confide verify` never looks here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from confide.ledger import own_seal, snapshot
from confide.ledger.repo import Repository
from confide.ledger.snapshot_entry import plain, problem
from confide.model.problem import Malformed, Problem
from confide.model.record import Record

FORMAT = 1
KIND = "judged"


@dataclass(frozen=True)
class Judgment:
    """What was found in one partnership, and how many events it has."""

    events: int
    problems: tuple[Problem, ...]
    lapses: tuple[Problem, ...]


class Judgments:
    """Those of one clone, as of `head`, at `now`."""

    def __init__(self, repo: Repository, root: str, keeper: str, head: str, now: datetime) -> None:
        self._repo = repo
        self._now = now
        self._digests = snapshot.digests(repo, root, keeper, head)
        self._known: dict[str, dict[str, Any]] = _read(repo)
        self._changed = False

    def of(self, partnership: str) -> Judgment | None:
        """What was found in it, if that can still be believed."""
        known, digest = self._known.get(partnership), self._digests.get(partnership)
        if known is None or digest is None:
            return None
        try:
            # A clock that went back makes a past of the future: then nothing that was found holds.
            if known["record"] != digest or datetime.fromisoformat(known["at"]) > self._now:
                return None
            if known["days"] != {zone: self._day(zone) for zone in known["days"]}:
                return None
            problems, lapses = (tuple(map(problem, known[name])) for name in ("problems", "lapses"))
            return Judgment(known["events"], problems, lapses)
        except (KeyError, TypeError, ValueError, Malformed):
            return None

    def keep(self, record: Record, judgment: Judgment) -> None:
        """Keep what was found in a record that verifies and whose events all lie behind."""
        partnership = record.partnership.id
        digest = self._digests.get(partnership)
        if digest is None or record.faults or any(event.at > self._now for event in record.events):
            return
        zones = {"UTC", *(agreement.time_zone for agreement in record.agreements)}
        self._known[partnership] = {
            "record": digest,
            "at": self._now.isoformat(),
            "days": {zone: self._day(zone) for zone in sorted(zones)},
            "events": judgment.events,
            "problems": [plain(one) for one in judgment.problems],
            "lapses": [plain(one) for one in judgment.lapses],
        }
        self._changed = True

    def save(self) -> None:
        """Write what is new. A disk that says no is no reason to stop."""
        try:
            key = own_seal.key(make=True)
            if self._changed and key is not None:
                found = {name: known for name, known in self._known.items() if name in self._digests}
                whole = {"format": FORMAT, "code": own_seal.code(), "found": found}
                own_seal.write(own_seal.place(self._repo) / KIND, key, KIND, whole)
        except OSError:
            return

    def _day(self, zone: str) -> str:
        return self._now.astimezone(ZoneInfo(zone)).date().isoformat()


def _read(repo: Repository) -> dict[str, dict[str, Any]]:
    key = own_seal.key(make=False)
    try:
        kept: Mapping[str, Any] = own_seal.read(own_seal.place(repo) / KIND, key, KIND) if key else {}
        found: dict[str, dict[str, Any]] = kept["found"]
        return found if [kept["format"], kept["code"]] == [FORMAT, own_seal.code()] else {}
    except (OSError, ValueError, KeyError):
        return {}
