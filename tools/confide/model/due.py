"""Something that is due: a clock that runs, the day it runs out, and what would settle it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Due:
    """One line of the board. Everything in it is an id, a date or a word of ours: it may stand in the open.

    clock: the slug of the clock. partnership: empty for what concerns the whole practice. day: the last day in time,
    None where it should have been done already. command: what settles it. waiting_for: whose turn it is, if it is not
    the coach's; a command may then remind them.
    """

    clock: str
    partnership: str
    day: date | None
    what: str
    command: str = ""
    waiting_for: str = ""

    def late(self, today: date) -> bool:
        """Whether it is over, or should have been done already. What others have to do is never late for the coach."""
        return self.open and (self.day is None or self.day < today)

    @property
    def open(self) -> bool:
        """Whether the coach has to do something."""
        return bool(self.command) and not self.waiting_for
