"""What a command was not told: asked for on a terminal, refused with the option everywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from confide.cli import out
from confide.model.problem import Problem, Usage

if TYPE_CHECKING:
    from confide.model.record import Record


def words(given: tuple[str, ...], question: str, option: str, why: str) -> tuple[str, ...]:
    """`given`, or the words that somebody at the terminal types, separated by spaces or commas."""
    if given:
        return given
    only_on_a_terminal(option, why)
    typed = click.prompt(question)
    return tuple(word for word in typed.replace(",", " ").split() if word)


def one_of(given: str | None, choices: Sequence[str], question: str, option: str, why: str) -> str:
    """`given`, or one of `choices`."""
    if given:
        return given
    only_on_a_terminal(option, why)
    chosen: str = click.prompt(question, type=click.Choice(list(choices)))
    return chosen


def one_line(given: str | None, question: str, option: str, why: str) -> str:
    """`given`, or a line that is no prose: numbers, an id."""
    return text(given or "", question, option, why)


def text(given: str, question: str, option: str, why: str) -> str:
    """`given`, or a line of prose: it is sealed, and never stands on a command line."""
    if given:
        return given
    only_on_a_terminal(option, why)
    typed: str = click.prompt(question)
    return typed


def client(record: Record, given: str) -> str:
    """The client that is meant: asked for where there are several."""
    from confide.policy.voices import clients
    from confide.workflows.asking import client_of

    known = clients(record)
    if not given and len(known) > 1 and out.on_terminal():
        given = click.prompt("About which client", type=click.Choice(list(known)))
    return client_of(record, given)


def only_on_a_terminal(option: str, why: str) -> None:
    """Raise Usage, naming the option, where nobody can be asked."""
    if not out.on_terminal():
        name = option.partition(" ")[0]
        raise Usage(Problem(f"{name} is missing", why, hint=f"add {option}; a terminal asks for it"))
