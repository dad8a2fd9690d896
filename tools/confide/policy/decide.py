"""May this be told? One pure function, in nine steps (POLICY.md); every reason is collected before it answers.

Invariants: without a share term, the client's own, or the written permission of all whose it is, there is no yes; a
matching withhold term denies whatever else is said; adding a withhold term or a fault never turns a no into a yes; the
order of terms does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from confide.model.agreement import Agreement, Term
from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy import consent, duties, instruments, integrity, summary, terms
from confide.policy.flow import Flow, as_told, flow
from confide.policy.force import in_force, last_in_force
from confide.policy.malformed import malformed
from confide.policy.permission import narrowings, permitted_by_all, taken_back
from confide.policy.public import already_public
from confide.policy.ratchet import stricter_once
from confide.policy.withdrawal import text_withdrawn
from confide.policy.withheld import by_instruments_alone, withheld

NOTHING = duties.Duties()


def decide(request: Request, record: Record, now: datetime) -> Decision:
    """The answer to `request` from all that `record` knows, at `now` (aware).

    Deny if anything denies; otherwise NotYet while a duty is open; otherwise Allow, with the terms it rests on.
    """
    request = as_told(request)
    agreement = in_force(record, now)
    reasons = [
        *integrity.sound(request, record),
        *integrity.absolute(request, agreement),
        *instruments.sound(record, now),
    ]
    if agreement is None:
        return _after_the_end(request, record, now, reasons)
    reasons += integrity.known_type(request, agreement)
    broken = malformed(agreement)
    if broken:
        return _deny([*reasons, *broken], agreement.version)
    asked = flow(request, record, agreement, now)
    found = _judge(asked, agreement)
    found.reasons += reasons
    if not found.unbound:
        found.reasons += _withdrawn(asked, agreement)
        found.still += duties.confidentiality(asked, agreement)
    if not consent.own(request, agreement):
        _hold_to_older(found, asked, agreement)
    return _answer(found, asked, agreement)


def _after_the_end(request: Request, record: Record, now: datetime, reasons: list[Reason]) -> Decision:
    """While nothing is in force, only what the last agreement says survives it: its withholds, the final summary."""
    over = integrity.not_in_force(record, now)
    last = last_in_force(record, now)
    if last is not None and summary.survives(request, last):
        return _last_summary(request, record, now, last, reasons, over)
    reasons += [*over, *by_instruments_alone(request, record, now)]
    if last is not None and summary.WITHHELD in summary.surviving(last):
        reasons += terms.withholds(request, last.terms, lambda _: False)
    return _deny(reasons)


def _last_summary(
    request: Request, record: Record, now: datetime, last: Agreement, reasons: list[Reason], over: Iterator[Reason]
) -> Decision:
    """A part of the summary that survives the end: by its clause alone, and else with all that stands against it."""
    reasons += [*integrity.absolute(request, last), *integrity.known_type(request, last)]
    asked = flow(request, record, last, now)
    if broken := malformed(last):
        return _deny(list(dict.fromkeys((*reasons, *over, *broken))))
    found = _judge(asked, last)
    found.reasons += [*reasons, *_withdrawn(asked, last)]
    found.still += duties.confidentiality(asked, last)
    if found.term is not None and not found.reasons:
        return _answer(found, asked, last)
    return _deny(list(dict.fromkeys((*_with_taken_back(found, asked, last), *over))))


@dataclass
class _Found:
    """What one version of the agreement says of a flow: what denies, what is open, and what the answer rests on.

    `unbound` names the reason that frees it of clauses and consents: it is the client's own, or public already.
    """

    reasons: list[Reason]
    still: duties.Duties = NOTHING
    term: Term | None = None
    ceiling: Form = Form.NONE
    attribution: Attribution = Attribution.NONE
    yes: tuple[Reason, ...] = ()
    unbound: bool = False


def _judge(asked: Flow, agreement: Agreement) -> _Found:
    """Steps 4 to 8 under one version, as if it were the one in force."""
    found = _Found(list(withheld(asked, agreement)))
    if consent.own(asked.request, agreement):
        found.unbound, found.ceiling, found.attribution = True, Form.VERBATIM, Attribution.NAME
        found.yes = (Reason("clients-own", "S-11", "it is the client's own and about nobody else", agreement.place),)
        return found
    # That a text is public says nothing about who told it to us.
    public = already_public(asked) if asked.request.attribution is Attribution.NONE else None
    if public is not None:
        asked.rest_on(public)
        found.reasons += _narrowed(asked)
        found.unbound, found.ceiling = True, Form.VERBATIM
        found.yes = (Reason("already-public", "S-09", f"it has been public since {public.day}", public.place),)
        return found
    found.reasons += consent.unpromised(asked, agreement)
    _by_terms(found, asked, agreement)
    return found


def _withdrawn(asked: Flow, agreement: Agreement) -> Iterator[Reason]:
    """What was taken back does not go to the same recipient again: clauses that allowed it then are no new consent."""
    request, record = asked.request, asked.record
    event = text_withdrawn(record, request.section, request.recipient) if request.section is not None else None
    if event is None:
        return
    since = permitted_by_all(asked, consent.everybody(asked, agreement))
    if not since or any(record.events.index(given) < record.events.index(event) for given in since):
        message = f"this text was withdrawn from them on {event.at:%d %B %Y}"
        yield Reason("withdrawn", "S-05", message, event.place, "a new written permission for this text")
    asked.rest_on(*since)


def _narrowed(asked: Flow) -> Iterator[Reason]:
    """What those whose it is said since: narrower than the clause, and spoken is enough (POLICY, permission)."""
    for event in narrowings(asked):
        form = (event.form or Form.NONE).word
        message = f"`{event.by}` narrowed this to {form} on {event.at:%d %B %Y}"
        yield Reason("narrowed", "S-05", message, event.place, f"narrow to {form}, or a written permission")


def _by_terms(found: _Found, asked: Flow, agreement: Agreement) -> None:
    """Steps 6 to 8: the share term with the fewest duties open, or what everybody whose it is has permitted.

    A permission widens what a clause allows, and stands where no clause speaks; a clause that speaks keeps its duties.
    """
    candidates = terms.shares(asked, agreement)
    found.ceiling = max((term.form or Form.NONE for term in candidates), default=Form.NONE)
    enough = [term for term in candidates if terms.wide_enough(asked.request, term)]
    permits: tuple[Event, ...] = ()
    if len(enough) < len(candidates) or not candidates:
        permits = permitted_by_all(asked, consent.everybody(asked, agreement))
    if candidates:
        found.reasons += consent.missing(asked, agreement)
    if candidates or permits:
        found.reasons += _narrowed(asked)
    if not enough and not permits:
        if candidates:
            found.reasons += terms.too_wide(asked.request, candidates)
        elif not any(summary.excluded(asked.request, agreement)):
            found.reasons += terms.why_no_share(asked, agreement)
        return
    permitted = tuple(
        Reason("permission", "S-05", f"`{event.by}` permitted it in writing on {event.at:%d %B %Y}", event.place)
        for event in permits
    )
    size = duties.group_size(asked, agreement)
    if not candidates:
        asked.rest_on(*permits)
        found.still, found.yes = size, permitted
        found.ceiling, found.attribution = asked.request.form, asked.request.attribution
        return
    options = [(term, duties.of_term(asked, agreement, term)) for term in (candidates if permits else enough)]
    term, still = min(options, key=lambda option: (len(option[1].still_open), option[0] not in enough, option[0].id))
    found.term, found.still = term, still + size
    found.attribution = max(terms.allowed_attribution(term), asked.request.attribution)
    found.ceiling = max(found.ceiling, asked.request.form)
    allows = Reason(term.id, terms.sid_of(term, asked.request.what), f"clause {term.id} allows it", term.place)
    found.yes = (allows,)
    if term not in enough:
        asked.rest_on(*permits)
        found.yes = (allows, *permitted)


def _hold_to_older(found: _Found, asked: Flow, agreement: Agreement) -> None:
    """The ratchet: what a version since the day of the text withheld, a later one opens with fresh consent only."""
    for older, next_begins in stricter_once(asked, agreement):
        then = _judge(asked, older)
        then.reasons += malformed(older)
        if not then.reasons and not then.still.still_open:
            continue
        fresh = permitted_by_all(asked, consent.everybody(asked, older), since=next_begins)
        if fresh:
            asked.rest_on(*fresh)
            continue
        # What is denied today for the same reason is no loosening.
        if not _denials(then.reasons, older) <= _denials(found.reasons, agreement):
            message = f"it is older than what replaced agreement {older.version}, which did not allow this"
            change = "fresh written consent of those it concerns"
            found.reasons.append(Reason("ratchet", "S-05", message, older.place, change, "confide permit"))
        found.still += then.still


def _denials(reasons: list[Reason], version: Agreement) -> set[str]:
    """The kinds of reasons. Which clause it was that allows too little, or nearly spoke of it, makes no other kind."""
    clauses = {summary.ID, *(term.id for term in version.terms if term.shares)}
    rules = {summary.TAKE_OUT if reason.change == summary.TAKE_OUT else reason.rule for reason in reasons}
    narrow = {"too-wide"} if rules & clauses and "default-deny" not in rules else set()
    return (rules - clauses) | narrow


def _answer(found: _Found, asked: Flow, agreement: Agreement) -> Decision:
    if found.reasons:
        return _deny(_with_taken_back(found, asked, agreement), agreement.version, found.ceiling)
    still_open = tuple({reason.rule: reason for reason in found.still.still_open}.values())
    return Decision(
        Verdict.NOT_YET if still_open else Verdict.ALLOW,
        still_open or found.yes,
        terms=(found.term,) if found.term is not None else (),
        agreement=agreement.version,
        ceiling=found.ceiling,
        attribution=found.attribution,
        because=tuple(dict.fromkeys((*asked.rests_on, *found.still.met))),
        notes=found.yes if still_open else (),
    )


def _with_taken_back(found: _Found, asked: Flow, agreement: Agreement) -> list[Reason]:
    """What a permission that was withdrawn would have met is said so: nobody forgot to speak of it."""
    if found.unbound:
        return found.reasons
    taken = [
        Reason("withdrawn", "S-05", f"the permission was withdrawn on {event.at:%d %B %Y}", event.place)
        for event in taken_back(asked, consent.everybody(asked, agreement))
    ]
    if not taken:
        return found.reasons
    silence = {"default-deny"} if any(reason.rule == "default-deny" for reason in found.reasons) else set()
    # After a default denial the share clauses among the reasons only nearly spoke of it.
    silence |= {term.id for term in agreement.terms if term.shares} if silence else set()
    return [*(reason for reason in found.reasons if reason.rule not in silence), *taken]


def _deny(reasons: list[Reason], agreement: int = 0, ceiling: Form = Form.NONE) -> Decision:
    ordered = sorted(reasons, key=lambda r: (r.place.file if r.place else "", r.place.line if r.place else 0, r.rule))
    return Decision(Verdict.DENY, tuple(ordered), agreement=agreement, ceiling=ceiling)
