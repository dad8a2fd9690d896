"""`log`: the accounting of disclosures, with refusals and withdrawals, for one party or for all (45 CFR 164.528)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from confide.model.event import Event
from confide.model.projection import seen_by
from confide.model.record import Record
from confide.policy.audience import CLIENT, audience
from confide.policy.onward import TOLD
from confide.policy.withdrawal import disclosure_withdrawn
from confide.workflows import asking
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH

DISCLOSURES = frozenset({"disclosed", "refused", "withdrawn", "told", "lapse", "corrected"})


@dataclass(frozen=True)
class Line:
    """One event in the register, as whoever is asked about sees it, and when a disclosure was withdrawn, if it was."""

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
        if party not in (None, COACH) and party not in audience(event, record):
            continue
        if what is not None and not any(w == what or w.startswith(what + "/") for w in event.what):
            continue
        if (since and event.at.date() < since) or (until and event.at.date() > until):
            continue
        agreement = record.agreement(event.agreement)
        clauses = tuple(agreement.clause_number(t) for t in event.terms) if agreement else ()
        withdrawn = _withdrawn(event, record, party) if event.kind in TOLD else None
        found.append(Line(seen_by(event, party) if party not in (None, COACH) else event, clauses, withdrawn))
    return tuple(found)


def _withdrawn(event: Event, record: Record, party: str | None) -> datetime | None:
    """When it ended for anybody; for a reader other than the client when it ended for them (S-04)."""
    readers = event.to if party in (None, COACH, CLIENT) else (party,)
    times = [w.at for reader in readers if (w := disclosure_withdrawn(record, event, reader)) is not None]
    return min(times, default=None)
