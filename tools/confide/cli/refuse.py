"""`confide refuse`: somebody asked and was told no."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import acting, missing, options, out
from confide.cli.session import session


@click.command()
@click.option("--tell", "--to", "recipient", metavar="PARTY", help="Who asked.")
@click.option("--about", "what", metavar="TYPE", help="What they asked about: career-aspirations.")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def refuse(
    ctx: click.Context,
    recipient: str | None,
    what: str | None,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Record that PARTY asked about something and was told no.

    The client will see that they asked.
    """
    from confide.workflows.refuse import refuse as record

    found = session(ctx)
    partnership = found.partnership(within)
    who = missing.one_line(recipient, "Who asked", "--tell PARTY", "somebody asked, and was told no")
    about = missing.one_line(what, "What did they ask about", "--about TYPE", "they asked about something")
    said = words.read() if words else ""
    event = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, who, about, words=said),
        "Record that they asked and were told no?",
        yes=yes,
        dry_run=dry_run,
    )
    if event is None:
        return
    out.heading(f"Recorded: {who} asked about {about}.", event.id, fg="green")
    out.row("said", "no; she will see that they asked")
    out.say(f"Next: confide publish --in {partnership}")
