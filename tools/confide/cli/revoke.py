"""`confide revoke`: an address that opens nothing any more, from the next request on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from confide.cli import acting, options, out
from confide.cli.session import Session, session
from confide.model.problem import Problem, Usage

if TYPE_CHECKING:
    from confide.model.event import Event


@click.command()
@click.argument("party")
@options.person
@click.option("--circle", is_flag=True, help="PARTY is a circle of sources: its code opens nothing any more.")
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def revoke(
    ctx: click.Context, party: str, person: int, circle: bool, within: str | None, dry_run: bool, yes: bool
) -> None:
    """End the access of PARTY to their pages, or close a circle.

    At once: open pages close, and their key goes off the record. What was read cannot be taken back. To give them
    access again, or a new key, invite them.
    """
    found = session(ctx)
    partnership = found.partnership(within)
    event = acting.acted(
        found.practice,
        lambda: _closed(found, partnership, party) if circle else _revoked(found, partnership, party, person),
        "End this access?",
        yes=yes,
        dry_run=dry_run,
    )
    if event is not None:
        out.heading(f"Recorded: nothing opens any more for the {party}.", event.id, fg="green")
        out.say("Next: confide publish, so that the others see who reads")


def _revoked(found: Session, partnership: str, party: str, person: int) -> Event:
    from confide.workflows.asking import party_of
    from confide.workflows.carrying import carried
    from confide.workflows.readers import reader_for
    from confide.workflows.revoke import revoke as record

    known = found.practice.record(partnership)
    party_of(known, party)
    reader = reader_for(known, party, person)
    if reader is None:
        raise Usage(
            Problem(
                f"person {person} of `{party}` has no access",
                "they were never invited, or it was ended before",
                hint="a circle of sources is closed with --circle; who was invited: confide log --all",
            )
        )
    with carried(found.practice):
        return record(found.practice, reader)


def _closed(found: Session, partnership: str, circle: str) -> Event:
    from confide.workflows import circles
    from confide.workflows.carrying import carried

    with carried(found.practice):
        return circles.close(found.practice, partnership, circle)
