"""What must hold of a clone before anything is written to it: a branch, nothing half done, somebody to name."""

from __future__ import annotations

from confide.ledger.repo import Repository
from confide.model.problem import NotAllowed, Problem, Unavailable, Usage

# What is left in Git's directory while an operation waits for its end → its name.
_UNFINISHED = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "BISECT_START": "bisect",
}


def current_branch(repo: Repository) -> str:
    """The branch that is checked out, in full: `refs/heads/main`; empty when HEAD is detached."""
    return repo.run("symbolic-ref", "--quiet", "HEAD", accept=(0, 1)).decode().strip()


def branch(repo: Repository) -> str:
    """The branch that a commit would move. Raises Usage when HEAD is detached."""
    name = current_branch(repo)
    if not name:
        raise Usage(
            Problem("HEAD is detached", "a commit made here would be on no branch", hint="run `git switch main`")
        )
    return name


def require_settled(repo: Repository) -> None:
    """Raise NotAllowed while a merge, a rebase or the like waits for its end, or another program holds the index."""
    for name, operation in _UNFINISHED.items():
        if (repo.git_dir / name).exists():
            abandon = "reset" if operation == "bisect" else "--abort"
            raise NotAllowed(
                Problem(
                    f"a {operation} is in progress",
                    "a commit now would become part of it",
                    hint=f"finish it, or run `git {operation} {abandon}`",
                    rule="unfinished",
                )
            )
    if (repo.git_dir / "index.lock").exists():
        raise Unavailable(
            Problem(
                "another git command holds the index",
                "it is still running, or was killed",
                hint="wait for it; if none is running, remove `.git/index.lock`",
                rule="locked",
            )
        )


def identity(repo: Repository) -> tuple[str, str]:
    """The name and address that commits bear. Raises Unavailable when Git does not know them."""
    name, email = repo.config("user.name"), repo.config("user.email")
    if not name or not email:
        raise Unavailable(
            Problem(
                "git does not know who you are",
                "every commit names its keeper",
                hint="run `git config --global user.name …` and `git config --global user.email …`",
                rule="identity",
            )
        )
    return name, email


def check(repo: Repository) -> None:
    """Everything that would stop a commit here, before one is made."""
    identity(repo)
    require_settled(repo)
    branch(repo)
