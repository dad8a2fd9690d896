"""S-27: everybody signs in a way the agreement accepts; any other signature is on record and counts for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import Strength
from confide.policy import force


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each kind of signature nobody knows, and for each signature of a kind that is not accepted."""
    del now
    known = {strength.value for strength in Strength}
    for agreement in record.agreements:
        for strength in agreement.accepted:
            if strength not in known:
                yield Problem(
                    f"agreement {agreement.version} accepts `{strength}`, which is no kind of signature",
                    why="nobody can sign like that",
                    place=agreement.place,
                    hint=f"one of: {', '.join(sorted(known))}",
                    rule="signatures-accepted",
                )
        asked = force.signatories(record, agreement)
        for event in record.of_kind("signed"):
            counts = event.strength in agreement.accepted and event.by in asked
            if (event.agreement, event.document) == (agreement.version, agreement.digest) and not counts:
                yield Problem(
                    f"the signature of `{event.by}` under agreement {agreement.version} counts for nothing",
                    why=f"it accepts {', '.join(agreement.accepted)}, of {', '.join(asked)}",
                    place=event.place,
                    hint=f"let them sign again: confide agree sign --party {event.by}",
                    rule="signatures-accepted",
                )
