"""Opening a sealed file of the record: only what a keeper signed, sealed for this partnership, is ever looked at."""

from __future__ import annotations

from confide.model.problem import Malformed, Problem
from confide.records import tree
from confide.vault.sequoia import open_signed
from confide.workflows.practice import Practice


def opened(practice: Practice, partnership: str, path: str, named: str, commit: str | None = None) -> bytes:
    """What the file at `path` says. Raises Malformed, with its place, for one that was damaged, swapped or moved."""
    sealed = practice.read(path, commit)
    key, keepers = practice.keys.secret(partnership), practice.keepers
    try:
        return open_signed(sealed, key, keepers).data
    except Malformed as malformed:
        found = malformed.problems[0]
        raise Malformed(
            Problem(
                f"{named} is not shown",
                f"{found.what}: {found.why}" if found.why else found.what,
                tree.place(path),
                f"see who put it there, and what stood there before: git log -- {path}",
                "sealed",
            )
        ) from None
