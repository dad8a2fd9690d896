"""An answer reaches the one person who asked, in their own words' company, and nobody else."""

from __future__ import annotations

import pytest

from confide.model.detail import CONCERN, QUESTION, Detail, Step
from confide.model.record import Record
from confide.policy.answers import answers
from confide.policy.audience import audience
from tests.policy.small import add, record


def thread(kind: str, by: str = "payer", number: int = 2) -> tuple[Record, tuple[Step, ...]]:
    """Somebody wrote, and was answered."""
    known = add(record(), "case", by, to=("coach",), number=number, strength="portal")
    asked = Step(known.events[-1], Detail("ASKED", kind, "asked" if kind == QUESTION else "raised"))
    known = add(known, "case", to=(by,), target=f"event/{asked.event.id}")
    return known, (asked, Step(known.events[-1], Detail("SAID", kind, "answered")))


@pytest.mark.parametrize("kind", [QUESTION, CONCERN])
def test_whoever_asked_reads_the_answer(kind: str) -> None:
    """Their question and the answer, for the person whose key signed the question."""
    _, steps = thread(kind)
    (found,) = answers(steps, "payer", 2)
    assert (found.question, found.words, found.event) == ("ASKED", "SAID", steps[1].event.id)


@pytest.mark.parametrize(("party", "number"), [("payer", 1), ("client", 2), ("client", 1), ("coach", 1)])
def test_nobody_else_does(party: str, number: int) -> None:
    """Not another person in the same role, and not the client."""
    _, steps = thread(QUESTION)
    assert answers(steps, party, number) == ()


def test_the_answer_stands_in_the_askers_own_chain() -> None:
    """The event that carries it is theirs to verify, and nobody else's."""
    known, steps = thread(QUESTION)
    assert audience(steps[1].event, known) == ("payer",)


def test_what_reached_the_coach_without_a_key_is_answered_on_no_page() -> None:
    """A concern that a source raised names nobody, so its answer is addressed to nobody."""
    known = add(record(), "case", to=("coach",))
    raised = Step(known.events[-1], Detail("RAISED", CONCERN, "raised"))
    known = add(known, "case", to=("coach",), target=f"event/{raised.event.id}")
    steps = (raised, Step(known.events[-1], Detail("SAID", CONCERN, "answered")))
    assert all(answers(steps, party, 1) == () for party in ("client", "payer", "manager", "peers"))
    assert audience(steps[1].event, known) == ()
