"""never-testimonials (S-06): praise of the coach is no type of information."""

from __future__ import annotations

import pytest

from confide.policy.rules.never_testimonials import check
from tests.policy.small import NOW, agreement, record


def test_other_types_are_clean() -> None:
    """An agreement may add what it needs."""
    assert list(check(record(agreement(types={"engagement": "dates", "rota": "who is on duty"})), NOW)) == []


@pytest.mark.parametrize("what", ["testimonial", "testimonials", "recommendations", "client-list", "case-studies"])
def test_a_type_for_praise_is_a_violation(what: str) -> None:
    """Singular or plural, whatever the agreement says that it means."""
    known = agreement(types={what: "with her consent"})
    (found,) = check(record(known), NOW)
    assert found.what == f"agreement 1 adds the type `{what}`"
    assert found.place == known.place
    assert found.rule == "never-testimonials"
