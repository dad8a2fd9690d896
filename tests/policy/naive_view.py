"""The naive reading of what a party sees: disclosed to them, allowed at that moment, and not taken back since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from confide.model.agreement import Agreement
from confide.model.decision import Request, Verdict
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.words import Attribution, Form
from tests.policy.naive import decide, takes_part
from tests.policy.naive_ratchet import in_force
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
    relied = replace(
        then,
        agreements=tuple(only(a, event.terms) for a in then.agreements),
        events=tuple(e for e in map(partial(named_only, event), then.events) if e is not None),
    )
    return all(
        exact.what in event.what and decide(question(event, exact, to), relied, event.at)[0] is Verdict.ALLOW
        for exact in event.sections
        for to in event.to
    )


def only(agreement: Agreement, terms: Collection[str]) -> Agreement:
    """The agreement as if it shared nothing but what these terms share."""
    kept = tuple(term for term in agreement.terms if not term.shares or term.id in terms)
    summary = agreement.clauses.get("summary")
    if not summary or "summary" in terms:
        return replace(agreement, terms=kept)
    silent = {key: said for key, said in summary.items() if key not in ("headings", "includes", "client-statement")}
    return replace(agreement, terms=kept, clauses={**agreement.clauses, "summary": silent})


def named_only(told: Event, event: Event) -> Event | None:
    """A permission that the disclosure does not name gives it nothing, though it may narrow; nor does a publication."""
    if event.id in told.because or event.kind not in ("permitted", "public"):
        return event
    return None if event.kind == "public" else replace(event, evidence="attested")


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


def rested_on(event: Event) -> dict[str, list[str]]:
    return {"event": [event.id, *event.because], "term": list(event.terms)}


def taken_back(event: Event, party: str, record: Record) -> bool:
    """A later withdrawal names the disclosure, or a clause it rested on."""
    later = record.events[[e.id for e in record.events].index(event.id) + 1 :]
    targets = [f"{kind}/{name}" for kind, names in rested_on(event).items() for name in names]
    return any(e.kind == "withdrawn" and e.target in targets and meant(e.to, party) for e in later)
