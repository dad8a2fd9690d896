"""`confide public`: something had been made public by others already."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO, TextIO

import click

from confide.cli import missing, options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage

WHY = "what is public only through a breach is not public"


@click.command()
@click.argument("section")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day on which it was published.")
@click.option("--source", type=click.File("rb"), required=True, help="The page as archived; it is sealed.")
@click.option("--no-breach", is_flag=True, help="You attest that nobody broke a confidence to make it public.")
@options.words
@options.in_partnership
@options.dry_run
@options.json_output
@click.pass_context
def public(
    ctx: click.Context,
    section: str,
    since: datetime,
    source: BinaryIO,
    no_breach: bool,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Record that a SECTION (2026-02-03#s2) was public already.

    It then needs nobody's consent, though a clause may still withhold it. The
    citation is read from --words, or asked for, and sealed.
    """
    from confide.workflows.public import public as record

    found = session(ctx)
    partnership = found.partnership(within)
    citation = missing.text(
        words.read() if words else "", "Where was it published, and by whom", "--words FILE", "a citation shows it"
    )
    if not no_breach and out.on_terminal():
        no_breach = click.confirm("Did it become public without anybody breaking a confidence?", default=False)
    if not no_breach:
        raise Usage(Problem("nobody says that it became public without a breach", WHY, hint="add --no-breach if so"))
    found.practice.dry_run = dry_run
    event = record(found.practice, partnership, section, since.date(), source.read(), citation)
    if as_json:
        out.as_json({"event": event.id, "section": event.sections[0].section, "recorded": not dry_run})
        return
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Recorded: {section} has been public since {out.day(since)}.", event.id, fg="green")
    out.row("note", "it needs nobody's consent any more; clauses that withhold it still do")
