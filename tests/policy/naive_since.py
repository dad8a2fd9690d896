"""The naive reading of what came later: the ratchet on amendments, the promise to keep quiet, groups too small."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement
from confide.model.decision import Request
from confide.model.event import Exact
from confide.model.record import Record
from confide.model.words import Attribution, Role, base_type, role_of

Signed = Callable[[Agreement, Record, datetime], bool]


def promised(request: Request, record: Record, agreement: Agreement, now: datetime) -> bool:
    """S-21: whoever learns something has signed this agreement, or promised in an event of their own."""
    if request.recipient in ("client", "coach"):
        return True
    for event in record.events:
        if event.at <= now and event.by == request.recipient:
            same = event.agreement == agreement.version and event.document == agreement.digest
            if event.kind == "acknowledged" or (event.kind == "signed" and same):
                return True
    return False


def too_few(request: Request, agreement: Agreement) -> bool:
    """S-18: whether naming the circle of whoever gave feedback would name somebody, by itself or by subtraction."""
    source = request.section.source if request.section else "sources"
    what = request.section.what if request.section else request.what
    gave = role_of(source) is Role.SOURCE or (base_type(what) == "feedback" and source not in ("client", "coach"))
    if request.section is None and base_type(what) != "feedback":
        gave = False
    if not gave or request.attribution < Attribution.CATEGORY:
        return False
    feedback = agreement.clauses.get("feedback") or {}
    sizes = {name: size for name, size in (feedback.get("circles") or {}).items() if size > 0}
    least = agreement.settings.get("smallest-group", 3)
    hidden = {name for name in sizes if sizes[name] < least}
    while hidden and sum(sizes[name] for name in hidden) < least and hidden != set(sizes):
        hidden.add(min(set(sizes) - hidden, key=lambda name: (sizes[name], name)))
    return source not in set(sizes) - hidden


def older_version(exact: Exact | None, record: Record, current: Agreement, signed: Signed) -> Agreement | None:
    """The version that a text falls under because it is older than the one in force; None if it is not older."""
    if exact is None or not exact.section.startswith("notes/"):
        return None
    day = date.fromisoformat(exact.section[6:16])
    end = datetime.combine(day + timedelta(days=1), time(), UTC)
    older = [a for a in record.agreements if a.version < current.version and began(a, record, signed) is not None]
    in_time = [a for a in older if (at := began(a, record, signed)) is not None and at < end]
    if not in_time:
        return min(older, key=lambda a: a.version, default=None)
    begun = began(current, record, signed)
    return None if begun is not None and begun < end else max(in_time, key=lambda a: a.version)


def began(agreement: Agreement, record: Record, signed: Signed) -> datetime | None:
    """The first moment at which everybody had signed and the first day had come."""
    midnight = datetime.combine(agreement.effective, time(), ZoneInfo(agreement.time_zone)).astimezone(UTC)
    for at in sorted(event.at for event in record.events):
        if signed(agreement, record, at):
            return max(at, midnight)
    return None
