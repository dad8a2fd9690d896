"""Dead terms: what is reported can be taken out and no answer changes; what is not reported is there for something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from confide.model.agreement import Agreement, Moment, Term
from confide.model.words import Attribution, Form
from confide.policy.analysis.answers import Answers
from confide.policy.analysis.assumed import assumed, begins
from confide.policy.analysis.dead import dead, distinct
from confide.policy.analysis.finding import Finding, Level
from confide.policy.analysis.shadowed import shadowed
from confide.policy.analysis.space import recipients_of, types_of
from confide.policy.decide import decide
from tests.effort import examples
from tests.policy.analysis.world import agreement, ask, kinds, said, share, withhold
from tests.policy.generate import partnership, requests
from tests.policy.generate_terms import agreements

EVERYBODY = partnership()


def found(*terms: Term, **fields: object) -> list[Finding]:
    asked = ask(*terms, **fields)  # type: ignore[arg-type]
    return list(dead(asked.answers, asked.types, asked.parties))


def test_a_clause_inside_another() -> None:
    """Narrower in form and recipients, the same otherwise: it adds nothing."""
    [useless] = found(share("goals"), share("more", recipients=("payer", "manager"), form=Form.VERBATIM))
    assert useless.sentence == "clause goals adds nothing: clause more says all of it"
    assert (useless.kind, useless.terms) == ("said-already", ("goals", "more"))


def test_two_clauses_together_say_what_a_third_says() -> None:
    """Each covers a part: one recipient each."""
    terms = (share("both", recipients=("payer", "manager")), share("one"), share("other", recipients=("manager",)))
    assert said(found(*terms)) == [
        "clause other adds nothing: clause both says all of it",
        "clause one adds nothing: clause both says all of it",
    ]
    wider = (replace(terms[1], form=Form.VERBATIM), replace(terms[2], form=Form.VERBATIM))
    assert said(found(terms[0], *wider)) == ["clause both adds nothing: clauses one and other say all of it"]


def test_of_two_equal_clauses_one_goes() -> None:
    """Not both: the later one repeats the earlier one."""
    once, repeats = distinct(agreement(share("first"), share("again")))
    assert said(repeats) == ["clause again repeats clause first"]
    assert [term.id for term in once.terms] == ["first"]


def test_what_a_clause_adds_keeps_it_alive() -> None:
    """A wider form, another duty, sender, channel, purpose, date, promise or onward recipient: each is something."""
    goals = share("goals")
    for facets in (
        {"form": Form.VERBATIM},
        {"senders": ("client",)},
        {"attribution": Attribution.CATEGORY},
        {"when": (Moment("promptly"),)},
        {"when": (Moment("every", "month"),)},
        {"onward": ("payer.hr",)},
    ):
        assert [f.terms[0] for f in found(goals, share("more", **facets))] in ([], ["goals"])
    assert found(share("goals", channel=("site",)), share("talk", channel=("in-person",))) == []
    assert found(share("goals", not_for=("pay",)), share("pay", not_for=("promotion",))) == []
    later = (Moment("on", "2026-06-01"),)
    assert [f.terms[0] for f in found(goals, share("later", when=later))] == ["later"]
    eager = share("eager", when=(Moment("client-informed"),))
    assert [f.terms[0] for f in found(goals, eager)] == ["eager"]
    assert found(eager, share("first", when=(Moment("acknowledged"),))) == []


def test_a_date_after_the_end() -> None:
    """Its time never comes while the agreement lasts."""
    [never] = found(share("late", when=(Moment("on", "2027-03-01"),)))
    assert never.sentence == (
        "clause late never applies: its date, 2027-03-01, comes after the agreement's last day, 2026-12-31"
    )
    assert found(share("last", when=(Moment("on", "2026-12-31"),))) == []


def test_telling_oneself_and_telling_nobody() -> None:
    """A clause between one party and itself, and one for somebody who is not there."""
    assert said(found(share("self", senders=("payer",)))) == [
        "clause self never applies: the payer would tell nobody else"
    ]
    assert said(found(share("board", recipients=("board",)))) == [
        "clause board never applies: the board does not take part in this partnership"
    ]


def test_no_controlled_channel() -> None:
    """Then nothing can ever be told, and that is the one thing to say."""
    assert said(found(share(), channels={"e-mail": "receive-only"})) == [
        "no channel is agreed whose access is controlled: nothing can ever be shared"
    ]


def test_empty_periods() -> None:
    """An agreement without a day, and a summary due when it is over."""
    backwards = found(share(), effective=date(2026, 5, 1), until=date(2026, 4, 1))
    assert "it ends before it begins: it is never in force" in said(backwards)
    summary = {"to": ("payer",), "due": (date(2026, 6, 30), date(2027, 1, 15))}
    assert said(found(share(), clauses={"summary": summary})) == [
        "the summary is due on 2027-01-15, outside of 2026-01-12 to 2026-12-31"
    ]


def test_withholds_in_the_shadow_of_others() -> None:
    """The same withheld twice is good to know; a permission that cannot help is worth a look."""
    [double] = found(withhold("few", what=("strategy",)), withhold("many", what=("strategy", "feedback")))
    assert double.sentence == "clause few withholds nothing that clause many does not withhold already"
    assert double.level is Level.NOTE
    [never] = found(withhold("maybe", what=("strategy",), unless="owner-permits"), withhold("no", what=("strategy",)))
    assert never.sentence == (
        "the permission that clause maybe speaks of can never help: clause no withholds all of it, whoever permits it"
    )
    assert never.level is Level.LOOK
    # The stricter one is not in the shadow of the one that can be lifted.
    assert kinds(found(withhold("no", what=("strategy",)), withhold("maybe", unless="owner-permits"))) == []


law = examples(12)


@law
@given(agreements(1), st.data())
def test_dead_share_terms_change_no_decision(given: Agreement, data: st.DataObject) -> None:
    """Without all of them at once every question gets the same verdict, and waits for the same duties."""
    once, repeats = distinct(given)
    answers = Answers.of(once, EVERYBODY)
    findings = [*repeats, *dead(answers, types_of(once), recipients_of(EVERYBODY, once))]
    gone = {found.terms[0] for found in findings if found.kind in ("said-already", "never-applies")}
    lean = replace(given, terms=tuple(term for term in given.terms if term.id not in gone))
    records = assumed(given, EVERYBODY), assumed(lean, EVERYBODY)
    for _ in range(10):
        request = data.draw(requests(records[0]))
        if request.sender == request.recipient:
            continue
        day = data.draw(st.integers(0, 340))
        now = begins(given, given.effective + timedelta(days=day))
        one, other = (decide(request, record, now) for record in records)
        assert one.verdict is other.verdict
        assert {r.rule for r in one.reasons if one.notes} == {r.rule for r in other.reasons if other.notes}


@law
@given(agreements(1), st.data())
def test_shadowed_withholds_change_no_decision(given: Agreement, data: st.DataObject) -> None:
    """Without all of them at once whatever was withheld still is, and what a permission would lift is the same."""
    answers, parties = Answers.of(given, EVERYBODY), recipients_of(EVERYBODY, given)
    gone = {found.terms[0] for found in shadowed(answers, types_of(given), parties)}
    lean = Answers.of(replace(given, terms=tuple(t for t in given.terms if t.id not in gone)), EVERYBODY)
    for _ in range(6):
        what, party = data.draw(st.sampled_from(types_of(given))), data.draw(st.sampled_from(parties))
        axes_before = answers.grid(what, party)
        for point, before in axes_before.items():
            after = lean.grid(what, party).get(point)
            if after is not None:
                assert (before.standing, before.lifts) == (after.standing, after.lifts)
