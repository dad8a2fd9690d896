"""The naive reading of small groups: who could have said a thing, counted person by person over all reports (S-18).

A category may be named if nobody can narrow what came from it down to fewer than k people, by the sizes everybody knows
and by every report so far. A circle that was ever kept back stays back.
"""

from __future__ import annotations

from itertools import combinations

from confide.model.agreement import Agreement
from confide.model.decision import Request
from confide.model.record import Record
from confide.model.words import Attribution, Form
from tests.policy import naive_ratchet as ratchet
from tests.policy.naive_consent import is_feedback
from tests.policy.naive_share import form, text_of

Why = frozenset[str]


def sizes(agreement: Agreement) -> dict[str, int]:
    return {c: n for c, n in ((agreement.clauses.get("feedback") or {}).get("circles") or {}).items() if n > 0}


def smallest(agreement: Agreement) -> int:
    found = agreement.settings.get("smallest-group", 3)
    assert isinstance(found, int)
    return found


def nameable(circles: dict[str, int], k: int, kept_back: set[str]) -> set[str]:
    """The largest set of circles that may be named: all others together are at least k people, or nobody at all.

    Of equally large sets the one that names the larger circles: whoever joins those kept back is the smaller.
    """
    willing = sorted((c for c in circles if circles[c] >= k and c not in kept_back), key=lambda c: (circles[c], c))
    for joining in range(len(willing) + 1):
        for joined in combinations(willing, joining):
            rest = [circles[c] for c in circles if c not in willing or c in joined]
            if sum(rest) >= k or not rest:
                return set(willing) - set(joined)
    return set()


def group(request: Request, record: Record, agreement: Agreement) -> Why:
    """A source is told as one of a category only where that gives nobody away."""
    told = request.attribution == Attribution.CATEGORY or form(request) == Form.AGGREGATE
    if not told or not is_feedback(request):
        return frozenset()
    kept_back: set[str] = set()
    named: set[str] = set()
    for version in [*ratchet.before(agreement, record), agreement]:
        named = nameable(sizes(version), smallest(version), kept_back)
        kept_back |= set(sizes(version)) - named
    source = text_of(request).source
    # Beside circles that are named, "one of the sources" would say that it is none of these.
    everybody = not named and sum(sizes(agreement).values()) >= smallest(agreement)
    enough = source in named or (source == "sources" and everybody)
    return frozenset() if enough else frozenset({"small-group"})
