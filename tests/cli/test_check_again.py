"""`check` judges what changed, and says what it would say if it had judged everything."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.check import violations
from confide.workflows import checking
from confide.workflows.checking import Checked
from confide.workflows.practice import Practice
from tests.cli.build import good
from tests.cli.house import House, today


class Judge:
    """Counts whom the rules were asked about."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.judged: list[str] = []
        patch.setattr(checking, "violations", self)

    def __call__(self, record: Record, now: datetime) -> tuple[Problem, ...]:
        self.judged.append(record.partnership.id)
        return violations(record, now)

    def check(self, house: House, later: timedelta = timedelta()) -> tuple[set[str], Checked]:
        self.judged.clear()
        practice = Practice.open(house.practice, today() + later)
        found = checking.check(practice)
        practice.repo.close()
        return set(self.judged), found


@pytest.fixture
def judge(running: House, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """After everything was judged once."""
    found = Judge(monkeypatch)
    assert found.check(running)[0] == {running.partnership, running.other}
    return found


def kept(house: House) -> Path:
    return house.practice / ".git/confide/index/judged"


def test_one_more_event_is_one_more_judgment(running: House, judge: Judge) -> None:
    """Nothing is judged twice; after an event only its partnership; and the answer is that of judging all."""
    assert judge.check(running)[0] == set()
    lapse = ("lapse", "--to", "manager", "--about", "conflicts", "--channel", "phone", "--words", "-")
    good(running.within(*lapse, stdin=b"It slipped out."))
    asked, found = judge.check(running)
    assert asked == {running.partnership}
    assert len(found.lapses) == 1
    again, same = judge.check(running)
    assert (again, same) == (set(), found)
    kept(running).unlink()
    assert judge.check(running) == ({running.partnership, running.other}, found)


@pytest.mark.parametrize("away", [timedelta(days=1), timedelta(minutes=-30)])
def test_another_day_and_a_clock_that_went_back(running: House, judge: Judge, away: timedelta) -> None:
    """Then nothing that was found holds."""
    assert judge.check(running, away)[0] == {running.partnership, running.other}


def _said_to_be_well(file: Path) -> None:
    seal, _, data = file.read_bytes().partition(b"\n")
    content = json.loads(data)
    for known in content["found"].values():
        known["problems"] = []
    file.write_bytes(seal + b"\n" + json.dumps(content).encode())


def _torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def _in_its_place(file: Path) -> None:
    """The snapshot's own seal is one of another kind."""
    file.write_bytes((file.parent / "head").read_bytes())


@pytest.mark.parametrize("harm", [_said_to_be_well, _torn, _in_its_place])
def test_what_somebody_else_wrote_there_is_not_believed(
    running: House, judge: Judge, harm: Callable[[Path], None]
) -> None:
    harm(kept(running))
    assert judge.check(running)[0] == {running.partnership, running.other}


def test_a_draft_that_is_being_edited_is_read_each_time(running: House, judge: Judge) -> None:
    """What lies in the work tree is no part of what was kept."""
    file = running.record / "agreements/2.yml"
    file.write_text("agreement: nonsense\n")
    for _ in range(2):
        asked, found = judge.check(running)
        assert asked == {running.partnership}
        assert any(problem.place and problem.place.file.endswith("agreements/2.yml") for _, problem in found.problems)
    file.unlink()
    assert judge.check(running)[0] == set()
