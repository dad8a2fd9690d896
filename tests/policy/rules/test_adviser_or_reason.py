"""adviser-or-reason (S-38): somebody advises on confidentiality, or it is said why nobody does."""

from __future__ import annotations

import pytest

from confide.policy.rules.adviser_or_reason import check
from tests.policy.small import NOW, agreement, record


@pytest.mark.parametrize("clause", [{"party": "adviser"}, {"party": "supervisor"}, {"none-because": "none was found"}])
def test_an_adviser_or_a_reason_is_clean(clause: dict[str, str]) -> None:
    """Either will do."""
    assert list(check(record(agreement(clauses={"adviser": clause})), NOW)) == []


@pytest.mark.parametrize("clauses", [{}, {"adviser": {"open-to": ("signatories",)}}])
def test_neither_is_a_violation(clauses: dict[str, object]) -> None:
    """Forgotten, or only half said."""
    known = agreement(clauses=clauses)
    (found,) = check(record(known), NOW)
    assert found.what == "agreement 1 names no adviser, and does not say why"
    assert found.place == known.place
    assert found.rule == "adviser-or-reason"


def test_the_payer_advises_nobody() -> None:
    """Whoever learns what is shared does not judge whether it may be."""
    (found,) = check(record(agreement(clauses={"adviser": {"party": "payer"}})), NOW)
    assert found.what == "agreement 1 names `payer` as its adviser"


def test_an_amendment_settles_it() -> None:
    """What is replaced cannot be mended any more, and is not held against anybody."""
    later = agreement(version=2, clauses={"adviser": {"party": "adviser"}})
    assert list(check(record(agreement(), later), NOW)) == []
