"""A commit of the ledger is made whole, signed at its own time, and disturbs nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from confide.ledger.record_commit import record
from confide.ledger.repo import Repository
from confide.model.problem import Malformed, NotAllowed, Unavailable, Usage
from tests.ledger.keepers import START, Keeper, Writer, git

pytestmark = pytest.mark.gpg


def test_git_and_gpg_accept_what_is_recorded(repo: Repository, coach: Keeper, write: Writer) -> None:
    """`git fsck --strict` finds nothing, `git verify-commit` a good signature, `git status` a clean tree."""
    write({"records/practice.yml": b"one\n", "README.md": b"hello\n"}, "init: c-4242\n")
    newest = write({"records/p-k7f3/notes/2026-02-03.md.gpg": b"\x84\x00", "README.md": None})
    assert "error" not in git(repo, "fsck", "--strict", "--no-dangling")
    assert "Good signature" in git(repo, "verify-commit", newest, GNUPGHOME=str(coach.home))
    assert git(repo, "status", "--porcelain") == ""
    assert not (repo.root / "README.md").exists()
    assert (repo.root / "records/p-k7f3/notes/2026-02-03.md.gpg").read_bytes() == b"\x84\x00"


def test_the_commit_and_its_signature_bear_the_time_of_the_record(repo: Repository, write: Writer) -> None:
    """Author, committer and signature are dated by `at`, in UTC, whatever the system's clock says."""
    newest = repo.commit(write({"a": b"1"}))
    assert newest.author_time == newest.committer_time == START + timedelta(hours=1)
    who_and_when = git(repo, "log", "-1", "--format=%an <%ae> %cI").strip()
    assert who_and_when == "Morgan Reed <morgan@example.org> 2026-01-12T10:00:00+00:00"


def test_other_work_of_the_user_stays_as_it_is(repo: Repository, write: Writer) -> None:
    """Staged, unstaged and untracked files that the commit does not name are neither committed nor touched."""
    write({"a": b"1", "b": b"1", "c": b"1"})
    (repo.root / "a").write_bytes(b"staged")
    git(repo, "add", "a")
    (repo.root / "b").write_bytes(b"unstaged")
    (repo.root / "new").write_bytes(b"untracked")
    before = git(repo, "status", "--porcelain")
    newest = write({"c": b"2"})
    assert git(repo, "status", "--porcelain") == before == "M  a\n M b\n?? new\n"
    assert git(repo, "show", "--name-only", "--format=", newest) == "c\n"


def test_a_draft_that_lies_there_already_is_taken_as_it_is(repo: Repository, write: Writer) -> None:
    """A file whose content is what is to be recorded is no obstacle, tracked or not."""
    write({"a": b"1"})
    (repo.root / "draft").write_bytes(b"mine")
    (repo.root / "a").write_bytes(b"2")
    write({"draft": b"mine", "a": b"2"})
    assert git(repo, "status", "--porcelain") == ""


def unchanged(repo: Repository) -> tuple[object, ...]:
    files = {p: p.read_bytes() for p in repo.root.rglob("*") if p.is_file() and ".git" not in p.parts}
    return repo.head(), git(repo, "ls-files", "--stage"), files, git(repo, "reflog", check=False)


def test_changes_that_are_not_committed_are_never_overwritten(repo: Repository, write: Writer) -> None:
    """Every dirty path is named, and neither HEAD nor index nor files change."""
    write({"a": b"1", "b": b"1", "c": b"1"})
    (repo.root / "a").write_bytes(b"mine")
    (repo.root / "b").write_bytes(b"staged only")
    git(repo, "add", "b")
    (repo.root / "b").write_bytes(b"1")
    (repo.root / "d").write_bytes(b"untracked")
    before = unchanged(repo)
    with pytest.raises(NotAllowed) as refusal:
        write({"a": b"2", "b": b"2", "c": b"2", "d": b"2"})
    assert {(p.rule, str(p.place)) for p in refusal.value.problems} == {("dirty", "a"), ("dirty", "b"), ("dirty", "d")}
    assert unchanged(repo) == before


