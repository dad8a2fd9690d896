"""Where a command's result goes that is not for the screen: a pipe, or a file the user names, never a repository."""

from __future__ import annotations

import sys
from pathlib import Path

from confide.model.problem import NotAllowed, Problem, Usage
from confide.vault import durable


def hand_over(text: str, target: Path | None, *, names: bool) -> None:
    """Write to standard output, or to `target`, readable by its owner only.

    With `names` the text holds people's names in the clear: it goes to no terminal, whose history would keep it, and
    into no repository, whose objects would.
    """
    check_place(target, names=names)
    if target is None:
        sys.stdout.write(text)
        return
    durable.write(target, text.encode())


def check_place(target: Path | None, *, names: bool) -> None:
    """Raise what stands against writing there, before anything is done whose result would be lost."""
    if target is None:
        if names and sys.stdout.isatty():
            raise Usage(
                Problem(
                    "this page holds names, and is made for paper",
                    "a terminal would keep them in its history",
                    hint="pipe it into a program that prints it, or name a file: --out FILE",
                )
            )
        return
    if names:
        _outside(target)


def _outside(target: Path) -> None:
    """Raise NotAllowed if the file would lie in a repository, this one or any other, links followed."""
    for directory in target.resolve().parents:
        if (directory / ".git").exists():
            raise NotAllowed(
                Problem(
                    "that file would lie inside a repository",
                    "it holds names in the clear, and what is committed once stays in the history",
                    hint="name a place outside, best in memory: --out /dev/shm/agreement.html",
                )
            )
