"""Conflicts: a contradiction leaves nothing of a clause for somebody; a narrowing says what is left."""

from __future__ import annotations

from confide.model.agreement import Circumstances, Term
from confide.model.words import Attribution, Form
from confide.policy.analysis.conflicts import conflicts
from confide.policy.analysis.finding import Finding, Level
from tests.policy.analysis.world import ask, kinds, said, share, withhold


def found(*terms: Term) -> list[Finding]:
    asked = ask(*terms)
    return list(conflicts(asked.answers, asked.types))


def test_a_contradiction_leaves_nothing() -> None:
    """Both clauses speak of the same: the finding names both, what it is about, and a question answered with no."""
    [conflict] = found(
        share("results", what=("assessment-results",), recipients=("manager",)),
        withhold("no-results", what=("assessment-results",), recipients=("manager",)),
    )
    assert conflict.sentence == (
        "clause results lets the coach tell the manager about assessment results, and clause no-results withholds all "
        "of it: nothing is left"
    )
    assert conflict.example == "may the coach tell the manager about assessment results, in summary?"
    assert (conflict.kind, conflict.level) == ("contradiction", Level.LOOK)
    assert (conflict.terms, conflict.parties) == (("results", "no-results"), ("manager",))


def test_a_contradiction_for_one_of_two_recipients() -> None:
    """The payer keeps the clause; for the manager nothing is left of it."""
    [conflict] = found(share("goals", recipients=("payer", "manager")), withhold("not-hers", recipients=("manager",)))
    assert (conflict.kind, conflict.parties) == ("contradiction", ("manager",))
    assert (
        "tell the manager about shared partnership goals, and clause not-hers withholds all of it" in conflict.sentence
    )


def test_with_permission_only_is_no_contradiction() -> None:
    """A share and a withhold that she may lift say together: shared, but only if she permits it."""
    [together] = found(share("goals"), withhold("ask-her", unless="client-permits"))
    assert together.sentence == (
        "clause goals lets the coach tell the payer about shared partnership goals only with a written permission: "
        "until then clause ask-her withholds it"
    )
    assert (together.kind, together.level) == ("permission-needed", Level.NOTE)
    assert kinds(found(share("goals"), withhold("ask-her", unless="client-permits"), withhold("no"))) == [
        "contradiction"
    ]


def test_a_withhold_under_circumstances_counts() -> None:
    """Nobody has said whether they are given; a withhold clause then holds, and the finding says so."""
    dispute = Circumstances("payer", "a dispute is going on")
    [conflict] = found(share("goals"), withhold("in-dispute", circumstances=dispute))
    assert conflict.sentence.endswith(
        "nothing is left; circumstances of which nobody has attested anything count as given"
    )


def test_two_withholds_together_make_a_contradiction() -> None:
    """One withholds the wide forms, the other the channel: between them nothing is left."""
    terms = (
        share("goals", form=Form.SUMMARY, channel=("site", "in-person")),
        withhold("by-site", channel=("site",)),
        withhold("in-person", channel=("in-person",)),
    )
    assert kinds(found(*terms)) == ["contradiction"]
    assert found(*terms)[0].terms == ("goals", "by-site", "in-person")


def test_a_subtype_less_is_a_narrowing() -> None:
    """Goals are shared, private ones are not: meant so, and only good to know."""
    [narrowed] = found(
        share("goals", what=("partnership-goals",)), withhold("private", what=("partnership-goals/private",))
    )
    assert narrowed.sentence == "clause goals does not reach private partnership goals: clause private withholds that"
    assert (narrowed.kind, narrowed.level) == ("narrowed", Level.NOTE)


def test_not_by_the_coach_is_a_narrowing() -> None:
    """The client may still tell it herself."""
    assert said(found(share("goals", senders=("coach", "client")), withhold("not-coach", senders=("coach",)))) == [
        "clause not-coach narrows clause goals on shared partnership goals: not by the coach"
    ]


def test_forms_channels_and_names_narrow() -> None:
    """Each kind of narrowing says what is left, or what is not."""
    goals = "narrows clause goals on shared partnership goals: "
    assert said(found(share("goals", form=Form.VERBATIM), withhold("w", form=Form.VERBATIM))) == [
        f"clause w {goals}in summary at most"
    ]
    assert said(found(share("goals"), withhold("w", channel=("in-person",)))) == [f"clause w {goals}not in person"]
    named = share("goals", attribution=Attribution.NAME)
    assert said(found(named, withhold("w", attribution=Attribution.NAME))) == [f"clause w {goals}by group at most"]


def test_each_withhold_is_measured_by_itself() -> None:
    """What one withhold takes away is not laid at the door of another."""
    terms = (
        share("goals", senders=("coach", "client"), form=Form.SUMMARY),
        withhold("not-coach", senders=("coach",)),
        withhold("topics", form=Form.SUMMARY),
    )
    assert said(found(*terms)) == [
        "clause not-coach narrows clause goals on shared partnership goals: not by the coach",
        "clause topics narrows clause goals on shared partnership goals: as a group result at most",
    ]


def test_clauses_that_do_not_meet() -> None:
    """Other types, other recipients, other senders, a form above the ceiling: nothing to report."""
    goals = share("goals", form=Form.SUMMARY)
    assert found(goals, withhold("w", what=("strategy",))) == []
    assert found(goals, withhold("w", recipients=("manager",))) == []
    assert found(goals, withhold("w", senders=("client",))) == []
    assert found(goals, withhold("w", form=Form.VERBATIM)) == []
    assert found(goals) == []
