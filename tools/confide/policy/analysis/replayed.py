"""Replay: every disclosure made under a version decided again, on what was known at its own moment (promise 6)."""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.record import Record
from confide.policy.analysis.finding import Finding
from confide.policy.replay import lapses


def replayed(record: Record, version: int) -> Iterator[Finding]:
    """One finding for each disclosure under agreement `version` that was not allowed when it was made."""
    places = {event.place for event in record.of_kind("disclosed") if event.agreement == version}
    for lapse in lapses(record):
        if lapse.place in places:
            yield Finding("lapse", f"{lapse.what}: {lapse.why}", sid="S-03", place=lapse.place, hint=lapse.hint)
