"""Steps 5 to 7: withhold terms win, a share term is needed, and no form or attribution goes beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from confide.model.agreement import ON, Agreement, Moment, Term
from confide.model.decision import Reason, Request
from confide.model.event import Event
from confide.model.words import NINE_TYPES, Attribution, Form, Role, base_type, role_of
from confide.policy import circumstances, summary
from confide.policy.flow import Flow
from confide.policy.index import clauses_of
from confide.policy.withdrawal import term_withdrawn

CLIENT_PERMITS = "client-permits"
PERMITS = {
    CLIENT_PERMITS: "she permits it in writing, exact words",
    "owner-permits": "its owner permits it in writing",
}


def sid(what: str) -> str:
    """The sentence of the founding text that asks for an answer about this type."""
    return NINE_TYPES.get(base_type(what), "S-28")


def sid_of(term: Term, what: str) -> str:
    """The sentence that a clause rests on."""
    return "S-12" if term.id == summary.ID else sid(what)


def withholds(request: Request, terms: Iterable[Term], lifted: Callable[[Term], bool]) -> Iterator[Reason]:
    """Step 5: every withhold term that matches. A facet left out means any.

    A form or attribution in a withhold term is the narrowest that it withholds: narrower ones are not its business.
    `lifted` says whether it does not count here: the permission that its `unless` asks for is on record, or its
    circumstances were denied by whoever it names.
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
        conditional = term.circumstances is not None and not term.circumstances.always
        if (term.unless or conditional) and lifted(term):
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


def shares(flow: Flow, agreement: Agreement) -> list[Term]:
    """The share terms that speak of this type, recipient, sender, channel, purpose and date, in any form.

    A part of the summary is shared by its clause alone. Whoever was told may pass on to whom the clause says.
    """
    today = flow.now.astimezone(clauses_of(agreement).zone).date()
    return [
        term
        for term in _speaking(flow, agreement)
        if not _why_not(flow, agreement, term, today) and _withdrawn(flow, agreement, term) is None
    ]


def _speaking(flow: Flow, agreement: Agreement) -> Iterator[Term]:
    """The share terms that name this type and recipient, and those under which the sender may pass it on."""
    request = flow.request
    if summary.is_part(request):
        clause = summary.term(agreement)
        if clause is not None and clause.about(request.what) and clause.reaches(request.recipient):
            yield clause
        return
    known = clauses_of(agreement)
    for term in known.shares(request.what, request.recipient):
        if term.about(request.what) and term.reaches(request.recipient):
            yield term
    for term in known.onward(request.what, request.recipient):
        told = term.about(request.what) and request.sender in (term.recipients or ())
        if told and _withdrawn(flow, agreement, term, request.sender) is None:
            yield passed_on(term, request.sender, request.recipient)


def passed_on(term: Term, sender: str, recipient: str) -> Term:
    """The clause as it holds for somebody who was told and passes it on: the client is informed before (S-22, S-23)."""
    dates = tuple(moment for moment in term.when or () if moment.kind == ON)
    return replace(term, senders=(sender,), recipients=(recipient,), when=(Moment("client-informed"), *dates))


def _why_not(flow: Flow, agreement: Agreement, term: Term, today: date) -> str:
    """What keeps a share term that names type and recipient from speaking of this flow; empty if nothing does."""
    request = flow.request
    if request.sender not in (term.senders or ()):
        return f"lets only {', '.join(term.senders or ())} share it"
    if term.channel is not None and request.channel not in term.channel:
        return f"allows it only by {', '.join(term.channel)}"
    if request.purpose in term.not_for:
        return f"excludes it for {request.purpose}"
    if not _date_reached(term, today):
        return "does not apply before its date"
    return "needs circumstances that were denied" if circumstances.denied(flow, agreement, term) else ""


def _withdrawn(flow: Flow, agreement: Agreement, term: Term, party: str = "") -> Event | None:
    """The withdrawal of a clause from its recipient, or from whoever would pass on what it let them know."""
    return term_withdrawn(flow.record, term.id, agreement.version, party or flow.request.recipient)


def _date_reached(term: Term, today: date) -> bool:
    dates = [date.fromisoformat(moment.value) for moment in term.when or () if moment.kind == ON]
    return not dates or any(day <= today for day in dates)


def why_no_share(flow: Flow, agreement: Agreement) -> Iterator[Reason]:
    """What was taken back; else default deny (S-03), and the clauses that nearly spoke of it, with what they lack."""
    today = flow.now.astimezone(clauses_of(agreement).zone).date()
    taken_back, near = [], []
    for term in _speaking(flow, agreement):
        lacks = _why_not(flow, agreement, term, today)
        taken = _withdrawn(flow, agreement, term)
        if lacks:
            change = f"use {', '.join(term.channel or ())}" if lacks.startswith("allows it only by") else ""
            near.append(Reason(term.id, "S-28", f"clause {term.id} {lacks}", term.place, change))
        elif taken is not None:
            message = f"clause {term.id} was withdrawn on {taken.at:%d %B %Y}"
            taken_back.append(Reason("withdrawn", "S-05", message, taken.place))
    if taken_back:
        yield from taken_back
    else:
        yield Reason("default-deny", "S-03", "no share clause names it", agreement.place)
        yield from near


def too_wide(request: Request, candidates: Sequence[Term]) -> Iterator[Reason]:
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
