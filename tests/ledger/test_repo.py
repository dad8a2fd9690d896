"""Opening a repository: what it is, what it is not, and whose settings reach it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from confide.ledger.repo import Repository
from confide.model.problem import Malformed, Unavailable, Usage
from tests.ledger.keepers import git


def plain(repo: Repository, path: str, data: bytes) -> str:
    """A commit made by git alone."""
    file = repo.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    git(repo, "add", "--", path)
    git(repo, "commit", "--quiet", "-m", "x")
    return repo.head() or ""


def test_an_empty_repository_has_no_head_and_no_commits(repo: Repository) -> None:
    """Before the first commit there is nothing, and that is no error."""
    assert repo.head() is None
    assert list(repo.commits()) == []
    assert repo.dirty() == ()


def test_files_are_read_from_commits_not_from_the_work_tree(repo: Repository) -> None:
    """By commit and path, odd names included; a directory or a missing file is None."""
    odd = "records/ä b\t\"'.yml"
    first = plain(repo, odd, b"1")
    second = plain(repo, odd, b"2")
    (repo.root / odd).write_bytes(b"3")
    assert (repo.read(first, odd), repo.read(second, odd)) == (b"1", b"2")
    assert repo.read(second, "records") is None
    assert repo.read(second, "records/nothing/x") is None
    assert list(repo.paths(second)) == [odd]
    assert repo.blob(repo.paths(second)[odd]) == b"2"
    assert repo.dirty() == (odd,)
    assert [[change.path for change in commit.changed] for commit in repo.commits()] == [[odd], [odd]]
    assert [commit.id for commit in repo.commits(since=first)] == [second]


def test_it_is_found_from_below(repo: Repository) -> None:
    """Any directory inside the work tree will do."""
    plain(repo, "records/p-k7f3/x", b"1")
    assert Repository.at(repo.root / "records/p-k7f3").root == repo.root


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "not a Git repository"),
        (["init", "--quiet", "--bare", "."], "is bare"),
        (["init", "--quiet", "--object-format=sha256", "."], "names objects with sha256"),
    ],
)
def test_what_cannot_be_used_is_said(short_home: Path, arguments: list[str], said: str) -> None:
    """No repository, a bare one, one with other object names: each with a hint."""
    if arguments:
        subprocess.run(["git", *arguments], cwd=short_home, check=True)
    with pytest.raises(Unavailable, match=said) as refusal:
        Repository.at(short_home)
    assert refusal.value.problems[0].hint


def test_a_directory_that_is_not_there_is_said(short_home: Path) -> None:
    """And never taken for the current one."""
    with pytest.raises(Unavailable, match="is not a directory"):
        Repository.at(short_home / "nowhere")


def test_the_environment_cannot_lead_elsewhere(
    repo: Repository, short_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A `GIT_DIR` left over from somewhere does not make another repository of this one."""
    other = Repository.init(short_home / "other")
    monkeypatch.setenv("GIT_DIR", str(other.git_dir))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    with pytest.raises(Unavailable, match="points git to another repository"):
        Repository.at(repo.root)


def test_an_existing_repository_is_not_made_again(repo: Repository) -> None:
    """`init` begins something new."""
    with pytest.raises(Usage, match="already is a repository"):
        Repository.init(repo.root)


def test_the_users_settings_run_no_programs(repo: Repository, tmp_path: Path) -> None:
    """External diffs, text conversion, monitors and hooks of the user's configuration stay out of every reading."""
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f'#!/bin/sh\ntouch {sprung}\ncat "$1" 2>/dev/null\n')
    trap.chmod(0o700)
    plain(repo, ".gitattributes", b"* diff=trap filter=trap\n")
    for key in ("diff.external", "diff.trap.textconv", "diff.trap.command", "core.fsmonitor", "core.pager"):
        repo.set_config(key, str(trap))
    (repo.git_dir / "hooks").mkdir(exist_ok=True)
    (repo.git_dir / "hooks/reference-transaction").symlink_to(trap)
    head = repo.head() or ""
    (repo.root / "x").write_bytes(b"x")
    list(repo.commits())
    repo.paths(head)
    repo.dirty()
    repo.move("refs/heads/other", head, "0" * 40, "x")
    assert not sprung.exists()


def test_after_a_missing_object_the_next_answer_is_right(repo: Repository) -> None:
    """What git still had to say about the missing one is not taken for the next object."""
    head = plain(repo, "x", b"1")
    with pytest.raises(Malformed, match="is missing"):
        list(repo._objects.read_all("blob", ["1" * 40, "2" * 40]))
    assert repo.commit(head).id == head
    assert repo.read(head, "x") == b"1"
