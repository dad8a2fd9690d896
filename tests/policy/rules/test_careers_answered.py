"""careers-answered (S-31): job hunting is answered for the payer, whatever the answer is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from confide.model.agreement import Term
from confide.policy.rules.careers_answered import check
from tests.policy.small import NOW, agreement, record, share, withhold


@pytest.mark.parametrize(
    "term",
    [
        withhold(what=("career-aspirations",), recipients=("payer",)),
        withhold(what=("career-aspirations",)),
        withhold(),
        share(what=("career-aspirations",), recipients=("manager", "payer")),
    ],
    ids=["from the payer", "from everybody", "everything", "shared"],
)
def test_an_answer_is_clean(term: Term) -> None:
    """Withheld from the payer, from everybody, or shared: somebody has thought of it."""
    assert list(check(record(agreement(share(), term)), NOW)) == []


@pytest.mark.parametrize("terms", [(), (withhold(what=("career-aspirations",), recipients=("manager",)),)])
def test_silence_about_the_payer_is_a_violation(terms: tuple[Term, ...]) -> None:
    """An answer for the manager is none for the payer."""
    (found,) = check(record(agreement(share(), *terms)), NOW)
    assert found.what == "agreement 1 does not say whether `payer` may learn `career-aspirations`"
    assert found.hint.startswith("withhold it:")
    assert found.rule == "careers-answered"


def test_without_a_payer_there_is_nothing_to_answer() -> None:
    """Nobody pays, so nobody has to be kept from it."""
    known = record()
    alone = replace(known.partnership, parties=tuple(p for p in known.partnership.parties if p.id != "payer"))
    assert list(check(replace(known, partnership=alone), NOW)) == []
