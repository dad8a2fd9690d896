"""`confide consult`: the adviser was asked."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import missing, options, out
from confide.cli.session import session


@click.command()
@click.argument("sections", nargs=-1, metavar="[SECTION...]")
@click.option("--about", "types", multiple=True, metavar="TYPE", help="A type of information, instead of exact texts.")
@click.option("--adviser", default="", metavar="PARTY", help="Who was asked; the agreement's adviser if left out.")
@click.option("--by", default="coach", show_default=True, metavar="PARTY", help="Who asked.")
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def consult(
    ctx: click.Context,
    sections: tuple[str, ...],
    types: tuple[str, ...],
    adviser: str,
    by: str,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
) -> None:
    """Record that the adviser was asked about confidentiality.

    What was asked and what came of it is read from --words and sealed. The
    adviser is told nothing by this: that is a disclosure of its own.
    """
    from confide.workflows.consult import consult as record

    found = session(ctx)
    partnership = found.partnership(within)
    if not sections and not types:
        why = "the adviser is asked about exact texts, or about a type of information"
        types = missing.words((), "About which type of information", "--about TYPE", why)
    found.practice.dry_run = dry_run
    said = words.read() if words else ""
    event = record(found.practice, partnership, sections, types, by=by, adviser=adviser, words=said)
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Recorded: the {event.to[0]} was asked about {', '.join(event.what)}.", event.id, fg="green")
