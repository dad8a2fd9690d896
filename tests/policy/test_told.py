"""What is said aloud is decided like any disclosure; what happened against the rules is recorded all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from confide.model.decision import Request, Verdict
from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Form
from confide.policy.accounting import entries
from confide.policy.audience import audience
from confide.policy.lapse import recorded
from confide.policy.onward import decide_onward
from confide.policy.replay import lapses
from confide.policy.told import decide_told, passed_on
from tests.policy.small import GOALS, NOW, add, agreement, disclosed, record, rules, share

TYPE = GOALS.what


def said(known: Record, to: str = "payer", by: str = "coach", **fields: object) -> Record:
    whole = {"what": (TYPE,), "form": Form.SUMMARY, "channel": "in-person", "terms": ("goals",), "agreement": 1}
    return add(known, "told", by, to=(to,), **(whole | fields))


def last(known: Record) -> Event:
    return known.events[-1]


def onward(to: tuple[str, ...] = ()) -> Record:
    """The goals are told to the payer, who may tell `to`."""
    return disclosed(record(agreement(terms=(share(onward=to),))))


def passing(known: Record, to: str, **changes: object) -> Request:
    asked = Request(TYPE, "payer", to, Form.SUMMARY, channel="in-person", section=GOALS)
    return replace(asked, **changes)  # type: ignore[arg-type]


def test_what_the_agreement_allows_may_be_said_and_replays() -> None:
    """The same clause, the same answer, at its own commit."""
    known = said(record())
    assert lapses(known) == ()
    assert audience(last(known), known) == ("client", "payer")


@pytest.mark.parametrize(
    "fields", [{"form": Form.VERBATIM}, {"what": ("conflicts",)}, {"channel": "e-mail"}, {"terms": ()}]
)
def test_what_it_does_not_allow_is_reported_when_it_was_said(fields: dict[str, object]) -> None:
    """Nothing rejects the event: it is on record, and found."""
    known = said(record(), **fields)
    assert [problem.rule for problem in lapses(known)] == ["only-allowed"]


def test_a_lapse_answers_for_what_was_not_allowed_and_stays_for_ever() -> None:
    """The open question is settled, the truth is not taken away."""
    known = said(record(), form=Form.VERBATIM)
    wrong = last(known)
    known = add(known, "lapse", to=("payer",), what=(TYPE,), target=f"event/{wrong.id}")
    assert lapses(known) == ()
    assert [problem.rule for problem in recorded(known)] == ["lapse"]


def test_a_lapse_is_seen_by_whom_it_concerns_and_not_by_whom_it_reached() -> None:
    """The payer overheard something about her: she sees it, he does not."""
    known = add(record(), "lapse", to=("payer",), what=("conflicts",))
    assert audience(last(known), known) == ("client",)
    (line,) = [entry for entry in entries(known, "client", {1}) if entry.kind == "lapse"]
    assert line.to == ("payer",)
    assert not [entry for entry in entries(known, "payer", {1}) if entry.kind == "lapse"]


def test_a_lapse_about_what_is_the_organisations_is_seen_by_it_too() -> None:
    """S-01: whoever it was obtained from."""
    known = add(record(), "lapse", to=("supervisor",), what=("strategy",))
    assert audience(last(known), known) == ("client", "payer")


def test_a_lapse_that_points_to_a_source_is_not_the_clients_to_see() -> None:
    """The harm is the source's; her page would repeat it."""
    text = replace(GOALS, what="feedback", source="peers")
    known = add(record(), "lapse", to=("client",), what=("feedback",), sections=(text,))
    assert audience(last(known), known) == ("peers",)


def test_what_was_said_of_feedback_to_others_is_not_hers_to_see() -> None:
    """As with a disclosure: it would say that somebody spoke (S-24)."""
    known = said(record(), to="manager", what=("feedback",))
    assert audience(last(known), known) == ("manager",)


def test_a_correction_is_seen_by_whoever_saw_the_mistake() -> None:
    """And it names what it corrects; the old entry stays."""
    known = said(record())
    wrong = last(known)
    known = add(known, "corrected", target=f"event/{wrong.id}", to=("manager",))
    assert audience(last(known), known) == audience(wrong, known)
    lines = entries(known, "client", {1})
    assert [(line.kind, line.corrects) for line in lines[-2:]] == [("told", ""), ("corrected", wrong.id)]


