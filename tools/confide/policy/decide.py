"""May this be told? One pure function, in nine steps (POLICY.md); every reason is collected before it answers.

Invariants: without a share term, or the client's own, there is no yes; a matching withhold term denies whatever else
is said; adding a withhold term or a fault never turns a no into a yes; the order of terms does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from confide.model.agreement import Agreement
from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy import consent, duties, integrity, terms
from confide.policy.force import in_force
from confide.policy.malformed import malformed
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
    reasons += terms.withholds(request, agreement)
    if consent.own(request):
        return _own(agreement, reasons)
    reasons += consent.withheld_consents(request, agreement)
    reasons += _withdrawn(request, record)
    return _by_terms(request, record, agreement, now, reasons)


def _withdrawn(request: Request, record: Record) -> Iterator[Reason]:
    """What was taken back does not go to the same recipient again: clauses that allowed it then are no new consent."""
    event = text_withdrawn(record, request.section, request.recipient) if request.section is not None else None
    if event is not None:
        message = f"this text was withdrawn from them on {event.at:%d %B %Y}"
        yield Reason("withdrawn", "S-05", message, event.place, "a new written permission for this text")


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


def _by_terms(request: Request, record: Record, agreement: Agreement, now: datetime, reasons: list[Reason]) -> Decision:
    candidates = terms.shares(request, record, agreement, now)
    if not candidates:
        return _deny([*reasons, *terms.why_no_share(request, record, agreement)], agreement.version)
    ceiling = max((term.form or Form.NONE for term in candidates), default=Form.NONE)
    enough = tuple(term for term in candidates if terms.wide_enough(request, term))
    if not enough:
        reasons += terms.too_wide(request, candidates)
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
