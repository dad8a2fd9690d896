"""The clocks of feedback: what no terms bind is not forgotten (S-20), and somebody asks how it went on (S-24)."""

from __future__ import annotations

from datetime import date, timedelta

from confide.model.commitment import digest
from confide.model.detail import CONCERN, FEEDBACK, Detail, Step
from confide.model.due import Due
from confide.model.event import Exact
from confide.model.record import Record
from confide.model.words import Form
from confide.policy.clocks import check_ins, feedback
from confide.policy.clocks.desk import Desk
from tests.policy.small import NOW, add, disclosed, record

DAY = date(2026, 3, 2)


class Cases:
    """A record that grows by cases, each with what is sealed beside it."""

    def __init__(self) -> None:
        self.record: Record = record()
        self.steps: list[Step] = []

    def step(self, case: str, step: str, **facts: object) -> str:
        self.record = add(self.record, "case", to=("coach",), detail=digest(step.encode()))
        self.steps.append(Step(self.record.events[-1], Detail("", case, step, facts)))
        return self.record.events[-1].id

    def said(self, circle: str = "peers", **more: object) -> str:
        facts = {"on": DAY, "channel": "phone", "solicited": "no", "attribution": "category", "threat": "no"}
        return self.step(FEEDBACK, "intake", circle=circle, **facts, **more)

    def told(self, case: str) -> None:
        text = Exact(f"feedback/{case}#s1", digest(b"said"), "feedback", Form.VERBATIM, source="peers")
        self.record = disclosed(self.record, text, to=("client",))

    def desk(self, days: int = 0) -> Desk:
        return Desk(self.record, self.record.events[-1].at + timedelta(days=days), tuple(self.steps))

    def waiting(self) -> list[tuple[str, str]]:
        return [(due.what, due.command) for due in feedback.clock(self.desk())]


def test_s20_what_no_terms_bind_is_on_the_board_until_terms_do() -> None:
    """Terms of another circle do not help it; its own, delivered since, make it due for the client."""
    cases = Cases()
    case = cases.said()
    held = [(f"feedback {case} has no terms", "confide feedback terms")]
    assert cases.waiting() == held
    for circle in ("reports", "peers"):
        assert cases.waiting() == held
        terms = {"evidence": "accepted", "what": ("feedback",), "document": digest(b"terms")}
        cases.record = add(cases.record, "permitted", circle, to=("client",), **terms)
    assert cases.waiting() == [(f"relay feedback {case}", f"confide feedback relay {case}")]


def test_s20_terms_that_were_not_delivered_say_what_is_left() -> None:
    """What a circle declines after it spoke goes back; that somebody declined long before says nothing of it."""
    cases = Cases()
    cases.step(FEEDBACK, "undelivered", on=DAY, circle="peers")
    case = cases.said()
    cases.step(FEEDBACK, "undelivered", on=DAY, circle="reports")
    assert cases.waiting() == [(f"feedback {case} has no terms", "confide feedback terms")]
    cases.step(FEEDBACK, "undelivered", on=DAY, circle="peers")
    back = f"confide feedback add --returned --case {case}"
    assert cases.waiting() == [(f"feedback {case} has no terms, nor will it", back)]


def test_s24_somebody_asks_how_it_went_on() -> None:
    """Six weeks after the first that was told since the coach last asked; later feedback does not put it off."""
    cases = Cases()
    cases.told(cases.said(promised="x7k2m9qd"))
    first = cases.record.events[-1].at.date()

    def due(days: int) -> tuple[Due, ...]:
        return tuple(check_ins.clock(cases.desk(days)))

    assert due(34) == ()
    (one,) = due(35)
    assert (one.day, one.command, one.open) == (first + timedelta(weeks=6), "confide concern --none", True)
    cases.told(cases.said(promised="x7k2m9qd"))
    assert due(40)[0].day == one.day
    cases.step(CONCERN, "raised", on=DAY, channel="phone")
    assert due(60), "that one came does not mean that the others were asked"
    cases.step(CONCERN, "asked-about", on=DAY, channel="phone")
    assert due(60) == ()
    cases.told(cases.said(promised="x7k2m9qd"))
    assert len(due(60)) == 1


def test_s24_what_nobody_unlocked_is_not_guessed_at() -> None:
    """Whether the coach has asked is sealed; the clock of open cases says that it was not looked at."""
    cases = Cases()
    cases.told(cases.said())
    assert tuple(check_ins.clock(Desk(cases.record, NOW + timedelta(days=99)))) == ()
