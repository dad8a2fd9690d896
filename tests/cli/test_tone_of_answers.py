"""How `confide may` answers: a verdict, a reason, a sentence to say, and what would change it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.house import House, today


@pytest.fixture(scope="module")
def running(stages: dict[str, House], make_short_home: Callable[[], Path]) -> House:
    """One copy for all of them: nothing here writes."""
    return stages["running"].copied(make_short_home() / "h")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("may", "--tell", "payer", "--about", "career-aspirations"), 1),
        (("may", "--tell", "payer", "--about", "partnership-goals/shared"), 3),
        (("may", "--tell", "payer", "--about", "engagement"), 0),
    ],
)
def test_may_says_its_exit_code_and_that_nothing_was_recorded(
    running: House, command: tuple[str, ...], code: int
) -> None:
    answer = running.within(*command)
    assert answer.code == code
    last = answer.out.splitlines()[-1]
    assert last == f"{'Nothing was recorded.':<72}exit {code}"


def words(text: str) -> str:
    """Wrapped lines as one, for sentences that may break anywhere."""
    return " ".join(text.split())


def test_a_no(running: House) -> None:
    """What, why with clause and line, what else, what is in force, what to say, what would change it."""
    answer = running.within("may", "--tell", "payer", "--about", "career-aspirations")
    lines = answer.out.splitlines()
    assert lines[0].split("  ")[0] == "NO. Career plans and job hunting may not go to the payer."
    assert lines[0].endswith(running.partnership)
    assert re.fullmatch(r"why       clause career-private withholds it +agreements/1\.yml:48  S-31", lines[1])
    assert re.fullmatch(r"also      no share clause names it +S-03", lines[2])
    until = (today().date() + timedelta(days=365)).strftime("%-d %b %Y")
    assert lines[3] == f"in force  agreement 1, signed 3 of 3, until {until}"
    assert lines[4].startswith('say       "That is not mine to tell.')
    assert "yes if    she permits it in writing, exact words" in answer.out
    assert "log it    confide refuse --tell payer --about career-aspirations" in answer.out
    assert "(she will see that they asked)" in answer.out
    assert "or        she tells them herself, whenever she likes" in answer.out


def test_a_not_yet(running: House) -> None:
    """How many steps are open, each with the command that takes it, and under which terms it may then go."""
    answer = running.within("may", "--tell", "payer", "--section", f"{running.session}#s2")
    lines = answer.out.splitlines()
    assert lines[0].startswith("NOT YET. The shared goals may go to the payer; 2 steps are open.")
    assert re.search(r"(?m)^open 1    inform the client first +confide inform  S-23$", answer.out)
    assert "open 2    coach attests: the quarterly review takes place" in answer.out
    assert "form      summary at most" in answer.out
    assert "done      in force" in answer.out
    assert "how       on the site or in person" in answer.out
    assert "private   the private goals stay withheld" in answer.out
    assert "not for   pay, promotion, dismissal" in answer.out
    assert "onward    may be told to nobody else" in answer.out


def test_a_heading_of_the_summary(running: House) -> None:
    """It is asked about like a type of information, and refused in words: this agreement has no summary."""
    denied = running.within("may", "--tell", "payer", "--about", "continue-coaching")
    assert denied.out.startswith("NO. The summary of whether to continue may not go to the payer.")
    assert "she tells them herself" not in denied.out
    hers = running.within("may", "--tell", "manager", "--about", "client-statement")
    assert hers.out.startswith("NO. What she adds to the summary may not go to the manager.")


def test_a_yes(running: House) -> None:
    """The clause it rests on and the next step."""
    answer = running.within("may", "--tell", "client", "--section", f"{running.session}#s3")
    assert answer.out.startswith("YES. ")
    assert f"next      confide disclose {running.session}#s3 --to client" in answer.out


def test_a_no_about_a_draft(running: House) -> None:
    """Only what is true and useful: no empty word, no command that would be refused."""
    answer = running.within("may", "--tell", "payer", "--section", f"{running.session}#s5")
    assert answer.out.startswith("NO. A draft may not go to the payer.")
    assert "``" not in answer.out
    assert "confide refuse" not in answer.out, "nobody asks about a draft"
    assert "yes if    give its heading a type" in answer.out
