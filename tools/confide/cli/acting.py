"""One act at the desk: decided first, shown before it is recorded, recorded once, or only shown in a dry run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from confide.cli import out

if TYPE_CHECKING:
    from confide.workflows.practice import Practice

T = TypeVar("T")


def acted(practice: Practice, act: Callable[[], T], question: str, *, yes: bool, dry_run: bool) -> T | None:
    """What `act` returns, or None for a dry run. On a terminal the commit is shown and asked about first."""
    if out.on_terminal() and not (yes or dry_run):
        practice.dry_run = True
        act()
        practice.dry_run = False
        for message in practice.messages:
            out.say(message.rstrip(), dim=True)
        practice.messages.clear()
        click.confirm(question, default=True, abort=True)
    practice.dry_run = dry_run
    found = act()
    if dry_run:
        out.would(practice.messages)
        return None
    return found


def next_step(question: str, command: str, run: Callable[[], None] | None = None) -> None:
    """The step that follows: offered on a terminal where it can be taken at once, named everywhere else."""
    if run is not None and out.on_terminal() and click.confirm(question, default=True):
        run()
        return
    out.say(f"Next: {command}")
