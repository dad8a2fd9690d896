"""The note that a writing command leaves before the branch moves, so that whoever comes next can finish its work.

`.git/confide/journal.json` holds two commit ids and paths, never contents. While it lies there, the branch stands at
one of the two ids and the files may be of either.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from confide.ledger.objects import is_object_id
from confide.ledger.repo import Repository
from confide.model.problem import Malformed, Problem
from confide.vault import durable


@dataclass(frozen=True)
class Journal:
    """From which commit (`NO_OBJECT`: none) to which, on which branch, and the files that differ."""

    branch: str
    old: str
    new: str
    paths: tuple[str, ...]


def directory(repo: Repository) -> Path:
    """Where the ledger keeps its own files of this clone; nothing in it is ever pushed."""
    return durable.directory(repo.git_dir / "confide")


def _file(repo: Repository) -> Path:
    return repo.git_dir / "confide" / "journal.json"


def open_entry(repo: Repository) -> Journal | None:
    """What an interrupted command left, or None. Raises Malformed when it cannot be read."""
    try:
        data = json.loads(_file(repo).read_bytes())
        branch, old, new, paths = (data[name] for name in ("branch", "old", "new", "paths"))
        known = all(isinstance(text, str) for text in (branch, old, new, *paths))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise _unreadable() from None
    if not known or not is_object_id(old) or not is_object_id(new):
        raise _unreadable()
    return Journal(branch, old, new, tuple(paths))


def begin(repo: Repository, entry: Journal) -> None:
    """Write the entry and force it to the disk."""
    directory(repo)
    durable.write(_file(repo), json.dumps(asdict(entry)).encode())


def end(repo: Repository) -> None:
    """The work is done, or never began."""
    _file(repo).unlink(missing_ok=True)


def _unreadable() -> Malformed:
    return Malformed(
        Problem(
            "the journal of an interrupted command cannot be read",
            "something else wrote to `.git/confide`",
            hint="look at `git status`, restore what is missing with `git checkout`, then remove the file",
            rule="journal",
        )
    )
