"""S-02: what is privileged, classified or a trade secret goes out only with its holder's waiver for that very text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.event import Event, Exact
from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.permission import SIGNED


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each flagged section that was disclosed without a signed permission naming it before."""
    del now
    for position, event in enumerate(record.events):
        for exact in event.sections if event.kind == "disclosed" else ():
            if exact.flags and not _waived(record.events[:position], exact):
                yield Problem(
                    f"disclosure {event.id} told {exact.section.removeprefix('notes/')}, which is flagged "
                    f"{', '.join(exact.flags)}",
                    why="a clause or permission for a whole type waives nothing; its holder waives it for one text",
                    place=event.place,
                    hint="record what was done about it; from now on: confide permit --section SECTION",
                    rule="flags-waived",
                )


def _waived(before: tuple[Event, ...], exact: Exact) -> bool:
    return any(
        event.kind == "permitted"
        and event.evidence == SIGNED
        and event.by not in {"coach"}
        and any(known.commitment == exact.commitment for known in event.sections)
        for event in before
    )
