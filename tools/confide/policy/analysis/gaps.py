"""Gaps: a type and a party about which the agreement says nothing, so that only silence answers (S-03, S-28).

Silence withholds, so a gap is safe; but nobody decided it, and the party may believe otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.words import Role, base_type, role_of
from confide.policy.analysis import words
from confide.policy.analysis.answers import CLIENT, Answers, Standing
from confide.policy.analysis.assumed import COACH
from confide.policy.analysis.finding import Finding, Level

# Those of whom few expect that they are told anything.
_OUTSIDE = frozenset({Role.SOURCE, Role.ADVISER, Role.AUTHORITY})
# Between them these two leave nothing out.
_WHOLE = ({"shared", "private"},)


def gaps(answers: Answers, types: tuple[str, ...], parties: tuple[str, ...]) -> Iterator[Finding]:
    """One finding for each group of parties of whom the same is left unsaid."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for party in parties:
        if party != COACH and (silent := tuple(_silent(answers, types, party))):
            grouped.setdefault(silent, []).append(party)
    for silent, who in grouped.items():
        everything = {base_type(what) for what in silent} == {base_type(what) for what in types}
        everything = everything and all(what in silent for what in types if "/" not in what)
        kinds = "anything" if everything else words.whats(silent, "or")
        outside = all(role_of(party) in _OUTSIDE for party in who)
        yield Finding(
            "gap",
            f"nobody has said whether {words.parties(who, 'or')} may learn {kinds}",
            Level.NOTE if outside else Level.LOOK,
            types=silent,
            parties=tuple(who),
            sid="S-28",
            place=answers.agreement.place,
            example=words.question(COACH, who[0], silent[0]),
            hint="silence withholds it; say so in a clause, or say what may be shared",
        )


def _silent(answers: Answers, types: tuple[str, ...], party: str) -> Iterator[str]:
    """The types that only silence keeps from the party; a type whose subtypes are all silent stands for them."""
    unsaid = {what for what in types if _unsaid(answers, what, party)}
    for what in types:
        base = base_type(what)
        family = [one for one in types if base_type(one) == base and one != base]
        if what not in unsaid:
            continue
        if what == base:
            if unsaid.issuperset(family):
                yield what
        elif not (base in unsaid and unsaid.issuperset(family)) and not (words.other(what) and _whole(family)):
            yield what


def _whole(family: list[str]) -> bool:
    subs = {what.partition("/")[2] for what in family}
    return any(subs >= whole for whole in _WHOLE)


def _unsaid(answers: Answers, what: str, party: str) -> bool:
    """Whether nobody may tell it, and of the coach not even that is said."""
    grid = answers.grid(what, party)
    if any(said.standing.permits for said in grid.values()):
        return False
    if any(said.standing is not Standing.SILENT for point, said in grid.items() if point.sender == COACH):
        return False
    if any(t.shares and t.about(what) and party in (t.senders or ()) for t in answers.agreement.terms):
        return False  # whoever may tell it knows it already
    return not (party == CLIENT and answers.own(what))
