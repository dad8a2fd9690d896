"""talks-never-verbatim (S-35): nobody outside hears the sessions word for word."""

from __future__ import annotations

import pytest

from confide.model.agreement import Term
from confide.model.words import Form
from confide.policy.rules.talks_never_verbatim import check
from tests.policy.small import NOW, agreement, record, share, withhold

TALKS = ("discussions",)


@pytest.mark.parametrize(
    "term",
    [
        share(what=TALKS, form=Form.SUMMARY),
        share(what=TALKS, recipients=("client",), form=Form.VERBATIM),
        share(what=TALKS, recipients=("supervisor",), form=Form.VERBATIM),
        share(form=Form.VERBATIM),
        withhold(what=TALKS, form=Form.VERBATIM),
    ],
    ids=["in summary", "to her", "to supervision", "her goals", "withheld"],
)
def test_anything_else_is_clean(term: Term) -> None:
    """A summary, her own words to herself, supervision, another type, a withhold."""
    assert list(check(record(agreement(term)), NOW)) == []


@pytest.mark.parametrize(("what", "to"), [("discussions", "payer"), ("discussions/joint", "manager")])
def test_word_for_word_to_a_sponsor_is_a_violation(what: str, to: str) -> None:
    """The clause and the recipient are named, at the clause."""
    term = share(what=(what,), recipients=("client", to), form=Form.VERBATIM)
    (found,) = check(record(agreement(term)), NOW)
    assert found.what == f"clause `goals` shares `discussions` with `{to}` word for word"
    assert found.place == term.place
    assert found.rule == "talks-never-verbatim"
