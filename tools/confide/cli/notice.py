"""`confide notice`: tell somebody that something waits, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from confide.cli import options, out
from confide.cli.handing_out import outside
from confide.cli.session import session


@click.command()
@click.argument("party")
@options.person
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it there; printed if left out.")
@options.in_partnership
@click.pass_context
def notice(ctx: click.Context, party: str, person: int, output: Path | None, within: str | None) -> None:
    """Write a message that something waits for PARTY.

    It is an .eml file for your own mail program: an address, a link, no
    content, no name. Nothing is recorded.
    """
    from confide.workflows.notice import notice as write

    found = session(ctx)
    partnership = found.partnership(within)
    file = outside(found, output, "the message")
    message = write(found.practice, partnership, party, person)
    if file is None:
        sys.stdout.buffer.write(message)
        return
    file.write_bytes(message)
    out.heading(f"Written: a message without content for the {party}.", partnership, fg="green")
    out.say("Open it with your mail program, send it, and delete the file.")
