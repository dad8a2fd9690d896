"""`confide agree`: propose here; `agree_draft`, `agree_check`, `agree_diff` and the others hold the rest."""

from __future__ import annotations

import click

from confide.cli import options, out
from confide.cli.agree_check import check
from confide.cli.agree_diff import diff
from confide.cli.agree_draft import draft
from confide.cli.agree_show import show, status
from confide.cli.agree_sign import sign
from confide.cli.session import session


@click.group()
def agree() -> None:
    """The agreement: draft, check, show, diff, propose, sign."""


@agree.command()
@options.in_partnership
@options.version
@options.dry_run
@click.pass_context
def propose(ctx: click.Context, within: str | None, version: int | None, dry_run: bool) -> None:
    """Put a version to its signatories. From then on its text is fixed."""
    from confide.workflows import agreements

    found = session(ctx)
    partnership = found.partnership(within)
    found.practice.dry_run = dry_run
    event = agreements.propose(found.practice, partnership, version)
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Agreement {event.agreement} is proposed to {', '.join(event.to)}.", event.id, fg="green")
    out.row("text", event.document)
    out.say("Next: confide agree sign, and confide invite PARTY")


for command in (check, diff, draft, show, sign, status):
    agree.add_command(command)
