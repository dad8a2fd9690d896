"""S-05: nothing rests on a permission that was only spoken, or signed in a way that nobody agreed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.event import Event
from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import base_type
from confide.policy.permission import SIGNED, WIDENING


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each permission that a disclosure rests on and that does not count as written."""
    del now
    for event in record.of_kind("disclosed"):
        for ground in filter(None, map(record.event, event.because)):
            why = _why_not(record, ground) if ground.kind == "permitted" else ""
            if why:
                yield Problem(
                    f"disclosure {event.id} rests on permission {ground.id}, which {why}",
                    why="implied or unsigned permission permits nothing",
                    place=event.place,
                    hint="a written one: confide permit --statement",
                    rule="permissions-signed",
                )


def _why_not(record: Record, permitted: Event) -> str:
    if permitted.evidence not in WIDENING:
        return "was spoken"
    if permitted.evidence != SIGNED and any(base_type(what) != "feedback" for what in permitted.what):
        return "is no source's word about feedback"
    agreement = record.agreement(permitted.agreement)
    if agreement is not None and permitted.strength and permitted.strength not in agreement.accepted:
        return f"was signed by `{permitted.strength}`, which agreement {agreement.version} does not accept"
    return ""
