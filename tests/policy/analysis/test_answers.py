"""The questions asked are all that matter, and their answers are those of `decide` on the whole agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from confide.model.agreement import Agreement, Moment, Term
from confide.model.decision import Decision, Request, Verdict
from confide.model.problem import Place, Problem
from confide.model.words import Attribution, Form
from confide.policy.analysis.answers import Answers, Standing
from confide.policy.analysis.assumed import assumed, begins
from confide.policy.analysis.space import FORMS, Point, alike, controlled, recipients_of, speaks, types_of
from confide.policy.decide import decide
from confide.policy.force import in_force
from tests.effort import examples
from tests.policy import small
from tests.policy.analysis.world import PARTNERSHIP, agreement, ask, share, withhold
from tests.policy.generate import partnership
from tests.policy.generate_terms import SENDERS, agreements

law = examples(12)
EVERYBODY = partnership()
PURPOSES = ("", "development", "pay", "promotion")
ZONE = ZoneInfo("Europe/London")


def questions(draw: st.DataObject, given: Agreement) -> tuple[str, str, Point]:
    """Any question about the agreement, whether its analysis would ask it or not."""
    days = (given.until - given.effective).days
    assume(days >= 0)
    return (
        draw.draw(st.sampled_from(types_of(given))),
        draw.draw(st.sampled_from(recipients_of(EVERYBODY, given))),
        Point(
            draw.draw(st.sampled_from(SENDERS)),
            draw.draw(st.sampled_from(FORMS)),
            draw.draw(st.sampled_from(controlled(given))),
            draw.draw(st.sampled_from(Attribution)),
            draw.draw(st.sampled_from(PURPOSES)),
            given.effective + timedelta(days=draw.draw(st.integers(0, days))),
        ),
    )


def asked(answers: Answers, what: str, recipient: str, point: Point) -> Point | None:
    """The point of the grid that stands for this question; None where the grid need not hold one."""
    days = sorted({p.day for p in answers.grid(what, recipient)})
    point = point._replace(day=max(day for day in days if day <= point.day))
    terms = answers.terms(what, recipient)
    same = [p for p in answers.grid(what, recipient) if alike(terms, p) == alike(terms, point)]
    return same[0] if same else None


def passed_on(given: Agreement, what: str, sender: str, recipient: str) -> bool:
    """Whether a clause lets somebody whom it tells pass it on to the recipient."""
    shares = (term for term in given.terms if term.shares and term.about(what))
    return any(sender in (t.recipients or ()) and recipient in (t.onward or ()) for t in shares)


def directly(given: Agreement, what: str, recipient: str, point: Point) -> Decision:
    """`decide` on the whole agreement."""
    request = Request(what, point.sender, recipient, point.form, point.attribution, point.purpose, point.channel)
    return decide(request, assumed(given, EVERYBODY), begins(given, point.day))


@law
@given(agreements(1), st.data())
def test_one_question_stands_for_all_that_are_answered_alike(given: Agreement, data: st.DataObject) -> None:
    """Whatever is asked, on any day: the grid holds its answer, and it is that of `decide` on the whole agreement.

    What somebody who was told may pass on is no question of the grid: the closure follows it.
    """
    answers = Answers.of(given, EVERYBODY)
    for _ in range(12):
        what, recipient, point = questions(data, given)
        if point.sender == recipient or passed_on(given, what, point.sender, recipient):
            continue
        found = asked(answers, what, recipient, point)
        decision = directly(given, what, recipient, point)
        if found is None:
            # A sender whom no term names, or an attribution that none mentions, is told no by every term alike.
            assert decision.verdict is Verdict.DENY
            continue
        said = answers.grid(what, recipient)[found]
        expected = {Standing.ALLOWED: Verdict.ALLOW, Standing.AFTER: Verdict.NOT_YET}
        assert expected.get(said.standing, Verdict.DENY) is decision.verdict
        withholds = {term.id for term in given.terms if not term.shares}
        assert set(said.withheld) == withholds & {reason.rule for reason in decision.reasons}


@law
@given(agreements(1), st.data())
def test_a_term_speaks_where_it_permits_by_itself(given: Agreement, data: st.DataObject) -> None:
    """A share term speaks of a point exactly if an agreement of this term alone permits it there."""
    for term in given.terms:
        if not term.shares:
            continue
        alone = replace(given, terms=(term,))
        answers = Answers.of(alone, EVERYBODY)
        what = data.draw(st.sampled_from([what for what in types_of(given) if term.about(what)]))
        recipient = data.draw(st.sampled_from(term.recipients or ()))
        for point, said in answers.grid(what, recipient).items():
            if said.standing is not Standing.IMPOSSIBLE:
                assert said.standing.permits == speaks(term, point) == (term.id in said.able)


@law
@given(agreements(1), st.data())
def test_nothing_is_asked_in_vain_outside_the_period(given: Agreement, data: st.DataObject) -> None:
    """The day before the first and the day after the last every answer is no: those days need no questions."""
    what, recipient, point = questions(data, given)
    for day in (given.effective - timedelta(days=1), given.until + timedelta(days=1)):
        assert directly(given, what, recipient, point._replace(day=day)).verdict is Verdict.DENY


def test_a_clause_may_bear_the_name_of_a_rule() -> None:
    """A clause called `in-force` or `default-deny` is taken for the clause it is."""
    for name in ("in-force", "default-deny", "consent"):
        places = {"place": Place("agreements/1.yml", 40)}
        held = ask(withhold(name, what=("strategy",), **places)).answers.grid("strategy", "payer").values()
        assert {(said.standing, said.withheld) for said in held} == {(Standing.WITHHELD, (name,))}
        narrow = ask(share(name, form=Form.TOPIC, **places)).answers.grid("partnership-goals/shared", "payer")
        assert {said.standing for said in narrow.values()} == {Standing.ALLOWED, Standing.NARROWER}


def test_a_fault_in_the_record_leaves_nothing_possible() -> None:
    """What does not verify is no open question: while it stands, nobody may be told anything."""
    known = replace(small.record(), faults=(Problem("a signature does not verify", rule="bad-signature"),))
    answers = Answers(known, known.agreements[0], small.NOW)
    standings = {said.standing for said in answers.grid("partnership-goals/shared", "payer").values()}
    assert standings == {Standing.IMPOSSIBLE}


def test_the_assumed_record_is_in_force_from_its_first_moment() -> None:
    """All have signed, in a way the agreement accepts, and nothing else happened."""
    given = agreement(share(), accepted=("paper", "portal"))
    record = assumed(given, PARTNERSHIP)
    first = datetime.combine(given.effective, time(), ZONE)
    assert in_force(record, first) is given
    assert in_force(record, first - timedelta(seconds=1)) is None
    assert {event.kind for event in record.events} == {"proposed", "signed"}
    assert {event.by for event in record.of_kind("signed")} == {"coach", "client", "payer"}


def test_an_agreement_nobody_can_sign_is_never_in_force() -> None:
    """Without an accepted kind of signature, or without signatories, every answer is no."""
    for fields in ({"accepted": ()}, {"signatories": ()}):
        asked = ask(share(), **fields)
        standings = {said.standing for said in asked.answers.grid("partnership-goals/shared", "payer").values()}
        assert standings == {Standing.IMPOSSIBLE}


def test_what_an_answer_rests_on_is_told_apart() -> None:
    """One no is not like another: withheld, silent, too wide, impossible; nor one yes like another."""
    terms = (
        share("goals", form=Form.TOPIC),
        share("talks", what=("feedback",), recipients=("client",)),
        share("left", what=("conflicts",), recipients=("board",)),
        withhold("private", what=("career-aspirations",), unless="client-permits"),
    )
    answers = ask(*terms).answers

    def standing(what: str, recipient: str, form: Form = Form.TOPIC) -> Standing:
        grid = answers.grid(what, recipient)
        return next(said.standing for p, said in sorted(grid.items()) if p.form >= form)

    assert standing("partnership-goals/shared", "payer") is Standing.ALLOWED
    assert standing("partnership-goals/shared", "payer", Form.VERBATIM) is Standing.NARROWER
    assert standing("feedback", "client", Form.SUMMARY) is Standing.OPEN
    assert standing("conflicts", "board") is Standing.IMPOSSIBLE
    assert standing("career-aspirations", "manager") is Standing.WITHHELD
    assert standing("strategy", "manager") is Standing.SILENT
    assert {said.lifts for said in answers.grid("career-aspirations", "manager").values()} == {("client-permits",)}


def test_duties_are_heard_even_where_something_else_is_missing() -> None:
    """Feedback waits for its source's terms; what the clause itself asks for is known all the same."""
    asked = ask(share("talks", what=("feedback",), recipients=("client",), when=(Moment("client-informed"),)))
    said = next(one for one in asked.answers.grid("feedback", "client").values() if one.standing.permits)
    assert said.standing is Standing.OPEN
    assert (said.needs, [rule for rule, _ in said.duties], said.terms) == (
        ("source-terms",),
        ["client-informed"],
        ("talks",),
    )


def test_a_clause_nobody_can_obey_is_not_sliced_away() -> None:
    """A malformed term denies everything, also what it does not speak of."""
    broken = Term("broken", share().effect, ("strategy",), ("payer",), ("coach",), None, Form.TOPIC, None)
    asked = ask(share("goals"), broken)
    assert asked.answers.broken
    said = asked.answers.grid("partnership-goals/shared", "payer").values()
    assert {one.standing for one in said} == {Standing.IMPOSSIBLE}


def test_moments_are_aware() -> None:
    """Days begin where the agreement applies."""
    assert begins(agreement(share()), date(2026, 7, 1)).astimezone(UTC) == datetime(2026, 6, 30, 23, tzinfo=UTC)
