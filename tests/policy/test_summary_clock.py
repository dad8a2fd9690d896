"""Days of feedback and summaries, from the agreement: promptly, her time to answer, the latest day to begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from confide.model.agreement import Moment
from confide.model.commitment import digest
from confide.model.detail import Detail, Step
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.words import Form
from confide.policy import feedback_clock, summary_clock
from confide.policy.clocks import CLOCKS
from confide.policy.clocks.desk import Desk
from confide.policy.periods import Working, monday_to_friday
from confide.policy.runs import taken_over
from tests.policy.small import P, add, agreement, record, share

MON = date(2026, 6, 15)
BANK_HOLIDAY = date(2026, 6, 23)


def without(*closed: date) -> Working:
    return lambda day: monday_to_friday(day) and day not in closed


@pytest.mark.parametrize(
    ("closed", "start"), [((), date(2026, 6, 22)), ((BANK_HOLIDAY,), date(2026, 6, 19))], ids=["usual", "holiday"]
)
def test_the_latest_day_to_show_a_summary_leaves_her_whole_time_before_it_is_due(
    closed: tuple[date, ...], start: date
) -> None:
    """Due on Tuesday 30 June: shown on Monday 22 June, she may answer until the 29th; a holiday moves it to Friday."""
    assert summary_clock.latest_start(AGREED, date(2026, 6, 30), without(*closed)) == start


CLAUSE = {
    "to": ("payer",), "by": ("coach",), "form": "summary", "headings": ("current-ability",), "includes": (),
    "excludes": (), "when": (Moment("client-first"),), "if-silent": "hold",
    "due": (date(2026, 6, 30), date(2026, 12, 15)),
}  # fmt: skip
AGREED = agreement(share(), clauses={"summary": CLAUSE})
TEXT = Exact("summaries/f1000001#s1", digest(b"summary"), "current-ability", Form.SUMMARY)


def at(day: int, hour: int = 9, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def step_of(known: Record, now: datetime) -> tuple[str, date, bool]:
    owed = next(summary_clock.owed(known, now))
    return owed.step, owed.by, owed.late


def test_a_summary_goes_from_share_to_answer_to_release_and_then_the_next_is_owed() -> None:
    """Each with its last day; her silence holds it, unless the agreement sends it."""
    known = record(AGREED)
    assert step_of(known, at(15)) == ("share", date(2026, 6, 22), False)
    assert step_of(known, at(23)) == ("share", date(2026, 6, 22), True)
    shown = add(known, "shown", at=at(18), to=("client",), what=(TEXT.what,), sections=(TEXT,), day=date(2026, 6, 25))
    assert step_of(shown, at(25)) == ("answer", date(2026, 6, 25), False)
    assert step_of(shown, at(26)) == ("answer", date(2026, 6, 25), True)
    sends = agreement(share(), clauses={"summary": {**CLAUSE, "if-silent": "send"}})
    assert step_of(replace(shown, agreements=(sends,)), at(26)) == ("release", date(2026, 6, 30), False)
    target = f"event/{shown.events[-1].id}"
    answered = add(shown, "input", "client", at=at(24), to=("coach",), target=target, evidence="declined")
    assert step_of(answered, at(25)) == ("release", date(2026, 6, 30), False)
    gone = add(
        answered, "disclosed", at=at(26), to=("payer",), what=(TEXT.what,), form=Form.SUMMARY, sections=(TEXT,),
        terms=("summary",), agreement=1,
    )  # fmt: skip
    assert [(owed.due, owed.step) for owed in summary_clock.owed(gone, at(29))] == [(date(2026, 12, 15), "share")]


def intake(known: Record, day: date, **facts: object) -> tuple[Record, Step]:
    found = add(known, "case", at=at(15), to=("coach",), detail=digest(b"d"))
    whole = {"on": day, "circle": "peers", "threat": "no", "promised": "00000001", **facts}
    return found, Step(found.events[-1], Detail("", "feedback", "intake", whole))


def test_feedback_waits_promptly_and_until_it_was_told_or_returned() -> None:
    """Three working days where the agreement names none; the agreed number otherwise; late on the day after."""
    agreed = agreement(share(), settings={"promptly": "2 working days"})
    known, step = intake(record(agreed), date(2026, 6, 12))
    (one,) = feedback_clock.waiting(known, [step], at(16))
    assert (one.received, one.due, one.late, one.held) == (date(2026, 6, 12), date(2026, 6, 16), False, False)
    assert feedback_clock.waiting(known, [step], at(17))[0].late
    assert feedback_clock.waiting(known, [step], at(16), without(MON))[0].due == date(2026, 6, 17)
    usual, other = intake(record(agreement()), date(2026, 6, 12), promised="", threat="unsure")
    (held,) = feedback_clock.waiting(usual, [other], at(16))
    assert (held.due, held.held, held.threat) == (date(2026, 6, 17), True, True)
    back = Step(
        Event("f0000009", "case", P, at(16), "coach", ("coach",), target=f"event/{step.event.id}"),
        Detail("why", "feedback", "returned", {}),
    )
    assert feedback_clock.waiting(known, [step, back], at(17)) == ()
    said = Exact(f"feedback/{step.event.id}#s1", digest(b"said"), "feedback", Form.VERBATIM, source="peers")
    told = add(known, "disclosed", at=at(16), to=("client",), what=("feedback",), form=Form.VERBATIM, sections=(said,))
    assert feedback_clock.waiting(told, [step], at(17)) == ()


def board(known: Record, now: datetime, *steps: Step) -> list[tuple[date | None, str, str]]:
    desk = Desk(known, now, steps)
    return [(due.day, due.what, due.command or due.waiting_for) for clock in CLOCKS for due in CLOCKS[clock](desk)
            if clock in ("feedback", "summaries")]  # fmt: skip


def test_the_board_names_the_day_and_the_command() -> None:
    """A month ahead for a summary, not earlier; feedback from the day it arrived; her turn is not the coach's."""
    known = record(AGREED)
    assert board(known, at(1, month=5)) == []
    assert board(known, at(15)) == [(date(2026, 6, 22), "show the summary, last day for 30 Jun", "confide summary")]
    shown = add(known, "shown", at=at(18), to=("client",), what=(TEXT.what,), sections=(TEXT,), day=date(2026, 6, 25))
    assert board(shown, at(19)) == [(date(2026, 6, 25), "her time to answer the summary ends", "the client")]
    assert board(shown, at(26)) == [(date(2026, 6, 30), "she has not answered the summary", "confide summary input")]
    known, step = intake(record(), date(2026, 6, 12))
    case = step.event.id
    assert board(known, at(15), step) == [
        (date(2026, 6, 17), f"relay feedback {case}", f"confide feedback relay {case}")
    ]
    known, step = intake(record(), date(2026, 6, 12), promised="")
    assert board(known, at(15), step)[0][2] == "confide feedback terms"


def test_a_run_of_eight_words_is_found_across_lines_and_seven_are_not() -> None:
    """Case, accents of form and punctuation do not hide it; the line is where it begins."""
    source = "Two conversations outside the firm, and a third one planned for May."
    text = "On track.\nIt went well: two Conversations\noutside the firm -- and a third one."
    assert taken_over(text, source) == (2,)
    assert taken_over("outside the firm and a third one, then", source) == ()
