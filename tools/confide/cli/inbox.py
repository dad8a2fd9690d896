"""`confide inbox`: take in what parties sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Exit

if TYPE_CHECKING:
    from confide.workflows.inbox import Arrived


@click.command()
@click.option(
    "--confirm", "confirmed", multiple=True, metavar="FINGERPRINT", help="A fingerprint you compared; repeat it."
)
@options.json_output
@click.pass_context
def inbox(ctx: click.Context, confirmed: tuple[str, ...], as_json: bool) -> int:
    """Verify what parties sent through the portal and record it. New keys need their fingerprint compared first.

    Exit 0 all recorded, 1 something was refused, 3 something waits for you.
    """
    from confide.workflows.carrying import carried
    from confide.workflows.inbox import RECORDED, REFUSED, WAITING, take_in

    known = {"".join(text.split()).upper() for text in confirmed}

    def compared(arrived: Arrived) -> bool:
        if arrived.fingerprint in known:
            return True
        if not out.on_terminal() or as_json:
            return False
        out.say(f"A new key wants to speak for the {arrived.party} of {arrived.partnership}.")
        out.say("Call them and let them read their fingerprint to you:")
        out.say("    " + grouped(arrived.fingerprint), bold=True)
        return click.confirm("Is it the same?", default=False)

    practice = session(ctx).practice
    with carried(practice):
        handled = take_in(practice, compared)
    if as_json:
        out.as_json(
            [
                {
                    "item": h.item,
                    "partnership": h.partnership,
                    "kind": h.kind,
                    "party": h.party,
                    "outcome": h.outcome,
                    "event": h.event.id if h.event else None,
                    "problem": h.problem.what if h.problem else None,
                    "fingerprint": h.fingerprint or None,
                }
                for h in handled
            ]
        )
    elif not handled:
        out.heading("Nothing is waiting.")
    else:
        out.heading(f"{len(handled)} in the inbox.")
        for h in handled:
            out.row(
                h.outcome,
                f"{h.kind} by the {h.party or 'unknown sender'}",
                h.partnership,
                h.event.id if h.event else "",
            )
            if h.problem:
                out.row("", str(h.problem))
            if h.problem and h.problem.hint:
                out.row("", f"hint: {h.problem.hint}")
            if h.outcome == REFUSED:
                out.row("", "nothing was recorded; the item is kept aside, out of the inbox")
            if h.outcome == WAITING and h.fingerprint:
                out.row("", grouped(h.fingerprint))
                out.row("", f"confide inbox --confirm {h.fingerprint}")
        _next({h.kind for h in handled if h.outcome == RECORDED})
    outcomes = {h.outcome for h in handled}
    return int(Exit.NO if REFUSED in outcomes else Exit.NOT_YET if WAITING in outcomes else Exit.OK)


def _next(recorded: set[str]) -> None:
    """What the recorded items ask of the coach."""
    if "withdrawal" in recorded:
        out.say("Next: confide publish (until then the pages it is about stay closed)")
    if recorded & {"question", "concern"}:
        out.say("Next: confide concern (shows the oldest on a terminal, and records your answer)")
    if "feedback" in recorded:
        out.say("Next: confide feedback")


def grouped(fingerprint: str) -> str:
    """Ten groups of four, easy to read aloud."""
    return " ".join(fingerprint[i : i + 4] for i in range(0, len(fingerprint), 4))
