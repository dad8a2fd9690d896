"""`confide week`: inbox, due, publish, push, backup, in one walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import click

from confide.cli import due, options, out
from confide.cli.main import COMMANDS
from confide.cli.session import Session, session
from confide.model.problem import Exit, Refused


@dataclass(frozen=True)
class Step:
    """One stop of the walk: what it is called, what it asks, and what it does."""

    name: str
    question: str
    run: Callable[[], Any]


@click.command()
@options.yes
@click.pass_context
def week(ctx: click.Context, yes: bool) -> int:
    """Walk through inbox, due, publish, push and backup.

    On a terminal each step is asked about; elsewhere --yes takes them all. A
    step that is refused says why, and the walk goes on. Exit 3 while
    something is still due at the end.
    """
    from confide.workflows.due import board

    found = session(ctx)
    refused = False
    for step in _steps(ctx, found):
        if not yes and not (out.on_terminal() and click.confirm(step.question, default=True)):
            out.say(f"{step.name} left out")
            continue
        out.say(f"{step.name}", bold=True)
        try:
            step.run()
        except Refused as problem:
            out.problems(problem, "The walk goes on.")
            refused = True
        found.practice.forget()
    shown = board(found.practice)
    out.say()
    due.heading(shown)
    due.lines(shown)
    return int(Exit.NO if refused else due.code(shown))


def _steps(ctx: click.Context, found: Session) -> Iterator[Step]:
    yield Step("inbox", "Take in what parties sent?", lambda: _invoke(ctx, "inbox"))
    yield Step("publish", "Publish everybody's pages?", lambda: _publish(ctx, found))
    yield Step("push", "Push to the approved remotes?", lambda: _push(found))
    if "backup" in COMMANDS:
        yield Step("backup", "Make a backup?", lambda: _invoke(ctx, "backup"))


def _invoke(ctx: click.Context, name: str, **given: Any) -> None:
    from confide.cli.main import cli

    command = cli.get_command(ctx, name)
    if command is not None:
        ctx.invoke(command, **given)


def _publish(ctx: click.Context, found: Session) -> None:
    """Only where something is not on the pages yet: unchanged sites are left alone."""
    from confide.workflows.due import board

    waiting = [one for one in board(found.practice).due if one.clock == "publishing"]
    if not waiting:
        out.say("Nothing new to publish.")
    for partnership in dict.fromkeys(one.partnership for one in waiting):
        _invoke(ctx, "publish", within=partnership)


def _push(found: Session) -> None:
    from confide.ledger.push import approved_remotes, push

    practice = found.practice
    remotes = approved_remotes(practice.repo, practice.file.remotes)
    if not remotes:
        out.say("No approved remote is set up here.")
    for remote in remotes:
        push(practice.repo, remote)
        out.say(f"Pushed to {remote}.")
