"""The naive reading of change over time: which version was in force when, and how far back a looser one reaches.

Tightening covers everything that has not been disclosed. Loosening reaches a text that is older than it only with the
fresh consent of all whose text it is: so a text has to pass every version that was in force since it was written.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement
from confide.model.event import Exact
from confide.model.record import Record
from tests.policy.naive_share import today

EVER = datetime(9999, 1, 1, tzinfo=UTC)


def in_force(record: Record, now: datetime) -> Agreement | None:
    """The newest version that everybody has signed and that has taken effect, if it has not run out."""
    begun = [a for a in record.agreements if (at := begins(a, record)) is not None and at <= now]
    if not begun or any(event.kind in ("ended", "destroyed") for event in record.events):
        return None
    newest = max(begun, key=lambda agreement: agreement.version)
    return newest if today(newest, now) <= newest.until else None


def last_word(record: Record, now: datetime) -> Agreement | None:
    """The version in force; after the end the last that ever was."""
    begun = [
        a for a in record.agreements if (at := begins(a, record)) is not None and at <= now and today(a, at) <= a.until
    ]
    return in_force(record, now) or max(begun, key=lambda agreement: agreement.version, default=None)


def begins(agreement: Agreement, record: Record) -> datetime | None:
    """When everybody has signed it and its first day has begun."""
    complete = signed_by_all(agreement, record)
    return None if complete is None else max(complete, midnight(agreement.effective, agreement))


def midnight(day: date, agreement: Agreement) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(agreement.time_zone)).astimezone(UTC)


def signed_by_all(agreement: Agreement, record: Record) -> datetime | None:
    """When the last needed signature was made; of an amendment, whoever signed what it replaces has to sign too."""
    needed: set[str] = set(agreement.signatories)
    signed: set[str] = set()
    proposed = False
    for event in record.events:
        same = event.agreement == agreement.version and event.document == agreement.digest
        if same and event.kind == "proposed" and not proposed:
            proposed = True
            needed |= {p for p in signatories_before(agreement, record, event.at) if still_here(p, record)}
        if same and event.kind == "signed" and proposed and event.strength in agreement.accepted:
            signed.add(event.by)
        if proposed and agreement.signatories and signed >= needed:
            return event.at
    return None


def signatories_before(agreement: Agreement, record: Record, at: datetime) -> set[str]:
    """Who signed the version that this one replaces, and the one that that one replaced."""
    older = [
        other
        for other in record.agreements
        if other.version < agreement.version and (done := signed_by_all(other, record)) is not None and done <= at
    ]
    return {party for other in older for party in other.signatories}


def still_here(party: str, record: Record) -> bool:
    known = record.partnership.party(party)
    return known is None or known.active


def before(agreement: Agreement, record: Record) -> list[Agreement]:
    """The older versions that were ever in force: not those that would have begun after a newer one, or their end."""
    found = []
    for version in sorted(record.agreements, key=lambda a: a.version):
        at = begins(version, record)
        if version.version >= agreement.version or at is None or today(version, at) > version.until:
            continue
        newer = [a for a in record.agreements if version.version < a.version <= agreement.version]
        if all((begins(a, record) or EVER) > at or today(a, begins(a, record) or EVER) > a.until for a in newer):
            found.append(version)
    return found


def written(exact: Exact) -> date | None:
    """The day in the name of its note; a text that does not say when it was written may be as old as anything."""
    try:
        return date.fromisoformat(exact.section.partition("/")[2][:10])
    except ValueError:
        return None


def older_than(exact: Exact, agreement: Agreement, record: Record) -> bool:
    """Whether the text may have been written before this version was in force: not a whole day of it had begun."""
    day, at = written(exact), begins(agreement, record)
    return day is None or at is None or midnight(day, agreement) < at


def must_pass(exact: Exact, agreement: Agreement, record: Record) -> list[tuple[Agreement, datetime]]:
    """The older versions that a text has to pass: each from which it is old enough, and when that was replaced."""
    found = []
    versions = [*before(agreement, record), agreement]
    for version, newer in pairwise(versions):
        later = versions[versions.index(newer) :]
        replaced = begins(newer, record)
        assert replaced is not None
        if older_than(exact, newer, record) and all(older_than(exact, a, record) for a in later):
            found.append((version, replaced))
    return found
