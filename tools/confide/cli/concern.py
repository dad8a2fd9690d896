"""`confide concern`: somebody is worried about what happened to what they said."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import acting, missing, options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage
from confide.model.terminal import harmless
from confide.model.words import CHANNELS


@click.command()
@click.option("--raised", is_flag=True, help="Record one that reached you; otherwise the oldest is answered.")
@click.option("--none", "calm", is_flag=True, help="Record that you asked, and nobody raised one.")
@click.option("--channel", type=click.Choice(CHANNELS), default="in-person", show_default=True, help="How.")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def concern(
    ctx: click.Context,
    raised: bool,
    calm: bool,
    channel: str,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Answer a concern or a question, or record one.

    About retaliation, for example. In the open it is a case like any other. What came through the portal waits here.
    """
    from confide.workflows import concern as workflow

    if raised and calm:
        raise Usage(
            Problem("it is one or the other", "there was a concern, or there was none", hint="--raised or --none")
        )
    found = session(ctx)
    partnership = found.partnership(within)
    if not (raised or calm) and out.on_terminal():
        for one in workflow.waiting(found.practice, partnership)[:1]:
            out.row(one.case, harmless(one.steps[0].detail.words), one.id)
    said = words.read() if words else ""
    if not calm:
        question = "What is the concern" if raised else "What was answered and done"
        said = missing.text(said, question, "--words FILE", "it is sealed")
    record = workflow.raised if raised else workflow.asked_about if calm else workflow.answered
    event = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, channel, said),
        "Record this?",
        yes=yes,
        dry_run=dry_run,
    )
    if event is None:
        return
    said_so = "Recorded." if raised else "Recorded: you asked." if calm else "Recorded: it is answered."
    out.heading(said_so, event.id, fg="green")
    out.say("Next: confide concern" if raised else "Next: confide due")
