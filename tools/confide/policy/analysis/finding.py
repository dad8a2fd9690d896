"""What an analysis says: a plain sentence, where it stands, and what it is about, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from confide.model.problem import Place


class Level(Enum):
    """How much it matters. What must be settled before a proposal is an error and not a finding."""

    LOOK = "worth a look"
    NOTE = "good to know"


@dataclass(frozen=True)
class Finding:
    """One result. `kind` is the slug of what was found, `sentence` says it without ids where words will do.

    terms: ids of the clauses concerned. types, parties: what and whom it is about. example: a question whose answer
    shows it. hint: what could be done. sid: the sentence of the founding text that makes it matter.
    """

    kind: str
    sentence: str
    level: Level = Level.LOOK
    terms: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    sid: str = ""
    place: Place | None = None
    example: str = ""
    hint: str = ""
