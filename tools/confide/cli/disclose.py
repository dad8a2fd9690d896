"""`confide disclose`: record that something is told, before it is shown."""

from __future__ import annotations

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.words import CHANNELS
from confide.site.words import capital, form_phrase, listing, type_phrase


@click.command()
@click.argument("sections", nargs=-1, required=True, metavar="SECTION...")
@click.option("--to", "recipients", multiple=True, required=True, metavar="PARTY", help="Who learns it; repeat it.")
@click.option("--channel", type=click.Choice(CHANNELS), default="site", show_default=True, help="How it is told.")
@options.in_partnership
@options.dry_run
@options.yes
@options.json_output
@click.pass_context
def disclose(
    ctx: click.Context,
    sections: tuple[str, ...],
    recipients: tuple[str, ...],
    channel: str,
    within: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Decide, then record that SECTIONs are told to parties.

    All of them to all of them, in one signed event, or nothing.

    \b
    confide disclose 2026-02-03#s2x --to payer
    """
    from confide.workflows.disclose import disclose as record

    found = session(ctx)
    partnership = found.partnership(within)
    practice = found.practice
    if out.on_terminal() and not (yes or dry_run):
        practice.dry_run = True
        event, _ = record(practice, partnership, sections, recipients, channel=channel)
        practice.dry_run = False
        what = listing(type_phrase(w) for w in event.what)
        form = form_phrase(event.form) if event.form else ""
        out.say(f"{capital(what)}, {form}, to {listing(event.to)}.")
        click.confirm("Record this disclosure?", default=True, abort=True)
    practice.dry_run = dry_run
    event, asked = record(practice, partnership, sections, recipients, channel=channel)
    if as_json:
        out.as_json({"event": event.id, "to": list(event.to), "what": list(event.what), "recorded": not dry_run})
        return
    if dry_run:
        out.would(practice.messages[-1:])
        return
    out.heading(
        f"Recorded: {listing(type_phrase(w) for w in event.what)} to {listing(event.to)}.", event.id, fg="green"
    )
    for one in dict.fromkeys(reason for a in asked for reason in a.decision.reasons):
        out.row("because", one.message, str(one.place or ""), one.sid)
    out.say(f"Next: confide publish --in {partnership}")
