"""Bare `confide`: today's board. What is due, and where every partnership stands; no name, and a key only for cases."""

from __future__ import annotations

import click

from confide.cli import due, out
from confide.cli.session import Session, session
from confide.model.record import Record
from confide.policy import force, life


@click.command()
@click.pass_context
def board(ctx: click.Context) -> None:
    """All partnerships: what is due, state, agreement, what waits."""
    from confide.workflows.due import board as clocks

    found = session(ctx)
    practice = found.practice
    known = practice.ids()
    if not known:
        out.heading(f"{found.now:%a} {out.day(found.now)}: 0 partnerships", practice.file.id)
        out.say("Next: confide new")
        return
    shown = clocks(practice, unlock=out.on_terminal())
    due.heading(shown)
    due.lines(shown)
    if shown.due:
        out.say()
    out.table(("", "", "", "last", ""), [_row(found, partnership) for partnership in known])
    out.say()
    out.say(
        "Next: confide week" if shown.open else "Next: confide may --tell PARTY --about TYPE, confide note, confide log"
    )


def _row(found: Session, partnership: str) -> tuple[str, ...]:
    record = found.practice.record(partnership)
    agreement = force.in_force(record, found.now)
    said = f"agreement {agreement.version} until {out.day(agreement.until)}" if agreement else "no agreement in force"
    last = record.events[-1] if record.events else None
    then = f"{last.kind} {last.at:%d %b}" if last else ""
    if record.faults:
        return partnership, "BROKEN", said, then, "does not verify: confide verify"
    return partnership, life.state(record, found.now).value, said, then, _waits(record)


def _waits(record: Record) -> str:
    newest = max(record.agreements, key=lambda a: a.version, default=None)
    missing = force.missing(record, newest) if newest else ()
    return f"agreement {newest.version}: waiting for {', '.join(missing)}" if newest and missing else ""
