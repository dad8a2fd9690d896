"""`withdraw`: take back a share term or one disclosure, at once and by one party alone (POLICY, change over time)."""

from __future__ import annotations

from collections.abc import Iterable

from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.policy import force, withdrawal
from confide.policy.withdrawal import EVENT, TERM
from confide.workflows import fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import add_with_words


def withdraw(practice: Practice, partnership: str, target: str, by: str, *, words: str = "", evidence: str) -> Event:
    """Take back a share term (`goals-to-sponsors`) or one disclosure (its event id); at once, and for good.

    Only whoever consented can withdraw, and only what shares: a withhold protects somebody.
    """
    record = practice.trusted(partnership)
    party = record.partnership.party(by)
    if party is None:
        raise Usage(Problem(f"`{by}` is not a party of this partnership"))
    event = record.event(target)
    if event is not None:
        return _withdraw_disclosure(practice, record, event, by, evidence, words)
    agreement = force.in_force(record, practice.now)
    if agreement is None:
        raise NotAllowed(Problem("no agreement is in force, so no term of one can be withdrawn"))
    term = agreement.term(target)
    if term is None:
        raise Usage(
            Problem(f"`{target}` is neither a clause in force nor an event on record", hint="confide log lists both")
        )
    if not term.shares:
        raise NotAllowed(
            Problem(
                f"clause `{term.id}` withholds, and nobody can withdraw a protection alone",
                place=term.place,
                hint="a written permission or an amendment can lift it",
            )
        )
    _check_may_withdraw(agreement.consent.values(), by)
    open_to = tuple(
        recipient
        for recipient in term.recipients or ()
        if withdrawal.term_withdrawn(record, term.id, agreement.version, recipient) is None
    )
    if not open_to:
        raise NotAllowed(Problem(f"clause `{term.id}` is withdrawn already"))
    event = Event(
        id=fresh.event_id(),
        kind="withdrawn",
        partnership=partnership,
        at=practice.now,
        by=by,
        to=open_to,
        target=TERM + term.id,
        evidence=evidence,
        agreement=agreement.version,
    )
    return add_with_words(practice, event, words)


def _check_may_withdraw(consenting: Iterable[tuple[str, ...]], by: str) -> None:
    who = {party for parties in consenting for party in parties}
    if by not in who:
        raise NotAllowed(
            Problem(f"`{by}` did not give the consent, so cannot withdraw it", hint=f"one of: {', '.join(sorted(who))}")
        )


def _withdraw_disclosure(
    practice: Practice, record: Record, disclosure: Event, by: str, evidence: str, words: str
) -> Event:
    if disclosure.kind != "disclosed":
        raise Usage(Problem(f"event {disclosure.id} is not a disclosure", hint="name a `disclosed` event"))
    allowed = {"client"} | {e.owner for e in disclosure.sections} | {e.subject for e in disclosure.sections}
    if by not in allowed:
        raise NotAllowed(Problem(f"`{by}` is neither its subject nor its owner"))
    open_to = tuple(r for r in disclosure.to if withdrawal.disclosure_withdrawn(record, disclosure, r) is None)
    if not open_to:
        raise NotAllowed(Problem(f"disclosure {disclosure.id} is withdrawn already"))
    event = Event(
        id=fresh.event_id(),
        kind="withdrawn",
        partnership=record.partnership.id,
        at=practice.now,
        by=by,
        to=open_to,
        target=EVENT + disclosure.id,
        evidence=evidence,
        agreement=disclosure.agreement,
    )
    return add_with_words(practice, event, words)