@pytest.mark.parametrize(
    "path", ["../outside", "/etc/passwd", "a/../../b", ".git/config", "x/.GIT/hooks/y", "a//b", "", "a\nb"]
)
def test_a_path_that_leaves_the_repository_is_refused(repo: Repository, write: Writer, path: str) -> None:
    """Nothing is written outside the work tree, nor into Git's own directory."""
    write({"a": b"1"})
    before = unchanged(repo)
    with pytest.raises(Usage, match="does not lie inside"):
        write({path: b"x"})
    assert unchanged(repo) == before


def test_a_link_out_of_the_work_tree_is_not_followed(repo: Repository, write: Writer, tmp_path: Path) -> None:
    """A directory that is a link could lead anywhere, so nothing is written through it."""
    write({"a": b"1"})
    (repo.root / "records").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(NotAllowed, match="a link stands where a directory is expected"):
        write({"records/x": b"1"})
    assert list(tmp_path.iterdir()) == []
    assert len(list(repo.commits())) == 1


def test_a_signature_by_somebody_else_is_found_before_the_branch_moves(
    repo: Repository, coach: Keeper, stranger: Keeper, write: Writer
) -> None:
    """What was signed by no keeper is refused; HEAD, index and files stay, and no journal is left."""
    write({"a": b"1"})
    before = unchanged(repo)
    with pytest.raises(Malformed):
        record(repo, {"a": b"2"}, "notes\n", START, sign=stranger.sign(START), keepers=[coach.certificate])
    assert unchanged(repo) == before
    assert not (repo.git_dir / "confide/journal.json").exists()


def test_a_signature_of_another_time_is_refused(repo: Repository, coach: Keeper) -> None:
    """More than an hour between the record's time and the signature's is no record."""
    late = coach.sign(START + timedelta(minutes=61))
    with pytest.raises(Unavailable, match="another time"):
        record(repo, {"a": b"2"}, "notes\n", START, sign=late, keepers=[coach.certificate])
    assert repo.head() is None


def test_a_history_that_grew_meanwhile_is_a_refusal(repo: Repository, coach: Keeper, write: Writer) -> None:
    """What was decided at one commit is not recorded on top of another."""
    decided = write({"a": b"1"})
    write({"a": b"2"})
    before = unchanged(repo)
    with pytest.raises(NotAllowed, match="has grown"):
        record(repo, {"b": b"1"}, "notes\n", START, sign=coach.sign(START), keepers=[coach.certificate], on=decided)
    assert unchanged(repo) == before


@pytest.mark.parametrize("operation", ["MERGE_HEAD", "rebase-merge", "CHERRY_PICK_HEAD", "BISECT_START"])
def test_an_unfinished_operation_of_git_comes_first(repo: Repository, write: Writer, operation: str) -> None:
    """During a merge, rebase or the like nothing is recorded."""
    head = write({"a": b"1"})
    (repo.git_dir / operation).write_text(head)
    with pytest.raises(NotAllowed, match="is in progress"):
        write({"a": b"2"})
    assert repo.head() == head


def test_a_detached_head_is_refused(repo: Repository, write: Writer) -> None:
    """A commit would be on no branch; the hint says how to get back to one."""
    head = write({"a": b"1"})
    git(repo, "checkout", "--detach", "--quiet")
    with pytest.raises(Usage, match="HEAD is detached"):
        write({"a": b"2"})
    assert repo.head() == head


def test_without_a_name_nothing_is_recorded(repo: Repository, write: Writer) -> None:
    """Git's guess of a name and host is never used."""
    repo.set_config("user.name", None)
    with pytest.raises(Unavailable, match="does not know who you are"):
        write({"a": b"1"})
    assert repo.head() is None


def test_a_held_index_comes_before_anything(repo: Repository, write: Writer) -> None:
    """While another program holds `index.lock` nothing moves."""
    head = write({"a": b"1"})
    (repo.git_dir / "index.lock").touch()
    with pytest.raises(Unavailable, match="holds the index"):
        write({"a": b"2"})
    assert repo.head() == head
    assert (repo.root / "a").read_bytes() == b"1"


def test_nothing_to_record_is_said(repo: Repository, write: Writer) -> None:
    """No empty commit is ever made."""
    head = write({"a": b"1"})
    with pytest.raises(Usage, match="nothing has changed"):
        write({"a": b"1"})
    assert repo.head() == head
