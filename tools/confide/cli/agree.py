"""`confide agree`: check and propose here; `agree_draft`, `agree_show` and `agree_sign` hold the rest."""

from __future__ import annotations

import click

from confide.cli import options, out
from confide.cli.agree_draft import draft
from confide.cli.agree_show import show, status
from confide.cli.agree_sign import sign
from confide.cli.session import session
from confide.model.problem import Exit


@click.group()
def agree() -> None:
    """The agreement: draft, check, show, propose, sign, status."""


@agree.command()
@options.in_partnership
@options.version
@options.json_output
@click.pass_context
def check(ctx: click.Context, within: str | None, version: int | None, as_json: bool) -> int:
    """Everything an agreement leaves open or gets wrong, at once."""
    from confide.workflows import agreements

    found = session(ctx)
    partnership = found.partnership(within)
    problems = agreements.check(found.practice, partnership, version)
    if as_json:
        out.as_json([{"what": p.what, "why": p.why, "place": str(p.place), "rule": p.rule} for p in problems])
    elif problems:
        out.heading(f"{len(problems)} to settle before it can be proposed.", partnership, fg="red")
        for problem in problems:
            out.row("open", problem.what, str(problem.place or ""), problem.rule)
            if problem.hint:
                out.row("", problem.hint)
    else:
        out.heading("Every type has an answer, and every answer can be obeyed.", partnership, fg="green")
    return int(Exit.NO if problems else Exit.OK)


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


for command in (draft, show, sign, status):
    agree.add_command(command)
