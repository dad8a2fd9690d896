"""`confide agree`: draft, check and propose here; `agree_show` and `agree_sign` hold the rest."""

from __future__ import annotations

from typing import BinaryIO

import click

from confide.cli import options, out
from confide.cli.agree_show import show, status
from confide.cli.agree_sign import sign
from confide.cli.session import session
from confide.model.problem import Exit


@click.group()
def agree() -> None:
    """The agreement: draft, check, show, propose, sign, status."""


@agree.command()
@options.in_partnership
@click.option("--from", "source", type=click.File("rb"), help="Take the text from FILE, or - for standard input.")
@click.option("--effective", type=click.DateTime(["%Y-%m-%d"]), help="First day it applies.  [S-14]")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day it applies.  [S-27]")
@click.option("--time-zone", metavar="ZONE", help="Where days begin, for example Europe/London.")
@click.option("--law", metavar="TEXT", help="Whose law applies.")
@click.option(
    "--goals", type=click.Choice(["none", "topic", "summary", "verbatim"]), help="What sponsors hear.  [S-30]"
)
@click.option("--circle", "circles", multiple=True, metavar="NAME=SIZE", help="A circle of sources: peers=5.  [S-18]")
@options.yes
@click.pass_context
def draft(
    ctx: click.Context,
    within: str | None,
    source: BinaryIO | None,
    effective: object,
    until: object,
    time_zone: str | None,
    law: str | None,
    goals: str | None,
    circles: tuple[str, ...],
    yes: bool,
) -> None:
    """Draft the agreement, or the next version of it, from a few answers.

    Change the file afterwards as you like, and commit it with git; `confide agree check` says what is missing.
    """
    from confide.cli.interview import answers
    from confide.workflows import agreements, drafting

    found = session(ctx)
    partnership = found.partnership(within)
    given = {"effective": effective, "until": until, "time_zone": time_zone, "law": law, "goals": goals}
    version, data = drafting.next_version(
        found.practice,
        partnership,
        source.read() if source else None,
        lambda: answers(found, partnership, given, circles, ask=out.on_terminal() and not yes),
    )
    agreements.save_draft(found.practice, partnership, version, data)
    path = f"records/{partnership}/agreements/{version}.yml"
    out.heading(f"Draft of agreement {version} is committed.", partnership, fg="green")
    out.row("file", path)
    out.say("Next: confide agree show, then confide agree propose")


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
    out.heading(f"Agreement {event.agreement} is proposed to {', '.join(event.to)}.", event.id, fg="green")
    out.row("text", event.document)
    out.say("Next: confide agree sign, and confide invite PARTY")


for command in (show, sign, status):
    agree.add_command(command)
