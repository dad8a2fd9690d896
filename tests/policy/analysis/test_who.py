"""Who can see, who may be told, who could ever come to know, and what if the agreement said something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from confide.model.agreement import Moment
from confide.model.decision import Request, Verdict
from confide.model.record import Record
from confide.model.words import Form
from confide.policy.analysis.what_if import as_known, supposing, with_terms
from confide.policy.analysis.who import May, Who, who
from confide.policy.decide import decide
from tests.policy import small
from tests.policy.analysis.world import share, withhold
from tests.policy.small import GOALS, NOW, agreement, disclosed, record

SHARED = "partnership-goals/shared"
CLAUSES = (
    share("goals", when=(Moment("client-informed"),), onward=("payer.hr",)),
    withhold("private", recipients=("manager",), unless="client-permits"),
    withhold("never", what=("partnership-goals",), recipients=("supervisor",)),
)


def asked(known: Record, what: str = SHARED, now: datetime = NOW) -> Who:
    return next(one for one in who(known, what, now) if one.what == what)


def test_everybody_has_their_place() -> None:
    """From the beginning, told, may be told, could come to know, only if permitted, silence, never."""
    threat = {"exceptions": {"threat": {"to": ("police",), "covers": ("client",)}}}
    found = asked(record(agreement(*CLAUSES, clauses=threat)))
    assert (found.agreement, found.in_force, set(found.origins)) == (1, True, {"coach", "client"})
    assert found.may == (May("payer", Form.SUMMARY, ("coach",), ("goals",), ("the client has been informed",)),)
    assert [(one.party, len(one.path)) for one in found.ever] == [("payer.hr", 2)]
    assert {one.party for one in found.permitted} == {"manager"}
    assert found.never == (("supervisor", ("never",)),)
    assert set(found.silent) == {"peers"}
    assert [one.ground for one in found.exempt] == ["threat"]
    assert found.told == ()


def test_who_was_told_and_until_when() -> None:
    """A disclosure names its event; a withdrawal ends it and takes nothing back."""
    told = disclosed(record(agreement(share("goals"))), GOALS)
    [one] = asked(told).told
    assert (one.party, one.form, one.allowed, one.withdrawn) == ("payer", Form.SUMMARY, True, None)
    gone = small.add(told, "withdrawn", "client", to=("payer",), target=f"event/{one.event}", evidence="signed")
    assert asked(gone).told[0].withdrawn == gone.events[-1].at
    assert asked(told, "partnership-goals/any-other").told == ()


def test_a_disclosure_that_was_not_allowed_is_told_as_one() -> None:
    """What happened happened; that it was no yes is said."""
    told = disclosed(record(agreement(withhold("all"))), GOALS)
    assert [one.allowed for one in asked(told).told] == [False]


def test_each_subtype_is_asked_about() -> None:
    """Of a type with subtypes everybody is told for each, and for all that nobody named."""
    known = record(agreement(*CLAUSES, share("x", what=("partnership-goals/private",))))
    assert [one.what for one in who(known, "partnership-goals", NOW)] == [
        "partnership-goals",
        SHARED,
        "partnership-goals/private",
        "partnership-goals/any-other",
    ]
    assert [one.what for one in who(known, "strategy", NOW)] == ["strategy"]


def test_an_agreement_that_is_not_signed_answers_as_if() -> None:
    """And says that it is not in force; without any agreement there is no answer."""
    found = asked(record(agreement(*CLAUSES), signed=False))
    assert not found.in_force
    assert [one.party for one in found.may] == ["payer"]
    assert who(replace(record(agreement(*CLAUSES)), agreements=()), SHARED, NOW) == ()


def test_what_was_withdrawn_no_longer_travels() -> None:
    """On the real record, not on paper: a clause withdrawn from the payer lets nobody learn anything through them."""
    known = record(agreement(share("goals", onward=("payer.hr",))))
    assert {one.party for one in asked(known).ever} == {"payer.hr"}
    gone = small.add(known, "withdrawn", "client", to=("payer",), target="term/goals", agreement=1, evidence="signed")
    after = asked(gone, now=gone.events[-1].at + timedelta(hours=1))
    assert (after.may, after.ever) == ((), ())


def test_supposing_other_terms_changes_the_answer_and_nothing_else() -> None:
    """A term more, one in the place of another, one less: the record itself stays what it is."""
    known = record(agreement(share("goals"), withhold("private", what=("strategy",))))
    question = Request("strategy", "coach", "payer", Form.TOPIC)
    more = share("more", what=("strategy",))
    assert decide(question, supposing(known, NOW, [more]), NOW).verdict is Verdict.DENY
    assert decide(question, supposing(known, NOW, [more], ["private"]), NOW).verdict is Verdict.ALLOW
    instead = supposing(known, NOW, [replace(more, id="private")])
    assert decide(question, instead, NOW).verdict is Verdict.ALLOW
    assert decide(question, known, NOW).verdict is Verdict.DENY
    assert [term.id for term in instead.agreements[0].terms] == ["goals", "private"]


def test_supposing_meets_the_agreement_in_force() -> None:
    """Not a later one that nobody has signed; without one in force, the newest."""
    first, second = agreement(share("goals")), agreement(share("goals"), version=2, effective=date(2026, 6, 1))
    known = record(first, second)
    for now, changed in ((NOW, 1), (datetime(2026, 7, 1, tzinfo=UTC), 2), (datetime(2025, 1, 1, tzinfo=UTC), 2)):
        found = supposing(known, now, [share("more")])
        assert [a.version for a in found.agreements if len(a.terms) == 2] == [changed]
    assert with_terms(first, (), ("goals",)).terms == ()


def test_a_moment_knows_nothing_of_what_came_later() -> None:
    """The record of 1 January has no signatures yet; that of next year has everything there is."""
    known = disclosed(record(agreement(share("goals"))), GOALS)
    assert as_known(known, datetime(2026, 1, 1, tzinfo=UTC)).events == ()
    assert as_known(known, datetime(2027, 1, 1, tzinfo=UTC)) == known
    assert as_known(known, known.events[-1].at) == known
