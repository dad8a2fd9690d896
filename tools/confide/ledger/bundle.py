"""The whole repository as one file that plain `git clone` reads, and back again."""

from __future__ import annotations

from pathlib import Path

from confide.ledger.repo import Repository
from confide.model.problem import Malformed, Problem, Unavailable

_KEPT = ("refs/heads/*", "refs/tags/*")


def bundled(repo: Repository) -> bytes:
    """Every branch and tag. Nothing else: remote branches are elsewhere too, and notes could hold decrypted text."""
    return repo.run("bundle", "create", "--quiet", "-", "--branches", "--tags", "HEAD")


def unbundled(path: Path, data: bytes, branch: str) -> Repository:
    """A new repository at `path`, `branch` checked out. Every object is looked at before it is taken in."""
    repo = Repository.init(path)
    file = repo.git_dir / "restored.bundle"
    file.write_bytes(data)
    try:
        repo.set_config("transfer.fsckObjects", "true")
        repo.run("fetch", "--quiet", "--update-head-ok", str(file), *(f"+{kept}:{kept}" for kept in _KEPT))
    except Unavailable:
        raise Malformed(
            Problem("the history in the backup cannot be read", "it is damaged", hint="use another backup")
        ) from None
    finally:
        file.unlink()
    repo.run("symbolic-ref", "HEAD", branch)
    repo.run("reset", "--quiet", "--hard")
    return repo
