"""Steps of a case belong together by the first of them, whatever lies between."""

from __future__ import annotations

from datetime import UTC, datetime

from confide.model.detail import Detail, Step
from confide.model.event import Event
from confide.model.partnership import Partnership
from confide.model.record import Record
from confide.policy.audience import audience
from confide.policy.cases import continues, threads

AT = datetime(2026, 2, 3, 9, tzinfo=UTC)


def step(number: int, case: str, name: str, first: int = 0, to: str = "coach") -> Step:
    target = f"event/e{first:07d}" if first else ""
    event = Event(f"e{number:07d}", "case", "p-k7f3", AT, "coach", (to,), target=target)
    return Step(event, Detail(case=case, step=name))


def test_steps_follow_the_one_that_opened_the_case() -> None:
    """Two cases side by side: each has its own steps, and one that was closed is not open."""
    steps = [
        step(1, "feedback", "intake"),
        step(2, "duty", "opened"),
        step(3, "feedback", "relayed", 1),
        step(4, "duty", "closed", 2),
    ]
    found = threads(steps)
    assert [(t.id, [s.event.id for s in t.steps], t.open) for t in found] == [
        ("e0000001", ["e0000001", "e0000003"], True),
        ("e0000002", ["e0000002", "e0000004"], False),
    ]
    assert [t.id for t in threads(steps, "duty")] == ["e0000002"]
    last = found[0].last("relayed", "returned")
    assert last is not None
    assert last.event.id == "e0000003"


def test_a_step_continues_only_what_was_opened_before_it() -> None:
    """Neither a step of another case, nor something that is no case, nor what comes later can be continued."""
    first, second = step(1, "duty", "opened").event, step(2, "duty", "told", 1).event
    other = Event("e0000009", "refused", "p-k7f3", AT, "coach", ("payer",))
    record = Record(Partnership("p-k7f3", ()), events=(first, second, other))
    assert continues(record, step(3, "duty", "closed", 1).event)
    assert [continues(record, step(3, "duty", "closed", number).event) for number in (2, 9, 4)] == [False] * 3


def test_a_case_is_seen_by_nobody_but_whom_it_names() -> None:
    """The coach alone, unless the client is to be told."""
    record = Record(Partnership("p-k7f3", ()))
    assert audience(step(1, "duty", "opened").event, record) == ()
    assert audience(step(1, "duty", "told", to="client").event, record) == ("client",)
