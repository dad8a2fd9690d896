"""`confide feedback`: what others say about the client; `feedback_terms`, `_add` and `_relay` hold the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from confide.cli import options, out
from confide.cli.feedback_add import add, paste
from confide.cli.feedback_relay import relay
from confide.cli.feedback_terms import terms
from confide.cli.session import session

if TYPE_CHECKING:
    from confide.policy.feedback_clock import Waiting


@click.group(invoke_without_command=True)
@options.in_partnership
@options.json_output
@click.pass_context
def feedback(ctx: click.Context, within: str | None, as_json: bool) -> None:
    """What others say about the client: terms, add, paste, relay.

    Alone it lists what has not reached the client yet, the most urgent first.
    """
    if ctx.invoked_subcommand is not None:
        return
    from confide.policy import force
    from confide.policy.feedback_clock import waiting
    from confide.policy.periods import monday_to_friday
    from confide.records.working_days import working_days
    from confide.workflows.recording import case_steps

    found = session(ctx)
    partnership = found.partnership(within)
    practice = found.practice
    record = practice.record(partnership)
    agreement = force.in_force(record, practice.now)
    working = working_days(agreement) if agreement is not None else monday_to_friday
    open_ones = waiting(record, case_steps(practice, partnership), practice.now, working)
    if as_json:
        out.as_json([_as_json(one) for one in open_ones])
        return
    if not open_ones:
        out.heading("Nothing waits: all feedback has reached the client.", partnership)
        return
    out.heading(
        f"{len(open_ones)} {'piece of feedback waits' if len(open_ones) == 1 else 'pieces of feedback wait'}",
        partnership,
    )
    rows = [(one.case, out.day(one.received), out.day(one.due), _why(one)) for one in open_ones]
    out.table(("id", "arrived", "by", ""), rows)
    out.say(f"Next: confide feedback relay {open_ones[0].case} --in {partnership}")


def _why(one: Waiting) -> str:
    if one.refused:
        return "kept: no terms were accepted; return it"
    if one.held:
        return "kept: no terms bind it yet"
    return "late" if one.late else ""


def _as_json(one: Waiting) -> dict[str, object]:
    return {
        "case": one.case,
        "received": one.received.isoformat(),
        "due": one.due.isoformat(),
        "late": one.late,
        "held": one.held,
    }


for command in (add, paste, relay, terms):
    feedback.add_command(command)
