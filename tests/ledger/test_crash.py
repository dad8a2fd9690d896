"""Killed at any step, a command leaves the repository as before or as after (promise 6)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from confide.ledger import journal
from confide.ledger.record_commit import record, recover
from confide.ledger.repo import Repository
from confide.model.problem import Malformed, NotAllowed, Unavailable
from tests.ledger.keepers import START, Keeper, Writer, git

pytestmark = pytest.mark.gpg

BEFORE = {"kept": b"kept", "records/edited": b"old", "records/p-k7f3/removed": b"old"}
AFTER = {"kept": b"kept", "records/edited": b"new", "records/p-k7f3/events/added": b"new"}
CHANGE = {"records/edited": b"new", "records/p-k7f3/removed": None, "records/p-k7f3/events/added": b"new"}
UNMOVED = ["ready", "stored", "verified", "journal"]
MOVED = ["moved", *(f"file {path}" for path in CHANGE), "index", "done"]


def content(repo: Repository) -> dict[str, bytes]:
    files = (p for p in repo.root.rglob("*") if p.is_file() and ".git" not in p.relative_to(repo.root).parts)
    return {p.relative_to(repo.root).as_posix(): p.read_bytes() for p in files}


class Killed(BaseException):
    """Nothing catches it: as far as the command can tell, the machine is gone."""


def kill_at(wanted: str) -> Callable[[str], None]:
    def step(name: str) -> None:
        if name == wanted:
            raise Killed

    return step


def change(repo: Repository, coach: Keeper, step: Callable[[str], None]) -> None:
    at = START + timedelta(days=1)
    record(repo, CHANGE, "notes\n", at, sign=coach.sign(at), keepers=[coach.certificate], step=step)


@pytest.mark.parametrize("step", UNMOVED + MOVED)
def test_killed_at_a_step_it_is_as_before_or_as_after(
    repo: Repository, coach: Keeper, write: Writer, step: str
) -> None:
    """After recovery files, index and HEAD agree: nothing happened until the branch moved, everything since."""
    head = write(BEFORE)
    with pytest.raises(Killed):
        change(repo, coach, kill_at(step))
    recover(repo)
    assert content(repo) == (BEFORE if step in UNMOVED else AFTER)
    assert (repo.head() == head) == (step in UNMOVED)
    assert git(repo, "status", "--porcelain") == ""
    assert "error" not in git(repo, "fsck", "--strict", "--no-dangling")
    assert journal.open_entry(repo) is None
    assert recover(repo) is False


def test_every_step_is_one_that_was_killed(repo: Repository, coach: Keeper, write: Writer) -> None:
    """The list of steps above is complete, and in the order in which they happen."""
    write(BEFORE)
    seen: list[str] = []
    change(repo, coach, seen.append)
    assert seen == UNMOVED + MOVED
    assert content(repo) == AFTER


_CHILD = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from confide.ledger.record_commit import record
from confide.ledger.repo import Repository
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate
root, home, fingerprint, at, wanted = sys.argv[1:]
gpg, at = GnuPG(Path(home)), datetime.fromisoformat(at)
def step(name):
    if name == wanted:
        os.kill(os.getpid(), signal.SIGKILL)
record(Repository.at(Path(root)), {"records/edited": b"new", "records/p-k7f3/removed": None,
    "records/p-k7f3/events/added": b"new"}, "notes\\n", at, step=step,
    sign=lambda data: gpg.sign_detached(data, fingerprint, at),
    keepers=[Certificate.parse(gpg.public_key(fingerprint))])
"""


@pytest.mark.parametrize("step", ["verified", "journal", "moved", "file records/edited"])
def test_a_process_killed_outright_leaves_no_lock_behind(
    repo: Repository, coach: Keeper, write: Writer, step: str
) -> None:
    """SIGKILL in another process: the next command recovers and records without waiting."""
    write(BEFORE)
    at = START + timedelta(days=1)
    arguments = [str(repo.root), str(coach.home), coach.fingerprint, at.isoformat(), step]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "tools")}
    child = subprocess.run([sys.executable, "-c", _CHILD, *arguments], env=environment, check=False)
    assert child.returncode == -signal.SIGKILL
    write.at = at
    write({"kept": b"again"})
    expected = BEFORE if step in ("verified", "journal") else AFTER
    assert content(repo) == {**expected, "kept": b"again"}
    assert git(repo, "status", "--porcelain") == ""


def test_a_half_written_file_is_cleared_away(repo: Repository, coach: Keeper, write: Writer) -> None:
    """Killed between writing beside and renaming, the temporary file goes and the real one comes."""
    write(BEFORE)
    with pytest.raises(Killed):
        change(repo, coach, kill_at("moved"))
    (repo.root / "records/.edited.confide-new").write_bytes(b"ne")
    assert recover(repo) is True
    assert content(repo) == AFTER


def test_what_the_user_wrote_since_is_kept(repo: Repository, coach: Keeper, write: Writer) -> None:
    """Recovery never writes over a file that holds neither version: it shows as changed, and nothing is lost."""
    write(BEFORE)
    with pytest.raises(Killed):
        change(repo, coach, kill_at("moved"))
    (repo.root / "records/edited").write_bytes(b"mine")
    recover(repo)
    assert content(repo) == {**AFTER, "records/edited": b"mine"}
    assert git(repo, "status", "--porcelain") == " M records/edited\n"


def test_a_branch_that_moved_on_is_left_alone(repo: Repository, coach: Keeper, write: Writer) -> None:
    """When the branch stands elsewhere by now, the interrupted change is not forced on it."""
    write(BEFORE)
    with pytest.raises(Killed):
        change(repo, coach, kill_at("journal"))
    git(repo, "commit", "--allow-empty", "--quiet", "--message", "notes")
    head = repo.head()
    assert recover(repo) is True
    assert repo.head() == head
    assert content(repo) == BEFORE


def test_a_branch_moved_at_the_last_moment_wins(repo: Repository, coach: Keeper, write: Writer) -> None:
    """The branch is only moved from where it stood: a commit made meanwhile by git itself is not lost."""
    write(BEFORE)
    moved: list[str] = []

    def step(name: str) -> None:
        if name == "journal":
            git(repo, "commit", "--allow-empty", "--quiet", "--message", "notes")
            moved.append(repo.head() or "")

    with pytest.raises(Unavailable, match="update-ref"):
        change(repo, coach, step)
    assert repo.head() == moved[0]
    assert content(repo) == BEFORE
    assert journal.open_entry(repo) is None


def test_a_file_that_cannot_be_written_is_finished_later(repo: Repository, coach: Keeper, write: Writer) -> None:
    """The commit stands; what could not be written is said, and written by whichever command comes next."""
    write(BEFORE)
    obstacle = repo.root / "records/p-k7f3/events"

    def step(name: str) -> None:
        if name == "moved":
            obstacle.write_bytes(b"in the way")

    with pytest.raises((Unavailable, NotAllowed)):
        change(repo, coach, step)
    obstacle.unlink()
    assert recover(repo) is True
    assert content(repo) == AFTER


def test_an_unreadable_journal_stops_everything(repo: Repository, write: Writer) -> None:
    """Fail closed: what is not understood is neither finished nor thrown away."""
    head = write(BEFORE)
    (repo.git_dir / "confide/journal.json").write_text('{"branch": 1}')
    with pytest.raises(Malformed, match="journal"):
        recover(repo)
    with pytest.raises(Malformed, match="journal"):
        write({"kept": b"x"})
    assert repo.head() == head
