"""Deadlocks and forbidden duties: each is reported with its reason, and not where there is a way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from confide.model.agreement import Circumstances, Moment, Term
from confide.model.partnership import Partnership
from confide.model.words import Form
from confide.policy.analysis.deadlocks import deadlocks
from confide.policy.analysis.finding import Finding
from confide.policy.analysis.forbidden import forbidden
from tests.policy.analysis.world import PARTNERSHIP, ask, said, share, withhold

ADVISER = {"adviser": {"party": "adviser"}}


def stuck(*terms: Term, partnership: Partnership = PARTNERSHIP, **fields: Any) -> list[Finding]:
    return list(deadlocks(ask(*terms, partnership=partnership, **fields).answers))


def kept(*terms: Term, **fields: Any) -> list[Finding]:
    asked = ask(*terms, **fields)
    return list(forbidden(asked.answers, asked.types))


def after(*duties: str, **facets: Any) -> Term:
    return share("goals", when=tuple(Moment(duty) for duty in duties), **facets)


def without(*absent: str) -> Partnership:
    parties = (replace(p, active=False) if p.id in absent else p for p in PARTNERSHIP.parties)
    return replace(PARTNERSHIP, parties=tuple(parties))


def test_a_client_who_is_not_there() -> None:
    """She has to read or hear something first, and takes no part."""
    assert said(stuck(after("client-first"), partnership=without("client"))) == [
        "clause goals can never be used: it waits until the client has read the exact text, and no client takes part"
    ]
    assert said(stuck(after("client-informed"), partnership=without("client"))) == [
        "clause goals can never be used: it waits until the client has been informed, and no client takes part"
    ]
    assert stuck(after("client-first", "client-informed")) == []
    assert stuck(after("acknowledged"), partnership=without("client")) == []


def test_a_client_nobody_can_reach() -> None:
    """No channel is controlled, so there is none that may reach her."""
    assert said(stuck(after("client-informed"), channels={"e-mail": "receive-only"})) == [
        (
            "clause goals can never be used: it waits until the client has been informed, "
            "and no agreed channel may reach her"
        )
    ]


def test_an_adviser_who_is_not_named() -> None:
    """A duty to consult needs somebody to be consulted."""
    [found] = stuck(after("consulted"))
    assert found.sentence == "clause goals can never be used: the adviser has to be consulted, and none is named"
    assert (found.sid, found.hint) == ("S-38", "name one under `adviser`")
    reason = {"adviser": {"none-because": "nobody suitable was found yet"}}
    assert len(stuck(after("consulted"), clauses=reason)) == 1
    assert stuck(after("consulted"), clauses=ADVISER) == []
    assert said(stuck(after("consulted"), clauses=ADVISER, partnership=without("adviser"))) == [
        "clause goals can never be used: the adviser has to be consulted, and does not take part in this partnership"
    ]


def test_somebody_who_cannot_attest() -> None:
    """Circumstances that only somebody attests who is not there."""
    review = Circumstances("board", "the review takes place")
    assert said(stuck(share("goals", circumstances=review))) == [
        (
            "clause goals can never be used: the board would have to attest to it, "
            "and does not take part in this partnership"
        )
    ]
    assert stuck(share("goals", circumstances=Circumstances("coach", "the review takes place"))) == []


def test_promptly_against_what_takes_time() -> None:
    """A date, a period, a longer window for her answer, or terms that nobody could be given."""
    settings = {"promptly": "3 working days", "input-window": "5 working days"}
    slow = "clause goals promises to be prompt, "
    assert said(stuck(after("promptly", "client-first"), settings=settings)) == [
        slow + "within 3 working days, and the client has 5 working days to answer first"
    ]
    assert stuck(after("promptly", "client-first"), settings=settings | {"input-window": "2 days"}) == []
    dated = share("goals", when=(Moment("promptly"), Moment("on", "2026-06-01")))
    assert said(stuck(dated)) == [slow + "and applies from 2026-06-01 only"]
    often = share("goals", when=(Moment("promptly"), Moment("every", "quarter")))
    assert said(stuck(often)) == [slow + "and is told every quarter"]


def test_promptly_against_terms_that_cannot_be_delivered() -> None:
    """Feedback needs its source's terms first: from somebody there, a circle, or whoever reads a standing notice."""
    feedback = share("goals", what=("feedback",), recipients=("client",), when=(Moment("promptly"),))
    assert stuck(feedback) == []
    alone = without("peers")
    assert said(stuck(feedback, partnership=alone, clauses={"feedback": {"unsolicited": "return"}})) == [
        "clause goals promises to be prompt, and no source takes part to whom the terms could be given first"
    ]
    assert stuck(feedback, partnership=alone, clauses={"feedback": {"unsolicited": "accept"}}) == []
    assert stuck(feedback, partnership=alone, clauses={"feedback": {"circles": {"peers": 5}}}) == []


