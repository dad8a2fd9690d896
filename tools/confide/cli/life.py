"""`confide begin` and `confide end`."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import options, out
from confide.cli.session import session


@click.command()
@options.in_partnership
@options.dry_run
@click.pass_context
def begin(ctx: click.Context, within: str | None, dry_run: bool) -> None:
    """Record that coaching begins.

    Refused until everybody has signed an agreement that is in force.
    """
    from confide.workflows.life import begin as record

    found = session(ctx)
    partnership = found.partnership(within)
    found.practice.dry_run = dry_run
    event = record(found.practice, partnership)
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Coaching begins under agreement {event.agreement}.", event.id, fg="green")
    out.say("Next: confide note")


@click.command()
@click.option("--by", default="coach", show_default=True, metavar="PARTY", help="Who ends it.")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def end(ctx: click.Context, by: str, words: TextIO | None, within: str | None, dry_run: bool, yes: bool) -> None:
    """End the partnership.

    Nothing new can be disclosed after it; what was disclosed stays on the record.
    """
    from confide.workflows.life import end as record

    found = session(ctx)
    partnership = found.partnership(within)
    if out.on_terminal() and not (yes or dry_run):
        click.confirm("End this partnership? Nothing new can be disclosed afterwards.", abort=True)
    found.practice.dry_run = dry_run
    event = record(found.practice, partnership, by, words.read() if words else "")
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading("The partnership has ended.", event.id, fg="green")
