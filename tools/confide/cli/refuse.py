"""`confide refuse`: somebody asked and was told no."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import options, out
from confide.cli.session import session


@click.command()
@click.option("--tell", "--to", "recipient", required=True, metavar="PARTY", help="Who asked.")
@click.option("--about", "what", required=True, metavar="TYPE", help="What they asked about: career-aspirations.")
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def refuse(
    ctx: click.Context, recipient: str, what: str, words: TextIO | None, within: str | None, dry_run: bool
) -> None:
    """Record that PARTY asked about something and was told no.

    The client will see that they asked.
    """
    from confide.workflows.refuse import refuse as record

    found = session(ctx)
    partnership = found.partnership(within)
    found.practice.dry_run = dry_run
    event = record(found.practice, partnership, recipient, what, words=words.read() if words else "")
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Recorded: {recipient} asked about {what}.", event.id, fg="green")
    out.row("said", "no; she will see that they asked")
