"""`confide agree draft`: an interview, flags for everything it asks, or a text of one's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any, BinaryIO

import click

from confide.cli import options, out
from confide.cli.question import flags
from confide.cli.questions import QUESTIONS
from confide.cli.session import session


@click.command()
@options.in_partnership
@click.option("--from", "source", type=click.File("rb"), help="Take the text from FILE, or - for standard input.")
@flags(QUESTIONS)
@options.yes
@click.pass_context
def draft(ctx: click.Context, /, within: str | None, source: BinaryIO | None, yes: bool, **given: Any) -> None:
    """Draft the agreement, or the next version of it, from a few answers.

    On a terminal every question says which sentence of the policy it comes from; Enter takes the usual answer. Each
    question is a flag as well, for scripts; with --yes nothing is asked. An amendment starts from the version before:
    it takes --effective and --until.

    Change the file afterwards as you like, and commit it with git; `confide agree check` says what is missing.
    """
    from confide.cli.interview import answers, unheard
    from confide.workflows import agreements, drafting

    found = session(ctx)
    partnership = found.partnership(within)
    version, data = drafting.next_version(
        found.practice,
        partnership,
        source.read() if source else None,
        lambda: answers(found, partnership, given, ask=out.on_terminal() and not yes),
        drafting.Span(_day(given["effective"]), _day(given["until"]), unheard(given)),
    )
    agreements.save_draft(found.practice, partnership, version, data)
    path = f"records/{partnership}/agreements/{version}.yml"
    out.heading(f"Draft of agreement {version} is committed.", partnership, fg="green")
    out.row("file", path)
    out.say("Next: confide agree show, then confide agree propose")


def _day(given: datetime | None) -> Any:
    return given.date() if given is not None else None
