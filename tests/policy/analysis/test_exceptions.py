"""How far the exceptions reach: each ground, its recipients, what it covers, and what it leaves open."""

from __future__ import annotations

from typing import Any

from confide.policy.analysis.exceptions import exemptions, reach
from confide.policy.analysis.finding import Finding, Level
from tests.policy.analysis.world import agreement, ask, said, share, withhold


def found(exceptions: dict[str, Any]) -> list[Finding]:
    private = withhold("private", what=("career-aspirations",), recipients=("payer",))
    asked = ask(share("goals"), private, clauses={"exceptions": exceptions})
    return list(reach(asked.answers, asked.types))


def test_an_order_reaches_everything() -> None:
    """What a court names, whole records if it says so."""
    assert said(found({"compelled": {"by": ("court", "regulator"), "extent": "what the order names"}})) == [
        (
            "under the exception `compelled` the court and the regulator could learn whatever an order names, "
            "whole records if it says so"
        )
    ]


def test_a_threat_reaches_what_it_covers() -> None:
    """Only sentences chosen for the case; who would otherwise be kept from it is pointed out."""
    to = {"to": ("payer.hr", "police"), "consult": "adviser"}
    head = "under the exception `threat` the payer's HR and the police could learn "
    tail = ", but no more than the sentences chosen for that case, after the adviser was consulted"
    assert said(found({"threat": {"covers": ("organisation",), **to}})) == [
        head + "what concerns the organisation" + tail
    ]
    assert said(found({"threat": {"covers": ("client",), **to}})) == [
        head + "what concerns the client" + tail + "; otherwise a clause withholds some of it from the payer's HR"
    ]
    assert said(found({"threat": {"covers": ("organisation", "client"), "to": ("police",)}})) == [
        (
            "under the exception `threat` the police could learn anything, about the organisation or the client, "
            "but no more than the sentences chosen for that case"
        )
    ]


def test_what_is_not_said_counts_as_reached_and_is_worth_a_look() -> None:
    """Whether it covers the client has to be settled; until then it reaches her too."""
    open_, asked = found({"illegal": {"to": ("police",)}})
    assert open_.level is Level.NOTE
    assert {"strategy", "career-aspirations"} <= set(open_.types)
    assert (asked.kind, asked.level, asked.sentence) == (
        "unsettled",
        Level.LOOK,
        "the exception `illegal` does not say whether it covers information about the client",
    )


def test_no_exceptions() -> None:
    """None agreed, none reported; words that are no ground are none either."""
    assert found({}) == []
    assert found({"input-waived-when": "never", "credentialing-body": "nothing"}) == []
    assert exemptions(agreement(share())) == ()
