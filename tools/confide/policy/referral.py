"""May this extract be referred to the adviser? Naming an adviser is the agreement's yes; what withholds still wins.

An adviser sees what is referred to them and no more (S-38): sentences, without a source, after they accepted the duty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from confide.model.agreement import Agreement
from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.record import Record
from confide.policy import duties, force, instruments, integrity
from confide.policy.flow import Flow, as_told, flow
from confide.policy.integrity import source_needs_terms
from confide.policy.withheld import withheld


def decide_referral(request: Request, record: Record, now: datetime) -> Decision:
    """The answer for one extract: its words as they are, to the adviser, by a channel whose access is controlled."""
    request = as_told(request)
    agreement = force.in_force(record, now)
    reasons = [
        *integrity.sound(request, record),
        *integrity.absolute(request, agreement),
        *instruments.sound(record, now),
    ]
    if agreement is None:
        return Decision(Verdict.DENY, (*reasons, *integrity.not_in_force(record, now)))
    asked = flow(request, record, agreement, now)
    reasons += [*_named(request, agreement), *_protected(asked), *withheld(asked, agreement)]
    if reasons:
        return Decision(Verdict.DENY, tuple(reasons), agreement=agreement.version)
    still = duties.confidentiality(asked, agreement)
    yes = Reason("referral", "S-38", f"the agreement names the {request.recipient} to be asked", agreement.place)
    return Decision(
        Verdict.NOT_YET if still.still_open else Verdict.ALLOW,
        still.still_open or (yes,),
        agreement=agreement.version,
        ceiling=request.form,
        because=tuple(dict.fromkeys((*asked.rests_on, *still.met))),
    )


def _named(request: Request, agreement: Agreement) -> Iterator[Reason]:
    clause = agreement.clauses.get("adviser")
    if not isinstance(clause, Mapping) or clause.get("party") != request.recipient:
        message = f"the agreement does not name the {request.recipient} to be asked"
        yield Reason("referral", "S-38", message, agreement.place, "agree on an adviser", "confide agree draft")


def _protected(asked: Flow) -> Iterator[Reason]:
    exact = asked.exact
    if source_needs_terms(exact):
        change = "ask about it as a type, without its words"
        yield Reason("source", "S-20", "it is a source's: their terms name nobody who is asked", None, change)
    for flag in sorted(exact.flags):
        yield Reason("flagged", "S-02", f"it is {flag}", None, "its holder waives it for this text", "confide permit")
