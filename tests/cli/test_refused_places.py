"""Places that are no practice, or that lead elsewhere, are told as what they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.coach import run
from tests.cli.house import House
from tests.cli.state import plain_git

NOTE = b"## A {what=discussions}\nUmbrella talk.\n"


def test_not_a_practice(short_home: Path) -> None:
    """Any other repository is left alone."""
    assert plain_git(short_home, "init", "--quiet").returncode == 0
    for command in (("log",), (), ("new",), ("verify",), ("doctor",), ("adopt",)):
        answer = run(short_home, *command)
        assert answer.code == 5, answer
        assert answer.said[0].what == "this repository holds no practice"
        assert answer.said[0].why
        assert answer.said[0].where == "records/practice.yml"
        assert "confide init DIR" in answer.said[0].hint
    assert {path.name for path in short_home.iterdir()} == {".git"}


def test_not_a_repository(short_home: Path) -> None:
    for command in (("log",), (), ("new",)):
        answer = run(short_home, *command)
        assert answer.code == 5, answer
        assert answer.said[0].what == "this is not a Git repository"
        assert answer.said[0].why == "a practice is kept in one"
        assert "confide init" in answer.said[0].hint
    assert not list(short_home.iterdir())


def test_a_directory_that_is_not_there(short_home: Path) -> None:
    answer = run(short_home / "nowhere", "log")
    assert answer.code in (2, 5)
    assert answer.said[0].hint


def test_records_that_lead_elsewhere(running: House) -> None:
    """A linked directory would carry what is written out of the repository."""
    elsewhere = running.home / "elsewhere"
    notes = running.record / "notes"
    shutil.move(notes, elsewhere)
    notes.symlink_to(elsewhere, target_is_directory=True)
    before = sorted(elsewhere.iterdir())
    running.refuses(
        *("note", "2026-01-05", "--file", "-", "--in", running.partnership),
        stdin=NOTE,
        code=1,
        what="a link stands where a directory is expected",
        why="it could lead elsewhere",
        where="records/{p}/notes/2026-01-05.md.gpg",
        hint="put the directory back",
    )
    assert sorted(elsewhere.iterdir()) == before


def test_the_whole_of_records_is_a_link(running: House) -> None:
    elsewhere = running.home / "elsewhere"
    shutil.move(running.practice / "records", elsewhere)
    (running.practice / "records").symlink_to(elsewhere, target_is_directory=True)
    running.refuses(
        *("note", "2026-01-05", "--file", "-", "--in", running.partnership),
        stdin=NOTE,
        code=1,
        what="a link stands where a directory is expected",
        why="it could lead elsewhere",
        where="records/",
        hint="put the directory back",
    )


def test_the_environment_points_git_elsewhere(running: House, bare: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Left over from another shell, it would record in another repository."""
    before = bare.state()
    monkeypatch.setenv("GIT_DIR", str(bare.practice / ".git"))
    answer = running.within("note", "2026-01-05", "--file", "-", stdin=NOTE)
    monkeypatch.delenv("GIT_DIR")
    assert answer.code == 5
    assert not before.differences(bare.state())
    assert answer.said[0].why
    assert answer.said[0].hint == "unset GIT_DIR and GIT_WORK_TREE"
