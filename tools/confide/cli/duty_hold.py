"""`confide duty hold`, `confide duty lift`: keep everything of a partnership while the law may ask for it."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import acting, options, out
from confide.cli.duty_options import file_or_prompt
from confide.cli.session import session


@click.command()
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def hold(ctx: click.Context, words: TextIO | None, within: str | None, dry_run: bool) -> None:
    """Keep everything: nothing is destroyed while it stands."""
    from confide.workflows.hold import hold as record

    found = session(ctx)
    partnership = found.partnership(within)
    said = file_or_prompt(words, "Why must everything be kept", "--words FILE", "a hold has a reason; it is sealed")
    event = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, said),
        "Hold everything?",
        yes=not out.on_terminal(),
        dry_run=dry_run,
    )
    if event is not None:
        out.heading("Everything is kept until the hold is lifted.", event.id, fg="green")
        out.say("Next: confide duty lift, when the law no longer asks for it")


@click.command()
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def lift(ctx: click.Context, words: TextIO | None, within: str | None, dry_run: bool) -> None:
    """Lift a hold: what is kept too long may be destroyed."""
    from confide.workflows.hold import lift as record

    found = session(ctx)
    partnership = found.partnership(within)
    said = file_or_prompt(words, "Why may it be lifted", "--words FILE", "lifting a hold has a reason; it is sealed")
    event = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, said),
        "Lift the hold?",
        yes=not out.on_terminal(),
        dry_run=dry_run,
    )
    if event is not None:
        out.heading("The hold is lifted.", event.id, fg="green")
        out.say("Next: confide due")
