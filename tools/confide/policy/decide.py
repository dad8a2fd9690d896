"""May this be told? One pure function, in nine steps (POLICY.md); every reason is collected before it answers.

Invariants: without a share term, or the client's own, there is no yes; a matching withhold term denies whatever else
is said; adding a withhold term or a fault never turns a no into a yes; the order of terms does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from confide.model.agreement import Agreement, Term
from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy import consent, duties, instruments, integrity, terms
from confide.policy.force import in_force
from confide.policy.malformed import malformed
from confide.policy.permission import ceilings, permission, permitted_by_all
from confide.policy.public import already_public
from confide.policy.ratchet import agreement_then
from confide.policy.withdrawal import text_withdrawn


def decide(request: Request, record: Record, now: datetime) -> Decision:
    """The answer to `request` from all that `record` knows, at `now` (aware).

    Deny if anything denies; otherwise NotYet while a duty is open; otherwise Allow, with the terms it rests on.
    """
    if request.section is not None:
        # A text gives away what it says, whatever narrower form it is asked for in.
        request = replace(request, form=max(request.form, request.section.form))
    agreement = in_force(record, now)
    reasons = [*integrity.sound(request, record), *integrity.absolute(request, agreement)]
    if agreement is None:
        return _deny([*reasons, *integrity.not_in_force(record, now)])
    reasons += integrity.known_type(request, agreement)
    broken = tuple(malformed(agreement))
    if broken:
        return _deny([*reasons, *broken], agreement.version)
    exact = consent.facets_of(request)
    reasons += _withheld(request, exact, record, agreement, now)
    if consent.own(request):
        return _own(agreement, reasons)
    public = already_public(exact, record)
    if public is not None:
        return _public(public, agreement, reasons)
    reasons += consent.withheld_consents(request, agreement, record)
    reasons += consent.small_group(request, exact, agreement)
    reasons += _withdrawn(request, exact, record, agreement)
    reasons += _narrowed(request, exact, record)
    reasons += _looser_than_then(request, exact, record, agreement)
    return _by_terms(request, exact, record, agreement, now, reasons)


def _withheld(request: Request, exact: Exact, record: Record, agreement: Agreement, now: datetime) -> Iterator[Reason]:
    """Step 5: withhold terms of the agreement and of every instrument in force, unless the permission is there."""

    def lifted(term: Term) -> bool:
        who = exact.subject if term.unless == terms.CLIENT_PERMITS else exact.owner
        return permission(request, exact, record, who) is not None

    yield from terms.withholds(request, agreement.terms, lifted)
    for instrument in instruments.in_force(record, now):
        yield from terms.withholds(request, instrument.restricts, lifted)


def _withdrawn(request: Request, exact: Exact, record: Record, agreement: Agreement) -> Iterator[Reason]:
    """What was taken back does not go to the same recipient again: clauses that allowed it then are no new consent."""
    event = text_withdrawn(record, request.section, request.recipient) if request.section is not None else None
    if event is None:
        return
    since = permitted_by_all(request, exact, record, consent.needed(exact, agreement))
    if not since or any(record.events.index(given) < record.events.index(event) for given in since):
        message = f"this text was withdrawn from them on {event.at:%d %B %Y}"
        yield Reason("withdrawn", "S-05", message, event.place, "a new written permission for this text")


def _narrowed(request: Request, exact: Exact, record: Record) -> Iterator[Reason]:
    """What the subject or owner said since: narrower than the clause, and spoken is enough (POLICY, permission)."""
    for event in ceilings(request, exact, record):
        form = (event.form or Form.NONE).word
        message = f"`{event.by}` narrowed this to {form} on {event.at:%d %B %Y}"
        yield Reason("narrowed", "S-05", message, event.place, f"narrow to {form}, or a written permission")


def _looser_than_then(request: Request, exact: Exact, record: Record, agreement: Agreement) -> Iterator[Reason]:
    """The ratchet: what the agreement of its day withheld, a later one opens with fresh consent only."""
    then = agreement_then(exact, record, agreement)
    if then is None or terms.would_allow(request, then):
        return
    if permitted_by_all(request, exact, record, consent.needed(exact, agreement)):
        return
    message = f"it was written under agreement {then.version}, which did not allow this"
    yield Reason("ratchet", "S-22", message, then.place, "fresh written consent of those it concerns", "confide permit")


def _deny(reasons: list[Reason], agreement: int = 0, ceiling: Form = Form.NONE) -> Decision:
    ordered = sorted(reasons, key=lambda r: (r.place.file if r.place else "", r.place.line if r.place else 0, r.rule))
    return Decision(Verdict.DENY, tuple(ordered), agreement=agreement, ceiling=ceiling)


def _own(agreement: Agreement, reasons: list[Reason]) -> Decision:
    """What is hers alone she may always have, in any form; absolutes and withhold terms still count."""
    if reasons:
        return _deny(reasons, agreement.version)
    yes = Reason("clients-own", "S-11", "it is the client's own and about nobody else", agreement.place)
    return Decision(
        Verdict.ALLOW, (yes,), agreement=agreement.version, ceiling=Form.VERBATIM, attribution=Attribution.NAME
    )


def _public(event: Event, agreement: Agreement, reasons: list[Reason]) -> Decision:
    """Already public before we told it: nobody's consent is needed; absolutes and withhold terms still count."""
    if reasons:
        return _deny(reasons, agreement.version)
    yes = Reason("already-public", "S-09", f"it has been public since {event.day}", event.place)
    return Decision(Verdict.ALLOW, (yes,), agreement=agreement.version, ceiling=Form.VERBATIM, because=(event.id,))


