"""The smaller steps of a case: the recipient, the adviser, a second person, a delay, the end."""

from __future__ import annotations

from datetime import datetime
from typing import TextIO

import click

from confide.cli import options
from confide.cli.duty_file import record
from confide.cli.duty_options import case, file_or_prompt, prose
from confide.cli.session import session


@click.command()
@case
@click.option("--consulted", is_flag=True, help="The adviser was asked: confide consult.")
@prose("--not-sought", "Why the adviser was not asked.")
@options.in_partnership
@options.dry_run
@click.pass_context
def adviser(
    ctx: click.Context, case: str, consulted: bool, not_sought: TextIO | None, within: str | None, dry_run: bool
) -> None:
    """Record the adviser's view was sought, or why it was not."""
    why = ""
    if not consulted:
        option, reason = "--not-sought FILE or --consulted", "an adviser is asked first where there is one"
        why = file_or_prompt(not_sought, "Why was the adviser not asked", option, reason)
    facts = {"adviser": "consulted" if consulted else "not-sought", "adviser-why": why}
    record(ctx, within, case, "adviser", facts, dry_run)


@click.command()
@case
@click.option("--to", "recipient", required=True, metavar="PARTY", help="Who has to be told.")
@prose("--why", "Why that recipient and no other.")
@options.in_partnership
@options.dry_run
@click.pass_context
def recipient(
    ctx: click.Context, case: str, recipient: str, why: TextIO | None, within: str | None, dry_run: bool
) -> None:
    """Record who has to be told, and why that one."""
    reason = file_or_prompt(why, "Why this recipient", "--why FILE", "a case names who is told, and why")
    record(ctx, within, case, "recipient", {"recipient": recipient, "why": reason}, dry_run)


@click.command()
@case
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day on which she is told at last.")
@prose("--why", "Why telling her before is unlawful or dangerous.")
@options.in_partnership
@options.dry_run
@click.pass_context
def delay(
    ctx: click.Context, case: str, until: datetime, why: TextIO | None, within: str | None, dry_run: bool
) -> None:
    """Delay the client's notice to a day, with the reason.

    `confide due` counts it down.
    """
    reason = file_or_prompt(
        why, "Why is it unlawful or dangerous to tell her now", "--why FILE", "a delay needs a reason"
    )
    record(ctx, within, case, "delayed", {"until": until.date(), "delay-why": reason}, dry_run)


@click.command()
@case
@prose("--who", "Who looked at it, and what they said.")
@options.in_partnership
@options.dry_run
@click.pass_context
def second(ctx: click.Context, case: str, who: TextIO | None, within: str | None, dry_run: bool) -> None:
    """Record that a second person looked at it."""
    said = file_or_prompt(who, "Who looked at it, and what did they say", "--who FILE", "nobody decides this alone")
    on = session(ctx).now.date()
    record(ctx, within, case, "second", {"on": on, "who": said}, dry_run)


@click.command()
@case
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def close(ctx: click.Context, case: str, words: TextIO | None, within: str | None, dry_run: bool) -> None:
    """Close a case, with what came of it.

    A delayed notice stays due.
    """
    said = file_or_prompt(words, "What came of it", "--words FILE", "a case ends with what came of it")
    record(ctx, within, case, "closed", {"on": session(ctx).now.date()}, dry_run, said)
