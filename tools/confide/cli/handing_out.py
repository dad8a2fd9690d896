"""A file in the clear that is handed to somebody: never into the repository, where nothing stands that can be read."""

from __future__ import annotations

import sys
from pathlib import Path

from confide.cli.handed_over import check_place
from confide.cli.session import Session
from confide.model.problem import Problem, Usage
from confide.model.terminal import harmless
from confide.vault import durable


def outside(found: Session, wanted: Path | None, named: str = "the text") -> Path | None:
    """Where it goes, or None for standard output. Raises Usage before anything is recorded."""
    if wanted is None or str(wanted) == "-":
        return None
    file = found.path / wanted
    if file.resolve().is_relative_to(found.practice.root.resolve()):
        raise Usage(
            Problem(
                f"{named} would lie in the repository",
                "nothing that can be read stands there",
                hint="choose a directory outside of it",
            )
        )
    check_place(file, names=True)
    return file


def hand_out(text: str, file: Path | None) -> None:
    """Write it for its owner's eyes only; without a file to standard output, where a terminal obeys nothing in it."""
    if file is not None:
        durable.write(file, text.encode())
    else:
        sys.stdout.write(harmless(text) if sys.stdout.isatty() else text)
