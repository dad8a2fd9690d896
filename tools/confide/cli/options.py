"""Options that many commands share, so that they are called the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from confide.cli import given
from confide.model.problem import Problem, Usage

F = TypeVar("F", bound=Callable[..., Any])


def in_partnership(function: F) -> F:
    """--in p-k7f3"""
    return click.option("--in", "within", metavar="PARTNERSHIP", help="Which partnership, by its id.")(function)


def client(function: F) -> F:
    """--client PARTY: which of several."""
    text = "About which client, where several are coached."
    return click.option("--client", "client", default="", metavar="PARTY", help=text)(function)


def json_output(function: F) -> F:
    """--json"""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(function)


def yes(function: F) -> F:
    """--yes"""
    return click.option("--yes", is_flag=True, help="Do not ask for confirmation.")(function)


def dry_run(function: F) -> F:
    """--dry-run"""
    return click.option("--dry-run", is_flag=True, help="Show what would be recorded, and change nothing.")(function)


def words(function: F) -> F:
    """--words FILE: prose is read from a file or standard input, never from the command line."""
    return click.option(
        "--words",
        type=click.File("rb"),
        callback=given.text,
        help="What was said, from FILE or - for standard input; it is sealed.",
    )(function)


def version(function: F) -> F:
    """--version N"""
    return click.option("--version", "version", type=int, help="Which version; the newest if left out.")(function)


def person(function: F) -> F:
    """--person N: several people may hold one role."""
    return click.option(
        "--person", default=1, type=click.IntRange(1, 99), show_default=True, help="Which person in that role."
    )(function)


def day(ctx: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """A day that exists, as `2026-01-31`; for `callback=`."""
    del ctx, option
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        hint = "year, month and day: 2026-01-31"
        raise Usage(Problem("that is not a day", "it is written with digits", hint=hint)) from None
