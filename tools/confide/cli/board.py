"""Bare `confide`: where everything stands today, without a key and without a name."""

from __future__ import annotations

import click

from confide.cli import out
from confide.cli.session import session
from confide.policy import force


@click.command()
@click.pass_context
def board(ctx: click.Context) -> None:
    """All partnerships: state, agreement, what waits."""
    found = session(ctx)
    practice = found.practice
    known = practice.ids()
    out.heading(
        f"{found.now:%a} {out.day(found.now)}: {len(known)} partnership{'s' if len(known) != 1 else ''}",
        practice.file.id,
    )
    if not known:
        out.say("Next: confide new")
        return
    rows = []
    for partnership in known:
        record = practice.record(partnership)
        agreement = force.in_force(record, found.now)
        newest = max(record.agreements, key=lambda a: a.version, default=None)
        missing = force.missing(record, newest) if newest else ()
        state = (
            "ended" if force.ended(record) else "coaching" if record.of_kind("began") else "agreed" if agreement
            else "proposed" if newest else "new"
        )  # fmt: skip
        said = (
            f"agreement {agreement.version} until {out.day(agreement.until)}" if agreement else "no agreement in force"
        )
        waits = f"agreement {newest.version}: waiting for {', '.join(missing)}" if newest and missing else ""
        if record.faults:
            state, waits = "BROKEN", "does not verify: confide verify"
        last = record.events[-1] if record.events else None
        rows.append((partnership, state, said, f"{last.kind} {last.at:%d %b}" if last else "", waits))
    out.table(("", "", "", "last", ""), rows)
    out.say()
    out.say("Next: confide may --tell PARTY --about TYPE, confide note, confide log")
