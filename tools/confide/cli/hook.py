"""`confide hook NAME`: what the Git hooks of a practice call. Not for people."""

from __future__ import annotations

import sys

import click

from confide.cli.session import session
from confide.model.problem import NotAllowed


@click.command(hidden=True)
@click.argument("name")
@click.argument("arguments", nargs=-1)
@click.pass_context
def hook(ctx: click.Context, name: str, arguments: tuple[str, ...]) -> None:
    """Run one hook; exit 1 with every problem when Git should stop."""
    from confide.ledger import hooks
    from confide.ledger.repo import Repository

    stdin = b"" if sys.stdin.isatty() or name in {"pre-commit", "commit-msg", "pre-rebase"} else sys.stdin.buffer.read()
    problems = hooks.run(name, Repository.at(session(ctx).path), arguments, stdin)
    if problems:
        raise NotAllowed(*problems)
