"""What is written about an event and sealed beside it; of a case also what kind of case it is, and which step of it.

In the open a case is one kind of event and nothing more: the same for feedback, a legal duty, a concern, a question,
and for what a payer hands over. Whoever sees the repository cannot tell them apart (promise 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from confide.model.event import Event

FEEDBACK, DUTY, CONCERN, QUESTION, RECEIVED = "feedback", "duty", "concern", "question", "received"

_Fields = tuple[frozenset[str], frozenset[str]]


def _step(required: str = "", optional: str = "") -> _Fields:
    return frozenset(required.split()), frozenset((*optional.split(), "words"))


# case → step → (facts it must have, facts it may have). `words`, the prose, may stand beside every step.
STEPS: Mapping[str, Mapping[str, _Fields]] = {
    FEEDBACK: {
        "terms": _step("on channel circle form attribution", "who"),
        "undelivered": _step("on circle words"),
        "intake": _step("on channel solicited circle attribution threat", "form promised who note item receipt client"),
        "returned": _step("on channel words"),
        "closed": _step("on words"),
    },
    DUTY: {
        "opened": _step("ground facts", "on recipient authority why named"),
        "authority": _step("authority", "on named"),
        "recipient": _step("recipient why"),
        "adviser": _step("adviser", "on adviser-why"),
        "extract": _step("extract", "whole"),
        "told": _step("on", "channel"),
        "delayed": _step("until delay-why"),
        "second": _step("on who"),
        "disclosed": _step("on channel recipient", "disclosure extract whole"),
        "hold": _step("on", "until authority"),
        "lifted": _step("on words"),
        "closed": _step("on words"),
    },
    CONCERN: {
        "raised": _step("on channel words", "circle who salt"),
        "asked-about": _step("on channel"),
        "answered": _step("on words", "channel"),
        "closed": _step("on words"),
    },
    QUESTION: {
        "asked": _step("on channel words", "salt"),
        "answered": _step("on words", "channel"),
        "closed": _step("on words"),
    },
    RECEIVED: {
        "taken-in": _step("on channel source owner what", "note"),
        "returned": _step("on channel words"),
    },
}


@dataclass(frozen=True)
class Detail:
    """The sealed detail of one event: prose alone (`case` empty), or the facts of one step of a case.

    facts: name → value, of the names that STEPS gives this step; days as dates, `extract` as mappings, the rest words.
    `salt` opens the commitment to the words that a party signed; prose that a party signed has one too.
    """

    words: str = ""
    case: str = ""
    step: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """The fact `name` as a word, or an empty string."""
        return str(self.facts.get(name, ""))


@dataclass(frozen=True)
class Step:
    """One step of a case, opened: the event as it stands in the open, and its sealed detail."""

    event: Event
    detail: Detail
