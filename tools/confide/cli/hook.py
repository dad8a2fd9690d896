"""`confide hook NAME`: what the Git hooks of a practice call. Not for people."""

from __future__ import annotations

import sys

import click

from confide.cli.session import session
from confide.model.problem import NotAllowed


# What Git hands over may look like an option: `--root` to pre-rebase.
@click.command(hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def hook(ctx: click.Context, name: str, arguments: tuple[str, ...]) -> None:
    """Run one hook; exit 1 with every problem when Git should stop."""
    from confide.ledger import hooks
    from confide.ledger.repo import Repository

    # Git hands a list of references to pre-push alone; the other hooks inherit whatever input the user's shell has.
    stdin = sys.stdin.buffer.read() if name == "pre-push" else b""
    problems = hooks.run(name, Repository.at(session(ctx).path), arguments, stdin)
    if problems:
        raise NotAllowed(*problems)
