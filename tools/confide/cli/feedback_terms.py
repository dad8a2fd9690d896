"""`confide feedback terms`: what a source is told, and that they accepted it, or why not."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TextIO

import click

from confide.cli import given, missing, options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage
from confide.model.words import CHANNELS, Attribution, Form

FORMS = tuple(form.word for form in Form if form)
SHOWN = tuple(attribution.word for attribution in Attribution)
WAYS = ("accepted", "declined", "undelivered", "standing")


@click.command()
@click.option("--circle", default="", metavar="PARTY", help="Whose terms: peers, reports, board, …")
@click.option("--accepted", "way", flag_value="accepted", help="They were told these terms and accepted them.")
@click.option("--declined", "way", flag_value="declined", help="They did not accept them; --words says why.")
@click.option("--undelivered", "way", flag_value="undelivered", help="They could not be told; --words says why.")
@click.option("--standing", "way", flag_value="standing", help="The notice for all who write without being asked.")
@click.option("--form", type=click.Choice(FORMS), help="Narrower than the agreement, where a source wishes it.")
@click.option("--attribution", type=click.Choice(SHOWN), help="How far they may be shown; as agreed if left out.")
@click.option("--channel", type=click.Choice(CHANNELS), help="How they were told.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="On which day; today if left out.")
@click.option("--who", type=click.File("rb"), callback=given.text, help="Who it was, from FILE; sealed, or nowhere.")
@options.client
@options.words
@options.in_partnership
@options.dry_run
@options.json_output
@click.pass_context
def terms(
    ctx: click.Context,
    circle: str,
    way: str | None,
    form: str | None,
    attribution: str | None,
    channel: str | None,
    on: datetime | None,
    who: TextIO | None,
    client: str,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Tell a source what becomes of what they say, then record it.

    Without --accepted or the like the text is printed, and nothing changes.

    \b
    confide feedback terms --circle peers > terms.txt
    confide feedback terms --circle peers --accepted --channel phone
    """
    from confide.workflows import feedback_terms as workflow

    found = session(ctx)
    partnership = found.partnership(within)
    practice = found.practice
    circle = missing.words((circle,) if circle else (), "Which circle", "--circle PARTY", "terms are a circle's")[0]
    day = on.date() if on else practice.now.date()
    practice.dry_run = dry_run
    said = words.read() if words else ""
    if way in ("declined", "undelivered"):
        event = workflow.not_accepted(practice, partnership, circle, day, said)
    else:
        offered = workflow.offer(
            practice,
            partnership,
            circle,
            form=Form[form.upper()] if form else None,
            attribution=Attribution[attribution.upper()] if attribution else None,
            standing=way == "standing",
            client=missing.client(practice.record(partnership), client),
        )
        if way is None:
            if who or words or channel or on:
                raise Usage(Problem("what came of it?", "terms are recorded with their outcome", hint=_ways()))
            sys.stdout.write(offered.text)
            return
        chosen = missing.one_of(channel, CHANNELS, "How were they told", "--channel CHANNEL", "delivery is on record")
        event = workflow.accepted(
            practice,
            partnership,
            offered,
            day,
            chosen,
            standing=way == "standing",
            who=who.read().strip() if who else "",
            words=said,
        )
    if as_json:
        out.as_json({"event": event.id, "circle": circle, "outcome": way, "recorded": not dry_run})
    elif dry_run:
        out.would(practice.messages)
    else:
        _told(way or "", circle, event.id, event.document)


def _ways() -> str:
    return ", ".join(f"--{way}" for way in WAYS)


def _told(way: str, circle: str, event: str, document: str) -> None:
    if way in ("declined", "undelivered"):
        out.heading(f"Recorded: terms for {circle} were {way}.", event, fg="green")
        out.row("note", "nothing can be asked of them; what they send unasked follows the agreement")
        return
    what = "the notice for the unasked stands" if way == "standing" else "they accepted these terms"
    out.heading(f"Recorded: {circle}: {what}.", event, fg="green")
    out.row("text", document)
    out.row("note", "this text is frozen for all they say under it")
    out.say(f"Next: confide feedback add --circle {circle}")
