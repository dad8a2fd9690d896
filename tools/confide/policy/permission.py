"""Written permission: by one person, for one recipient, exact, and only for what is theirs (S-05).

Widening needs a signature; what was only said can narrow and never widen. A permission ends when it is withdrawn.
"""

from __future__ import annotations

from confide.model.decision import Request
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.words import Form, covers
from confide.policy.withdrawal import EVENT, withdrawn_from

SIGNED = "signed"


def permission(request: Request, exact: Exact, record: Record, by: str) -> Event | None:
    """The newest signed permission of `by` that covers this text, or its type, for this recipient, form and channel."""
    for event in reversed(record.of_kind("permitted")):
        if (
            event.by == by
            and event.evidence == SIGNED
            and _covers(event, request, exact)
            and _wide_enough(event, request)
        ):
            return None if withdrawn_from(record, EVENT + event.id, request.recipient) else event
    return None


def ceilings(request: Request, exact: Exact, record: Record) -> tuple[Event, ...]:
    """What the subject or the owner has said to narrow this: spoken is enough, and it counts until taken back."""
    return tuple(
        event
        for event in record.of_kind("permitted")
        if event.evidence != SIGNED
        and event.by in {exact.subject, exact.owner}
        and _covers(event, request, exact)
        and not _wide_enough(event, request)
        and withdrawn_from(record, EVENT + event.id, request.recipient) is None
    )


def permitted_by_all(request: Request, exact: Exact, record: Record, people: tuple[str, ...]) -> tuple[Event, ...]:
    """The permissions of all of `people` (client, owner …), or nothing while one is missing."""
    found = [permission(request, exact, record, by) for by in dict.fromkeys(people)]
    given = tuple(event for event in found if event is not None)
    return given if given and len(given) == len(found) else ()


def _covers(event: Event, request: Request, exact: Exact) -> bool:
    """A permission that names texts is for those texts alone; one that names types, for these types."""
    if request.recipient not in event.to:
        return False
    if event.sections:
        return bool(exact.commitment) and any(known.commitment == exact.commitment for known in event.sections)
    return any(covers(known, request.what) for known in event.what)


def _wide_enough(event: Event, request: Request) -> bool:
    form = event.form if event.form is not None else Form.NONE
    return request.form <= form and (not event.channel or request.channel == event.channel)
