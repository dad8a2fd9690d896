"""May somebody who was told pass it on? Only to whom that was agreed, and the client hears of it before (S-21 to S-23).

Invariants: nobody passes on what they were not told, more than they were told, or what was taken back from them; a
permission that came later is named as what it is, never taken for the agreement of the beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.agreement import Term
from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Form
from confide.policy import duties, force, integrity
from confide.policy.flow import Flow, as_told, flow
from confide.policy.permission import permission
from confide.policy.voices import concerned
from confide.policy.withdrawal import disclosure_withdrawn

TOLD = ("disclosed", "told")


def received(record: Record, party: str, event_id: str) -> Event | None:
    """The event that told `party` something, if that is what `event_id` is."""
    event = record.event(event_id)
    stems = {party, party.partition(".")[0]}
    return event if event is not None and event.kind in TOLD and stems.intersection(event.to) else None


def first_told(record: Record, event: Event) -> Event | None:
    """What an event passes on: the telling among its grounds in which whoever tells now was told."""
    found = (received(record, event.by, ground) for ground in event.because)
    return next((told for told in found if told is not None), None)


def decide_onward(request: Request, first: Event, record: Record, now: datetime) -> Decision:
    """May `request.sender`, who was told in `first`, tell `request.recipient`? Every reason, as in `decide`."""
    request = as_told(request)
    agreement = force.in_force(record, now) or force.last_in_force(record, now)
    reasons = [*integrity.sound(request, record), *integrity.absolute(request, agreement)]
    if agreement is None:
        return Decision(Verdict.DENY, (*reasons, *integrity.not_in_force(record, now)))
    asked = flow(request, record, agreement, now)
    reasons += _beyond(asked, first)
    clause = _clause(asked, first)
    grounds = tuple(_agreed(asked, clause))
    if not grounds:
        message = f"nobody agreed that the {request.sender} may tell the {request.recipient}"
        change = f"she permits it in writing, for the {request.recipient} by name"
        reasons.append(Reason("onward", "S-22", message, first.place, change, "confide permit"))
    if reasons:
        return Decision(Verdict.DENY, tuple(reasons), agreement=agreement.version, ceiling=first.form or Form.NONE)
    informed = _informed(asked, first)
    still = list(duties.confidentiality(asked, agreement).still_open)
    if not informed:
        message = "inform the client before it is passed on"
        still.append(Reason("client-informed", "S-23", message, first.place, command="confide inform"))
    because = tuple(dict.fromkeys((first.id, *asked.rests_on, *(event.id for event in informed))))
    verdict = Verdict.NOT_YET if still else Verdict.ALLOW
    return Decision(
        verdict,
        tuple(still) or grounds,
        terms=(clause,) if clause is not None else (),
        agreement=agreement.version,
        ceiling=first.form or Form.NONE,
        because=because,
        notes=grounds if still else (),
    )


def _beyond(asked: Flow, first: Event) -> Iterator[Reason]:
    request = asked.request
    told = first.form or Form.NONE
    if request.form > told:
        yield Reason("too-wide", "S-21", f"they were told {told.word} at most", first.place, f"narrow to {told.word}")
    named = {exact.commitment for exact in first.sections}
    if request.section is not None and request.section.commitment not in named:
        yield Reason("other-text", "S-21", "this text was not told to them", first.place)
    elif request.section is None and request.what not in first.what:
        yield Reason("other-type", "S-21", f"they were told about {', '.join(first.what)}", first.place)
    taken = disclosure_withdrawn(asked.record, first, request.sender)
    if taken is not None:
        yield Reason("withdrawn", "S-05", f"it was withdrawn from them on {taken.at:%d %B %Y}", taken.place)


def _clause(asked: Flow, first: Event) -> Term | None:
    """The clause under which they were told, where it says that they may tell this recipient."""
    agreement = asked.record.agreement(first.agreement)
    named = map(agreement.term, first.terms) if agreement is not None else ()
    return next((t for t in named if t is not None and asked.request.recipient in (t.onward or ())), None)


def _agreed(asked: Flow, clause: Term | None) -> Iterator[Reason]:
    """That clause, or the permission that everybody concerned signed since (S-22)."""
    if clause is not None:
        message = f"clause {clause.id} says that they may tell the {asked.request.recipient}"
        yield Reason(clause.id, "S-22", message, clause.place)
        return
    given = [permission(asked, client) for client in concerned(asked.exact, asked.record)]
    for event in given if all(given) else ():
        if event is not None:
            asked.rest_on(event)
            yield Reason("permission", "S-22", f"`{event.by}` permitted it on {event.at:%d %B %Y}", event.place)


def _informed(asked: Flow, first: Event) -> tuple[Event, ...]:
    """The notices to every client concerned, each after the first telling: the order of commits shows it (S-23)."""
    events = asked.record.events
    since = events[events.index(first) + 1 :] if first in events else ()
    found: list[Event] = []
    for client in concerned(asked.exact, asked.record):
        notice = next((e for e in since if e.kind == "informed" and client in e.to and asked.is_about(e)), None)
        if notice is None:
            return ()
        found.append(notice)
    return tuple(found)
