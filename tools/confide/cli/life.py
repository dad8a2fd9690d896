"""`confide begin` and `confide end`."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import acting, options, out
from confide.cli.session import session


@click.command()
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def begin(ctx: click.Context, within: str | None, dry_run: bool, yes: bool) -> None:
    """Record that coaching begins.

    Refused until everybody has signed an agreement that is in force.
    """
    from confide.workflows.life import begin as record

    found = session(ctx)
    partnership = found.partnership(within)
    event = acting.acted(
        found.practice, lambda: record(found.practice, partnership), "Begin?", yes=yes, dry_run=dry_run
    )
    if event is None:
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
    said = words.read() if words else ""
    event = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, by, said),
        "End this partnership? Nothing new can be disclosed afterwards.",
        yes=yes,
        dry_run=dry_run,
    )
    if event is None:
        return
    out.heading("The partnership has ended.", event.id, fg="green")
    out.say(f"Next: confide publish --in {partnership}")
