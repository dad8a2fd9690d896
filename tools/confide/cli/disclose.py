"""`confide disclose`: record that something is told, before it is shown."""

from __future__ import annotations

import click

from confide.cli import acting, options, out
from confide.cli.session import session
from confide.model.words import CHANNELS
from confide.site.words import listing, type_phrase


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
    if as_json:
        practice.dry_run = dry_run
        event, asked = record(practice, partnership, sections, recipients, channel=channel)
        out.as_json({"event": event.id, "to": list(event.to), "what": list(event.what), "recorded": not dry_run})
        return
    done = acting.acted(
        practice,
        lambda: record(practice, partnership, sections, recipients, channel=channel),
        "Record this disclosure?",
        yes=yes,
        dry_run=dry_run,
    )
    if done is None:
        return
    event, asked = done
    out.heading(
        f"Recorded: {listing(type_phrase(w) for w in event.what)} to {listing(event.to)}.", event.id, fg="green"
    )
    for one in dict.fromkeys(reason for a in asked for reason in a.decision.reasons):
        out.row("because", one.message, str(one.place or ""), one.sid)
    out.say(f"Next: confide publish --in {partnership}")
