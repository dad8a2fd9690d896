"""Pushing the record to the remotes that the practice approved, and to no other (S-26)."""

from __future__ import annotations

from collections.abc import Sequence

from confide.ledger.repo import Repository


def approved_remotes(repo: Repository, addresses: Sequence[str]) -> tuple[str, ...]:
    """The names of this clone's remotes whose address for pushing is approved, sorted."""
    names = repo.run("remote").decode().split()
    found = {name: repo.run("remote", "get-url", "--push", name).decode().strip() for name in names}
    return tuple(name for name, address in sorted(found.items()) if address in addresses)


def push(repo: Repository, remote: str) -> None:
    """Push the current branch, past no hook. Raises Unavailable with what Git says."""
    repo.run("-c", f"core.hooksPath={repo.git_dir / 'hooks'}", "push", "--quiet", remote, "HEAD")
