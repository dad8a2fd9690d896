"""Gaps: what only silence answers is named, and nothing else is."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given

from confide.model.agreement import Agreement
from confide.model.decision import Request, Verdict
from confide.policy.analysis.answers import Answers
from confide.policy.analysis.assumed import assumed, begins
from confide.policy.analysis.finding import Finding, Level
from confide.policy.analysis.gaps import gaps
from confide.policy.analysis.space import FORMS, controlled, recipients_of, types_of
from confide.policy.decide import decide
from tests.effort import examples
from tests.policy.analysis.world import ALL, NINE, ask, said, share, withhold
from tests.policy.generate import partnership
from tests.policy.generate_terms import SENDERS, agreements

EVERYBODY = partnership()


def found(*terms: object) -> list[Finding]:
    asked = ask(*terms)  # type: ignore[arg-type]
    return list(gaps(asked.answers, asked.types, asked.parties))


def without(*kinds: str) -> tuple[str, ...]:
    return tuple(what for what in NINE if what not in kinds)


def test_one_type_and_one_party_left_unsaid() -> None:
    """Everything is answered but one cell: one sentence, with a question that shows it."""
    terms = (
        withhold("rest", what=without("assessment-results")),
        withhold("results", what=("assessment-results",), recipients=("client", "payer", "adviser", "peers")),
    )
    [gap] = found(*terms)
    assert gap.sentence == "nobody has said whether the manager may learn assessment results"
    assert gap.example == "may the coach tell the manager about assessment results?"
    assert (gap.kind, gap.level, gap.types, gap.parties, gap.sid) == (
        *("gap", Level.LOOK, ("assessment-results",), ("manager",)),
        "S-28",
    )


def test_parties_with_the_same_gaps_share_a_sentence() -> None:
    """Three types unsaid for two parties are one finding, not six."""
    kinds = ("feedback", "strategy", "proprietary")
    known = withhold("rest", what=without(*kinds))
    some = withhold("some", what=kinds, recipients=("client", "adviser", "peers"))
    assert said(found(known, some)) == [
        (
            "nobody has said whether the payer or the manager may learn feedback, proprietary information or strategy "
            "and projects"
        )
    ]


def test_nothing_is_reported_where_everything_is_answered() -> None:
    """Shared or withheld, expressly or with every party meant: no gap."""
    assert found(ALL) == []
    assert found(withhold("all")) == []


def test_a_party_of_whom_nothing_is_said() -> None:
    """All types at once are `anything`; of sources and advisers that is only good to know."""
    terms = [withhold("rest", what=NINE, recipients=("client", "payer", "manager", "adviser"))]
    [gap] = found(*terms)
    assert (gap.sentence, gap.level) == ("nobody has said whether the peers may learn anything", Level.NOTE)


def test_what_is_hers_alone_needs_no_clause() -> None:
    """The client may have her own; of what is the organisation's or came from others somebody has to say it."""
    terms = [withhold("rest", what=NINE, recipients=("payer", "manager", "adviser", "peers"))]
    assert said(found(*terms)) == [
        (
            "nobody has said whether the client may learn feedback, performance appraisals, proprietary information or "
            "strategy and projects"
        )
    ]


def test_whoever_may_tell_it_knows_it() -> None:
    """The payer and the manager hand appraisals in: whether they may learn them is no question."""
    terms = (
        withhold("rest", what=without("performance-appraisals")),
        share("in", what=("performance-appraisals",), recipients=("coach", "client"), senders=("payer", "manager")),
        withhold("others", what=("performance-appraisals",), recipients=("adviser", "sources")),
    )
    assert found(*terms) == []


def test_subtypes_are_told_apart() -> None:
    """Shared goals are answered and private ones are not; a type of which no subtype is answered is named once."""
    rest = withhold("rest", what=without("partnership-goals"))
    others = ("client", "manager", "adviser", "peers")
    goals = withhold("others", what=("partnership-goals",), recipients=others)
    shared = share("goals", what=("partnership-goals/shared",))
    payer = "nobody has said whether the payer may learn "
    # A goal that is neither shared nor private, or does not say, is what is left.
    assert said(found(rest, goals, shared)) == [payer + "any other partnership goals"]
    private = withhold("private", what=("partnership-goals/private",), recipients=("payer",))
    assert said(found(rest, goals, private)) == [payer + "any other partnership goals"]
    assert found(rest, goals, shared, private) == []
    assert said(found(rest, goals)) == [payer + "partnership goals"]


@examples(12)
@given(agreements(1))
def test_a_gap_really_decides_by_silence(given: Agreement) -> None:
    """Nobody may tell it, in whatever form; if the coach did, silence would be the only reason against it."""
    answers = Answers.of(given, EVERYBODY)
    record, first = assumed(given, EVERYBODY), begins(given, given.effective)
    withholds = {term.id for term in given.terms if not term.shares}
    # Whoever was told may pass it on to whom a clause names: that is the way round a gap, and told as one.
    onward = {(told, to) for term in given.terms for told in term.recipients or () for to in term.onward or ()}
    for gap in gaps(answers, types_of(given), recipients_of(EVERYBODY, given)):
        for what, party, sender in product(gap.types[:4], gap.parties, SENDERS):
            if sender == party or (sender, party) in onward:
                continue
            decision = decide(Request(what, sender, party, FORMS[0], channel=controlled(given)[0]), record, first)
            assert decision.verdict is Verdict.DENY
            rules = {reason.rule for reason in decision.reasons}
            assert "default-deny" in rules
            assert sender != "coach" or not withholds & rules


@examples(12)
@given(agreements(1))
def test_what_is_no_gap_has_an_answer(given: Agreement) -> None:
    """A type as a whole that is not reported: somebody may tell it, a clause withholds it, or it is known anyway."""
    assume(given.effective <= given.until)
    answers, types = Answers.of(given, EVERYBODY), types_of(given)
    parties = recipients_of(EVERYBODY, given)
    reported = {(what, party) for gap in gaps(answers, types, parties) for what in gap.types for party in gap.parties}
    for what in (what for what in types if "/" not in what):
        family = [kind for kind in types if kind == what or kind.startswith(f"{what}/")]
        if {f"{what}/shared", f"{what}/private"} <= set(family):
            continue  # where both are answered nothing is left to say
        for party in parties:
            unknown = EVERYBODY.party(party) is None
            if any((kind, party) in reported for kind in family) or party == "coach" or unknown:
                continue
            spoken = any(
                t.about(what) and (t.recipients is None or not t.shares or party in t.recipients) for t in given.terms
            )
            tells = any(t.shares and t.about(what) and party in (t.senders or ()) for t in given.terms)
            assert spoken or tells or (party == "client" and answers.own(what))
