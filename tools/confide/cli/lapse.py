"""`confide lapse` and `confide correct`: what went wrong, and what was written down wrongly."""

from __future__ import annotations

from datetime import datetime
from typing import TextIO

import click

from confide.cli import acting, missing, options, out
from confide.cli.session import session
from confide.model.words import CHANNELS, Form
from confide.site.words import listing, type_phrase

FORMS = tuple(form.word for form in Form if form)
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("sections", nargs=-1, metavar="[SECTION...]")
@click.option("--about", "types", multiple=True, metavar="TYPE", help="What it was about: conflicts; repeat it.")
@click.option("--to", multiple=True, metavar="PARTY", help="Who learned it, if it is a party; repeat it.")
@click.option("--event", default="", metavar="EVENT", help="A disclosure on record that should not have been.")
@click.option("--form", type=click.Choice(FORMS), help="How much of it.")
@click.option("--channel", type=click.Choice(CHANNELS), help="How it reached them.")
@click.option("--day", type=DAY, metavar="DAY", help="When it happened, if not today.")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def lapse(
    ctx: click.Context,
    sections: tuple[str, ...],
    types: tuple[str, ...],
    to: tuple[str, ...],
    event: str,
    form: str | None,
    channel: str | None,
    day: datetime | None,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Record what reached somebody against the rules.

    Nothing refuses it: it happened. What happened and what was done about it
    is read from --words, or asked for, and sealed. Whoever it concerns sees
    on their pages that it happened; whoever learned it does not.
    """
    from confide.workflows.lapse import Happened
    from confide.workflows.lapse import lapse as record

    found = session(ctx)
    partnership = found.partnership(within)
    if not (sections or types or event):
        why = "whoever it concerns is told the type of information"
        types = missing.words((), "What was it about", "--about TYPE", why)
    said = missing.text(
        words.read() if words else "",
        "What happened, and what was done about it",
        "--words FILE",
        "whoever it concerns will ask what was done about it",
    )
    known = Form[form.upper()] if form else None
    happened = Happened(sections, types, to, known, channel or "", day.date() if day else None, event)
    done = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, happened, said),
        "Record this lapse? Those it concerns will see it.",
        yes=yes,
        dry_run=dry_run,
    )
    if done is None:
        return
    made, told = done
    out.heading(f"Recorded: a lapse about {listing(type_phrase(one) for one in made.what)}.", made.id, fg="green")
    out.row("seen by", f"{listing(told) or 'nobody'}, on their pages; talk to them first")
    out.row("found by", "confide verify and confide check, from now on")
    out.say(f"Next: confide publish --in {partnership}")


@click.command()
@click.argument("event", metavar="EVENT")
@click.option("--to", multiple=True, metavar="PARTY", help="Whom it should have named; repeat it.")
@click.option("--about", "types", multiple=True, metavar="TYPE", help="What it should have said it was about.")
@click.option("--form", type=click.Choice(FORMS), help="How much of it was told.")
@click.option("--channel", type=click.Choice(CHANNELS), help="How it was told.")
@click.option("--day", type=DAY, metavar="DAY", help="When it happened.")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def correct(
    ctx: click.Context,
    event: str,
    to: tuple[str, ...],
    types: tuple[str, ...],
    form: str | None,
    channel: str | None,
    day: datetime | None,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Correct an entry of the register by a new one.

    The old one stays. Whoever could see it sees that it was corrected. It
    decides nothing: what was told against the rules is a lapse.
    """
    from confide.workflows.correct import Rightly
    from confide.workflows.correct import correct as record

    found = session(ctx)
    partnership = found.partnership(within)
    said = missing.text(
        words.read() if words else "",
        "What was wrong, and what is right",
        "--words FILE",
        "a correction explains itself",
    )
    known = Form[form.upper()] if form else None
    rightly = Rightly(to, types, known, channel or "", day.date() if day else None)
    made = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, event, rightly, said),
        "Record this correction?",
        yes=yes,
        dry_run=dry_run,
    )
    if made is None:
        return
    out.heading(f"Recorded: {event} is corrected; it stays on record as it was.", made.id, fg="green")
    out.say(f"Next: confide publish --in {partnership}")
