"""S-26: a share term names only channels that the agreement says are controlled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each channel of a share term whose access is not controlled."""
    del now
    for agreement in record.agreements:
        for term in agreement.terms:
            for channel in term.channel or () if term.shares else ():
                if agreement.channels.get(channel) != "controlled":
                    yield Problem(
                        f"clause `{term.id}` shares through `{channel}`, whose access is not controlled",
                        why="no electronic sharing unless access can be controlled",
                        place=term.place,
                        hint=f"leave `{channel}` out, or say under `channels` how its access is controlled",
                        rule="controlled-channels",
                    )
