"""feedback-agreed (S-19): what becomes of feedback is agreed before anybody gives some."""

from __future__ import annotations

from dataclasses import replace

from confide.policy.rules.feedback_agreed import check
from tests.policy.small import NOW, agreement, record


def test_a_clause_about_feedback_is_clean() -> None:
    """It says what happens with feedback nobody asked for."""
    assert list(check(record(agreement(clauses={"feedback": {"unsolicited": "return"}})), NOW)) == []


def test_sources_without_a_clause_are_a_violation() -> None:
    """There are peers, and nobody has agreed on what becomes of what they say."""
    known = agreement()
    (found,) = check(record(known), NOW)
    assert found.what == "agreement 1 does not say what becomes of feedback"
    assert found.why == "people may give some: peers"
    assert found.place == known.place
    assert found.rule == "feedback-agreed"


def test_without_sources_nothing_is_asked() -> None:
    """Nobody is there who could give feedback."""
    known = record()
    alone = replace(known.partnership, parties=tuple(p for p in known.partnership.parties if p.id != "peers"))
    assert list(check(replace(known, partnership=alone), NOW)) == []