def _by_terms(
    request: Request, exact: Exact, record: Record, agreement: Agreement, now: datetime, reasons: list[Reason]
) -> Decision:
    candidates = terms.shares(request, record, agreement, now)
    ceiling = max((term.form or Form.NONE for term in candidates), default=Form.NONE)
    enough = tuple(term for term in candidates if terms.wide_enough(request, term))
    if not enough:
        permits = permitted_by_all(request, exact, record, consent.needed(exact, agreement))
        if permits and not reasons:
            still_open, met = duties.confidentiality(request, record, agreement, now)
            return _permitted(permits, agreement, request, still_open, met)
        if not permits:
            more = terms.too_wide(request, candidates) if candidates else terms.why_no_share(request, record, agreement)
            reasons += more
    if reasons:
        return _deny(reasons, agreement.version, ceiling)
    term, still_open, met = duties.cheapest(
        (term, *duties.open_duties(request, record, agreement, term, now)) for term in enough
    )
    allows = Reason(term.id, terms.sid(request.what), f"clause {term.id} allows it", term.place)
    return Decision(
        Verdict.NOT_YET if still_open else Verdict.ALLOW,
        still_open or (allows,),
        terms=(term,),
        agreement=agreement.version,
        ceiling=ceiling,
        attribution=terms.allowed_attribution(term),
        because=met,
        notes=(allows,) if still_open else (),
    )


def _permitted(
    permits: tuple[Event, ...],
    agreement: Agreement,
    request: Request,
    still_open: tuple[Reason, ...],
    met: tuple[str, ...],
) -> Decision:
    """No clause shares it, but everybody it concerns has permitted it in writing, exactly (S-05)."""
    reasons = tuple(
        Reason("permission", "S-05", f"`{event.by}` permitted it in writing on {event.at:%d %B %Y}", event.place)
        for event in permits
    )
    return Decision(
        Verdict.NOT_YET if still_open else Verdict.ALLOW,
        still_open or reasons,
        agreement=agreement.version,
        ceiling=request.form,
        because=(*(event.id for event in permits), *met),
        notes=reasons if still_open else (),
    )
