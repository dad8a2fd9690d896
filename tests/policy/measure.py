"""How the answers of two readings, or of two records, are compared; and on how many worlds a law is tried."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from confide.model.decision import Decision, Request, Verdict
from confide.model.record import Record
from confide.policy.decide import decide
from confide.policy.summary import TAKE_OUT
from confide.policy.visible import visible
from tests.effort import examples
from tests.policy.generate import World
from tests.policy.generate_terms import READERS

law = examples(15)
Drawn = tuple[World, list[Request]]
RANK = {Verdict.DENY: 0, Verdict.NOT_YET: 1, Verdict.ALLOW: 2}
SAME = {"unknown-party": "party", "left-party": "party", "ended": "in-force"}


def rank(request: Request, record: Record, now: datetime) -> int:
    return RANK[decide(request, record, now).verdict]


def shown(world: World) -> set[tuple[str, str, str, str]]:
    """(reader, page, event, text) of everything anybody can read."""
    found = set()
    for party in READERS:
        view = visible(world.record, party, world.texts, world.people, world.sources)
        found |= {(party, "own", s.event, s.text.markdown) for s in view.shown}
        found |= {(party, other, s.event, s.text.markdown) for other, texts in view.others for s in texts}
    return found


def why(decision: Decision, shares: Collection[str]) -> frozenset[str]:
    """The slugs of a decision's reasons, in the words of the naive reading.

    It does not look for share terms that nearly allowed: after a default denial they are dropped, and otherwise one
    of them among the reasons says that the question went beyond it.
    """
    rules = {
        "left-out" if reason.change == TAKE_OUT else SAME.get(reason.rule, reason.rule) for reason in decision.reasons
    }
    if decision.verdict is Verdict.DENY:
        if rules.intersection(shares) and "default-deny" not in rules:
            rules.add("too-wide")
        rules.difference_update(shares)
    return frozenset(rules)
