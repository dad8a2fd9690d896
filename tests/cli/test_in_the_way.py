"""What stands in the way of a commit: it is told, and stays exactly as it is."""

from __future__ import annotations

import shutil

import pytest

from tests.cli.house import House
from tests.cli.writing import NOTE, refuses_all


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
