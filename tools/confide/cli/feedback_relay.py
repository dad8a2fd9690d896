"""`confide feedback relay`: what others said reaches the client."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import click

from confide.cli import given, options, out
from confide.cli.session import session
from confide.model.words import CHANNELS, Attribution, Form
from confide.site.words import form_phrase

if TYPE_CHECKING:
    from confide.workflows.practice import Practice

SHOWN = tuple(attribution.word for attribution in Attribution)
_CALLED = {Attribution.NONE: "nobody", Attribution.CATEGORY: "their group", Attribution.NAME: "their name"}


@click.command()
@click.argument("case", default="", metavar="[ID]")
@click.option("--form", type=click.Choice(["verbatim", "summary"]), help="The widest allowed if left out.")
@click.option("--attribution", type=click.Choice(SHOWN), help="How its source is called; the widest allowed.")
@click.option("--channel", type=click.Choice(CHANNELS), default="site", show_default=True, help="How it is told.")
@click.option("--summary", "short", type=click.File("rb"), callback=given.text, help="Your short form, from FILE.")
@options.in_partnership
@options.dry_run
@options.yes
@options.json_output
@click.pass_context
def relay(
    ctx: click.Context,
    case: str,
    form: str | None,
    attribution: str | None,
    channel: str,
    short: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Tell the client what somebody said, within its source's terms.

    Without ID it is the only one that waits; a terminal lets you choose.
    """
    from confide.workflows import relay as workflow

    found = session(ctx)
    partnership = found.partnership(within)
    practice = found.practice
    case = case or _picked(practice, partnership)
    wish = workflow.Wish(
        Form[form.upper()] if form else None,
        Attribution[attribution.upper()] if attribution else None,
        channel,
        short.read() if short else "",
    )
    if out.on_terminal() and not (yes or dry_run):
        practice.dry_run = True
        would = workflow.relay(practice, partnership, case, wish)
        practice.dry_run = False
        practice.messages.clear()
        form_word = form_phrase(would.event.form) if would.event.form else ""
        out.say(f"Feedback to the client, {form_word}; it is said to be from {_CALLED[would.attribution]}.")
        click.confirm("Record this?", default=True, abort=True)
    practice.dry_run = dry_run
    done = workflow.relay(practice, partnership, case, wish)
    event = done.event
    if as_json:
        out.as_json(
            {
                "event": event.id,
                "form": event.form.word if event.form else "",
                "attribution": done.attribution.word,
                "recorded": not dry_run,
            }
        )
        return
    if dry_run:
        out.would(practice.messages[-1:])
        return
    out.heading(f"Recorded: feedback to the client, {event.form.word if event.form else ''}.", event.id, fg="green")
    out.row("from", _CALLED[done.attribution], sid="S-18")
    out.row("when", f"she may know that it came in {done.month}; neither the day, nor how many spoke", sid="S-24")
    out.say(f"Next: confide publish --in {partnership}")


def _picked(practice: Practice, partnership: str) -> str:
    """The one to tell, chosen on a terminal where several wait; empty where there is nothing to choose."""
    from confide.policy.feedback_clock import waiting
    from confide.workflows.recording import case_steps

    if not out.on_terminal():
        return ""
    found = waiting(practice.record(partnership), case_steps(practice, partnership), practice.now)
    if len(found) < 2:
        return ""
    for number, one in enumerate(found, 1):
        out.say(f"{number:>3}  {one.case}  arrived {out.day(one.received)}, by {out.day(one.due)}")
    chosen = click.prompt("Which one", type=click.IntRange(1, len(found)))
    return found[int(chosen) - 1].case
