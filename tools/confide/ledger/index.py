"""Git's index: what is staged for the next commit of the user, read as it is and changed one path at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from confide.ledger.git_options import DIFF_FORMAT
from confide.ledger.objects import EMPTY_TREE, NO_OBJECT, Change, parse_changes
from confide.ledger.repo import Repository

CONFLICT = "conflict"


def staged(repo: Repository) -> tuple[Change, ...]:
    """What a commit of the index would change in HEAD."""
    output = repo.run("diff-index", "--cached", *DIFF_FORMAT, repo.head() or EMPTY_TREE, "--")
    return next(parse_changes(output), ())


def entries(repo: Repository, paths: Iterable[str]) -> dict[str, tuple[str, str]]:
    """path → (mode, blob) of those of `paths` that are staged; a path in conflict has the mode `conflict`."""
    asked = tuple(paths)
    if not asked:
        return {}
    output = repo.run("ls-files", "--stage", "-z", "--full-name", "--", *asked)
    found: dict[str, tuple[str, str]] = {}
    for entry in filter(None, output.split(b"\0")):
        meta, path = entry.split(b"\t", 1)
        mode, blob, stage = meta.decode().split()
        found[path.decode()] = (mode if stage == "0" else CONFLICT, blob)
    return found


def set_entries(repo: Repository, wanted: Mapping[str, tuple[str, str] | None]) -> None:
    """Set (mode, blob) of these paths, None removes one; every other entry stays as it is."""
    gone = ("0", NO_OBJECT)
    lines = "".join(f"{' '.join(entry or gone)}\t{path}\0" for path, entry in wanted.items())
    repo.run("update-index", "-z", "--add", "--remove", "--index-info", stdin=lines.encode())
