"""`confide keys`: the partnership's key, for reading notes with plain gpg."""

from __future__ import annotations

import sys

import click

from confide.cli import options
from confide.cli.session import session
from confide.model.problem import Problem, Usage


@click.group()
def keys() -> None:
    """Take a partnership's key out, for plain gpg."""


@keys.command("export")
@options.in_partnership
@click.pass_context
def export(ctx: click.Context, within: str | None) -> None:
    """Write a partnership's secret key to a pipe, for plain gpg.

    \b
    confide keys export --in p-k7f3 | gpg --import
    """
    from confide.workflows.keys import export as secret_of

    if sys.stdout.isatty():
        raise Usage(
            Problem(
                "a secret key is not printed on a terminal",
                "it would stay in the window, for whoever looks next",
                hint="pipe it: confide keys export | gpg --import",
            )
        )
    found = session(ctx)
    sys.stdout.buffer.write(secret_of(found.practice, found.partnership(within)))
