"""`withdraw`: take back a share term or one disclosure, at once and by one party alone (POLICY, change over time)."""

from __future__ import annotations

from confide.model.agreement import Agreement, Term
from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.words import nearest
from confide.policy import force, withdrawal
from confide.policy.permission import WIDENING
from confide.policy.withdrawal import EVENT, TERM
from confide.workflows import asking, fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import add_with_words


def withdraw(practice: Practice, partnership: str, target: str, by: str, *, words: str = "", evidence: str) -> Event:
    """Take back a share term (`goals-to-sponsors`), a disclosure or a permission (its event id); at once, and for good.

    Only whoever consented can withdraw, and only what shares: a withhold protects somebody.
    """
    return add_with_words(practice, prepare(practice, partnership, target, by, evidence), words)


def prepare(practice: Practice, partnership: str, target: str, by: str, evidence: str) -> Event:
    """The event of a withdrawal that is in order; raises what stands against it."""
    record = practice.trusted(partnership)
    asking.party_of(record, by)
    event = record.event(target)
    if event is not None and event.kind == "permitted":
        return _withdraw_permission(practice, record, event, by, evidence)
    if event is not None:
        return _withdraw_disclosure(practice, record, event, by, evidence)
    agreement = force.in_force(record, practice.now)
    if agreement is None:
        raise NotAllowed(
            Problem(
                "no agreement is in force",
                "so none of its clauses shares anything that could be withdrawn",
                hint="one disclosure can be: name its event; confide log lists them",
            )
        )
    term = agreement.term(target)
    if term is None:
        raise Usage(
            Problem(
                "that is neither a clause in force nor an event on record",
                "a withdrawal names exactly what it takes back",
                agreement.place,
                _offer(agreement, target),
            )
        )
    if not term.shares:
        raise NotAllowed(
            Problem(
                f"clause {term.id} withholds, so there is nothing to withdraw",
                "it protects somebody, and nobody can take a protection away alone",
                term.place,
                "an amendment that everybody signs can change it: confide agree draft",
            )
        )
    _check_may_withdraw(agreement, term, by)
    open_to = withdrawal.still_shared(record, agreement, term)
    if not open_to:
        raise NotAllowed(
            Problem(
                f"clause {term.id} is withdrawn already",
                "nothing is shared under it any more",
                term.place,
                "when that was: confide log",
            )
        )
    return Event(
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


def _offer(agreement: Agreement, target: str) -> str:
    shared = [term.id for term in agreement.terms if term.shares]
    near = nearest(target, shared)
    return f"did you mean `{near}`?" if near else f"clauses: {', '.join(shared)}; events: confide log"


def _check_may_withdraw(agreement: Agreement, term: Term, by: str) -> None:
    """Consent is taken back by whoever gave it."""
    who = withdrawal.may_withdraw_term(agreement, term)
    if by not in who:
        raise NotAllowed(
            Problem(
                f"`{by}` cannot withdraw clause {term.id}",
                "consent is taken back by whoever gave it",
                term.place,
                f"one of: {', '.join(who)}",
            )
        )


def _withdraw_disclosure(practice: Practice, record: Record, disclosure: Event, by: str, evidence: str) -> Event:
    if disclosure.kind not in ("disclosed", "told"):
        raise Usage(
            Problem(
                f"event {disclosure.id} is neither a disclosure nor a permission",
                "only what was disclosed or permitted can be taken back",
                disclosure.place,
                "disclosures and permissions with their events: confide log --all",
            )
        )
    allowed = withdrawal.may_withdraw_disclosure(disclosure)
    if by not in allowed:
        raise NotAllowed(
            Problem(
                f"`{by}` cannot withdraw this disclosure",
                "it is taken back by whom it is about, or whose it is",
                disclosure.place,
                f"one of: {', '.join(sorted(allowed))}",
            )
        )
    open_to = withdrawal.still_told(record, disclosure)
    if not open_to:
        raise NotAllowed(
            Problem(
                f"disclosure {disclosure.id} is withdrawn already",
                "nobody is shown it any more",
                disclosure.place,
                "when that was: confide log",
            )
        )
    return _taken_back(practice, disclosure, by, open_to, evidence)


def _withdraw_permission(practice: Practice, record: Record, permitted: Event, by: str, evidence: str) -> Event:
    """Only a signed permission can be taken back: to take back what narrows would widen without a signature."""
    if by != permitted.by:
        raise NotAllowed(
            Problem(
                f"`{by}` cannot withdraw this permission",
                "a permission is taken back by whoever gave it",
                permitted.place,
                f"it was given by `{permitted.by}`",
            )
        )
    if permitted.evidence not in WIDENING:
        raise NotAllowed(
            Problem(
                f"permission {permitted.id} only narrows",
                "it was spoken; to take it back would permit more, and that is signed",
                permitted.place,
                "a wider permission is signed: confide permit --help",
            )
        )
    open_to = tuple(r for r in permitted.to if withdrawal.withdrawn_from(record, EVENT + permitted.id, r) is None)
    if not open_to:
        raise NotAllowed(
            Problem(
                f"permission {permitted.id} is withdrawn already",
                "nothing goes out under it any more",
                permitted.place,
                "when that was: confide log --all",
            )
        )
    return _taken_back(practice, permitted, by, open_to, evidence)


def _taken_back(practice: Practice, given: Event, by: str, to: tuple[str, ...], evidence: str) -> Event:
    """The withdrawal of an event, from whom it still reaches."""
    return Event(
        id=fresh.event_id(),
        kind="withdrawn",
        partnership=given.partnership,
        at=practice.now,
        by=by,
        to=to,
        target=EVENT + given.id,
        evidence=evidence,
        agreement=given.agreement,
    )