def test_a_correction_of_itself_or_of_nothing_is_seen_by_nobody() -> None:
    """Both would have no end and no meaning."""
    for target in ("event/zzzzzzz9", "event/00000042"):
        known = add(record(), "corrected", id="00000042", target=target)
        assert audience(last(known), known) == ()


def test_passing_on_needs_a_clause_or_a_permission_and_the_clients_notice() -> None:
    """S-22, S-23: agreed before coaching began, and she hears of it first."""
    nobody = onward()
    assert rules(decide_onward(passing(nobody, "manager"), last(nobody), nobody, NOW)) == {"onward"}
    known = onward(("manager",))
    first = last(known)
    waiting = decide_onward(passing(known, "manager"), first, known, NOW)
    assert (waiting.verdict, rules(waiting)) == (Verdict.NOT_YET, {"client-informed"})
    told = add(known, "informed", to=("client",), what=(TYPE,), sections=(GOALS,), evidence="attested")
    allowed = decide_onward(passing(told, "manager"), first, told, last(told).at)
    assert allowed.verdict is Verdict.ALLOW
    assert allowed.because == (first.id, last(told).id)


def test_notice_before_the_first_telling_is_no_notice_of_the_second() -> None:
    """The order of commits shows it."""
    before = add(record(agreement(terms=(share(onward=("manager",)),))), "informed", to=("client",), what=(TYPE,),
                 evidence="attested")  # fmt: skip
    known = disclosed(before)
    answer = decide_onward(passing(known, "manager"), last(known), known, NOW)
    assert answer.verdict is Verdict.NOT_YET


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"form": Form.VERBATIM}, "too-wide"),
        ({"section": replace(GOALS, commitment="sha256:" + "0" * 64)}, "other-text"),
        ({"section": None, "what": "conflicts"}, "other-type"),
    ],
)
def test_nobody_passes_on_more_than_they_were_told(changes: dict[str, object], rule: str) -> None:
    """Wider, another text, another type."""
    known = onward(("manager",))
    assert rule in rules(decide_onward(passing(known, "manager", **changes), last(known), known, NOW))


def test_what_was_taken_back_is_not_passed_on() -> None:
    """What was read cannot be recalled, but it goes no further by right."""
    known = onward(("manager",))
    first = last(known)
    known = add(known, "withdrawn", "client", to=("payer",), target=f"event/{first.id}", evidence="signed")
    assert "withdrawn" in rules(decide_onward(passing(known, "manager"), first, known, last(known).at))


def test_passing_on_replays_and_what_was_passed_on_without_notice_is_reported() -> None:
    """S-23: a recorded onward release without notice or reason."""
    known = onward(("manager",))
    first = last(known)
    silent = said(known, "manager", "payer", sections=(GOALS,), because=(first.id,))
    assert [problem.rule for problem in lapses(silent)] == ["only-allowed"]
    known = add(known, "informed", to=("client",), what=(TYPE,), sections=(GOALS,), evidence="attested")
    told = said(known, "manager", "payer", sections=(GOALS,), because=(first.id, last(known).id))
    assert lapses(told) == ()
    assert passed_on(passing(told, "manager"), told) == first


def test_what_nobody_told_them_is_not_theirs_to_pass_on() -> None:
    """The clause says to whom they may pass it; they have to have it, and it must not have been taken back."""
    nothing = record(agreement(terms=(share(onward=("manager",)),)))
    assert "onward" in rules(decide_told(passing(nothing, "manager"), None, nothing, NOW))
    known = onward(("manager",))
    first = last(known)
    known = add(known, "informed", to=("client",), what=(TYPE,), sections=(GOALS,), evidence="attested")
    asked = passing(known, "manager")
    assert decide_told(asked, passed_on(asked, known), known, last(known).at).verdict is Verdict.ALLOW
    known = add(known, "withdrawn", "client", to=("payer",), target=f"event/{first.id}", evidence="signed")
    assert "withdrawn" in rules(decide_told(asked, passed_on(asked, known), known, last(known).at))


def test_she_tells_of_herself_whom_she_likes() -> None:
    """No agreement binds her about what is hers; a channel without control it does (S-26)."""
    asked = Request("career-aspirations", "client", "manager", Form.VERBATIM, channel="in-person")
    assert decide_told(asked, None, record(), NOW).verdict is Verdict.ALLOW
    assert rules(decide_told(replace(asked, channel="e-mail"), None, record(), NOW)) == {"controlled-channel"}
    assert decide_told(replace(asked, what="strategy"), None, record(), NOW).verdict is Verdict.DENY
