"""Small groups: a category is shown only where nobody in it can be told apart (S-18; POLICY, small groups).

A circle with fewer than k people is not named; its feedback is said to come from a wider category, the pool. A pool of
fewer than k people would name the hidden circle by subtraction (everybody else is shown by name of circle), so shown
circles join it, smallest first, until it is large enough: complementary suppression. What was ever in the pool stays in
it: otherwise two reports could be subtracted from each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from confide.model.agreement import Agreement

SMALLEST = 3
POOL = "pool"


@dataclass(frozen=True)
class Grouping:
    """How feedback of each circle may be attributed: by its own name, from the pool, or not at all.

    shown: circles that may be named. pooled: circles that are only part of the wider category. hidden: circles whose
    feedback may not be attributed to anybody, because even everybody together are fewer than k.
    """

    shown: frozenset[str]
    pooled: frozenset[str]
    hidden: frozenset[str]

    def category(self, circle: str) -> str:
        """The circle itself, `pool`, or an empty string for no attribution; unknown circles get none (fail closed)."""
        if circle in self.shown:
            return circle
        return POOL if circle in self.pooled else ""


def grouping(circles: Mapping[str, int], k: int = SMALLEST, earlier: frozenset[str] = frozenset()) -> Grouping:
    """What may be shown of `circles` (name → people in it). `earlier` were pooled or hidden in a report before.

    Raises ValueError for k below 2: a group of one is a person.
    """
    if k < 2:
        raise ValueError("the smallest group has at least two people")
    known = {name: size for name, size in circles.items() if size > 0}
    pooled = {name for name, size in known.items() if size < k or name in earlier}
    shown = sorted((name for name in known if name not in pooled), key=lambda name: (known[name], name))
    while pooled and sum(known[name] for name in pooled) < k and shown:
        pooled.add(shown.pop(0))
    if sum(known[name] for name in pooled) < k:
        return Grouping(frozenset(shown), frozenset(), frozenset(pooled))
    return Grouping(frozenset(shown), frozenset(pooled), frozenset())


def circles_of(agreement: Agreement) -> Mapping[str, int]:
    """The circles an agreement fixes before anything is collected; none if it says nothing about feedback."""
    feedback = agreement.clauses.get("feedback")
    circles = feedback.get("circles") if isinstance(feedback, Mapping) else None
    return {str(name): int(size) for name, size in circles.items()} if isinstance(circles, Mapping) else {}


def smallest_group(agreement: Agreement) -> int:
    """k: the agreement's own, or three."""
    found = agreement.settings.get("smallest-group", SMALLEST)
    return int(found) if isinstance(found, int) else SMALLEST
