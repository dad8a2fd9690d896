"""What is told by word of mouth, by the coach or by anybody else: decided like any disclosure (POLICY, what happened).

The coach asks the agreement. The client tells of herself whatever she likes. Whoever else tells something passes on
what they were told, or speaks under a clause that names them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Role, covers, role_of
from confide.policy import force, integrity
from confide.policy.decide import decide
from confide.policy.flow import facets_of
from confide.policy.onward import TOLD, decide_onward


def decide_told(request: Request, first: Event | None, record: Record, now: datetime) -> Decision:
    """The answer, where `first` is what the sender was told before, if anything."""
    if role_of(request.sender) is Role.COACH:
        return decide(request, record, now)
    if _hers(request):
        return _her_own(request, record, now)
    if _named_to_speak(request, record, now):
        return decide(request, record, now)
    if first is None:
        answer = decide(request, record, now)
        message = f"nothing on record says that the {request.sender} was told this"
        not_told = Reason("onward", "S-21", message, None, "what they know from elsewhere is not ours to decide")
        reasons = answer.reasons if answer.verdict is Verdict.DENY else ()
        return Decision(Verdict.DENY, (*reasons, not_told), agreement=answer.agreement)
    return decide_onward(request, first, record, now)


def passed_on(request: Request, record: Record) -> Event | None:
    """The newest telling in which the sender was told this: exactly this text, or something of its type."""
    stems = {request.sender, request.sender.partition(".")[0]}
    return next((e for e in reversed(record.events) if stems.intersection(e.to) and _about(e, request)), None)


def _named_to_speak(request: Request, record: Record, now: datetime) -> bool:
    """Whether a clause in force says that this sender tells this recipient: then nobody has to have told them first."""
    agreement = force.in_force(record, now)
    return agreement is not None and any(
        term.shares
        and request.sender in (term.senders or ())
        and term.about(request.what)
        and term.reaches(request.recipient)
        for term in agreement.terms
    )


def _about(event: Event, request: Request) -> bool:
    if event.kind not in TOLD:
        return False
    if request.section is not None and event.sections:
        return any(exact.commitment == request.section.commitment for exact in event.sections)
    return any(covers(known, request.what) for known in event.what)


def _hers(request: Request) -> bool:
    """She speaks of herself: it is about her, from her and hers."""
    exact = facets_of(request)
    return role_of(request.sender) is Role.CLIENT and {exact.subject, exact.source, exact.owner} == {request.sender}


def _her_own(request: Request, record: Record, now: datetime) -> Decision:
    agreement = force.in_force(record, now)
    number = agreement.version if agreement else 0
    reasons = tuple(_unsound(request, record, now))
    if reasons:
        return Decision(Verdict.DENY, reasons, agreement=number)
    yes = Reason("clients-own", "S-11", "it is hers: she tells whom she likes", agreement.place if agreement else None)
    return Decision(Verdict.ALLOW, (yes,), agreement=number, ceiling=request.form)


def _unsound(request: Request, record: Record, now: datetime) -> Iterator[Reason]:
    yield from integrity.sound(request, record)
    yield from integrity.absolute(request, force.in_force(record, now))
