"""Withdrawal narrows, at once and by one party alone; it never widens anything (POLICY, change over time)."""

from __future__ import annotations

from confide.model.agreement import Agreement, Term
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.words import ORGANISATIONAL_TYPES, base_type
from confide.policy.flow import reaches
from confide.policy.index import history

TERM = "term/"
EVENT = "event/"
KIND = "withdrawn"
# However a text was told: what is public only since then was not public already, and what is taken back is not told on.
TOLD = ("disclosed", "told", "lapse")


def term_withdrawn(record: Record, term: str, version: int, recipient: str) -> Event | None:
    """The withdrawal that took a share term of agreement `version` away from `recipient`, or None.

    A later version that all have signed again is a new consent, so a withdrawal ends with its version. One that
    names no version is about every version.
    """
    for event in history(record).get(KIND, ()):
        if event.target == TERM + term and event.agreement in (0, version) and reaches(event, recipient):
            return event
    return None


def text_withdrawn(record: Record, exact: Exact, recipient: str) -> Event | None:
    """The newest withdrawal of an earlier disclosure of this exact text to `recipient`, or None."""
    for event in reversed(history(record).get(KIND, ())):
        if not event.target.startswith(EVENT) or not reaches(event, recipient):
            continue
        disclosure = record.event(event.target.removeprefix(EVENT))
        if disclosure is None or disclosure.kind not in TOLD:
            continue
        if any(known.commitment == exact.commitment for known in disclosure.sections):
            return event
    return None


def withdrawn_from(record: Record, target: str, recipient: str) -> Event | None:
    """The withdrawal of `target` (`event/…`, `term/…`) that reaches `recipient`, or None."""
    events = history(record).get(KIND, ())
    return next((event for event in events if event.target == target and reaches(event, recipient)), None)


def disclosure_withdrawn(record: Record, disclosure: Event, recipient: str) -> Event | None:
    """The withdrawal after `disclosure` that hides it from `recipient`: of itself, or of what it rested on.

    A disclosure that rested on several terms or permissions is hidden as soon as one is withdrawn (fail closed), also
    by a withdrawal recorded in another clone that did not know of it, nor it of the withdrawal.
    """
    position = record.events.index(disclosure)
    rested = (EVENT + disclosure.id, *(EVENT + b for b in disclosure.because), *(TERM + t for t in disclosure.terms))
    targets = frozenset(rested)
    apart = record.crossed.get(disclosure.id, frozenset())
    unknown = [event for event in record.events[:position] if event.id in apart]
    for event in (*unknown, *record.events[position + 1 :]):
        if event.kind == "withdrawn" and event.target in targets and reaches(event, recipient):
            return event
    return None


def may_withdraw_term(agreement: Agreement, term: Term) -> tuple[str, ...]:
    """Whose consent a share term rests on: the client's, and the organisation's for what is the organisation's."""
    own = {what for what in term.what or () if base_type(what) in ORGANISATIONAL_TYPES}
    who = dict.fromkeys(agreement.consent.get("about-organisation", ()) if own else ())
    if own != set(term.what or ()):
        who.update(dict.fromkeys(("client", *agreement.consent.get("about-client", ()))))
    return tuple(who)


def may_withdraw_disclosure(disclosure: Event) -> frozenset[str]:
    """Whoever it is about, or whose it is."""
    return frozenset({"client"} | {e.owner for e in disclosure.sections} | {e.subject for e in disclosure.sections})


def still_told(record: Record, disclosure: Event) -> tuple[str, ...]:
    """The recipients of a disclosure from whom it was not withdrawn."""
    return tuple(party for party in disclosure.to if disclosure_withdrawn(record, disclosure, party) is None)


def still_shared(record: Record, agreement: Agreement, term: Term) -> tuple[str, ...]:
    """The recipients of a share term from whom it was not withdrawn."""
    every = term.recipients or ()
    return tuple(party for party in every if term_withdrawn(record, term.id, agreement.version, party) is None)
