"""Onward closure: everybody a thing could reach, by the widest and then shortest path, whatever circles there are."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from confide.model.agreement import Agreement, Term
from confide.model.words import Form
from confide.policy.analysis.answers import Answers
from confide.policy.analysis.closure import EXCEPTION, PERMISSION, Closure, closure, leaks
from confide.policy.analysis.space import recipients_of, types_of
from tests.effort import examples
from tests.policy.analysis.world import ask, said, share, withhold
from tests.policy.generate import partnership
from tests.policy.generate_terms import READERS, agreements, share_terms, withhold_terms

EVERYBODY = partnership()
GOALS = "partnership-goals/shared"


def reach(*terms: Term, what: str = GOALS, extra: tuple[str, ...] = (), **fields: object) -> Closure:
    asked = ask(*terms, **fields)  # type: ignore[arg-type]
    return closure(asked.answers, what, asked.parties, extra)


def path(found: Closure, party: str) -> list[str]:
    return [str(step) for step in found[party].path]


def test_nothing_travels_by_itself() -> None:
    """Without a clause only the coach and the client know what is the client's."""
    assert set(reach(withhold("all"))) == {"coach", "client"}


def test_those_it_comes_from_have_it() -> None:
    """The organisation's information begins with the payer, and whoever of it may tell; feedback with its sources."""
    handed_in = share("in", what=("strategy",), recipients=("coach",), senders=("payer", "manager"))
    assert set(reach(handed_in, what="strategy")) == {"coach", "payer", "manager"}
    assert set(reach(withhold("all"), what="feedback")) == {"coach", "peers"}


def test_a_path_of_two_steps() -> None:
    """The coach tells the payer, who may pass it on, no further than the clause's form."""
    found = reach(share("goals", onward=("payer.hr",)))
    assert path(found, "payer.hr") == [
        "the coach to the payer, in summary (clause goals)",
        "the payer to the payer's HR, in summary (clause goals lets it be passed on)",
    ]
    assert found["payer.hr"].form is Form.SUMMARY


def test_a_clause_that_tells_nothing_passes_nothing_on() -> None:
    """The payer hears of it under a clause without `onward`; the one with it is withheld from them in that form."""
    terms = (
        share("topic", form=Form.TOPIC),
        share("more", senders=("client",), onward=("manager",)),
        withhold("not-hers", senders=("client",), recipients=("payer",)),
    )
    assert set(reach(*terms)) == {"coach", "client", "payer"}


def test_nobody_passes_on_more_than_they_know() -> None:
    """The payer hears topics only, so the board, who may hear all from the payer, hears topics."""
    terms = (
        share("goals", form=Form.TOPIC),
        share("on", recipients=("manager",), senders=("payer",), form=Form.VERBATIM),
    )
    assert reach(*terms)["manager"].form is Form.TOPIC


def test_the_widest_path_comes_first_and_then_the_shortest() -> None:
    """A longer way that lets more be known is the one that counts."""
    terms = (
        share("little", recipients=("manager",), form=Form.TOPIC),
        share("much", recipients=("payer",), form=Form.VERBATIM, onward=("manager",)),
    )
    found = reach(*terms)
    assert (found["manager"].form, len(found["manager"].path)) == (Form.VERBATIM, 2)
    same = (replace(terms[0], form=Form.VERBATIM), terms[1])
    assert len(reach(*same)["manager"].path) == 1


def test_circles_end() -> None:
    """Everybody may pass it on to everybody."""
    ring = ("payer", "manager", "adviser", "peers")
    terms = [
        share(f"ring-{n}", recipients=(party,), senders=("coach", *ring), onward=(*ring, party))
        for n, party in enumerate(ring)
    ]
    found = reach(*terms)
    assert set(found) == {"coach", "client", *ring}
    assert all(len(known.path) <= 1 for known in found.values())


def test_permissions_and_exceptions_are_kept_apart() -> None:
    """What somebody may still permit, or the law demand, is reached only where it is asked about."""
    private = withhold("private", unless="client-permits", recipients=("manager",))
    fields = {"clauses": {"exceptions": {"threat": {"to": ("payer.hr",), "covers": ("client",)}}}}
    assert set(reach(private, **fields)) == {"coach", "client"}
    permitted = reach(private, extra=(PERMISSION,), **fields)
    assert path(permitted, "manager") == ["the coach to the manager, word for word (if permitted: clause private)"]
    assert "payer.hr" not in permitted
    excepted = reach(private, share("x", recipients=("payer.hr",), what=("strategy",)), extra=(EXCEPTION,), **fields)
    assert path(excepted, "payer.hr") == ["the coach to the payer's HR, word for word (exception `threat`)"]


def test_the_summary_is_a_way_too() -> None:
    """What the agreed summary holds reaches those it is for; unless a clause withholds it."""
    summary = {"summary": {"to": ("payer",), "by": ("coach",), "includes": ("partnership-goals",), "form": "summary"}}
    assert path(reach(share("x", what=("strategy",)), clauses=summary), "payer") == [
        "the coach to the payer, in summary (the agreed summary)"
    ]
    assert "payer" not in reach(withhold("no", recipients=("payer",)), clauses=summary)


def found_leaks(*terms: Term) -> list[str]:
    asked = ask(*terms)
    return said(leaks(asked.answers, asked.types, asked.parties))


def test_a_withheld_party_learns_it_from_another() -> None:
    """A clause withholds it from the manager, and another lets the payer pass it on to the manager."""
    assert found_leaks(share("goals", onward=("manager",)), withhold("not-hers", recipients=("manager",))) == [
        (
            "the manager could come to know shared partnership goals, which clause not-hers withholds: "
            "from the coach to the payer, in summary (clause goals), then from the payer to the manager, in summary "
            "(clause goals lets it be passed on; against clause not-hers)"
        )
    ]


