"""Legal duty: a separate decision with a case behind it, never a flag on an ordinary one (S-10; POLICY, legal duty).

It may pass the agreement in force, withhold terms, missing consents and duties (steps 3, 5, 6 and 8). It never passes
the absolutes or the record, and tells no more than the case's own extract.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from confide.model.agreement import Agreement
from confide.model.case import GROUNDS, Case
from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.record import Record
from confide.model.words import ORGANISATIONAL_TYPES, base_type
from confide.policy import force, integrity

COMPELLED = "compelled"


def decide_duty(case: Case, request: Request, record: Record, now: datetime) -> Decision:
    """May this text of the case's extract go to the case's recipient? Allow, or Deny with all that is missing."""
    agreement = _agreement(record, now)
    reasons = [*integrity.sound(request, record), *integrity.absolute(request, agreement)]
    if agreement is None:
        missing = Reason("no-agreement", "S-10", "no agreement says for which grounds there is an exception")
        return Decision(Verdict.DENY, (*reasons, missing))
    reasons += _ground(case, request, agreement)
    reasons += _file(case, now)
    reasons += _extract(case, request)
    if reasons:
        return Decision(Verdict.DENY, tuple(reasons), agreement=agreement.version)
    yes = Reason("legal-duty", "S-10", f"case {case.id}: {case.ground}", agreement.place)
    return Decision(Verdict.ALLOW, (yes,), agreement=agreement.version, ceiling=request.form, because=(case.id,))


def _agreement(record: Record, now: datetime) -> Agreement | None:
    """The one in force, or the last that all signed: the exceptions of a promise outlive its term."""
    current = force.in_force(record, now)
    signed = (a for a in record.agreements if force.complete(record, a))
    return current or max(signed, key=lambda a: a.version, default=None)


def _ground(case: Case, request: Request, agreement: Agreement) -> Iterator[Reason]:
    exceptions = agreement.clauses.get("exceptions")
    clause = exceptions.get(case.ground) if isinstance(exceptions, Mapping) else None
    if case.ground not in GROUNDS or not isinstance(clause, Mapping):
        message = f"`{case.ground}` is not a ground that the agreement knows"
        yield Reason("ground", "S-10", message, agreement.place, f"one of: {', '.join(GROUNDS)}")
        return
    if case.ground == COMPELLED:
        if not case.authority or case.recipient not in (clause.get("by") or ()):
            message = "a compelled disclosure needs the order itself, and goes to the authority that made it"
            yield Reason("authority", "S-10", message, agreement.place, "attach the order")
    elif request.recipient not in (clause.get("to") or ()):
        allowed = ", ".join(clause.get("to") or ())
        yield Reason("recipient-class", "S-10", f"for this ground it may go to {allowed}", agreement.place)
    if request.recipient != case.recipient:
        yield Reason("recipient-class", "S-10", f"the case is about telling `{case.recipient}`")
    covers = clause.get("covers")
    about_client = base_type(request.what) not in ORGANISATIONAL_TYPES
    if covers and "client" not in covers and about_client:
        yield Reason("ground", "S-10", "the exception does not cover information about the client", agreement.place)


def _file(case: Case, now: datetime) -> Iterator[Reason]:
    """What the case file must hold before anything leaves."""
    if not case.facts:
        yield Reason("facts", "S-10", "the facts relied on are not on record", change="record what was seen or heard")
    if not case.authority:
        yield Reason("authority", "S-10", "neither an order nor the belief acted on is on record")
    if not case.why:
        yield Reason("recipient-why", "S-10", "why this recipient is not on record")
    if case.adviser != "consulted" and not (case.adviser == "not-sought" and case.adviser_why):
        yield Reason("adviser", "S-38", "neither the adviser's view nor why it was not sought is on record")
    if not case.told and (case.delayed_until is None or not case.delayed_why):
        message = "the client was not told, and no reason and end of the delay are on record"
        yield Reason("client-notice", "S-10", message, change="tell her first, or say why not and until when")
    if not case.told and case.delayed_until is not None and case.delayed_until < now.date():
        yield Reason("client-notice", "S-10", f"the delay of her notice ended on {case.delayed_until}")


def _extract(case: Case, request: Request) -> Iterator[Reason]:
    exact = request.section
    if exact is None or not exact.commitment:
        yield Reason("extract", "S-10", "a case tells exact sentences, not a type of information")
        return
    if case.whole:
        if case.ground != COMPELLED or not case.named_in_order:
            yield Reason("extract", "S-10", "whole records go only where an order names them")
        return
    if not any(known.commitment == exact.commitment for known in case.extract):
        yield Reason("extract", "S-10", "the text is not part of the case's extract")
