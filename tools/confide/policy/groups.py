"""Small groups: a category is shown only where nobody in it can be told apart (S-18; POLICY, small groups).

A circle with fewer than k people is not named; its feedback is said to come from a wider category, the pool. A pool of
fewer than k people would name the hidden circle by subtraction (everybody else is shown by name of circle), so shown
circles join it, smallest first, until it is large enough: complementary suppression. What was ever in the pool stays in
it, even when the circle is gone: otherwise two reports could be subtracted from each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from confide.model.agreement import Agreement
from confide.model.decision import Request
from confide.model.event import Exact
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy import force
from confide.policy.integrity import source_needs_terms

SMALLEST = 3
POOL = "pool"
# A source of whom nobody says which circle: the widest category there is.
EVERYBODY = "sources"


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

    def may_be_named(self, circle: str) -> bool:
        """Whether feedback may be said to come from this circle; from all together, if none of them is named beside.

        Next to circles that are named, `sources` would mean the others, and nobody has counted those.
        """
        return circle in self.shown or (circle == EVERYBODY and bool(self.pooled) and not self.shown)


def grouping(circles: Mapping[str, int], k: int = SMALLEST, earlier: frozenset[str] = frozenset()) -> Grouping:
    """What may be shown of `circles` (name → people in it). `earlier` were pooled or hidden in a report before.

    Raises ValueError for k below 2: a group of one is a person.
    """
    if k < 2:
        raise ValueError("the smallest group has at least two people")
    known = {name: size for name, size in circles.items() if size > 0}
    pooled = {name for name, size in known.items() if size < k} | earlier
    shown = sorted((name for name in known if name not in pooled), key=lambda name: (known[name], name))

    def too_few() -> bool:
        present = [known[name] for name in pooled if name in known]
        return bool(present) and sum(present) < k

    while too_few() and shown:
        pooled.add(shown.pop(0))
    if too_few() or not known:
        return Grouping(frozenset(), frozenset(), frozenset(pooled))
    return Grouping(frozenset(shown), frozenset(pooled), frozenset())


def standing(record: Record, agreement: Agreement) -> Grouping:
    """What `agreement` may show after all versions before it: what one of them pooled or hid stays so."""
    found = Grouping(frozenset(), frozenset(), frozenset())
    for version in (*(older for older, _ in force.succession(record, agreement) if older is not agreement), agreement):
        found = grouping(circles_of(version), smallest_group(version), found.pooled | found.hidden)
    return found


def would_name_a_circle(request: Request, exact: Exact) -> bool:
    """Whether telling this says of which circle it is: by category, or as an aggregate over the circle.

    By name is another matter: it is for that source alone to permit.
    """
    told = request.attribution is Attribution.CATEGORY or request.form is Form.AGGREGATE
    return told and source_needs_terms(exact)


def circles_of(agreement: Agreement) -> Mapping[str, int]:
    """The circles an agreement fixes before anything is collected; none if it says nothing about feedback."""
    feedback = agreement.clauses.get("feedback")
    circles = feedback.get("circles") if isinstance(feedback, Mapping) else None
    return {str(name): int(size) for name, size in circles.items()} if isinstance(circles, Mapping) else {}


def smallest_group(agreement: Agreement) -> int:
    """k: the agreement's own, or three."""
    found = agreement.settings.get("smallest-group", SMALLEST)
    return int(found) if isinstance(found, int) else SMALLEST
