"""`confide destroy`: look what it would reach, announce it, call it off, carry it out."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import options, out
from confide.cli.destruction_table import as_data, place, places, show
from confide.cli.session import session
from confide.model.problem import NotAllowed, Problem

_SCOPE = click.argument("scope", default="everything", metavar="[everything|notes|NOTE]")


@click.group()
def destroy() -> None:
    """Destroy what is sealed: everything, or one note.

    First it is announced, then its day has to come. Nothing brings back what was destroyed.
    """


@destroy.command("plan")
@_SCOPE
@options.in_partnership
@options.json_output
@click.pass_context
def plan(ctx: click.Context, scope: str, within: str | None, as_json: bool) -> None:
    """Show what would open no more, and where copies of the keys may be. Changes nothing."""
    from confide.workflows.destroying import plan as look

    found = session(ctx)
    partnership = found.partnership(within)
    seen = look(found.practice, partnership, scope)
    if as_json:
        out.as_json(as_data(partnership, seen))
        return
    show(partnership, seen)


@destroy.command("announce")
@_SCOPE
@click.option("--grace", type=click.IntRange(0, 3650), metavar="DAYS", help="How many days there are to object.")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def announce(
    ctx: click.Context,
    scope: str,
    grace: int | None,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Put on record what will be destroyed, and when; everybody who signed reads it on their page.

    There are 30 days to object, at least 7; for one note that was filed in the wrong place, 2.
    """
    from confide.workflows.destroy import announce as record

    found = session(ctx)
    partnership = found.partnership(within)
    if out.on_terminal() and not (yes or dry_run):
        click.confirm(f"Announce that {scope} of {partnership} will be destroyed?", abort=True)
    found.practice.dry_run = dry_run
    event = record(found.practice, partnership, scope, grace, words.read() if words else "")
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Announced for {out.day(event.day) if event.day else ''}.", event.id, fg="yellow")
    out.row("told", ", ".join(event.to))
    out.say("Next: confide publish, so that they read it; from that day on, confide destroy now")


@destroy.command("spare")
@_SCOPE
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def spare(ctx: click.Context, scope: str, words: TextIO | None, within: str | None, dry_run: bool) -> None:
    """Call off what was announced."""
    from confide.workflows.destroy import spare as record

    found = session(ctx)
    partnership = found.partnership(within)
    found.practice.dry_run = dry_run
    event = record(found.practice, partnership, scope, words.read() if words else "")
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading("Called off.", event.id, fg="green")


@destroy.command("now")
@_SCOPE
@click.option("--confirm", default="", metavar="PARTNERSHIP", help="The id of the partnership, once more.")
@click.option("--gone", multiple=True, metavar="PLACE", help="A place that somebody confirmed: backup, machine, …")
@options.in_partnership
@options.dry_run
@click.pass_context
def now(ctx: click.Context, scope: str, confirm: str, gone: tuple[str, ...], within: str | None, dry_run: bool) -> None:
    """Destroy what was announced, once its day has come.

    On a terminal you type the id of the partnership, and say of each place whether it is gone. What nobody can say
    stands in the certificate as unconfirmed.
    """
    from confide.workflows.destroy import carry_out as record
    from confide.workflows.finishing import unfinished

    found = session(ctx)
    partnership = found.partnership(within)
    said: dict[str, str] = {}
    if unfinished(found.practice, partnership) is None:
        said = _prepared(ctx, partnership, scope, confirm, gone, dry_run)
    found.practice.dry_run = dry_run
    done = record(found.practice, partnership, scope, said)
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading("Destroyed.", done.event.id, fg="yellow")
    out.row("keys", f"{len(done.entries)} gone from the keystore; copies of it from before open nothing")
    out.row("on record", f"{done.event.place.file}, signed with its commit")
    out.say()
    places(done.event.copies)
    out.say()
    out.say("Next: push; then a new confide backup, and remove the older ones")


def _prepared(
    ctx: click.Context, partnership: str, scope: str, confirm: str, gone: tuple[str, ...], dry_run: bool
) -> dict[str, str]:
    """What is said of each place, after the plan was shown and the partnership's id typed."""
    from confide.model.destruction import CONFIRMED
    from confide.workflows.destroy import called, sayable
    from confide.workflows.destroying import plan as look

    seen = look(session(ctx).practice, partnership, scope)
    known = {called(one): one for one in sayable(seen.copies)}
    if unknown := [one for one in gone if one not in known]:
        raise NotAllowed(
            Problem(
                "one of the places is none that may hold a key",
                f"{len(unknown)} of {len(gone)} are not on the list",
                hint=f"one of: {', '.join(known)}",
            )
        )
    said = dict.fromkeys(gone, CONFIRMED)
    if dry_run:
        return said
    if not confirm and out.on_terminal():
        show(partnership, seen)
        confirm = click.prompt("Nothing brings it back. Type the id of the partnership to go on")
        asked = (name for name in known if name not in said)
        said |= {name: CONFIRMED for name in asked if click.confirm(f"Is it gone from {place(known[name])}?")}
    if confirm != partnership:
        raise NotAllowed(
            Problem(
                "the id of the partnership was not typed",
                "nothing brings back what is destroyed",
                hint=f"add --confirm {partnership}, if you mean it",
            )
        )
    return said
