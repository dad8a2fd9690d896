"""`confide told`: something is said aloud."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import acting, missing, options, out
from confide.cli.session import session
from confide.model.words import CHANNELS, Form
from confide.site.words import form_phrase, listing, type_phrase

FORMS = tuple(form.word for form in Form if form)
SPOKEN = ("in-person", "phone", "video")


@click.command()
@click.argument("sections", nargs=-1, metavar="[SECTION...]")
@click.option("--about", "types", multiple=True, metavar="TYPE", help="A type of information, instead of exact texts.")
@click.option("--to", "--tell", "recipients", multiple=True, metavar="PARTY", help="Who hears it; repeat it.")
@click.option("--form", type=click.Choice(FORMS), help="How much of it.")
@click.option("--channel", type=click.Choice(CHANNELS), help="How: in-person, phone or video.")
@click.option("--by", default="coach", show_default=True, metavar="PARTY", help="Who tells it, if somebody else does.")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@options.json_output
@click.pass_context
def told(
    ctx: click.Context,
    sections: tuple[str, ...],
    types: tuple[str, ...],
    recipients: tuple[str, ...],
    form: str | None,
    channel: str | None,
    by: str,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Decide, then record what is said aloud, before it is said.

    With --by it is somebody else who passes on what they were told.
    The client hears of it before they do.

    \b
    confide told --about engagement --to payer --form topic --channel phone
    confide told 2026-02-03#s2 --by payer --to payer.finance
    """
    from confide.workflows.told import told as record

    found = session(ctx)
    partnership = found.partnership(within)
    recipients = missing.words(recipients, "Who hears it", "--to PARTY", "a telling names whoever hears it")
    if not sections and not types:
        why = "it is about exact texts, or about a type of information"
        types = missing.words((), "About which type of information", "--about TYPE", why)
    if not sections:
        form = missing.one_of(form, FORMS, "How much of it", "--form FORM", "a type can be told in several forms")
    if channel is None and out.on_terminal():
        channel = missing.one_of(None, SPOKEN, "How", "--channel CHANNEL", "")
    said = words.read() if words else ""
    done = acting.acted(
        found.practice,
        lambda: record(
            *(found.practice, partnership, sections, types, recipients),
            form=Form[form.upper()] if form else None,
            channel=channel or SPOKEN[0],
            by=by,
            words=said,
        ),
        "Record it? Say it afterwards.",
        yes=yes,
        dry_run=dry_run,
    )
    if done is None:
        return
    event, asked = done
    if as_json:
        out.as_json({"event": event.id, "by": event.by, "to": list(event.to), "what": list(event.what)})
        return
    what = listing(type_phrase(one) for one in event.what)
    out.heading(f"Recorded: {event.by} tells {listing(event.to)} about {what}.", event.id, fg="green")
    out.row("form", f"{form_phrase(event.form) if event.form else ''}, {event.channel}; no more than that")
    for one in dict.fromkeys(reason for each in asked for reason in each.decision.reasons):
        out.row("because", one.message, str(one.place or ""), one.sid)
    out.say(f"Next: confide publish --in {partnership}")
