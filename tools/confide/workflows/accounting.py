"""`log`: the accounting of disclosures, with refusals and withdrawals, for one party or for all (45 CFR 164.528)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from confide.model.event import Event
from confide.model.projection import seen_by
from confide.model.record import Record
from confide.policy.audience import audience
from confide.policy.onward import TOLD
from confide.policy.withdrawal import disclosure_withdrawn
from confide.workflows import asking
from confide.workflows.practice import Practice

DISCLOSURES = frozenset({"disclosed", "refused", "withdrawn", "told", "lapse", "corrected"})


@dataclass(frozen=True)
class Line:
    """One event in the register, and when a disclosure was withdrawn (None if it was not)."""

    event: Event
    clauses: tuple[int, ...]
    withdrawn: datetime | None = None


def register(
    practice: Practice,
    partnership: str,
    *,
    party: str | None = None,
    what: str | None = None,
    everything: bool = False,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Line, ...]:
    """The register, oldest first: disclosures and what belongs to them, or with `everything` each event.

    `since` and `until` are the first and last day; both count. For a `party` each event is as they see it: it names
    nobody whom they may not know, and was withdrawn when it was from them.
    """
    record = practice.record(partnership)
    if party is not None:
        asking.party_of(record, party)
    if what is not None:
        asking.check_type(record, what)
    found = []
    for event in record.events:
        if not everything and event.kind not in DISCLOSURES:
            continue
        if party is not None and party not in audience(event, record) and party not in event.to:
            continue
        if what is not None and not any(w == what or w.startswith(what + "/") for w in event.what):
            continue
        if (since and event.at.date() < since) or (until and event.at.date() > until):
            continue
        agreement = record.agreement(event.agreement)
        clauses = tuple(agreement.clause_number(t) for t in event.terms) if agreement else ()
        seen = seen_by(event, party) if party is not None else event
        found.append(Line(seen, clauses, _withdrawn(event, record, seen.to) if event.kind in TOLD else None))
    return tuple(found)


def _withdrawn(event: Event, record: Record, readers: tuple[str, ...]) -> datetime | None:
    times = [w.at for reader in readers if (w := disclosure_withdrawn(record, event, reader)) is not None]
    return min(times, default=None)
