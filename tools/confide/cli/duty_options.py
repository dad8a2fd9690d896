"""Options that the steps of a case share: the case, the way somebody was told, and prose from a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TextIO, TypeVar

import click

from confide.cli import given, missing
from confide.model.words import CHANNELS

F = TypeVar("F", bound=Callable[..., Any])

CHANNEL = click.option(
    "--channel", type=click.Choice(CHANNELS), default="in-person", show_default=True, help="How they are told."
)


def case(function: F) -> F:
    """--case ID"""
    return click.option("--case", default="", metavar="EVENT", help="Which case; the open one if left out.")(function)


def prose(name: str, text: str) -> Callable[[F], F]:
    """An option whose words are read from a file: they are sealed, and never stand on a command line."""
    return click.option(
        name, type=click.File("rb"), callback=given.text, metavar="FILE", help=f"{text} From FILE or -."
    )


def file_or_prompt(source: TextIO | None, question: str, option: str, why: str) -> str:
    """What was given, or what somebody at the terminal types."""
    return missing.text(source.read().strip() if source else "", question, option, why)
