"""Small groups: how feedback may be attributed, circle by circle, before any is collected (S-18, S-24)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from confide.model.agreement import Agreement
from confide.model.words import Attribution, base_type
from confide.policy.analysis import words
from confide.policy.analysis.finding import Finding, Level
from confide.policy.groups import circles_of, grouping, smallest_group


def small_groups(agreement: Agreement) -> Iterator[Finding]:
    """What becomes of each circle: named, pooled because it is small or to protect a small one, or never attributed."""
    named = tuple(
        term
        for term in agreement.terms
        if term.shares and term.attribution and any(base_type(what) == "feedback" for what in term.what or ())
    )
    circles, k = circles_of(agreement), smallest_group(agreement)
    ids = tuple(term.id for term in named)
    if k < 2:
        yield _found(agreement, "a smallest group of one is a person: nobody is protected by it", ids, Level.LOOK)
        return
    by_group = [term.id for term in named if term.attribution is Attribution.CATEGORY]
    if by_group and not circles:
        yield _found(
            agreement,
            f"{words.clauses(by_group)} may say from which group feedback comes, and no circle has a size: "
            "it will never be said",
            tuple(by_group),
            Level.LOOK,
            "feedback: {circles: {peers: 5}}",
        )
    if not circles:
        return
    found = grouping(circles, k)
    small = sorted(name for name, size in circles.items() if size < k)
    if found.hidden:
        yield _found(
            agreement,
            f"{_sized(found.hidden, circles)} are fewer than {k} even together: their feedback is never attributed",
            ids,
            Level.LOOK,
        )
    elif small:
        yield _found(
            agreement,
            f"{_sized(small, circles)}: fewer than {k}, so their feedback comes from a wider group, never from them",
            ids,
        )
    if joined := sorted(found.pooled - set(small)):
        yield _found(
            agreement,
            f"{_sized(joined, circles)} join that wider group: otherwise anybody could subtract, and know what "
            f"{words.parties(small)} said",
            ids,
        )


def _sized(names: Iterable[str], circles: Mapping[str, int]) -> str:
    return words.listing(f"{words.party(name)} ({circles[name]})" for name in sorted(names))


def _found(
    agreement: Agreement, sentence: str, terms: tuple[str, ...], level: Level = Level.NOTE, hint: str = ""
) -> Finding:
    return Finding(
        "small-group",
        sentence,
        level,
        terms,
        ("feedback",),
        sid="S-18",
        place=agreement.place,
        hint=hint,
    )
