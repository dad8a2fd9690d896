"""What a command says when it will not or cannot go on: what, why, where, hint, and an exit code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    OK = 0
    NO = 1
    USAGE = 2
    NOT_YET = 3
    MALFORMED = 4
    ENVIRONMENT = 5


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a path relative to the repository, and a line counted from 1 (0: the whole file)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. Never holds note text, a person's name, or a key.

    `what` was expected or found, `why` it matters, `place` it stands, `hint` what to do, `rule` its slug or S-id.
    """

    what: str
    why: str = ""
    place: Place | None = None
    hint: str = ""
    rule: str = ""

    def __str__(self) -> str:
        head = f"{self.place}: {self.what}" if self.place else self.what
        return head + (f" ({self.why})" if self.why else "")


class Refused(Exception):
    """A command stops here and nothing was changed. Carries every problem found, not only the first."""

    exit: Exit = Exit.NO

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(Problem(p) if isinstance(p, str) else p for p in problems)
        super().__init__("; ".join(str(p) for p in self.problems))


class NotAllowed(Refused):
    """The answer is no: denied, or a rule is violated (exit 1)."""

    exit = Exit.NO


class Usage(Refused):
    """The command was asked in a way that has no meaning (exit 2)."""

    exit = Exit.USAGE


class NotYet(Refused):
    """Allowed once open duties are met (exit 3)."""

    exit = Exit.NOT_YET


class Malformed(Refused):
    """Records are malformed or were tampered with (exit 4)."""

    exit = Exit.MALFORMED


class Unavailable(Refused):
    """The environment lacks something: no key, no gpg, no identity (exit 5)."""

    exit = Exit.ENVIRONMENT
