"""Step 8: what must have happened before, and step 4: what somebody must have attested. Unknown is not met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.agreement import Agreement, Moment, Term
from confide.model.decision import Reason, Request
from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import covers

ACKNOWLEDGED = "acknowledged"


def open_duties(
    request: Request, record: Record, agreement: Agreement, term: Term, now: datetime
) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """The duties of a term that are still open at `now`, and the ids of the events that met the others."""
    still_open: list[Reason] = []
    met: list[str] = []
    for moment in term.when or ():
        if not moment.is_duty:
            continue
        event = _fulfilment(moment, request, record, now)
        if event is None:
            still_open.append(_duty(moment, term))
        else:
            met.append(event.id)
    if term.circumstances is not None and not term.circumstances.always:
        who = term.circumstances.attested_by
        attested = _attestation(record, agreement, term, who, now)
        if attested is None:
            message = f"{who} attests: {term.circumstances.that}"
            still_open.append(Reason("attested", "S-28", message, term.place, command="confide attest"))
        else:
            met.append(attested.id)
    if not any(moment.kind == ACKNOWLEDGED for moment in term.when or ()):
        unknown, known = confidentiality(request, record, agreement, now)
        still_open += unknown
        met += known
    return tuple(still_open), tuple(met)


def confidentiality(
    request: Request, record: Record, agreement: Agreement, now: datetime
) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """S-21: whoever learns something confidential has accepted to keep it so; nobody is told anything before.

    Signing the agreement in force is that acceptance; who signs nothing accepts by an event of their own. A department
    answers for itself. The client may do with her own what she likes, and the coach has promised already.
    """
    if request.recipient in {"client", "coach"}:
        return (), ()
    for event in reversed(record.events):
        signed = event.kind == "signed" and (event.agreement, event.document) == (agreement.version, agreement.digest)
        if event.by == request.recipient and event.at <= now and (signed or event.kind == ACKNOWLEDGED):
            return (), ((event.id,) if event.kind == ACKNOWLEDGED else ())
    return (_duty(Moment(ACKNOWLEDGED), None),), ()


def _duty(moment: Moment, term: Term | None) -> Reason:
    sentences = {
        "client-informed": ("inform the client first", "S-23", "confide inform"),
        "client-first": ("the client reads this exact text first and may answer", "S-13", "confide summary"),
        "acknowledged": ("the recipient accepts the duty of confidentiality", "S-21", "confide acknowledge"),
        "consulted": ("the adviser is consulted", "S-38", "confide consult"),
    }
    message, sid, command = sentences[moment.kind]
    return Reason(moment.kind, sid, message, term.place if term else None, command=command)


def _fulfilment(moment: Moment, request: Request, record: Record, now: datetime) -> Event | None:
    known = (e for e in reversed(record.events) if e.at <= now and _fulfils(moment, e, request))
    if moment.kind == "client-first":
        return next((event for event in known if _answers(event, request, record)), None)
    return next(known, None)


def _answers(event: Event, request: Request, record: Record) -> bool:
    """Whether her input is about this exact text: an edit after the review makes another text, and voids it (S-13)."""
    shown = record.event(event.target.removeprefix("event/"))
    exact = request.section
    return (
        shown is not None
        and shown.kind == "shown"
        and "client" in shown.to
        and exact is not None
        and any(known.commitment == exact.commitment for known in shown.sections)
    )


def _fulfils(moment: Moment, event: Event, request: Request) -> bool:
    if moment.kind == "client-informed":
        return event.kind == "informed" and "client" in event.to and _speaks_of(event, request)
    if moment.kind == ACKNOWLEDGED:
        return event.kind == ACKNOWLEDGED and event.by == request.recipient
    if moment.kind == "consulted":
        return event.kind == "consulted" and _speaks_of(event, request)
    return moment.kind == "client-first" and event.kind == "input" and event.by == "client"


def _speaks_of(event: Event, request: Request) -> bool:
    """A duty that names texts is met for those texts alone; one that names types, for these types."""
    if event.sections:
        exact = request.section
        return exact is not None and any(known.commitment == exact.commitment for known in event.sections)
    return any(covers(known, request.what) for known in event.what)


def _attestation(record: Record, agreement: Agreement, term: Term, who: str, now: datetime) -> Event | None:
    for event in reversed(record.of_kind("attested")):
        named = term.id in event.terms and event.agreement == agreement.version
        if named and event.by == who and event.at <= now:
            return event
    return None


def cheapest(
    options: Iterator[tuple[Term, tuple[Reason, ...], tuple[str, ...]]],
) -> tuple[Term, tuple[Reason, ...], tuple[str, ...]]:
    """The term with the fewest duties open; among equals the first by id, so that the order of terms is no matter."""
    return min(options, key=lambda option: (len(option[1]), option[0].id))
