"""How `confide` speaks on a pipe: calm, aligned, at most 80 columns, no colour, no Python, and no jargon."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.coach import Answer, run
from tests.cli.house import House, today

# Words of ours that a coach never has to learn: what they stand for has a plainer name.
JARGON = re.compile(
    r"\b(commitment|aggregate|projection|verdict|predicate|lattice|blob|payload|enum|null|true|false|UTC\+|"
    r"sha256|subject/|predicate|default-deny|unknown-type|in-force|NotYet|Deny)\b"
)
# Commands that answer at a glance; each line of them must fit a narrow window.
SCREENS: tuple[tuple[str, ...], ...] = (
    (),
    ("due",),
    ("log",),
    ("log", "--all"),
    ("log", "--to", "client"),
    ("agree", "show"),
    ("agree", "status"),
    ("agree", "check"),
    ("note", "--list"),
    ("check",),
    ("verify",),
    ("doctor",),
    ("inbox",),
    ("may", "--tell", "payer", "--about", "career-aspirations"),
    ("may", "--tell", "payer", "--about", "partnership-goals/shared"),
    ("may", "--tell", "payer", "--about", "engagement"),
    ("may", "--tell", "adviser", "--about", "strategy"),
    ("may", "--tell", "client", "--about", "conflicts"),
    ("may", "--tell", "client", "--section", "{day}#s1"),
    ("may", "--tell", "payer", "--section", "{day}#s2"),
    ("may", "--tell", "payer", "--section", "{day}#s5"),
    ("may", "--tell", "public", "--about", "feedback"),
    ("may", "--tell", "payer", "--about", "engagement", "--channel", "e-mail"),
    ("may", "--tell", "payer", "--about", "partnership-goals/shared", "--for", "promotion"),
    ("may", "--tell", "payer", "--about", "partnership-goals/shared", "--form", "verbatim"),
)
EVERYWHERE = frozenset({"verify", "doctor", "inbox", "due"})


def screen(house: House, command: tuple[str, ...]) -> Answer:
    filled = tuple(part.format(day=house.session) for part in command)
    if not command or command[0] in EVERYWHERE:
        return house.run(*filled)
    return house.within(*filled)


@pytest.fixture(scope="module")
def running(stages: dict[str, House], make_short_home: Callable[[], Path]) -> House:
    """One copy for all of them: nothing here writes."""
    return stages["running"].copied(make_short_home() / "h")


@pytest.mark.parametrize("command", SCREENS, ids=lambda command: " ".join(command) or "confide")
def test_a_screen_on_a_pipe(running: House, command: tuple[str, ...]) -> None:
    """Narrow, plain, without a trailing space, and nothing on record has changed."""
    before = running.state()
    answer = screen(running, command)
    assert not before.differences(running.state())
    assert answer.code in (0, 1, 3), answer
    assert answer.err == "", answer
    lines = answer.out.splitlines()
    wide = [line for line in lines if len(line) > 80]
    assert not wide, f"{wide}\n{answer}"
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\t" not in answer.out
    assert not JARGON.search(answer.out), f"{JARGON.search(answer.out)}\n{answer}"
    assert answer.out.endswith("\n")
    assert not answer.out.endswith("\n\n")


def test_the_commands_that_an_answer_offers_exist(running: House) -> None:
    """Whatever stands there can be typed."""
    from confide.cli.main import COMMANDS

    for command in SCREENS:
        for name in re.findall(r"confide ([a-z]+)", screen(running, command).out):
            assert name in COMMANDS, f"`confide {name}` is offered by confide {' '.join(command)}, and there is none"


def words(text: str) -> str:
    """Wrapped lines as one, for sentences that may break anywhere."""
    return " ".join(text.split())


def test_the_board(running: House) -> None:
    """One line for each partnership, by id; ids and dates, no names."""
    lines = running.run().out.splitlines()
    assert lines[0].startswith(f"{today():%a %-d %b %Y}: 2 partnerships"), lines
    (first,) = [line for line in lines if line.startswith(running.partnership)]
    (second,) = [line for line in lines if line.startswith(running.other)]
    until = (today().date() + timedelta(days=365)).strftime("%-d %b %Y")
    assert "coaching" in first
    assert f"agreement 1 until {until}" in first
    assert "no agreement in force" in second


def test_the_board_of_an_empty_practice(bare: House) -> None:
    lines = bare.run().out.splitlines()
    assert "0 partnerships" in lines[0]
    assert lines[1] == "Next: confide new"


def test_the_board_while_somebody_has_to_sign(proposed: House) -> None:
    assert "agreement 1: waiting for client, payer" in words(proposed.run().out)


def test_the_register(running: House) -> None:
    """Who was told what, when, in what form, under which clause; and what was taken back since."""
    house = running
    answer = house.within("log")
    assert answer.out.startswith("Accounting of disclosures")
    (line,) = [line for line in answer.out.splitlines() if house.told in line]
    assert "disclosed" in line
    assert "client" in line
    assert "verbatim" in line


def test_a_register_that_a_filter_emptied_says_so(running: House) -> None:
    """An empty answer to a narrow question is not an empty register."""
    answer = running.within("log", "--to", "payer")
    assert "Nothing that you ask for has been disclosed, refused or withdrawn." in answer.out


def test_the_status_of_an_agreement(running: House, proposed: House) -> None:
    """Who signed when and how; who has not; and what to do about it."""
    answer = running.within("agree", "status")
    assert answer.out.startswith("Agreement 1: in force")
    for party, how in (("coach", "own-key"), ("client", "own-key"), ("payer", "paper")):
        assert f"signed    {party} on {today():%-d %b %Y}, {how}" in answer.out
    waiting = proposed.within("agree", "status").out
    assert waiting.startswith("Agreement 1: proposed")
    assert "missing   client, payer" in waiting
    assert "next      confide invite client" in waiting


def test_who_may_learn_what(running: House) -> None:
    """One row for each type in plain words, one column for each party, and a legend for the signs."""
    lines = running.within("agree", "show").out.splitlines()
    assert lines[0].startswith("Agreement 1: ")
    assert lines[1].split() == ["client", "payer", "manager", "adviser"]
    rows = {re.split(r"  +", line)[0]: re.split(r"  +", line)[1:] for line in lines[2:] if "  " in line}
    assert rows["Career plans and job hunting"] == ["in full", "-", "-", "-"]
    assert rows["Shared goals"] == ["in full", "summary*", "summary*", "-"]
    assert "withheld" in lines[-1]


def test_dates_are_written_for_people(running: House) -> None:
    """`23 Nov 2026` on every screen; `2026-11-23` only where it is the name of a note, or a day to be typed."""
    for command in SCREENS:
        text = screen(running, command).out.replace(f"{running.session}#", "")
        if command[:2] == ("note", "--list"):
            continue
        assert not re.search(r"\b\d{4}-\d\d-\d\d\b", text), f"{command}\n{text}"


def test_colour_only_on_a_terminal(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor when somebody forces it for other programs: a pipe is read by programs too."""
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.setenv(name, "1")
    for command in SCREENS:
        assert "\x1b" not in screen(running, command).out


def test_a_refusal_fits_too(running: House, short_home: Path) -> None:
    """What and why wrap at 80 columns; a hint stays in one piece, because it is copied."""
    answers = [
        running.within("disclose", f"{running.session}#s3", "--to", "payer"),
        running.within("disclose", f"{running.session}#s5", "--to", "client"),
        running.within("withdraw", "career-private"),
        run(short_home, "log"),
    ]
    for answer in answers:
        for line in answer.err.splitlines():
            assert len(line) <= 80 or line.startswith("hint:"), line
