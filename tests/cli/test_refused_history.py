"""History is not written anew, not pushed anywhere, and says nothing in words of somebody's own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.by_git import by_hook, stopped
from tests.cli.house import House
from tests.cli.state import plain_git


@pytest.mark.parametrize("message", ["Anna-Smith is worried about the merger", "note: anna-smith"])
def test_a_message_in_words_of_ones_own(running: House, message: str) -> None:
    """A message stands in the open for ever; it is one of a closed list, and what was typed is not repeated."""
    (running.practice / "site/pages/how/index.md").write_text("# In other words\n")
    stopped(
        running,
        what="the message is in words of its own",
        why="messages stand in the open, and a word of one's own could name somebody",
        where="",
        hint="write one of: ",
        message=message,
    )


@pytest.mark.parametrize("arguments", [("--force-rebase", "HEAD~2"), ("--interactive", "HEAD~2"), ("--root",)])
def test_a_rebase(running: House, arguments: tuple[str, ...]) -> None:
    """Another base breaks every signature and every receipt."""
    running.refuses(
        *("rebase", *arguments),
        code=1,
        what="the history of a practice is never rewritten",
        why="every commit is signed in its place",
        hint="merge instead: `git pull --no-rebase`",
        command=by_hook(running),
    )


def test_an_amended_event(running: House) -> None:
    """`git commit --amend` would write the last event's message, and its commit, anew."""
    assert running.within("disclose", f"{running.session}#s3", "--to", "client").code == 0
    running.refuses(
        *("commit", "--amend", "--no-edit"),
        code=1,
        what="the message is in words of its own",
        why="messages stand in the open",
        hint="write one of: ",
        command=by_hook(running),
    )


def test_a_reverted_event(running: House) -> None:
    """Git runs no hook for `git revert`: the next command finds it, and nothing is recorded on top."""
    assert running.within("disclose", f"{running.session}#s3", "--to", "client").code == 0
    running.git("revert", "--no-edit", "HEAD")
    running.refuses(
        *("disclose", f"{running.session}#s4", "--to", "client", "--in", running.partnership),
        code=4,
        what="removes what was recorded",
        why="a correction is a new event",
        where="records/{p}/events/",
        hint="see confide verify and git log -p -- records/{p}/events/",
    )


def test_a_push_to_a_remote_nobody_approved(running: House) -> None:
    """The address may hold a password or a name, so it is not repeated."""
    elsewhere = running.home / "umbrella.git"

    subprocess.run(["git", "init", "--quiet", "--bare", str(elsewhere)], check=True)
    running.git("remote", "add", "origin", str(elsewhere))
    running.refuses(
        *("push", "--quiet", "origin", "main"),
        code=1,
        what="the remote `origin` is not approved",
        why="whoever runs it holds a copy of the whole record",
        where="records/practice.yml",
        hint="add its address to `remotes`",
        command=by_hook(running),
    )
    refs = subprocess.run(["git", "-C", str(elsewhere), "for-each-ref"], capture_output=True, text=True, check=True)
    assert refs.stdout == ""


def test_a_hook_without_confide_lets_nothing_pass(running: House) -> None:
    """A moved or removed installation must not turn the hooks into decoration."""
    hook = running.practice / ".git/hooks/pre-commit"
    text = hook.read_text()
    hook.write_text(text.replace(sys.executable, "/nonexistent/python"))
    (running.practice / "README.md").write_text("# Other\n")
    running.git("add", "--all")
    head = running.git("rev-parse", "HEAD")
    done = plain_git(running.practice, "commit", "-m", "site")
    assert done.returncode != 0
    assert "nothing could be checked; hint: install total-confidence, then `confide adopt`" in done.stderr
    assert running.git("rev-parse", "HEAD") == head
