"""Where a case stands, on the screen, and one step of it recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from confide.cli import acting, out
from confide.cli.session import session

if TYPE_CHECKING:
    from confide.workflows.duty import File


def stands(ctx: click.Context, within: str | None, wanted: str) -> int:
    from confide.workflows.duty import the_case

    found = session(ctx)
    partnership = found.partnership(within)
    file = the_case(found.practice, partnership, wanted)
    told(file)
    return 3 if file.missing else 0


def told(file: File) -> None:
    out.heading(f"Case {file.case.id}: {file.case.ground}, to {file.case.recipient or 'nobody yet'}")
    for one in file.thread.steps:
        out.row(f"{one.event.at:%d %b}", one.detail.step, "", one.event.id)
    for part in file.parts:
        out.row("extract", f"{part.exact.section.removeprefix('notes/')}, {part.exact.what}, {len(part.text)} letters")
    for number, reason in enumerate(file.missing, 1):
        out.row(f"open {number}", reason.message, reason.command, reason.sid)
    if file.thread.last("disclosed"):
        out.say("Next: confide duty close")
    else:
        out.say("Next: confide duty extract" if file.missing else "Next: confide duty disclose")


def record(
    ctx: click.Context,
    within: str | None,
    wanted: str,
    name: str,
    facts: dict[str, Any],
    dry_run: bool,
    words: str = "",
) -> None:
    from confide.workflows.duty import step, the_case

    found = session(ctx)
    partnership = found.partnership(within)
    file = the_case(found.practice, partnership, wanted)
    event = acting.acted(
        found.practice,
        lambda: step(found.practice, partnership, name, facts, case=file.case.id, words=words),
        "Record this step?",
        yes=not out.on_terminal(),
        dry_run=dry_run,
    )
    if event is not None:
        out.heading("Recorded.", event.id, fg="green")
        if name != "closed":
            stands(ctx, within, file.case.id)
