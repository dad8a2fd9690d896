"""`confide duty hold`, `confide duty lift`: keep everything of a partnership while the law may ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

import click

from confide.cli import acting, options, out
from confide.cli.duty_options import file_or_prompt
from confide.cli.session import session

if TYPE_CHECKING:
    from confide.model.event import Event
    from confide.workflows.practice import Practice


@click.command()
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def hold(ctx: click.Context, words: TextIO | None, within: str | None, dry_run: bool) -> None:
    """Keep everything: nothing is destroyed while it stands."""
    from confide.workflows.hold import hold as record

    said = file_or_prompt(words, "Why must everything be kept", "--words FILE", "a hold has a reason; it is sealed")
    event = _recorded(ctx, within, lambda practice, p: record(practice, p, said), "Hold everything?", dry_run)
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

    said = file_or_prompt(words, "Why may it be lifted", "--words FILE", "lifting a hold has a reason; it is sealed")
    event = _recorded(ctx, within, lambda practice, p: record(practice, p, said), "Lift the hold?", dry_run)
    if event is not None:
        out.heading("The hold is lifted.", event.id, fg="green")
        out.say("Next: confide due")


def _recorded(
    ctx: click.Context, within: str | None, record: Callable[[Practice, str], Event], question: str, dry_run: bool
) -> Event | None:
    """Shown, asked about on a terminal, recorded; None where it was only shown."""
    found = session(ctx)
    partnership = found.partnership(within)
    act = lambda: record(found.practice, partnership)  # noqa: E731 - one expression
    return acting.acted(found.practice, act, question, yes=not out.on_terminal(), dry_run=dry_run)
