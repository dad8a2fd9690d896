"""Withhold terms in the shadow of others: what they withhold is withheld already, and a permission may never help."""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.agreement import Term
from confide.policy.analysis.answers import Answers
from confide.policy.analysis.finding import Finding, Level


def shadowed(answers: Answers, types: tuple[str, ...], parties: tuple[str, ...]) -> Iterator[Finding]:
    """One finding for each withhold term wherever another one, just as strict, withholds the same.

    Together they can be taken out: what is withheld, and what a permission would lift, stays the same.
    """
    together = _together(answers, types, parties)
    gone: set[str] = set()
    for term in reversed(answers.agreement.terms):
        if term.shares or term.id not in together:
            continue
        others = (t for t in answers.agreement.terms if t.id in together[term.id] - {term.id} - gone)
        stricter = next((other for other in others if other.unless in ("", term.unless)), None)
        if stricter is not None:
            gone.add(term.id)
            yield _found(term, stricter)


def _together(answers: Answers, types: tuple[str, ...], parties: tuple[str, ...]) -> dict[str, set[str]]:
    """Each withhold term with those that withhold wherever it does."""
    together: dict[str, set[str]] = {}
    for recipient in parties:
        for what in types:
            for said in answers.grid(what, recipient).values():
                for term in said.withheld:
                    together[term] = together[term] & set(said.withheld) if term in together else set(said.withheld)
    return together


def _found(term: Term, other: Term) -> Finding:
    never = bool(term.unless and not other.unless)
    if never:
        sentence = (
            f"the permission that clause {term.id} speaks of can never help: clause {other.id} withholds all of it, "
            "whoever permits it"
        )
    else:
        sentence = f"clause {term.id} withholds nothing that clause {other.id} does not withhold already"
    return Finding(
        "no-permission" if never else "withheld-already",
        sentence,
        Level.LOOK if never else Level.NOTE,
        (term.id, other.id),
        term.what or (),
        term.recipients or (),
        "S-28",
        term.place,
    )
