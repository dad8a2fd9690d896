"""One question of the interview behind `agree draft`, and the flag that answers it for scripts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from enum import Enum, auto
from typing import Any, TypeVar

import click

from confide.records.shapes import Shape
from confide.workflows.draft_answers import CHOICES, SHAPES, Answers, flag

F = TypeVar("F", bound=Callable[..., Any])


class Kind(Enum):
    """What an answer looks like."""

    DAY = auto()
    DAYS = auto()
    WORD = auto()
    TEXT = auto()
    SHAPED = auto()
    LIST = auto()
    NUMBER = auto()
    YES_NO = auto()
    CIRCLES = auto()


@dataclass(frozen=True)
class Question:
    """One question. `says` is what the sentence `sid` asks for, in a few plain words; `ask` the question itself.

    `needs` names whom there must be for it to be asked: `sponsors`, `payers`, `a summary`, `advisers`,
    `no advisers` and others below; empty: always.
    """

    field: str
    kind: Kind
    sid: str
    says: str
    ask: str
    needs: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        return CHOICES[self.field]

    @property
    def shape(self) -> Shape:
        return SHAPES[self.field]

    @property
    def usual(self) -> Any:
        """The usual answer, or None where it depends on the partnership."""
        found = next(item.default for item in fields(Answers) if item.name == self.field)
        return None if found is MISSING else found


def flags(questions: Sequence[Question]) -> Callable[[F], F]:
    """A decorator that adds one option for each question, in their order."""

    def add(function: F) -> F:
        for question in reversed(questions):
            function = _option(question)(function)
        return function

    return add


def _option(question: Question) -> Callable[[F], F]:
    name, text = flag(question.field), f"{question.ask}  [{question.sid}]"
    match question.kind:
        case Kind.DAY:
            return click.option(name, type=click.DateTime(["%Y-%m-%d"]), help=text)
        case Kind.WORD:
            return click.option(name, type=click.Choice(question.choices), help=text)
        case Kind.YES_NO:
            return click.option(f"{name}/--no-{name[2:]}", default=None, help=text)
        case Kind.NUMBER:
            return click.option(name, type=int, help=text)
        case Kind.CIRCLES:
            ask = question.ask.format("NAME")
            return click.option("--circle", "circles", multiple=True, metavar="NAME=SIZE", help=f"{ask}  [S-18]")
        case Kind.LIST | Kind.DAYS:
            return click.option(name, metavar="A,B,…", help=text)
        case _:
            return click.option(name, metavar="TEXT", help=text)
