"""What differs between two versions for one type, one sender and one recipient, point by point."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from confide.model.words import Attribution
from confide.policy.analysis import words
from confide.policy.analysis.answers import Grid, Said, Standing
from confide.policy.analysis.change import Direction
from confide.policy.analysis.space import Point

W, N = Direction.WIDENS, Direction.NARROWS


class Sort(Enum):
    """What kind of difference, in the order in which they are told."""

    ALLOWED = "newly-allowed"
    DENIED = "newly-denied"
    FORM = "form"
    ATTRIBUTION = "attribution"
    CHANNEL = "channel"
    PURPOSE = "purpose"
    DAY = "day"
    DUTY = "duty"
    WAY = "way"
    ONWARD = "onward"
    TOGETHER = "together"
    RHYTHM = "rhythm"
    PROTECTION = "protection"
    OTHER = "other"


class Difference(NamedTuple):
    """One difference; `detail` is the part of the sentence that says how."""

    sort: Sort
    direction: Direction
    detail: str = ""


# Steps before, as (rule, message); any of several sets of steps may be gone through.
Duties = frozenset[tuple[str, str]]
Ways = Callable[[Point, Said], frozenset[Duties]]


def compare(before: Grid, after: Grid, old: Ways, new: Ways) -> Iterator[Difference]:
    """The differences between two grids over the same points, all with one sender. None if every answer is the same.

    old, new: the ways there are to meet the duties of a point that a version permits.
    """
    was = {point: said for point, said in before.items() if said.standing.permits}
    now = {point: said for point, said in after.items() if said.standing.permits}
    if not was and not now:
        yield from _protection(before, after)
    elif not was:
        yield Difference(Sort.ALLOWED, W, _how(now))
    elif not now:
        yield Difference(Sort.DENIED, N, "")
    else:
        found = [*_axes(was, now)]
        yield from found
        if not found and was.keys() != now.keys():
            if now.keys() - was.keys():
                yield Difference(Sort.OTHER, W)
            if was.keys() - now.keys():
                yield Difference(Sort.OTHER, N)
        steps = {(old(point, was[point]), new(point, now[point])) for point in was if point in now}
        yield from dict.fromkeys(d for had, has in sorted(steps, key=str) for d in _duties(_least(had), _least(has)))


def _how(new: Mapping[Point, Said]) -> str:
    """In which form, and after what, in the easiest of the widest ways."""
    form = max(point.form for point in new)
    duties = min((said.duties for point, said in new.items() if point.form is form), key=lambda d: (len(d), d))
    once = f", once {words.listing(words.duties(duties))}" if duties else ""
    return f"{words.form(form)}{once}"


def _axes(old: Mapping[Point, Said], new: Mapping[Point, Said]) -> Iterator[Difference]:
    was, now = max(p.form for p in old), max(p.form for p in new)
    if was is not now:
        yield Difference(Sort.FORM, W if now > was else N, f"{words.form(now)} instead of {words.form(was)}")
    shown, shows = max(p.attribution for p in old), max(p.attribution for p in new)
    if shown is not shows:
        yield Difference(Sort.ATTRIBUTION, W if shows > shown else N, words.attribution(Attribution(shows)))
    yield from _set(Sort.CHANNEL, {p.channel for p in old}, {p.channel for p in new}, words.channel)
    yield from _set(Sort.PURPOSE, {p.purpose for p in old}, {p.purpose for p in new}, words.plain)
    first, starts = min(p.day for p in old), min(p.day for p in new)
    if first != starts:
        yield Difference(Sort.DAY, W if starts < first else N, f"from {starts} instead of from {first}")


def _set(sort: Sort, was: set[str], now: set[str], word: Callable[[str], str]) -> Iterator[Difference]:
    for values, direction in ((now - was, W), (was - now, N)):
        if values:
            yield Difference(sort, direction, words.listing((word(value) for value in sorted(values)), "or"))


def _least(ways: frozenset[Duties]) -> frozenset[Duties]:
    """Without those that ask for more than another one does."""
    return frozenset(way for way in ways if not any(other < way for other in ways))


def _duties(had: frozenset[Duties], has: frozenset[Duties]) -> Iterator[Difference]:
    """Ways that are easier than any before, and ways that are gone with nothing as easy left."""
    for way in sorted(has, key=sorted):
        if not any(other <= way for other in had):
            fewer = next((other - way for other in sorted(had, key=sorted) if way < other), None)
            yield Difference(Sort.DUTY, W, _steps(fewer)) if fewer else Difference(Sort.WAY, W, _steps(way))
    for way in sorted(had, key=sorted):
        if not any(other <= way for other in has):
            more = next((other - way for other in sorted(has, key=sorted) if way < other), None)
            yield Difference(Sort.DUTY, N, _steps(more)) if more else Difference(Sort.WAY, N, _steps(way))


def _steps(duties: Duties) -> str:
    return words.listing(words.duties(duties)) or "nothing has to happen first"


def _protection(before: Grid, after: Grid) -> Iterator[Difference]:
    """Both say no: but expressly, unless somebody permits it, or by silence only?"""
    moved = {(_rank(before[point]), _rank(after[point])) for point in before}
    for direction in (W, N):
        steps = sorted((a, b) for a, b in moved if a >= 0 and b >= 0 and ((b > a) if direction is W else (b < a)))
        if steps:
            yield Difference(Sort.PROTECTION, direction, _PROTECTION[steps[-1][1]])


_PROTECTION = {
    0: "withheld expressly, whoever permits it",
    1: "withheld unless it is permitted in writing",
    2: "withheld by silence only",
}


def _rank(said: Said) -> int:
    if said.standing is Standing.IMPOSSIBLE:
        return -1
    if said.standing is Standing.WITHHELD:
        return 1 if said.lifts else 0
    return 2


def by_sender(grid: Grid, sender: str) -> dict[Point, Said]:
    """The part of a grid in which `sender` tells."""
    return {point: said for point, said in grid.items() if point.sender == sender}
