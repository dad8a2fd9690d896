"""An amendment in sentences: every kind of change, its direction, and whose signatures a widening needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from confide.model.agreement import Agreement, Circumstances, Moment, Term
from confide.model.words import Attribution, Form
from confide.policy.analysis.assumed import assumed, begins
from confide.policy.analysis.change import Change, Direction
from confide.policy.analysis.diff import diff
from confide.policy.decide import decide
from tests.effort import examples
from tests.policy.analysis.world import PARTNERSHIP, agreement, said, share, withhold
from tests.policy.generate import partnership, requests
from tests.policy.generate_terms import agreements, share_terms

EVERYBODY = partnership()
GOALS = share("goals")


def changes(old: Term | tuple[Term, ...], new: Term | tuple[Term, ...], **fields: Any) -> tuple[Change, ...]:
    before, after = ((one,) if isinstance(one, Term) else one for one in (old, new))
    return diff(agreement(*before), agreement(*after, version=2, **fields), PARTNERSHIP)


def both_ways(old: Term, new: Term) -> tuple[str, str]:
    """The one sentence of a change that widens, and that of taking it back."""
    [wider], [narrower] = changes(old, new), changes(new, old)
    assert (wider.direction, narrower.direction) == (Direction.WIDENS, Direction.NARROWS)
    assert wider.kind == narrower.kind or {wider.kind, narrower.kind} == {"newly-allowed", "newly-denied"}
    return wider.sentence, narrower.sentence


def test_newly_allowed_and_newly_denied() -> None:
    """A clause more is allowed with its form and duties; the same clause gone is denied."""
    more = share("more", what=("strategy",), when=(Moment("client-informed"),))
    [allowed] = changes(GOALS, (GOALS, more))
    assert allowed.sentence == (
        "the coach may now tell the payer about strategy and projects, in summary, once the client has been informed"
    )
    assert (allowed.kind, allowed.direction) == ("newly-allowed", Direction.WIDENS)
    assert said(changes((GOALS, more), GOALS)) == ["the coach may no longer tell the payer about strategy and projects"]


def test_a_widening_says_whose_signatures_it_needs() -> None:
    """Everybody who signs either version; a narrowing needs nobody to be pointed out."""
    wider, narrower = replace(GOALS, form=Form.VERBATIM), GOALS
    signs = {"signatories": ("coach", "client", "payer", "manager")}
    [form, signs_now] = changes(narrower, wider, **signs)
    assert (form.kind, form.needs) == ("form", ("coach", "client", "payer", "manager"))
    assert (signs_now.sentence, signs_now.direction, signs_now.needs) == (
        "the manager signs the agreement now",
        Direction.NARROWS,
        (),
    )
    assert [change.needs for change in changes(wider, narrower)] == [()]


def test_form_attribution_and_channel() -> None:
    """How much, how recognisable, and how."""
    about = "the payer {} about shared partnership goals"
    assert both_ways(GOALS, replace(GOALS, form=Form.VERBATIM)) == (
        "the coach may now tell the payer more about shared partnership goals: word for word instead of in summary",
        "the coach may now tell the payer less about shared partnership goals: in summary instead of word for word",
    )
    assert both_ways(GOALS, replace(GOALS, attribution=Attribution.CATEGORY)) == (
        "the coach may now tell the payer who is behind shared partnership goals: by group",
        "the coach may now tell the payer less of who is behind shared partnership goals: without saying who said it",
    )
    assert both_ways(replace(GOALS, channel=("site",)), GOALS) == (
        "the coach may now tell " + about.format("").replace("  ", " ") + " in person too",
        "the coach may no longer tell " + about.format("").replace("  ", " ") + " in person",
    )


def test_purposes_dates_and_duties() -> None:
    """What for, from when, and after what."""
    assert both_ways(replace(GOALS, not_for=("pay", "promotion")), replace(GOALS, not_for=("pay",))) == (
        "what the coach may tell the payer about shared partnership goals may now be used for promotion",
        "what the coach may tell the payer about shared partnership goals may no longer be used for promotion",
    )
    assert both_ways(replace(GOALS, when=(Moment("on", "2026-06-01"),)), GOALS) == (
        (
            "the coach may tell the payer about shared partnership goals earlier: "
            "from 2026-01-12 instead of from 2026-06-01"
        ),
        (
            "the coach may tell the payer about shared partnership goals only later: "
            "from 2026-06-01 instead of from 2026-01-12"
        ),
    )
    assert both_ways(replace(GOALS, when=(Moment("client-first"),)), GOALS) == (
        (
            "the coach may now tell the payer about shared partnership goals without waiting until "
            "the client has read the exact text"
        ),
        "the coach may now tell the payer about shared partnership goals only once the client has read the exact text",
    )
    review = replace(GOALS, circumstances=Circumstances("coach", "the review takes place"))
    assert both_ways(review, GOALS)[1] == (
        "the coach may now tell the payer about shared partnership goals only once "
        "the coach has attested: the review takes place"
    )


def test_another_way_is_not_a_duty_less() -> None:
    """Beside a clause with one duty comes one with another: a second way, and no first one gone."""
    other = share("other", when=(Moment("acknowledged"),))
    first = replace(GOALS, when=(Moment("client-first"),))
    [way] = changes(first, (first, other))
    assert (way.kind, way.direction, way.sentence) == (
        "way",
        Direction.WIDENS,
        (
            "the coach may now also tell the payer about shared partnership goals as soon as "
            "the recipient has accepted the duty of confidentiality"
        ),
    )
    [gone] = changes((first, other), first)
    assert (gone.kind, gone.direction, gone.sentence) == (
        "way",
        Direction.NARROWS,
        (
            "for the coach to tell the payer about shared partnership goals it is no longer enough that "
            "the recipient has accepted the duty of confidentiality"
        ),
    )


def test_onward_together_and_rhythm() -> None:
    """What no decision asks about is compared too."""
    assert both_ways(GOALS, replace(GOALS, onward=("payer.hr",))) == (
        "the payer may now pass shared partnership goals on to the payer's HR",
        "the payer may no longer pass shared partnership goals on to the payer's HR",
    )
    assert both_ways(replace(GOALS, together=True), GOALS) == (
        "the payer may now be told about shared partnership goals without everybody being there",
        "the payer may be told about shared partnership goals only with everybody there",
    )
    [rhythm] = changes(GOALS, replace(GOALS, when=(Moment("every", "month"),)))
    assert (rhythm.direction, rhythm.sentence) == (
        Direction.CHANGES,
        "the payer may hear about shared partnership goals at another rhythm: every month instead of at any time",
    )


def test_protection() -> None:
    """Both versions say no: expressly, unless it is permitted, or by silence."""
    private = withhold("private", what=("strategy",), recipients=("manager",))
    liftable = replace(private, unless="owner-permits")
    what = "what the coach may not tell the manager about strategy and projects is protected "
    assert said(changes((GOALS, private), (GOALS, liftable))) == [
        what + "less: withheld unless it is permitted in writing"
    ]
    assert said(changes((GOALS, liftable), GOALS)) == [what + "less: withheld by silence only"]
    assert said(changes(GOALS, (GOALS, private))) == [what + "more: withheld expressly, whoever permits it"]


def test_one_sentence_for_what_changes_alike() -> None:
    """Senders, recipients and types of the same change stand in one sentence."""
    kinds_ = ("strategy", "proprietary")
    more = share("more", what=kinds_, recipients=("payer", "client"), senders=("coach", "manager"), form=Form.TOPIC)
    assert said(changes(GOALS, (GOALS, more))) == [
        (
            "the coach or the manager may now tell the client and the payer about proprietary information and "
            "strategy and projects, by topic only"
        )
    ]


def test_names_of_clauses_are_no_change() -> None:
    """A clause renamed, moved or split in two that say the same together."""
    both = share("both", recipients=("payer", "manager"))
    halves = (share("one"), share("other", recipients=("manager",)))
    assert changes(both, halves) == ()
    assert changes((GOALS, both), (replace(both, id="b"), replace(GOALS, id="a"))) == ()


law = examples(12)


@law
@given(agreements(1))
def test_the_same_text_is_no_change(given: Agreement) -> None:
    """A version against itself, under another number and digest."""
    assert diff(given, given, EVERYBODY) == ()
    assert diff(given, replace(given, version=2, digest="sha256:" + "1" * 64), EVERYBODY) == ()


@law
@given(agreements(1), agreements(1), st.data())
def test_no_answer_changes_without_a_sentence(old: Agreement, new: Agreement, data: st.DataObject) -> None:
    """If any question about a type gets another verdict, the diff says something; a wider one is marked."""
    new = replace(new, effective=old.effective, until=old.until, time_zone=old.time_zone, channels=old.channels)
    new = replace(new, signatories=old.signatories, consent=old.consent)
    found = diff(old, new, EVERYBODY)
    records = assumed(old, EVERYBODY), assumed(new, EVERYBODY)
    for record in records:
        for _ in range(4):
            request = replace(data.draw(requests(record)), section=None)
            if request.sender == request.recipient or old.until < old.effective:
                continue
            day = old.effective + timedelta(days=data.draw(st.integers(0, (old.until - old.effective).days)))
            one, other = (decide(request, known, begins(old, day)).verdict for known in records)
            order = ["deny", "not yet", "allow"]
            if order.index(one.value) < order.index(other.value):
                assert any(change.direction is Direction.WIDENS for change in found)
            elif one is not other:
                assert any(change.direction is Direction.NARROWS for change in found)


@law
@given(agreements(1), share_terms)
def test_one_share_term_more_never_narrows(old: Agreement, term: Term) -> None:
    """Whatever it adds is marked as widening, and the other way round as narrowing."""
    new = replace(old, version=2, terms=(*old.terms, replace(term, id="share-99")))
    for one, other, never in ((old, new, Direction.NARROWS), (new, old, Direction.WIDENS)):
        assert never not in {change.direction for change in diff(one, other, EVERYBODY)}