def test_a_withhold_for_the_coach_alone_and_a_way_around() -> None:
    """The coach may not tell the manager; the payer may, and hears it from the coach."""
    terms = (
        share("goals"),
        share("on", recipients=("manager",), senders=("payer",)),
        withhold("not-coach", recipients=("manager",), senders=("coach",)),
    )
    assert found_leaks(*terms) == [
        (
            "the manager could come to know shared partnership goals, which clause not-coach withholds: "
            "from the coach to the payer, in summary (clause goals), then from the payer to the manager, in summary "
            "(clause on)"
        )
    ]


def test_no_leak_where_nothing_is_withheld_or_nothing_flows() -> None:
    """Onward that nobody forbids, the client telling it herself, and a withhold that holds."""
    assert found_leaks(share("goals", onward=("manager",))) == []
    by_her = share("hers", recipients=("manager",), senders=("client",))
    assert found_leaks(by_her, withhold("not-coach", recipients=("manager",), senders=("coach",))) == []
    assert found_leaks(share("goals", onward=()), withhold("not-hers", recipients=("manager",))) == []


def test_a_circle_of_passing_on_comes_to_an_end() -> None:
    """The payer may tell the manager, and the manager the payer: each knows it once, the manager by the payer."""
    round_trip = (
        share("there", form=Form.TOPIC, onward=("manager",)),
        share("back", senders=("manager",), recipients=("manager", "payer"), form=Form.VERBATIM, onward=("payer",)),
    )
    known = reach(*round_trip)
    assert [len(known[party].path) for party in ("payer", "manager")] == [1, 2]
    assert known["manager"].form is Form.TOPIC


def test_a_form_that_is_withheld_is_not_a_topic_that_is() -> None:
    """Withheld word for word; the topic is passed on: that is no way round."""
    quotes = withhold("no-quotes", recipients=("manager",), form=Form.VERBATIM)
    assert found_leaks(share("goals", form=Form.TOPIC, onward=("manager",)), quotes) == []
    assert len(found_leaks(share("goals", form=Form.VERBATIM, onward=("manager",)), quotes)) == 1


def test_a_doubt_about_the_type_is_no_leak() -> None:
    """Goals are passed on, private ones are withheld: a text that does not say which is kept back, and no leak."""
    private = withhold("private", what=("partnership-goals/private",), recipients=("manager",))
    [leak] = found_leaks(share("goals", what=("partnership-goals",), onward=("manager",)), private)
    assert leak.startswith("the manager could come to know private partnership goals, which clause private withholds: ")


def test_who_may_not_pass_it_on() -> None:
    """A withhold for the coach alone does not stand against what the payer does; one for the payer does."""
    onward = share("goals", onward=("manager",))
    coach = withhold("not-coach", recipients=("manager",), senders=("coach",))
    payer = withhold("not-payer", recipients=("manager",), senders=("payer",))
    assert reach(onward, coach)["manager"].path[-1].against == ()
    assert reach(onward, payer)["manager"].path[-1].against == ("not-payer",)


law = examples(12)
onward = st.lists(st.sampled_from(READERS), max_size=3, unique=True).map(tuple)


def forms(given: Agreement, what: str, *others: Agreement) -> dict[str, Form]:
    """Of everybody whom `given` or one of the others names: whom a clause is the first to name knew things before."""
    found = closure(Answers.of(given, EVERYBODY), what, recipients_of(EVERYBODY, given, *others))
    return {party: known.form for party, known in found.items()}


@law
@given(agreements(1), share_terms, onward, st.data())
def test_the_closure_is_monotone(given: Agreement, term: Term, to: tuple[str, ...], data: st.DataObject) -> None:
    """One more share term, or one more party to pass it on to, never lets anybody know less."""
    what = data.draw(st.sampled_from(types_of(given)))
    before = forms(given, what)
    more = replace(given, terms=(*given.terms, replace(term, id="share-99", onward=to)))
    wider = replace(
        given, terms=tuple(replace(t, onward=(*(t.onward or ()), *to)) if t.shares else t for t in given.terms)
    )
    for after in (forms(more, what), forms(wider, what)):
        assert all(after.get(party, Form.NONE) >= form for party, form in before.items())


@law
@given(agreements(1), withhold_terms, st.data())
def test_a_withhold_never_widens_the_closure(given: Agreement, term: Term, data: st.DataObject) -> None:
    """One more withhold term never lets anybody know more."""
    what = data.draw(st.sampled_from(types_of(given)))
    stricter = replace(given, terms=(*given.terms, replace(term, id="withhold-99")))
    after = forms(stricter, what)
    before = forms(given, what, stricter)
    assert all(before.get(party, Form.NONE) >= form for party, form in after.items())


@law
@given(agreements(1), st.data())
def test_every_step_of_a_path_is_open(given: Agreement, data: st.DataObject) -> None:
    """Paths begin with somebody who has it, follow on each other, and never widen."""
    what = data.draw(st.sampled_from(types_of(given)))
    found = closure(Answers.of(given, EVERYBODY), what, recipients_of(EVERYBODY, given))
    for party, known in found.items():
        at, form = None, Form.VERBATIM
        for step in known.path:
            assert found[step.sender].path == () if at is None else step.sender == at
            at, form = step.recipient, min(form, step.form)
        assert (at, form) == (party if known.path else None, known.form)
