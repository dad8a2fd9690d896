"""Terms of a source on record: kept as they were told, for feedback alone, and by nobody who could sign instead."""

from __future__ import annotations

from typing import Any

import pytest

from confide.model.commitment import digest
from confide.model.event import Event, Exact
from confide.model.words import Attribution, Form
from confide.records import tree
from tests.ledger.practice import Desk, P

SEALED = b"stands for sealed terms"


def told(desk: Desk, *, by: str = "peers", document: bytes = SEALED, **changed: Any) -> Event:
    values: dict[str, Any] = {
        "to": ("client",),
        "what": ("feedback",),
        "form": Form.SUMMARY,
        "attribution": Attribution.CATEGORY,
        "evidence": "accepted",
        "document": digest(SEALED),
        "agreement": 1,
    }
    event = desk.event("permitted", by=by, **(values | changed))
    return desk.add(event, {tree.event_document(P, event.name): document})


def faults(desk: Desk) -> set[str]:
    return {problem.rule for problem in desk.verify().partnerships[P].faults}


def test_what_a_source_accepted_is_sound(practice: Desk) -> None:
    """Nobody but that circle could ever see it; least of all the client."""
    event = told(practice)
    assert faults(practice) == set()
    assert set(event.previous) == {"peers"}


@pytest.mark.parametrize(
    "changed",
    [{"what": ("conflicts",)}, {"by": "client"}, {"strength": "paper", "number": 1}, {"document": b"another text"}],
    ids=["not feedback", "by the client", "as if signed", "another text"],
)
def test_what_is_no_source_s_terms_is_a_fault(practice: Desk, changed: dict[str, Any]) -> None:
    """It would let something through that nobody signed."""
    told(practice, **changed)
    assert faults(practice) == {"source-terms"}


def test_an_answer_that_was_signed_brings_no_text_along(practice: Desk) -> None:
    """Her signature is of her answer: a text beside it would be put into her mouth."""
    shown = practice.record("shown", to=("client",), what=("current-ability",), sections=(SUMMARY,), agreement=1)
    event = practice.event(
        "input", by="client", to=("coach",), target=f"event/{shown.id}", evidence="given", sections=(HERS,),
        strength="own-key", number=1, key=practice.client.fingerprint, agreement=1,
    )  # fmt: skip
    practice.add(event, {tree.event_signature(P, event.name): practice.client.sign(practice.at)(b"anything")})
    found = practice.verify().partnerships[P].faults
    assert [(problem.rule, problem.what) for problem in found] == [
        ("party-signature", f"event {event.id} adds a text to what was signed")
    ]


SUMMARY = Exact("summaries/f1000001#s1", digest(b"summary"), "current-ability", Form.SUMMARY)
HERS = Exact("summaries/f1000001#s2", digest(b"hers"), "client-statement", Form.SUMMARY)
