"""Messages, merges, rebases and pushes, as the user's own git meets the hooks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from confide.ledger import hooks
from confide.records import tree
from tests.ledger.keepers import git
from tests.ledger.practice import Desk, P, stage

pytestmark = pytest.mark.gpg


@pytest.mark.parametrize(
    "message",
    ["lunch with Anna", "note: anna 2026-02-03", f"note: {P} 2026-02-03\n\nAnna came late", "Note: x", "fixup!"],
)
def test_a_message_in_words_of_ones_own_is_stopped(hooked: Desk, message: str) -> None:
    """Subjects stand in the open; the hint lists the forms, the words are not repeated."""
    head = hooked.repo.head()
    stage(hooked, "README.md", b"x")
    said = git(hooked.repo, "commit", "-m", message, check=False)
    assert "in words of its own" in said
    assert "settings" in said
    assert "Anna" not in said
    assert hooked.repo.head() == head


def test_comments_of_the_editor_are_no_words_of_ones_own(hooked: Desk, tmp_path: Path) -> None:
    """What `git commit` puts into the editor for orientation does not count, nor does a diff below the scissors."""
    file = tmp_path / "message"
    file.write_text("site\n\n# On branch main\n# ------------------------ >8 ------------------------\ndiff Anna\n")
    assert hooks.run("commit-msg", hooked.repo, [str(file)]) == ()


def test_a_merge_gets_a_message_without_names(hooked: Desk) -> None:
    """Git would write the branch's name and the remote's address into it."""
    git(hooked.repo, "branch", "anna-laptop", "HEAD~1")
    git(hooked.repo, "switch", "--quiet", "anna-laptop")
    stage(hooked, "README.md", b"x")
    git(hooked.repo, "commit", "--quiet", "-m", "site")
    merged = hooked.repo.head() or ""
    git(hooked.repo, "switch", "--quiet", "main")
    git(hooked.repo, "merge", "--quiet", "--no-edit", "anna-laptop")
    assert git(hooked.repo, "log", "-1", "--format=%B").strip() == f"merge: {merged[:12]}"
    assert hooked.verify().problems == ()


def test_history_is_never_rebased(hooked: Desk) -> None:
    """The hook refuses, with what to do instead."""
    head = hooked.repo.head()
    git(hooked.repo, "branch", "other", "HEAD~2")
    git(hooked.repo, "switch", "--quiet", "other")
    stage(hooked, "README.md", b"x")
    git(hooked.repo, "commit", "--quiet", "-m", "site")
    said = git(hooked.repo, "rebase", "main", check=False)
    assert "never rewritten" in said
    assert "--no-rebase" in said
    assert git(hooked.repo, "rev-parse", "main").strip() == head


def approve(desk: Desk, remote: str) -> None:
    text = (desk.repo.root / tree.PRACTICE).read_text().replace("remotes: []", f"remotes: [{remote}]")
    stage(desk, tree.PRACTICE, text.encode())
    git(desk.repo, "commit", "--quiet", "-m", "practice: c-4mz8")


def test_a_push_goes_to_an_approved_remote_only(hooked: Desk, tmp_path: Path) -> None:
    """Before its address is committed nothing leaves; afterwards it does (S-26)."""
    git(hooked.repo, "init", "--quiet", "--bare", str(tmp_path / "remote"))
    git(hooked.repo, "remote", "add", "origin", str(tmp_path / "remote"))
    said = git(hooked.repo, "push", "origin", "main", check=False)
    assert "the remote `origin` is not approved" in said
    assert git(hooked.repo, "ls-remote", "origin") == ""
    approve(hooked, str(tmp_path / "remote"))
    git(hooked.repo, "push", "--quiet", "origin", "main")
    assert hooked.repo.head() in git(hooked.repo, "ls-remote", "origin")


def test_a_push_never_rewrites_nor_names(hooked: Desk, tmp_path: Path) -> None:
    """Forced, deleting, to a branch or tag whose name could say something, or of notes: refused."""
    remote = str(tmp_path / "remote")
    git(hooked.repo, "init", "--quiet", "--bare", remote)
    git(hooked.repo, "remote", "add", "origin", remote)
    approve(hooked, remote)
    git(hooked.repo, "push", "--quiet", "origin", "main")
    before = git(hooked.repo, "ls-remote", "origin")
    git(hooked.repo, "notes", "add", "-m", "x")
    refusals = {
        "HEAD~1:refs/heads/main": "would rewrite", ":refs/heads/main": "would be deleted",
        "main:refs/heads/anna": "name could say", "refs/notes/commits:refs/notes/commits": "name could say",
        "main:refs/tags/for-anna": "name could say",
    }  # fmt: skip
    for reference, reason in refusals.items():
        said = git(hooked.repo, "push", "--force", "origin", reference, check=False)
        assert reason in said
        assert "anna" not in said.partition("error:")[0]
    assert git(hooked.repo, "ls-remote", "origin") == before


def test_a_server_takes_only_what_verifies(hooked: Desk, tmp_path: Path) -> None:
    """A bare repository with nothing but two pins and no key: what is sound comes in, the rest is refused by name."""
    remote = tmp_path / "remote"
    git(hooked.repo, "init", "--quiet", "--bare", "--initial-branch=main", str(remote))
    git(hooked.repo, "remote", "add", "origin", str(remote))
    approve(hooked, str(remote))
    confide = [sys.executable, "-P", "-m", "confide", "-C", str(remote)]
    subprocess.run([*confide, "hook", "server", hooked.root, hooked.coach.fingerprint], check=True)
    git(hooked.repo, "push", "--quiet", "origin", "main")
    sound = git(hooked.repo, "ls-remote", "origin")
    event = hooked.verify().partnerships[P].events[-1]
    hooked.commit({event.place.file: None}, "site\n")
    said = git(hooked.repo, "push", "--no-verify", "origin", "main", check=False)
    assert "removes what was recorded" in said
    assert git(hooked.repo, "ls-remote", "origin") == sound
    pins = ["--root", hooked.root, "--keeper", hooked.coach.fingerprint]
    told = subprocess.run([*confide, "verify", *pins], capture_output=True, text=True, check=True)
    assert "The history is sound." in told.stdout


def test_a_push_waits_for_a_sound_history(hooked: Desk, tmp_path: Path) -> None:
    """What does not verify here does not leave; the remote keeps what it had."""
    git(hooked.repo, "init", "--quiet", "--bare", str(tmp_path / "remote"))
    git(hooked.repo, "remote", "add", "origin", str(tmp_path / "remote"))
    approve(hooked, str(tmp_path / "remote"))
    event = hooked.verify().partnerships[P].events[-1]
    hooked.commit({event.place.file: None}, "site\n")
    assert "removes what was recorded" in git(hooked.repo, "push", "origin", "main", check=False)
    assert git(hooked.repo, "ls-remote", "origin") == ""
