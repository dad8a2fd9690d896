"""S-07: every other document that an agreement rests on is registered, and has not run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.force import in_force, still_counting


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each instrument an agreement names that is not registered, or is over while it is in force."""
    known = {instrument.id: instrument for instrument in record.instruments}
    current = in_force(record, now)
    for agreement in still_counting(record, now):
        named = [entry.get("id", "") for entry in agreement.clauses.get("instruments") or ()]
        for name in named:
            instrument = known.get(name)
            if instrument is None:
                yield Problem(
                    f"agreement {agreement.version} names the document `{name}`, which is not registered",
                    why="what it forbids is not known here",
                    place=agreement.place,
                    hint="confide instrument add FILE --document SCAN",
                    rule="instruments-registered",
                )
                continue
            today = now.astimezone(ZoneInfo(agreement.time_zone)).date()
            if agreement is current and instrument.until is not None and instrument.until < today:
                yield Problem(
                    f"the document `{name}` ended on {instrument.until}, and agreement {agreement.version} rests on it",
                    why="it restricts nothing any more, and nobody has said what follows",
                    place=instrument.place,
                    hint="register what took its place, or amend the agreement",
                    rule="instruments-registered",
                )
