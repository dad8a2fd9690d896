"""What one version changes against another: a sentence, and whether it lets more be known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from confide.model.problem import Place


class Direction(Enum):
    """WIDENS: more may be known, by more people, or with fewer steps before. NARROWS: less. CHANGES: neither."""

    WIDENS = "widens"
    NARROWS = "narrows"
    CHANGES = "changes"


@dataclass(frozen=True)
class Change:
    """One difference. `needs` are those who have to sign a change that widens; empty for any other.

    terms: clauses of the newer version that it rests on, or of the older one where the newer has none.
    """

    kind: str
    sentence: str
    direction: Direction
    types: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    place: Place | None = None
    example: str = ""
