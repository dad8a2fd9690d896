"""A clone that is not settled, or a clock behind its record, is told apart from trouble with the record."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.house import House

NOTE = b"## A {what=discussions}\nUmbrella talk.\n"
# Verbs that write, each in another way: a note, an event, a file that is no event.
WRITING: tuple[tuple[str, ...], ...] = (
    ("note", "2026-01-05", "--file", "-"),
    ("disclose", "{day}#s3", "--to", "client"),
    ("agree", "draft", "--yes"),
)


def refuses_all(house: House, *, code: int, what: str, why: str, hint: str, where: str = "") -> None:
    for verb in WRITING:
        filled = (part.format(day=house.session) for part in verb)
        house.refuses(
            *(*filled, "--in", house.partnership), stdin=NOTE, code=code, what=what, why=why, hint=hint, where=where
        )


@pytest.fixture
def only(short_home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A maker of machines on which only these programs are installed."""

    def install(*programs: str) -> None:
        for name in programs:
            found = shutil.which(name)
            assert found
            (short_home / name).symlink_to(found)
        monkeypatch.setenv("PATH", str(short_home))

    return install


def turn_back(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let the next commands believe that it is earlier."""

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - by  # type: ignore[arg-type]

    monkeypatch.setattr("confide.cli.session.datetime", Earlier)


def test_changes_on_a_path_that_is_to_be_written(running: House) -> None:
    """A note edited by another program and not committed would be lost."""
    running.note.write_bytes(running.note.read_bytes() + b"more")
    running.refuses(
        *("note", running.session, "--file", "-", "--in", running.partnership),
        stdin=NOTE,
        code=1,
        what="the file has changes that are not committed",
        why="they would be lost",
        where="records/{p}/notes/{day}.md.gpg",
        hint="git diff HEAD -- records/{p}/notes/{day}.md.gpg",
    )


def test_changes_elsewhere_are_no_hindrance(running: House) -> None:
    """What somebody has staged or edited beside it stays exactly as it is."""
    (running.practice / "README.md").write_text("# Mine\n")
    (running.practice / "site/pages/mine.md").write_text("# Mine too\n")
    running.git("add", "site/pages/mine.md")
    before = running.git("diff", "--cached", "--raw"), running.git("status", "--porcelain")
    assert running.within("disclose", f"{running.session}#s3", "--to", "client").code == 0
    assert (running.git("diff", "--cached", "--raw"), running.git("status", "--porcelain")) == before


def test_a_detached_head(running: House) -> None:
    running.git("checkout", "--quiet", "--detach")
    refuses_all(
        running,
        code=2,
        what="HEAD is detached",
        why="a commit made here would be on no branch",
        hint="run `git switch main`",
    )


def test_a_merge_in_progress(running: House) -> None:
    running.git("branch", "aside")
    assert running.within("disclose", f"{running.session}#s6", "--to", "client").code == 0
    running.git("checkout", "--quiet", "aside")
    (running.practice / "site/pages/mine.md").write_text("# Mine\n")
    running.git("add", "--all")
    running.git("commit", "--quiet", "-m", "site")
    running.git("merge", "--quiet", "--no-commit", "--no-ff", "main")
    refuses_all(
        running,
        code=1,
        what="a merge is in progress",
        why="a commit now would become part of it",
        hint="finish it, or run `git merge --abort`",
    )


def test_an_index_that_another_command_holds(running: House) -> None:
    (running.practice / ".git/index.lock").touch()
    before = (running.practice / ".git/index.lock").stat().st_mtime_ns
    refuses_all(
        running,
        code=5,
        what="another git command holds the index",
        why="it is still running, or was killed",
        hint="remove `.git/index.lock`",
    )
    assert (running.practice / ".git/index.lock").stat().st_mtime_ns == before


def test_a_clock_behind_the_record(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time only goes forward: an event before its ancestors would never verify again."""
    turn_back(monkeypatch, timedelta(minutes=30))
    running.refuses(
        *("disclose", f"{running.session}#s3", "--to", "client", "--in", running.partnership),
        code=5,
        what="this machine's clock is behind the record",
        why="time only goes forward",
        hint="set the clock right",
    )


def test_a_clock_behind_another_partnerships_record(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ancestors of a commit are those of the whole practice."""
    assert running.run("agree", "draft", "--yes", "--in", running.other).code == 0
    turn_back(monkeypatch, timedelta(minutes=30))
    running.refuses(
        *("agree", "propose", "--in", running.other),
        code=5,
        what="this machine's clock is behind the record",
        why="time only goes forward",
        hint="set the clock right",
    )


def test_a_clock_years_behind(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note is no event, but a signature of another year would not verify: it is refused before it is made."""
    turn_back(monkeypatch, timedelta(days=400))
    running.refuses(
        *("note", "2026-01-05", "--file", "-", "--in", running.partnership),
        stdin=NOTE,
        code=5,
        what="",
        why="",
        hint="",
    )
