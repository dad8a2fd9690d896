"""What a party may say with their own key, beside signing an agreement: accept the duty, answer, permit, take back.

Each offer is the head of a statement: kind, who speaks, and exactly what it is about. The portal adds what the party
chose or wrote, and the inbox checks all of it. Offers are made from what the party sees, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from confide.model.agreement import Agreement, Term
from confide.model.event import Event
from confide.model.record import Record
from confide.model.view import Offer, Review
from confide.model.words import ORGANISATIONAL_TYPES, Form, Role, base_type, role_of
from confide.policy import force, said
from confide.policy.audience import audience
from confide.policy.chain import linked
from confide.policy.withdrawal import (
    EVENT,
    TERM,
    may_withdraw_disclosure,
    may_withdraw_term,
    still_shared,
    still_told,
    withdrawn_from,
)

ACKNOWLEDGEMENT, INPUT, PERMISSION, WITHDRAWAL = "acknowledgement", "input", "permission", "withdrawal"
# What is only prepared has no moment yet; no statement names one.
_NOT_YET = datetime(1970, 1, 1, tzinfo=UTC)


def offers(
    record: Record, party: str, number: int, asked: tuple[Agreement, ...], reviews: tuple[Review, ...]
) -> tuple[Offer, ...]:
    """What person `number` in the role `party` may sign now, in the order in which it matters.

    asked: the agreements that were put to this party.
    """
    seen = tuple(event for event in record.events if party in audience(event, record))
    hers = replace(record, events=seen, agreements=asked)
    current = max((a for a in asked if force.complete(hers, a)), key=lambda a: a.version, default=None)
    return (
        *_acknowledgement(hers, party, number, asked),
        *_answers(hers, party, number, reviews),
        *(_permissions(hers, party, number, current) if current else ()),
        *_withdrawals(hers, party, number),
        *(_terms(hers, party, number, current) if current else ()),
    )


def _prepared(record: Record, kind: str, party: str, number: int, **facts: object) -> Event:
    fixed = {"id": "", "kind": kind, "partnership": record.partnership.id, "at": _NOT_YET, "by": party}
    return Event(**{**fixed, "number": number, **facts})  # type: ignore[arg-type]


def _acknowledgement(record: Record, party: str, number: int, asked: tuple[Agreement, ...]) -> Iterator[Offer]:
    """The duty, until it is accepted. Who signs the agreement has accepted it there, but for the client's own part."""
    role = role_of(party)
    accepted = any(e.kind == "acknowledged" and e.by == party for e in record.events)
    if accepted or role in (None, Role.COACH):
        return
    if any(a.clauses.get("feedback") for a in asked) if role is Role.CLIENT else not asked:
        prepared = _prepared(record, "acknowledged", party, number)
        yield Offer(ACKNOWLEDGEMENT, "", (), said.acknowledgement(record, prepared))


def _answers(record: Record, party: str, number: int, reviews: tuple[Review, ...]) -> Iterator[Offer]:
    for review in reviews:
        shown = record.event(review.event)
        if shown is not None and not review.answer:
            prepared = _prepared(record, "input", party, number, target=EVENT + shown.id)
            yield Offer(INPUT, shown.id, (), said.answer_head(record, prepared), shown.what)


def _permissions(record: Record, party: str, number: int, current: Agreement) -> Iterator[Offer]:
    """What a clause withholds unless this party permits it: each type and recipient by itself, in summary (S-05)."""
    known = {p.id for p in record.partnership.parties if p.active and p.role is not Role.COACH} - {party}
    done = set(_permitted(record, party))
    for term in current.terms:
        for what, to in _withheld(term, party, current):
            if to in known and (what, to) not in done:
                done.add((what, to))
                facts = {"to": (to,), "what": (what,), "form": Form.SUMMARY, "agreement": current.version}
                prepared = linked(record, _prepared(record, "permitted", party, number, **facts, evidence="signed"))
                yield Offer(PERMISSION, term.id, (to,), said.permission(record, prepared), (what,))


def _permitted(record: Record, party: str) -> Iterator[tuple[str, str]]:
    for event in record.of_kind("permitted"):
        if event.by == party and event.strength and not event.sections:
            for to in event.to:
                if withdrawn_from(record, EVENT + event.id, to) is None:
                    yield from ((what, to) for what in event.what)


def _withheld(term: Term, party: str, current: Agreement) -> Iterator[tuple[str, str]]:
    if term.shares or not term.unless or not term.what or not term.recipients:
        return
    for what in term.what:
        organisation = base_type(what) in ORGANISATIONAL_TYPES
        if term.unless == "client-permits":
            theirs = role_of(party) is Role.CLIENT and not organisation
        else:
            theirs = organisation and party in current.consent.get("about-organisation", ())
        yield from ((what, to) for to in term.recipients if theirs)


def _withdrawals(record: Record, party: str, number: int) -> Iterator[Offer]:
    """Whatever somebody else can still read; it is taken back alone and at once (POLICY, change)."""
    for event in reversed(record.of_kind("disclosed", "permitted")):
        to = tuple(other for other in _open(record, party, event) if other not in (party, "coach"))
        if to:
            facts = {"to": to, "target": EVENT + event.id, "agreement": event.agreement}
            text = said.withdrawal(record, _prepared(record, "withdrawn", party, number, **facts))
            yield Offer(WITHDRAWAL, event.id, to, text, event.what)


def _open(record: Record, party: str, event: Event) -> tuple[str, ...]:
    if event.kind == "disclosed":
        return still_told(record, event) if party in may_withdraw_disclosure(event) else ()
    signed = event.by == party and event.evidence == "signed" and bool(event.strength)
    return tuple(to for to in event.to if signed and withdrawn_from(record, EVENT + event.id, to) is None)


def _terms(record: Record, party: str, number: int, current: Agreement) -> Iterator[Offer]:
    """Share terms that rest on this party's consent."""
    for term in current.terms if role_of(party) is not Role.COACH else ():
        to = tuple(other for other in still_shared(record, current, term) if other not in (party, "coach"))
        if term.shares and to and party in may_withdraw_term(current, term):
            facts = {"to": to, "target": TERM + term.id, "agreement": current.version}
            text = said.withdrawal(record, _prepared(record, "withdrawn", party, number, **facts))
            yield Offer(WITHDRAWAL, TERM + term.id, to, text, term.what or ())
