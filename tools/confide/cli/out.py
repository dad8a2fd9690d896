"""How `confide` prints: calm, aligned, colour only on a terminal, plain text in a pipe."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import click

from confide.model.problem import Problem, Refused

LABEL = 10
WIDTH = 78


def day(moment: date) -> str:
    """`31 Dec 2026`, as everywhere on a screen."""
    return f"{moment:%d %b %Y}".removeprefix("0")


def short(moment: date) -> str:
    """`14 Jul`, where the year is plain."""
    return f"{moment:%d %b}".removeprefix("0")


def raw(text: str) -> None:
    """A whole document to standard output, as it is."""
    click.echo(text, nl=False)


def say(text: str = "", **style: Any) -> None:
    """One line to standard output."""
    click.echo(click.style(text, **style) if style else text)


def heading(left: str, right: str = "", **style: Any) -> None:
    """A line with an answer on the left and an id on the right."""
    gap = max(2, WIDTH - len(left) - len(right))
    click.echo(click.style(left, bold=True, **style) + " " * gap * bool(right) + click.style(right, dim=True))


def row(label: str, text: str, place: str = "", sid: str = "") -> None:
    """A labelled line, wrapped under itself; the place and the S-id stand on the right where they fit."""
    tail = "  ".join(part for part in (place, sid) if part)
    room = WIDTH - LABEL
    lines = textwrap.wrap(text, room) or [""]
    fits = len(lines) == 1 and len(lines[0]) + len(tail) + 2 <= room
    head = click.style(f"{label:<{LABEL}}", dim=True)
    if tail and fits:
        click.echo(f"{head}{lines[0]:<{room - len(tail)}}{click.style(tail, dim=True)}")
        return
    click.echo(head + lines[0])
    for line in lines[1:]:
        click.echo(" " * LABEL + line)
    if tail:
        click.echo(" " * LABEL + click.style(tail, dim=True))


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table without lines: cells wrap between words; a pipe gets 80 columns, a terminal what it has, up to 120."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, emoji=False, markup=False)
    console.width = min(console.width, 120) if console.is_terminal else 80
    body = [[str(cell) for cell in cells] for cells in rows]
    gap, widths = _widths([list(headers), *body], console.width)
    grid = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="dim")
    for header, width in zip(headers, widths, strict=True):
        grid.add_column(header, overflow="fold", width=width)
    for cells in body:
        grid.add_row(*cells)
    with console.capture() as captured:
        console.print(grid)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def _widths(rows: list[list[str]], room: int) -> tuple[int, list[int]]:
    """The gap between columns, and each as wide as its longest cell; while that is too wide, the column gives way that
    needs its width least, and before a word is broken the columns move closer together.

    Left to itself, rich shares what is missing out in proportion, and breaks ids and types in two.
    """
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    least = [max(len(word) for cell in column for word in cell.split(" ")) for column in columns]
    gap = 2 if sum(least) + 2 * (len(least) - 1) <= room else 1
    while sum(widths) + gap * (len(widths) - 1) > room:
        spare = [width - needed for width, needed in zip(widths, least, strict=True)]
        # Where no column has anything to spare, the widest breaks its words, and the others keep theirs.
        narrowed = spare.index(max(spare)) if max(spare) > 0 else widths.index(max(widths))
        widths[narrowed] -= 1
    return gap, widths


def as_json(value: Any) -> None:
    """One JSON object, for other programs."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def would(messages: Iterable[str]) -> None:
    """What a dry run would have committed."""
    say("Nothing was changed. This would be committed:", fg="yellow")
    for message in messages:
        say()
        say(message.rstrip())


def problem_lines(found: Problem, tone: str = "red") -> None:
    """What, why, where, hint, on standard error."""
    from confide.cli.offered import offered

    for line in textwrap.wrap(found.what, WIDTH, break_on_hyphens=False, break_long_words=False):
        click.echo(click.style(line, fg=tone), err=True)
    if found.why:
        for number, line in enumerate(textwrap.wrap(found.why, WIDTH - LABEL, break_on_hyphens=False)):
            click.echo(f"{'' if number else 'why':<{LABEL}}{line}", err=True)
    if found.place:
        click.echo(f"{'where':<{LABEL}}{found.place}", err=True)
    # In one piece, however long: a hint is there to be copied.
    if hint := offered(found.hint):
        click.echo(f"{'hint:':<{LABEL}}{hint}", err=True)


def problems(refused: Refused, last: str = "Nothing was changed.") -> None:
    """Everything that stops a command."""
    for number, found in enumerate(refused.problems):
        if number:
            click.echo(err=True)
        problem_lines(found)
    click.echo(click.style(f"{last:<{WIDTH - 6}}exit {int(refused.exit)}", dim=True), err=True)


def error(text: str, hint: str = "") -> None:
    problem_lines(Problem(text, hint=hint))


def on_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()
