"""`--json` gives one JSON value and nothing else, with ids and words of closed lists, for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tests.cli.house import House
from tests.cli.plain_site import PlainSite
from tests.cli.test_help import PATHS, found

READING: tuple[tuple[str, ...], ...] = (
    ("log",),
    ("log", "--all"),
    ("agree", "show"),
    ("agree", "status"),
    ("agree", "check"),
    ("note", "--list"),
    ("may", "--tell", "payer", "--about", "career-aspirations"),
    ("may", "--tell", "payer", "--section", "{day}#s2"),
    ("may", "--tell", "client", "--section", "{day}#s1"),
)


@pytest.fixture(scope="module")
def running(stages: dict[str, House], make_short_home: Callable[[], Path]) -> House:
    return stages["running"].copied(make_short_home() / "h")


def read(house: House, *command: str, stdin: bytes = b"") -> object:
    """What the command printed, as another program reads it."""
    answer = house.run(*command, "--json", stdin=stdin)
    assert answer.err == "", answer
    return json.loads(answer.out)


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_reading_command(running: House, command: tuple[str, ...]) -> None:
    """It parses, and the exit code is that of the same command for people."""
    filled = tuple(part.format(day=running.session) for part in (*command, "--in", running.partnership))
    value = read(running, *filled)
    assert isinstance(value, dict | list)
    assert value or command == ("agree", "check"), "nothing to settle is an empty list"
    assert running.run(*filled, "--json").code == running.run(*filled).code


@pytest.mark.parametrize("command", ["check", "verify", "inbox", "doctor"])
def test_a_command_about_the_whole_practice(running: House, command: str) -> None:
    assert isinstance(read(running, command), dict | list)


def test_may(running: House) -> None:
    """Verdict, ceiling, and every reason with its rule, its sentence of the policy and its place."""
    value = read(running, "may", "--tell", "payer", "--about", "career-aspirations", "--in", running.partnership)
    assert isinstance(value, dict)
    assert (value["verdict"], value["agreement"], value["terms"]) == ("deny", 1, [])
    (withheld,) = [reason for reason in value["reasons"] if reason["rule"] == "career-private"]
    assert withheld["sid"] == "S-31"
    assert withheld["place"] == f"records/{running.partnership}/agreements/1.yml:48"


def test_the_register(running: House) -> None:
    (line,) = read(running, "log", "--in", running.partnership)  # type: ignore[misc]
    assert (line["event"], line["kind"], line["to"]) == (running.told, "disclosed", ["client"])
    assert line["withdrawn"] is None
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", line["at"])


def test_writing_commands(copy_of: Callable[..., House], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a script needs to go on: the id of what was recorded, and whether it was."""
    monkeypatch.setattr("confide.cli.builder.SiteBuilder", PlainSite)
    house = copy_of("running")
    within = ("--in", house.partnership)
    dry = read(house, "disclose", f"{house.session}#s3", "--to", "client", "--dry-run", *within)
    real = read(house, "disclose", f"{house.session}#s3", "--to", "client", *within)
    assert isinstance(dry, dict)
    assert isinstance(real, dict)
    assert (dry["recorded"], real["recorded"]) == (False, True)
    assert real["event"] in house.git("log", "-1", "--format=%B")
    note = read(house, "note", "2026-01-05", "--file", "-", *within, stdin=b"## A {what=discussions}\nUmbrella.\n")
    assert isinstance(note, dict)
    assert (note["note"], note["recorded"], len(note["sections"])) == ("2026-01-05", True, 1)
    people = b"persons: [{party: client, name: Theodosia Larkspur}]\n"
    new = read(house, "new", "--people", "-", stdin=people)
    assert isinstance(new, dict)
    assert re.fullmatch(r"p-[0-9a-z]+", new["partnership"])
    letter = read(house, "invite", "payer", *within)
    assert isinstance(letter, dict)
    assert letter["address"].startswith("http://localhost:8765/r/")


def test_a_refusal_is_no_json(running: House) -> None:
    """Standard output stays empty, so that no program takes half an answer for one."""
    running.refuses(
        *("log", "--json", "--in", "p-zzz9"), code=2, what="no partnership `p-zzz9` is on record", why="", hint=""
    )


def test_which_commands_have_it() -> None:
    """Every command that answers something, and those that make ids."""
    have = {
        " ".join(path)
        for path in PATHS
        for parameter in found(path).params
        if isinstance(parameter, click.Option) and "--json" in parameter.opts
    }
    expected = {
        *("agree check", "agree show", "agree status", "check", "demo", "disclose", "doctor", "inbox", "invite"),
        *("log", "may", "new", "note", "publish", "verify"),
    }
    assert expected <= have
