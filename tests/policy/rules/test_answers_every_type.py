"""answers-every-type (S-28): of every type of information the agreement says whether it is shared."""

from __future__ import annotations

from confide.model.problem import Place
from confide.model.words import NINE_TYPES
from confide.policy.rules.answers_every_type import check
from tests.policy.small import NOW, agreement, record, share, withhold

REST = withhold("rest", what=tuple(NINE_TYPES))


def test_an_agreement_that_speaks_of_all_nine_types_is_clean() -> None:
    """All nine answered, whether shared or withheld, by type or by subtype."""
    assert list(check(record(agreement(share(), REST)), NOW)) == []
    others = withhold("rest", what=tuple(t for t in NINE_TYPES if t != "partnership-goals"))
    assert list(check(record(agreement(share(), others)), NOW)) == []


def test_silence_about_a_type_is_a_violation_with_its_place() -> None:
    """Each type nobody speaks of is named, at the agreement, with what to do."""
    others = withhold("rest", what=tuple(t for t in NINE_TYPES if t not in {"strategy", "conflicts"}))
    found = list(check(record(agreement(others)), NOW))
    assert [p.what for p in found] == [
        "nobody has said who may learn `conflicts`",
        "nobody has said who may learn `strategy`",
    ]
    assert {p.place for p in found} == {Place("agreements/1.yml", 1)}
    assert {p.hint for p in found} == {"add a term that shares or withholds it"}
    assert {p.rule for p in found} == {"answers-every-type"}


def test_a_type_that_the_agreement_adds_needs_an_answer_too() -> None:
    """A tenth type without a term is a question nobody answered."""
    found = list(check(record(agreement(REST, types={"engagement": "dates and invoices"})), NOW))
    assert [p.what for p in found] == ["nobody has said who may learn `engagement`"]


def test_a_withhold_of_everything_answers_for_every_type() -> None:
    """A withhold term without `what` speaks of all."""
    assert list(check(record(agreement(withhold())), NOW)) == []


def test_a_share_of_nothing_in_particular_answers_for_none() -> None:
    """A share term without `what` is an error and no answer."""
    assert len(list(check(record(agreement(share(what=None))), NOW))) == 9


def test_every_version_is_asked() -> None:
    """Both versions of an agreement are checked, each at its own place."""
    found = list(check(record(agreement(REST), agreement(withhold(what=("strategy",)), version=2)), NOW))
    assert len(found) == 8
    assert {p.place for p in found} == {Place("agreements/2.yml", 1)}
