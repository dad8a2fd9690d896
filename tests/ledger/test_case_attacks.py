"""A case in the ledger: one kind in the open, its detail fixed, each step behind the first of its own case."""

from __future__ import annotations

from confide.model.commitment import digest
from confide.model.event import Event
from confide.records import tree
from tests.ledger.keepers import git
from tests.ledger.practice import Desk, P

SEALED = b"stands for a sealed detail"


def case(desk: Desk, target: str = "", **more: object) -> Event:
    """One step on record, with a detail beside it."""
    event = desk.event("case", to=("coach",), detail=digest(SEALED), target=target, agreement=1, **more)
    return desk.add(event, {tree.event_detail(P, event.name): SEALED})


def faults(desk: Desk) -> list[str]:
    return [problem.rule for problem in desk.verify().partnerships[P].faults]


def test_the_open_says_nothing_of_what_a_case_is(practice: Desk) -> None:
    """Two steps verify, and Git's log tells them from no other case's: ids, a target, digests."""
    first = case(practice)
    second = case(practice, f"event/{first.id}")
    assert faults(practice) == []
    log = git(practice.repo, "log", "-2", "--format=%B")
    assert "case: opened" in log
    assert f"case: event/{first.id}" in log
    words = set(log.replace(":", " ").split())
    assert not words & {"feedback", "duty", "concern", "received", "threat"}
    assert dict(second.previous) == {}


def test_a_step_of_a_case_that_was_never_opened(practice: Desk) -> None:
    """A disclosure is no case, and neither is the second step of one."""
    told = practice.verify().partnerships[P].of_kind("disclosed")[0]
    case(practice, f"event/{told.id}")
    assert faults(practice) == ["case-opened"]


def test_a_document_that_is_not_there(practice: Desk) -> None:
    """A case that names an order or an e-mail brings it."""
    case(practice, document=digest(b"elsewhere"))
    assert faults(practice) == ["case-document"]
