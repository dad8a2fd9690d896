"""The naive reading of what a party sees: disclosed to them, allowed at that moment, and not taken back since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from confide.model.agreement import Agreement
from confide.model.decision import Request, Verdict
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.words import Attribution, Form
from tests.policy.naive import decide, in_force, takes_part
from tests.policy.naive_share import meant


def readable(record: Record, party: str, opened: Collection[str]) -> set[tuple[str, str]]:
    """(event, commitment) of every text disclosed to `party`, allowed at that moment, and not taken back since."""
    if record.faults or not takes_part(record, party):
        return set()
    return {
        (event.id, exact.commitment)
        for event in record.events
        if event.kind == "disclosed" and party in event.to
        if allowed(event, record) and not taken_back(event, party, record)
        for exact in event.sections
        if exact.commitment in opened
    }


def allowed(event: Event, record: Record) -> bool:
    """Each text, to each recipient, by the clauses and under the agreement that the event itself names."""
    then = record.before(event)
    agreement = in_force(then, event.at)
    if agreement is None or agreement.version != event.agreement or not event.sections or not event.to:
        return False
    relied = Record(then.partnership, tuple(only(a, event.terms) for a in then.agreements), then.events, then.faults)
    return all(
        exact.what in event.what and decide(question(event, exact, to), relied, event.at)[0] is Verdict.ALLOW
        for exact in event.sections
        for to in event.to
    )


def only(agreement: Agreement, terms: Collection[str]) -> Agreement:
    """The agreement as if it shared nothing but what these terms share."""
    return replace(agreement, terms=tuple(term for term in agreement.terms if not term.shares or term.id in terms))


def question(event: Event, exact: Exact, recipient: str) -> Request:
    widest = max(section.form for section in event.sections)
    told = event.form if event.form is not None else Form.VERBATIM
    return Request(
        what=exact.what,
        sender=event.by,
        recipient=recipient,
        form=told if told > widest else exact.form,
        attribution=event.attribution or Attribution.NONE,
        channel=event.channel or "site",
        section=exact,
    )


def taken_back(event: Event, party: str, record: Record) -> bool:
    """A later withdrawal names the disclosure, or a clause it rested on."""
    later = record.events[[e.id for e in record.events].index(event.id) + 1 :]
    targets = [f"event/{event.id}", *(f"term/{term}" for term in event.terms)]
    return any(e.kind == "withdrawn" and e.target in targets and meant(e.to, party) for e in later)
