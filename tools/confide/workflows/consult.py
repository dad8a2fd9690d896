"""`consult`: the adviser is asked about confidentiality; what was referred to them, and no more (S-38)."""

from __future__ import annotations

from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.words import Role
from confide.policy import force
from confide.workflows import asking, fresh
from confide.workflows.about import about
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words

SIGNATORIES = "signatories"


def consult(
    practice: Practice,
    partnership: str,
    refs: tuple[str, ...],
    types: tuple[str, ...],
    *,
    by: str = COACH,
    adviser: str = "",
    words: str = "",
) -> Event:
    """Record that the adviser was asked. Question and outcome are `words`, which are sealed."""
    record = practice.trusted(partnership)
    agreement = force.in_force(record, practice.now)
    chosen = _adviser(record, agreement, adviser)
    _check_may_ask(agreement, asking.party_of(record, by).id)
    found = about(practice, record, refs, types)
    event = Event(
        id=fresh.event_id(),
        kind="consulted",
        partnership=partnership,
        at=practice.now,
        by=by,
        to=(chosen,),
        what=found.what,
        sections=found.sections,
        evidence="attested",
        agreement=agreement.version if agreement else 0,
    )
    return add_with_words(practice, event, words)


def _adviser(record: Record, agreement: Agreement | None, wanted: str) -> str:
    """The party that was named, or the agreement's adviser. Anybody else advises on something else."""
    clause = agreement.clauses.get("adviser", {}) if agreement else {}
    chosen = wanted or clause.get("party", "")
    if not chosen:
        raise Usage(
            Problem(
                "no adviser is named",
                clause.get("none-because", "the agreement in force names nobody"),
                agreement.place if agreement else None,
                "say who was asked: --adviser supervisor",
            )
        )
    party = asking.party_of(record, chosen)
    if party.role is not Role.ADVISER:
        raise NotAllowed(
            Problem(
                f"`{chosen}` is no adviser of this partnership",
                "questions of confidentiality go to whom all agreed on",
                agreement.place if agreement else None,
                f"the adviser is `{clause['party']}`" if clause.get("party") else "an adviser or a supervisor",
            )
        )
    return party.id


def _check_may_ask(agreement: Agreement | None, by: str) -> None:
    """Whoever the clause is open to: the signatories, or those it lists."""
    if agreement is None:
        return
    listed = tuple(agreement.clauses.get("adviser", {}).get("open-to", (SIGNATORIES,)))
    named = agreement.signatories if listed == (SIGNATORIES,) else listed
    if by not in named:
        raise NotAllowed(
            Problem(
                f"the adviser is not open to `{by}`",
                "the agreement says who may ask",
                agreement.place,
                f"one of: {', '.join(named)}",
                "adviser",
            )
        )
