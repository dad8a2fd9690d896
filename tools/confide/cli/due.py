"""`confide due`: what has to be done by when, over all partnerships."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from confide.cli import options, out
from confide.cli.session import Session, session
from confide.model.problem import Exit, Problem, Usage

if TYPE_CHECKING:
    from confide.model.due import Due
    from confide.workflows.due import Board

WEEKDAY_WITHIN = timedelta(days=14)


@click.command()
@click.option("--names", is_flag=True, help="Show clients by name, after unlocking; on a terminal only.")
@click.option("--ics", is_flag=True, help="Print an iCalendar feed: how much is due on which day, and no more.")
@options.json_output
@click.pass_context
def due(ctx: click.Context, names: bool, ics: bool, as_json: bool) -> int:
    """Show all clocks over all partnerships, the most urgent first.

    Each line has the command that settles it. Exit 3 while something is open.
    """
    from confide.workflows.due import board

    found = session(ctx)
    if names and not out.on_terminal():
        raise Usage(
            Problem("names are shown on a terminal only", "a file or a pipe keeps them", hint="leave out --names")
        )
    shown = board(found.practice)
    if ics:
        from confide.workflows.calendar_feed import feed

        sys.stdout.buffer.write(feed(found.practice, shown))
    elif as_json:
        out.as_json(
            {
                "day": shown.today.isoformat(),
                "partnerships": shown.partnerships,
                "sealed": shown.sealed,
                "due": [_plain(one, shown.today) for one in shown.due],
            }
        )
    else:
        heading(shown, names)
        lines(shown, _names(found, shown) if names else {})
        if shown.due:
            out.say(f"{'Next: confide week':<{out.WIDTH - 6}}exit {int(code(shown))}", dim=True)
    return int(code(shown))


def code(shown: Board) -> Exit:
    return Exit.NOT_YET if shown.open else Exit.OK


def heading(shown: Board, names: bool = False) -> None:
    """`Wed 17 Jun 2026: 12 partnerships, 7 open       names: due --names`"""
    many = "" if shown.partnerships == 1 else "s"
    said = f"{len(shown.open)} open" if shown.open else "nothing is due"
    left = f"{shown.today:%a} {out.day(shown.today)}: {shown.partnerships} partnership{many}, {said}"
    out.heading(left, "" if names or not shown.due else "names: due --names")


def lines(shown: Board, names: dict[str, str] | None = None) -> None:
    """One row each: when, which partnership, what, and the command, or whom it waits for."""
    rows = [
        (
            when(one, shown.today),
            (names or {}).get(one.partnership, one.partnership) or "–",
            one.what,
            one.command or f"(waiting for {one.waiting_for})",
        )
        for one in shown.due
    ]
    if rows:
        out.table(("", "", "", ""), rows)


def when(one: Due, today: date) -> str:
    """`LATE 1d`, `today`, `Mon 22`, `14 Jul`, and `overdue` for what has no day any more."""
    if one.day is None:
        return "overdue"
    if one.day < today:
        return f"LATE {(today - one.day).days}d" if one.open else out.short(one.day)
    if one.day == today:
        return "today"
    if one.day - today < WEEKDAY_WITHIN and one.day.month == today.month:
        return f"{one.day:%a} {one.day.day}"
    return out.short(one.day) if one.day.year == today.year else out.day(one.day)


def _names(found: Session, shown: Board) -> dict[str, str]:
    from confide.workflows import people

    wanted = {one.partnership for one in shown.due if one.partnership}
    return {
        partnership: ", ".join(person.name for person in people.load(found.practice, partnership).of("client"))
        for partnership in sorted(wanted)
    }


def _plain(one: Due, today: date) -> dict[str, str | bool | None]:
    return {
        "clock": one.clock,
        "partnership": one.partnership or None,
        "day": one.day.isoformat() if one.day else None,
        "late": one.late(today),
        "what": one.what,
        "command": one.command or None,
        "waiting_for": one.waiting_for or None,
    }
