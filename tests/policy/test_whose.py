"""Whose consent a text takes, word for word, in corners that only a changed line would show (docs/MUTATION.md)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from confide.model.decision import Reason, Verdict
from confide.model.partnership import Partnership
from confide.model.problem import Place
from confide.model.record import Record
from confide.model.words import Form
from confide.policy.consent import own
from confide.policy.flow import facets_of, reaches
from tests.policy.asked_in_june import decided, last, permitted, why
from tests.policy.small import GOALS, add, agreement, ask, record, rules, share

FIRST = Place("agreements/1.yml", 1)


def about(**facets: Any) -> dict[str, Any]:
    section = replace(GOALS, **facets)
    return {"what": section.what, "section": section}


def test_only_a_client_has_something_of_her_own() -> None:
    """What a payer is subject, source and owner of is no client's; and without an agreement hers is hers."""
    payers = ask(recipient="payer", **about(subject="payer", source="payer", owner="payer"))
    assert not own(payers)
    assert own(ask(recipient="client"))
    assert not own(ask(recipient="client", **about(flags=("privileged",))))


@pytest.mark.parametrize(
    ("consent", "facets", "missing"),
    [
        ({"about-client": ("client", "manager")}, {}, {"manager"}),
        ({"about-client": ("client",)}, {}, set()),
        ({}, {}, set()),
        ({"about-organisation": ("payer", "manager")}, {"owner": "payer"}, {"manager"}),
        ({"about-organisation": ("payer",)}, {"owner": "payer"}, set()),
        ({}, {"owner": "payer"}, set()),
        ({}, {"subject": "manager"}, {"manager"}),
        ({}, {"source": "manager"}, {"manager"}),
        ({"about-client": ("client", "manager")}, {"subject": "payer", "owner": "payer", "source": "payer"}, set()),
    ],
)
def test_whose_consent_is_missing(consent: dict[str, Any], facets: dict[str, str], missing: set[str]) -> None:
    """Whoever signed has agreed. The quorum adds to subject, source and owner, each for what is theirs (S-11)."""
    known = record(agreement(consent=consent))
    found = [reason.message for reason in decided(known, ask(**about(**facets))).reasons if reason.rule == "consent"]
    assert found == [f"`{party}` has not agreed: they did not sign agreement 1" for party in sorted(missing)]


def test_a_missing_consent_says_where_and_what_would_help() -> None:
    """For an owner with the S-id of what belongs to an organisation, for others with that of the client's own."""
    board = ask(**about(owner="manager"))
    assert why(record(), "consent", board) == Reason(
        "consent", "S-11", "`manager` has not agreed: they did not sign agreement 1", FIRST, "their written permission"
    )
    business = ask(**about(what="strategy", owner="manager"))
    known = record(agreement(share(what=("strategy",))))
    assert why(known, "consent", business).sid == "S-08"


def test_an_organisation_that_nobody_speaks_for_agrees_to_nothing() -> None:
    """Without a payer, and without a word of who speaks for it."""
    known = record(agreement(share(what=("strategy",), recipients=("manager",)), consent={}))
    nobody = replace(known, partnership=_without(known.partnership, "payer"))
    found = why(nobody, "consent", ask(recipient="manager", **about(what="strategy", owner="client")))
    assert found.message == "it is the organisation's, and the agreement does not say who speaks for it"


def _without(partnership: Partnership, party: str) -> Partnership:
    return replace(partnership, parties=tuple(p for p in partnership.parties if p.id != party))


def test_what_no_clause_stands_in_for_is_said_in_words() -> None:
    """The terms of a source, and the waiver of whoever holds a flag: each with what would help."""
    known = record(agreement(share(what=("feedback", "partnership-goals"))))
    assert why(known, "source-terms", ask(**about(what="feedback", source="peers"))) == Reason(
        "source-terms", "S-20", "the terms that the source was given are not on record, or do not allow this", FIRST,
        "record what the source was told and accepted",
    )  # fmt: skip
    assert why(known, "flagged", ask(**about(flags=("trade-secret",)))) == Reason(
        "flagged", "S-02", "the section is flagged trade secret and its holder has not waived that",
        change="a waiver by its holder",
    )  # fmt: skip


def test_where_no_clause_speaks_the_source_has_to_permit_it_too() -> None:
    """Unless they tell it themselves: the client's word alone does not give away what a manager said."""
    silent = record(agreement(share(recipients=("supervisor",))))
    asked = ask(**about(source="manager"))
    hers = permitted(silent, sections=(asked.section,))
    assert decided(hers, asked).verdict is Verdict.DENY
    both = add(hers, "permitted", "manager", to=("payer",), form=Form.VERBATIM, sections=(asked.section,),
               evidence="signed")  # fmt: skip
    assert decided(both, asked).verdict is Verdict.ALLOW
    assert decided(both, asked).because[-1] == last(both).id
    themselves: Record = permitted(silent, sections=(asked.section,))
    assert rules(decided(themselves, replace(asked, sender="manager"))) == {"permission"}


@pytest.mark.parametrize(
    ("what", "source", "owner"),
    [("feedback", "sources", "client"), ("strategy", "client", "payer"), ("conflicts", "client", "client")],
)
def test_a_question_about_a_type_is_about_what_such_a_text_usually_is(what: str, source: str, owner: str) -> None:
    """Feedback comes from sources, business belongs to the payer; no text is meant, so none has its digest."""
    exact = facets_of(ask(what=what, section=None))
    assert (exact.section, exact.commitment, exact.what, exact.form) == ("", "", what, Form.SUMMARY)
    assert (exact.subject, exact.source, exact.owner) == ("client", source, owner)


def test_what_is_said_of_a_party_is_said_of_its_departments() -> None:
    """And not the other way round."""
    payer = add(record(), "informed", to=("payer",)).events[-1]
    finance = add(record(), "informed", to=("payer.finance",)).events[-1]
    assert reaches(payer, "payer.finance") and reaches(payer, "payer") and reaches(finance, "payer.finance")
    assert not reaches(finance, "payer") and not reaches(payer, "client")
