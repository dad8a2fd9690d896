"""`confide agree status`: who has signed which version, and which is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage

if TYPE_CHECKING:
    from confide.workflows.agreements import Status


def _state(one: Status, known: tuple[Status, ...]) -> str:
    """In one or two words; a version that all signed is replaced as soon as a later one is in force."""
    if one.in_force:
        return "in force"
    if one.proposed is None:
        return "draft"
    if one.missing:
        return "proposed"
    later = [s.agreement.version for s in known if s.in_force and s.agreement.version > one.agreement.version]
    return f"replaced by agreement {later[0]}" if later else "signed, not in force"


@click.command()
@options.in_partnership
@options.json_output
@click.pass_context
def status(ctx: click.Context, within: str | None, as_json: bool) -> int:
    """Who has signed which version, and which is in force."""
    from confide.workflows import agreements

    found = session(ctx)
    partnership = found.partnership(within)
    known = agreements.status(found.practice, partnership)
    if as_json:
        out.as_json(
            [
                {
                    "agreement": s.agreement.version,
                    "proposed": s.proposed.id if s.proposed else None,
                    "signed": [e.by for e in s.signatures],
                    "missing": list(s.missing),
                    "in_force": s.in_force,
                }
                for s in known
            ]
        )
        return found.faults(partnership)
    if not known:
        raise Usage(
            Problem("there is no agreement yet", "nothing may be shared without one", hint="confide agree draft")
        )
    for s in known:
        state = _state(s, known)
        out.heading(f"Agreement {s.agreement.version}: {state}", partnership)
        for event in s.signatures:
            out.row("signed", f"{event.by} on {out.day(event.at)}, {event.strength}", event.id)
        for event in s.replaced:
            out.row("replaced", f"person {event.number} as {event.to[0]} on {out.day(event.at)}", event.id)
        if s.proposed and s.missing:
            out.row("missing", ", ".join(s.missing))
            out.row("next", f"confide invite {next((p for p in s.missing if p != 'coach'), 'PARTY')}")
    return found.faults(partnership)
