"""Legal duty: a separate decision with a case behind it, never a flag on an ordinary one (S-10; POLICY, legal duty).

It may pass the agreement in force, withhold terms, missing consents and duties (steps 3, 5, 6 and 8). It never passes
the absolutes or the record, and tells no more than the case's own extract. The answer lists all that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from confide.model.agreement import Agreement
from confide.model.case import GROUNDS, Case
from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.event import Exact
from confide.model.record import Record
from confide.model.words import ORGANISATIONAL_TYPES, Attribution, Form, base_type
from confide.policy import force, integrity
from confide.policy.flow import as_told
from confide.policy.index import clauses_of
from confide.policy.malformed import malformed

COMPELLED = "compelled"
ORGANISATION, CLIENT = "organisation", "client"


def decide_duty(case: Case, request: Request, record: Record, now: datetime) -> Decision:
    """May this text of the case's extract go to the case's recipient? Allow, or Deny with all that is missing."""
    request = as_told(request)
    agreement = _agreement(record, now)
    clause = _clause(case, agreement)
    admitted = _admitted(case, clause)
    reasons = [*integrity.sound(request, record, admitted), *integrity.absolute(request, agreement)]
    if agreement is None:
        reasons.append(Reason("no-agreement", "S-10", "no agreement says for which grounds there is an exception"))
    else:
        reasons += integrity.known_type(request, agreement)
        reasons += malformed(agreement)
        reasons += _ground(case, request, agreement, clause)
        reasons += _recipient(case, request, agreement, clause, admitted)
    reasons += _file(case, day(record, now))
    reasons += _extract(case, request)
    if reasons or agreement is None:
        return Decision(Verdict.DENY, tuple(reasons), agreement=agreement.version if agreement else 0)
    yes = Reason("legal-duty", "S-10", f"case {case.id}: {case.ground}", agreement.place)
    return Decision(Verdict.ALLOW, (yes,), agreement=agreement.version, ceiling=request.form, because=(case.id,))


def day(record: Record, now: datetime) -> date:
    """The day it is where the agreement applies."""
    agreement = _agreement(record, now)
    return now.astimezone(UTC if agreement is None else clauses_of(agreement).zone).date()


def _agreement(record: Record, now: datetime) -> Agreement | None:
    """The one in force, or the last that all signed: the exceptions of a promise outlive its term."""
    signed = (a for a in record.agreements if (at := force.completed_at(record, a)) is not None and at <= now)
    return force.in_force(record, now) or max(signed, key=lambda a: a.version, default=None)


def _clause(case: Case, agreement: Agreement | None) -> Mapping[str, Any] | None:
    exceptions = agreement.clauses.get("exceptions") if agreement is not None else None
    found = exceptions.get(case.ground) if isinstance(exceptions, Mapping) and case.ground in GROUNDS else None
    return found if isinstance(found, Mapping) else None


def _admitted(case: Case, clause: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Whom the agreement names for this ground: they need not be parties of the partnership otherwise."""
    return tuple((clause or {}).get("by" if case.ground == COMPELLED else "to") or ())


def _ground(case: Case, request: Request, agreement: Agreement, clause: Mapping[str, Any] | None) -> Iterator[Reason]:
    if clause is None:
        message = f"`{case.ground}` is not a ground that the agreement knows"
        yield Reason("ground", "S-10", message, agreement.place, f"one of: {', '.join(GROUNDS)}")
        return
    covers = clause.get("covers") or (ORGANISATION, CLIENT)
    about = ORGANISATION if base_type(request.what) in ORGANISATIONAL_TYPES else CLIENT
    if about not in covers:
        yield Reason("ground", "S-10", f"the exception does not cover information about the {about}", agreement.place)


def _recipient(
    case: Case, request: Request, agreement: Agreement, clause: Mapping[str, Any] | None, admitted: tuple[str, ...]
) -> Iterator[Reason]:
    """Of an allowed class, and the one the case is about; an order goes to the authority that made it."""
    if request.recipient != case.recipient:
        yield Reason("recipient-class", "S-10", f"the case is about telling `{case.recipient}`")
    if clause is None or case.recipient in admitted:
        return
    if case.ground == COMPELLED:
        message = "a compelled disclosure goes to the authority that made the order"
    else:
        message = f"for this ground it may go to {', '.join(admitted) or 'nobody'}"
    yield Reason("recipient-class", "S-10", message, agreement.place)


def _file(case: Case, today: date) -> Iterator[Reason]:
    """What the case file must hold before anything leaves."""
    if not case.facts:
        yield Reason("facts", "S-10", "the facts relied on are not on record", change="record what was seen or heard")
    if not case.authority:
        change = "attach the order" if case.ground == COMPELLED else ""
        yield Reason("authority", "S-10", "neither an order nor the belief acted on is on record", change=change)
    if not case.why:
        yield Reason("recipient-why", "S-10", "why this recipient is not on record")
    if case.adviser != "consulted" and not (case.adviser == "not-sought" and case.adviser_why):
        yield Reason("adviser", "S-38", "neither the adviser's view nor why it was not sought is on record")
    if not case.told and (case.delayed_until is None or not case.delayed_why):
        message = "the client was not told, and no reason and end of the delay are on record"
        yield Reason("client-notice", "S-10", message, change="tell her first, or say why not and until when")
    if not case.told and case.delayed_until is not None and case.delayed_until < today:
        yield Reason("client-notice", "S-10", f"the delay of her notice ended on {case.delayed_until}")


def _extract(case: Case, request: Request) -> Iterator[Reason]:
    """The ceiling is the case's own extract: sentence by sentence, or the whole records that an order names."""
    exact = request.section
    if exact is None or not exact.commitment:
        yield Reason("extract", "S-10", "a case tells exact sentences, not a type of information")
        return
    ordered = case.ground == COMPELLED and case.named_in_order
    if request.attribution > Attribution.NONE and not ordered:
        yield Reason("extract", "S-10", "the extract does not say who a source is", change="narrow to none")
    if case.whole:
        if not ordered:
            yield Reason("extract", "S-10", "whole records go only where an order names them")
        return
    chosen = _chosen(case, exact)
    if chosen is None:
        yield Reason("extract", "S-10", "the text is not part of the case's extract")
    elif request.form > chosen.form:
        word = chosen.form.word
        yield Reason("extract", "S-10", f"the extract was chosen as {word}", change=f"narrow to {word}")


def _chosen(case: Case, exact: Exact) -> Exact | None:
    """The widest form in which the case has chosen this text."""
    same = [known for known in case.extract if known.commitment == exact.commitment and known.form is not Form.NONE]
    return max(same, key=lambda known: known.form, default=None)
