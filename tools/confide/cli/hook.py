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
    """Run one hook; exit 1 with every problem when Git should stop.

    `server ROOT KEEPER` sets up a bare repository, so that it refuses whatever does not verify.
    """
    from confide.ledger import hooks
    from confide.ledger.repo import Repository

    where = session(ctx).path
    if name == "server" and len(arguments) == 2:
        from confide.workflows.verifying import pins_of

        repo = Repository.at(where, bare=True)
        hooks.install_server(repo, pins_of(repo, *arguments))
        return
    # Git hands a list of references to these alone; the other hooks inherit whatever input the user's shell has.
    stdin = sys.stdin.buffer.read() if name in ("pre-push", hooks.SERVER) else b""
    problems = hooks.run(name, Repository.at(where, bare=name == hooks.SERVER), arguments, stdin)
    if not problems and name == "pre-push":
        from confide.workflows import pushing

        problems = pushing.before(where, session(ctx).now)
    if problems:
        raise NotAllowed(*problems)
