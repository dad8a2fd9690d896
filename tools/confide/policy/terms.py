"""Steps 5 to 7: withhold terms win, a share term is needed, and no form or attribution goes beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from confide.model.agreement import ON, Agreement, Term
from confide.model.decision import Reason, Request
from confide.model.record import Record
from confide.model.words import NINE_TYPES, Attribution, Form, Role, base_type, role_of
from confide.policy.withdrawal import term_withdrawn

CLIENT_PERMITS = "client-permits"
PERMITS = {
    CLIENT_PERMITS: "she permits it in writing, exact words",
    "owner-permits": "its owner permits it in writing",
}


def sid(what: str) -> str:
    """The sentence of the founding text that asks for an answer about this type."""
    return NINE_TYPES.get(base_type(what), "S-28")


def withholds(request: Request, terms: Iterable[Term], lifted: Callable[[Term], bool]) -> Iterator[Reason]:
    """Step 5: every withhold term that matches. A facet left out means any; unknown circumstances count as true.

    A form or attribution in a withhold term is the narrowest that it withholds: narrower ones are not its business.
    `lifted` says whether the written permission that the term's `unless` asks for is on record.
    """
    for term in terms:
        if term.shares or not term.about(request.what):
            continue
        if not (_meant(term.recipients, request.recipient) and _meant(term.senders, request.sender)):
            continue
        if term.channel is not None and request.channel not in term.channel:
            continue
        if request.form < (term.form or Form.NONE) or request.attribution < (term.attribution or Attribution.NONE):
            continue
        if term.unless and lifted(term):
            continue
        change = PERMITS.get(term.unless, "")
        command = "confide permit" if term.unless else ""
        yield Reason(
            term.id, sid(request.what), f"clause {term.id} withholds it", term.place, change=change, command=command
        )


def _meant(named: tuple[str, ...] | None, party: str) -> bool:
    """Whether a withhold term that names these parties means `party`: itself, as a department, or as a source."""
    if named is None or party in named or party.partition(".")[0] in named:
        return True
    return "sources" in named and role_of(party) is Role.SOURCE


def shares(request: Request, record: Record, agreement: Agreement, now: datetime) -> tuple[Term, ...]:
    """The share terms that speak of this type, recipient, sender, channel, purpose and date, in any form."""
    today = now.astimezone(ZoneInfo(agreement.time_zone)).date()
    return tuple(
        term
        for term in agreement.terms
        if term.shares
        and term.about(request.what)
        and term.reaches(request.recipient)
        and request.sender in (term.senders or ())
        and (term.channel is None or request.channel in term.channel)
        and request.purpose not in (p for p in term.not_for)
        and _date_reached(term, today)
        and term_withdrawn(record, term.id, agreement.version, request.recipient) is None
    )


def _date_reached(term: Term, today: date) -> bool:
    dates = [date.fromisoformat(moment.value) for moment in term.when or () if moment.kind == ON]
    return not dates or any(day <= today for day in dates)


def why_no_share(request: Request, record: Record, agreement: Agreement) -> Iterator[Reason]:
    """Default deny (S-03), and the share terms that nearly spoke of it, each with what keeps it from doing so."""
    yield Reason("default-deny", "S-03", "no share clause names it", agreement.place)
    for term in agreement.terms:
        if not (term.shares and term.about(request.what) and term.reaches(request.recipient)):
            continue
        withdrawn = term_withdrawn(record, term.id, agreement.version, request.recipient)
        if withdrawn is not None:
            yield Reason(term.id, "S-05", f"clause {term.id} was withdrawn on {withdrawn.at:%d %B %Y}", withdrawn.place)
        elif request.sender not in (term.senders or ()):
            by = ", ".join(term.senders or ())
            yield Reason(term.id, "S-28", f"clause {term.id} lets only {by} share it", term.place)
        elif term.channel is not None and request.channel not in term.channel:
            via = ", ".join(term.channel)
            yield Reason(term.id, "S-28", f"clause {term.id} allows it only by {via}", term.place, f"use {via}")
        elif request.purpose in term.not_for:
            yield Reason(term.id, "S-28", f"clause {term.id} excludes it for {request.purpose}", term.place)
        else:
            yield Reason(term.id, "S-28", f"clause {term.id} does not apply before its date", term.place)


def too_wide(request: Request, candidates: tuple[Term, ...]) -> Iterator[Reason]:
    """Step 7: what to narrow when no candidate allows this form and attribution (S-18, S-28, S-35)."""
    fitting = tuple(term for term in candidates if request.form <= (term.form or Form.NONE))
    if not fitting:
        widest = max(candidates, key=lambda term: (term.form or Form.NONE, term.id))
        form = widest.form or Form.NONE
        yield Reason(
            widest.id,
            sid(request.what),
            f"clause {widest.id} allows {form.word} at most, not {request.form.word}",
            widest.place,
            f"narrow to {form.word}",
        )
    # Of two clauses one may allow the form and the other the name: two halves are no permission.
    naming = max(fitting or candidates, key=lambda term: (allowed_attribution(term), term.id))
    named = allowed_attribution(naming)
    if request.attribution > named:
        yield Reason(
            naming.id,
            "S-18",
            f"a source may be shown by {named.word} at most, not by {request.attribution.word}",
            naming.place,
            f"narrow to {named.word}",
        )


def allowed_attribution(term: Term) -> Attribution:
    """What a term says about naming the source; silence means that the source is not shown at all."""
    return term.attribution if term.attribution is not None else Attribution.NONE


def wide_enough(request: Request, term: Term) -> bool:
    """Whether the term allows the form and the attribution asked for."""
    return term.form is not None and request.form <= term.form and request.attribution <= allowed_attribution(term)


def would_allow(request: Request, agreement: Agreement) -> bool:
    """Whether the clauses of another version alone would let this go: nothing withholds it, and one shares it so."""
    if any(True for _ in withholds(request, agreement.terms, lambda _: False)):
        return False
    fitting = (
        term
        for term in agreement.terms
        if term.shares and term.about(request.what) and term.reaches(request.recipient) and wide_enough(request, term)
    )
    return any(request.sender in (term.senders or ()) for term in fitting)
