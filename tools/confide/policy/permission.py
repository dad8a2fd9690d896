"""Written permission: by one person, for one recipient, exact, and only for what is theirs (S-05).

Widening needs a signature of a kind that the agreement accepts; a permission is a person's newest word, and ends when
that is withdrawn. Narrowing may be spoken, and only a later signature widens again: to take a narrowing back would be
to widen without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from confide.model.event import Event
from confide.model.words import Attribution, Form, covers
from confide.policy.flow import Flow, reaches
from confide.policy.integrity import source_needs_terms
from confide.policy.voices import each
from confide.policy.withdrawal import EVENT, withdrawn_from

SIGNED = "signed"
# A source signs nothing: they accept terms as they were told to them, or write under the notice that stands for
# everybody who writes unasked. The event fixes the exact terms as its document (S-20).
ACCEPTED, NOTICE = "accepted", "notice"
WIDENING = (SIGNED, ACCEPTED, NOTICE)
KIND = "permitted"


def permission(flow: Flow, by: str, text_only: bool = False) -> Event | None:
    """The newest signed permission of `by` that covers this flow, unless it was withdrawn.

    text_only: one that names this very text, where a permission by type is not enough.
    """
    if not flow.has(KIND):
        return None
    for event in flow.events(KIND):
        if event.by == by and _widens(event, flow) and (event.sections or not text_only):
            return None if _withdrawn(event, flow) else event
    return None


def permitted_by_all(flow: Flow, people: Iterable[str], since: datetime | None = None) -> tuple[Event, ...]:
    """The permissions of all of `people`, each given at `since` or later; or nothing while one is missing."""
    if not flow.has(KIND):
        return ()
    found = []
    for by in people:
        event = permission(flow, by)
        if event is None or (since is not None and event.at < since):
            return ()
        found.append(event)
    return tuple(found)


def narrowings(flow: Flow) -> tuple[Event, ...]:
    """What the subject, the source or the owner last said to narrow this, and has not signed otherwise since."""
    if not flow.has(KIND):
        return ()
    exact = flow.exact
    # The terms of a source are asked for on their own: what they promise less is missing there.
    source = () if source_needs_terms(exact) else each(exact.source, flow.record)
    people = (*each(exact.subject, flow.record), *each(exact.owner, flow.record), *source)
    said: dict[str, Event] = {}
    for event in reversed(tuple(flow.events(KIND))):
        if event.by not in people or not _speaks_of(event, flow):
            continue
        if not _wide_enough(event, flow):
            said[event.by] = event
        elif _widens(event, flow) and not _withdrawn(event, flow):
            said.pop(event.by, None)
    return tuple(said.values())


def taken_back(flow: Flow, people: Iterable[str]) -> Iterator[Event]:
    """What would have permitted this, had it not been withdrawn: the withdrawals, one for each of `people`."""
    if not flow.has(KIND):
        return
    for by in people:
        given = next((event for event in flow.events(KIND) if event.by == by and _widens(event, flow)), None)
        event = withdrawn_from(flow.record, EVENT + given.id, flow.request.recipient) if given is not None else None
        if event is not None:
            yield event


def _widens(event: Event, flow: Flow) -> bool:
    """Signed and exact: for this recipient by name, this text or type, no more than this form and attribution."""
    return (
        (_is_signed(event, flow) or _is_a_source_s(event, flow))
        and flow.request.recipient in event.to
        and flow.is_about(event)
        and _wide_enough(event, flow)
        and flow.request.attribution <= (event.attribution or Attribution.NONE)
    )


def _is_signed(event: Event, flow: Flow) -> bool:
    return event.evidence == SIGNED and (not event.strength or event.strength in flow.accepted)


def _is_a_source_s(event: Event, flow: Flow) -> bool:
    """Terms that a source was told, for what this source said and for nothing else."""
    told = event.evidence == ACCEPTED or (event.evidence == NOTICE and flow.unasked)
    return told and bool(event.document) and source_needs_terms(flow.exact) and event.by == flow.exact.source


def _speaks_of(event: Event, flow: Flow) -> bool:
    """Whether a narrowing is about this: a text without a subtype may be of the one that was narrowed."""
    if not reaches(event, flow.request.recipient):
        return False
    if event.sections:
        return flow.names(event)
    what = flow.request.what
    return any(covers(known, what) or covers(what, known) for known in event.what)


def _wide_enough(event: Event, flow: Flow) -> bool:
    form = event.form if event.form is not None else Form.NONE
    named = event.attribution is None or flow.request.attribution <= event.attribution
    return flow.request.form <= form and named and event.channel in ("", flow.request.channel)


def _withdrawn(event: Event, flow: Flow) -> bool:
    return withdrawn_from(flow.record, EVENT + event.id, flow.request.recipient) is not None
