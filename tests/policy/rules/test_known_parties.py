"""known-parties (S-28): whoever an agreement names is a party of the partnership."""

from __future__ import annotations

import pytest

from confide.model.agreement import Circumstances, Term
from confide.model.problem import Place
from confide.policy.rules.known_parties import check
from tests.policy.small import NOW, agreement, record, share, withhold


def test_an_agreement_among_its_parties_is_clean() -> None:
    """Parties, their departments, and one who attests: all are known."""
    terms = (share(recipients=("payer", "payer.hr"), circumstances=Circumstances("coach", "it is time")), withhold())
    assert list(check(record(agreement(*terms)), NOW)) == []


@pytest.mark.parametrize(
    "term",
    [
        share(recipients=("payer", "board")),
        share(senders=("board",)),
        share(circumstances=Circumstances("board", "the board has met")),
        withhold(recipients=("board",)),
        withhold(senders=("board", "board")),
    ],
    ids=["with", "by", "attested-by", "withhold-with", "withhold-by"],
)
def test_a_term_about_somebody_else_is_a_violation(term: Term) -> None:
    """Once for each term and stranger, at the term, with the file to add them to."""
    (found,) = check(record(agreement(term)), NOW)
    assert found.what == f"clause `{term.id}` names `board`, who is not a party of this partnership"
    assert found.place == term.place
    assert found.hint == "add `board` to partnership.yml:1, or name a party that is listed there"
    assert found.rule == "known-parties"


def test_a_signatory_who_is_no_party_is_a_violation() -> None:
    """Somebody who cannot sign is asked to: the agreement could never be in force."""
    (found,) = check(record(agreement(signatories=("coach", "client", "payer", "board"))), NOW)
    assert found.what == "`board` is asked to sign but is not a party of this partnership"
    assert found.place == Place("agreements/1.yml", 1)
    assert found.hint == "add `board` to partnership.yml:1"
    assert found.rule == "known-parties"
