"""S-05: what was taken back is not told to the same recipient again, unless somebody permits it anew in writing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from confide.model.event import Event, Exact
from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.permission import SIGNED
from confide.policy.withdrawal import text_withdrawn


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each text that went out again after its withdrawal."""
    del now
    for position, event in enumerate(record.events):
        if event.kind != "disclosed" or not record.of_kind("withdrawn"):
            continue
        before = replace(record, events=record.events[:position])
        for exact in event.sections:
            for recipient in event.to:
                taken = text_withdrawn(before, exact, recipient)
                if taken is not None and not _permitted_since(before, taken, exact, recipient):
                    yield Problem(
                        f"disclosure {event.id} told `{recipient}` again what was withdrawn from them",
                        why=f"it was taken back on {taken.at:%d %B %Y}, and nobody has permitted it since",
                        place=event.place,
                        hint="withdraw it again, and record what was done about it",
                        rule="withdrawn-stays",
                    )


def _permitted_since(record: Record, taken: Event, exact: Exact, recipient: str) -> bool:
    since = record.events[record.events.index(taken) + 1 :]
    return any(
        event.kind == "permitted"
        and event.evidence == SIGNED
        and recipient in event.to
        and (not event.sections or any(known.commitment == exact.commitment for known in event.sections))
        for event in since
    )
