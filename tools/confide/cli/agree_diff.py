"""`confide agree diff`: what a version newly allows, newly denies, asks for no longer, and who has to sign that."""

from __future__ import annotations

import click

from confide.cli import options, out
from confide.cli.session import session

_LABELS = {"widens": "wider", "narrows": "narrower", "changes": "changed"}


@click.command()
@click.argument("old", type=int, required=False)
@click.argument("new", type=int, required=False)
@options.in_partnership
@options.json_output
@click.pass_context
def diff(ctx: click.Context, old: int | None, new: int | None, within: str | None, as_json: bool) -> None:
    """Say in sentences what version NEW changes against version OLD; the two newest if left out."""
    from confide.policy.analysis import words
    from confide.policy.analysis.change import Direction
    from confide.workflows import analysing

    found = session(ctx)
    partnership = found.partnership(within)
    before, after, changes = analysing.changes(found.practice, partnership, old, new)
    if as_json:
        out.as_json(
            {
                "old": before,
                "new": after,
                "changes": [
                    {
                        "kind": change.kind,
                        "direction": change.direction.value,
                        "what": change.sentence,
                        "types": list(change.types),
                        "parties": list(change.parties),
                        "signatures": list(change.needs),
                    }
                    for change in changes
                ],
            }
        )
        return
    if not changes:
        out.heading(f"Agreement {after} says the same as agreement {before}.", partnership, fg="green")
        return
    wider = [change for change in changes if change.direction is Direction.WIDENS]
    several = "s" if len(changes) > 1 else ""
    out.heading(f"Agreement {after} against agreement {before}: {len(changes)} change{several}.", partnership)
    for direction in Direction:
        for change in changes:
            if change.direction is direction:
                out.row(_LABELS[direction.value], change.sentence)
    if wider:
        out.say()
        out.row("signed by", f"{words.parties(wider[0].needs)}: all of them, before any of it counts", "", "S-27")
        out.row(
            "earlier", "texts from before stay as they were agreed, unless those they concern consent anew", "", "S-22"
        )
