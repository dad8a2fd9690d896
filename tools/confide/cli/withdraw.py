"""`confide withdraw`: a clause or a disclosure is taken back, at once."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import options, out
from confide.cli.session import session


@click.command()
@click.argument("target", metavar="CLAUSE|EVENT")
@click.option("--by", default="client", show_default=True, metavar="PARTY", help="Who withdraws their consent.")
@click.option(
    "--evidence",
    default="attested",
    type=click.Choice(["attested", "signed"]),
    show_default=True,
    help="How it is known: your word for it, or theirs, signed.",
)
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def withdraw(
    ctx: click.Context,
    target: str,
    by: str,
    evidence: str,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Take back a share clause or one disclosure, at once.

    \b
    confide withdraw goals-to-sponsors
    confide withdraw x7k2m9qd
    """
    from confide.workflows.withdraw import withdraw as record

    found = session(ctx)
    partnership = found.partnership(within)
    if out.on_terminal() and not (yes or dry_run):
        click.confirm(f"Withdraw {target} on behalf of {by}?", default=True, abort=True)
    found.practice.dry_run = dry_run
    event = record(found.practice, partnership, target, by, words=words.read() if words else "", evidence=evidence)
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Withdrawn: {target}.", event.id, fg="green")
    out.row("from", ", ".join(event.to))
    out.row("note", "what they have already read cannot be taken back; their pages are rebuilt without it")
    out.say(f"Next: confide publish --in {partnership}")
