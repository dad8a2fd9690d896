"""Questions about another moment, or another agreement: `may --at WHEN` and `may --if FILE`."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from confide.model.problem import Problem, Usage
from confide.model.record import Record
from confide.model.words import KNOWN_TYPES
from confide.policy.analysis.what_if import as_known, supposing
from confide.policy.force import in_force
from confide.records.terms_file import parse_terms

_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?\Z")


def moment(record: Record, typed: str) -> datetime:
    """The moment that `2026-10-01` or `2026-10-01T14:30` means where the agreement applies; a day is its first moment.

    Raises Usage for anything else.
    """
    newest = max(record.agreements, key=lambda a: a.version, default=None)
    zone = ZoneInfo(newest.time_zone if newest else "UTC")
    try:
        if _TIME.match(typed):
            return datetime.fromisoformat(typed).replace(tzinfo=zone)
        if len(typed) == len("2026-10-01"):
            return datetime.combine(date.fromisoformat(typed), time(), zone)
    except ValueError:
        pass
    raise Usage(
        Problem(
            "that is no day and no time",
            "an answer is about one moment",
            hint="for example --at 2026-10-01, or --at 2026-10-01T14:30",
        )
    )


def at_moment(record: Record, at: datetime) -> Record:
    """The record as it was known then; for a moment to come, all of it."""
    return as_known(record, at)


def supposed(record: Record, now: datetime, data: bytes, file: str) -> tuple[Record, tuple[str, ...], tuple[str, ...]]:
    """The record with the terms of `file` in the agreement in force at `now`, or else the newest.

    Also the ids of the clauses that are new or changed, and of those that are gone. Raises Malformed for a file that an
    agreement could not hold, Usage while there is no agreement.
    """
    agreement = in_force(record, now) or max(record.agreements, key=lambda a: a.version, default=None)
    if agreement is None:
        raise Usage(Problem("no agreement was proposed yet", "there is nothing to change", hint="confide agree draft"))
    clauses = tuple(term.id for term in agreement.terms)
    found = parse_terms(data, file, (*KNOWN_TYPES, *agreement.types), clauses)
    changed = supposing(record, now, found.terms, found.without)
    return changed, tuple(term.id for term in found.terms), found.without