def test_exceptions_that_ask_for_somebody_who_is_not_there() -> None:
    """The exception could never be used as agreed."""
    threat = {"exceptions": {"threat": {"to": ("payer.hr",), "consult": "supervisor"}, "input-waived-when": "never"}}
    assert said(stuck(share("goals"), clauses=threat)) == [
        "the exception `threat` asks for the supervisor, who does not take part in this partnership"
    ]


def test_reading_first_what_she_may_not_read() -> None:
    """Appraisals go to the manager once the client has read them; whether she may is said, or not said, elsewhere."""
    first = after("client-first", what=("performance-appraisals",), recipients=("manager",))
    head = "clause goals shares performance appraisals only once the client has read the exact text, and "
    [silent] = kept(first)
    assert silent.sentence == head + "no clause lets the client read that"
    assert (silent.kind, silent.parties, silent.hint) == (
        "forbidden-duty",
        ("client",),
        "share it with the client too, or leave the duty out",
    )
    hers = withhold("not-hers", what=("performance-appraisals",), recipients=("client",))
    assert said(kept(first, hers)) == [head + "clause not-hers withholds that from the client"]
    topic = share("topic", what=("performance-appraisals",), recipients=("client",), form=Form.TOPIC)
    assert said(kept(first, topic)) == [head + "no clause lets the client read that"]
    assert kept(first, replace(topic, form=Form.SUMMARY)) == []


def test_informing_her_of_what_is_kept_from_her() -> None:
    """To inform names no more than the subject: only an express withhold stands against it."""
    told = after("client-informed", what=("performance-appraisals",), recipients=("manager",))
    assert kept(told) == []
    assert said(kept(told, withhold("not-hers", what=("performance-appraisals",), recipients=("client",)))) == [
        (
            "clause goals shares performance appraisals only once the client has been informed, and clause not-hers "
            "withholds that from the client"
        )
    ]


def test_what_is_hers_she_may_always_read() -> None:
    """Her goals need no clause to be read by her."""
    assert kept(after("client-first", "client-informed")) == []


def test_consulting_an_adviser_from_whom_it_is_withheld() -> None:
    """The adviser cannot be asked about what must not reach them."""
    asked = after("consulted", what=("career-aspirations",))
    private = withhold("private", what=("career-aspirations",), recipients=("adviser",))
    assert said(kept(asked, private, clauses=ADVISER)) == [
        (
            "clause goals shares career aspirations only once the adviser has been consulted, "
            "and clause private withholds that from the adviser"
        )
    ]
    assert kept(asked, clauses=ADVISER) == []


def test_a_summary_of_what_is_withheld() -> None:
    """From the payer, or from the client who has to read it first; or included and excluded at once."""
    summary = {
        "to": ("payer",),
        "by": ("coach",),
        "includes": ("partnership-goals/shared", "strategy"),
        "excludes": ("strategy",),
        "when": (Moment("client-first"),),
    }
    terms = (
        withhold("no-goals", what=("partnership-goals",), recipients=("payer",)),
        withhold("no-strategy", what=("strategy",), recipients=("client",)),
    )
    assert said(kept(*terms, clauses={"summary": summary})) == [
        "the summary is to hold shared partnership goals, and clause no-goals withholds that from the payer",
        "the summary is to hold strategy and projects, and is not to hold it",
        "the summary is to hold strategy and projects, and clause no-strategy withholds that from the client",
    ]
    assert kept(share("goals"), clauses={"summary": summary | {"excludes": ()}}) == []
