"""Who has not signed what was put to them (S-14): until all have, nothing is told and coaching does not begin."""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.due import Due
from confide.policy import force
from confide.policy.clocks.desk import Desk

SLUG = "signatures"


def clock(desk: Desk) -> Iterator[Due]:
    """One line for each version that still waits; the coach's own signature is hers to make."""
    if force.ended(desk.record) is not None:
        return
    for agreement in force.still_counting(desk.record, desk.now):
        missing = force.missing(desk.record, agreement)
        if not missing or force.proposal(desk.record, agreement) is None:
            continue
        if "coach" in missing:
            yield desk.due(SLUG, agreement.effective, f"sign agreement {agreement.version}", "confide agree sign")
        others = [party for party in missing if party != "coach"]
        if others:
            what = f"agreement {agreement.version} is not signed by all"
            yield desk.due(SLUG, agreement.effective, what, waiting_for=", ".join(others))
