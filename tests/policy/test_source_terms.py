"""What a source was told and accepted lets their feedback reach the client, that far and no further (S-20)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from confide.model.agreement import Agreement, Moment
from confide.model.commitment import digest
from confide.model.decision import Verdict
from confide.model.event import Exact
from confide.model.projection import seen_bytes, whole_bytes
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy.rules.permissions_signed import check
from tests.policy.small import NOW, add, agreement, answer, ask, disclosed, record, share

SAID = Exact("feedback/f1000001#s1", digest(b"said"), "feedback", Form.SUMMARY, source="peers")
LATER = NOW.replace(month=6)


def agreed(unsolicited: str = "accept") -> Agreement:
    term = share(
        what=("feedback",), recipients=("client",), when=(Moment("promptly"),), attribution=Attribution.CATEGORY
    )
    said = {"unsolicited": unsolicited, "circles": {"peers": 5, "reports": 4}}
    return agreement(term, clauses={"feedback": said})


def told(how: str, unsolicited: str = "accept", **changed: Any) -> Record:
    """Terms on record for the peers, and the client's promise not to ask who it was."""
    known = add(record(agreed(unsolicited)), "acknowledged", "client", to=("coach",), evidence="attested")
    terms = {
        "to": ("client",), "what": ("feedback",), "form": Form.SUMMARY, "attribution": Attribution.CATEGORY,
        "evidence": how, "document": digest(b"terms"), "agreement": 1,
    }  # fmt: skip
    return add(known, "permitted", "peers", **(terms | changed))


def relayed(known: Record, **changed: Any) -> tuple[Verdict, set[str]]:
    request = ask(what="feedback", recipient="client", section=SAID, attribution=Attribution.CATEGORY)
    return answer(replace(request, **changed), known, LATER)


@pytest.mark.parametrize("how", ["accepted", "notice"])
def test_terms_that_were_accepted_and_a_standing_notice_let_it_through(how: str) -> None:
    """In the form and with the attribution that the source was told."""
    assert relayed(told(how)) == (Verdict.ALLOW, {"goals"})


def test_a_standing_notice_counts_only_where_the_unasked_is_accepted() -> None:
    """An agreement that returns it has no notice for it."""
    assert relayed(told("notice", "return")) == (Verdict.DENY, {"source-terms"})


@pytest.mark.parametrize(
    "changed",
    [
        {"document": ""},
        {"form": Form.TOPIC},
        {"attribution": Attribution.NONE},
        {"what": ("conflicts",)},
        {"to": ("payer",)},
    ],
    ids=str,
)
def test_nothing_beyond_the_terms(changed: dict[str, Any]) -> None:
    """Terms that nobody kept, a wider form, another attribution, another type, somebody else: none of these."""
    assert relayed(told("accepted", **changed)) == (Verdict.DENY, {"source-terms"})


def test_what_one_circle_accepted_says_nothing_of_another() -> None:
    assert relayed(told("accepted"), section=replace(SAID, source="reports"))[0] is Verdict.DENY


def test_acceptance_lifts_nothing_that_is_no_source_s() -> None:
    """A payer who is told terms permits nothing by that: their word is signed."""
    known = add(
        record(agreement(share(recipients=("manager",)))), "permitted", "client", to=("payer",),
        what=("partnership-goals/shared",), form=Form.VERBATIM, evidence="accepted", document=digest(b"t"), agreement=1,
    )  # fmt: skip
    assert answer(ask(), known, LATER)[0] is Verdict.DENY


def test_a_disclosure_may_rest_on_a_source_s_terms_and_on_no_other_unsigned_word() -> None:
    """The rule lets `accepted` pass for feedback alone."""
    known = told("accepted")
    terms = known.events[-1]
    good = disclosed(known, SAID, to=("client",), because=(terms.id,), attribution=Attribution.CATEGORY)
    assert list(check(good, LATER)) == []
    spoken = told("attested")
    bad = disclosed(spoken, SAID, to=("client",), because=(spoken.events[-1].id,))
    assert [problem.rule for problem in check(bad, LATER)] == ["permissions-signed"]


def test_her_chain_does_not_tell_two_sources_apart() -> None:
    """Two texts under the same terms and two under different ones look alike to her; to the coach's own record not."""
    known = told("accepted")
    other = replace(SAID, section="feedback/f1000002#s1", source="reports")
    one = disclosed(known, SAID, to=("client",), because=(known.events[-1].id,)).events[-1]
    two = replace(one, sections=(replace(SAID, source="reports"),), because=("f0000007",))
    assert seen_bytes(one, "client") == seen_bytes(two, "client")
    assert known.events[-1].id.encode() not in seen_bytes(one, "client")
    assert whole_bytes(one, "client") != whole_bytes(replace(one, sections=(other,)), "client")


def test_whoever_gave_feedback_and_owns_it_is_not_named_as_its_owner() -> None:
    """A manager is no circle of sources, and a source all the same (S-16, S-24): no field of the client's chain says
    who it was. Whoever else owns it is named as before."""
    for owner, named in (("manager", False), ("payer", True)):
        said = replace(SAID, source="manager", owner=owner)
        known = add(
            record(agreed()), "disclosed", to=("client",), what=("feedback",), form=Form.SUMMARY, sections=(said,)
        )
        seen = seen_bytes(known.events[-1], "client")
        assert b"manager" not in seen
        assert (b"payer" in seen) is named
