"""The laws of POLICY.md about what people say: permissions, reviews, amendments, instruments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from confide.model.agreement import ALWAYS, Agreement, Circumstances, Moment, Term
from confide.model.commitment import digest
from confide.model.decision import Request, Verdict
from confide.model.event import Event
from confide.model.words import Attribution, Effect, Form
from confide.policy import summary
from confide.policy.consent import own
from confide.policy.decide import decide
from confide.policy.force import in_force
from tests.policy.generate import World, asked
from tests.policy.generate_terms import CHANNELS, INSTRUMENTS, READERS, ROLES, SENDERS, TYPES, restriction, some
from tests.policy.measure import Drawn, law, rank, shown

EVERYTHING = Term(
    "share-everything", Effect.SHARE, TYPES, READERS, SENDERS, (Moment(ALWAYS),), Form.VERBATIM, Circumstances(),
    attribution=Attribution.NAME,
)  # fmt: skip


def then(world: World, kind: str, by: str = "coach", **fields: object) -> World:
    """The world with one more event at its end."""
    record = world.record
    event = Event(f"7{len(record.events):07}", kind, record.partnership.id, world.now, by, **fields)  # type: ignore[arg-type]
    return replace(world, record=replace(record, events=(*record.events, event)))


def speaking_of(question: Request) -> dict[str, object]:
    """What an event says that is about a question: its very text, or its type."""
    sections = (question.section,) if question.section is not None else ()
    return {"to": (question.recipient,), "what": (question.what,), "sections": sections}


@law
@given(asked(5, 8), some(Form), some([None, *Attribution]), some(["attested", "given", ""]), some(ROLES))
def test_an_unsigned_permission_never_widens(
    drawn: Drawn, form: Form, named: Attribution | None, evidence: str, by: str
) -> None:
    """Whoever says whatever without signing it: no answer gets better, and nobody reads more (S-05)."""
    world, questions = drawn
    for question in questions:
        said = then(world, "permitted", by, form=form, attribution=named, evidence=evidence, **speaking_of(question))
        assert rank(question, said.record, world.now) <= rank(question, world.record, world.now)


@law
@given(asked(5, 8), st.data())
def test_taking_a_permission_back_never_widens(drawn: Drawn, data: st.DataObject) -> None:
    """A withdrawn permission, signed or spoken, wide or narrow, leaves nobody with more than before."""
    world, questions = drawn
    permits = world.record.of_kind("permitted")
    for event in permits:
        by = data.draw(some(("client", event.by)))
        less = then(world, "withdrawn", by, to=event.to, target=f"event/{event.id}", evidence="attested")
        for question in questions:
            assert rank(question, less.record, world.now) <= rank(question, world.record, world.now)
        assert shown(less) <= shown(world)


@law
@given(asked(5, 8))
def test_whoever_permits_nothing_of_theirs_permits_nothing(drawn: Drawn) -> None:
    """The signature of somebody who is neither subject, owner nor source, and whom no clause asks, changes nothing."""
    world, questions = drawn
    for question in questions:
        signed = then(world, "permitted", "board", form=Form.VERBATIM, evidence="signed", **speaking_of(question))
        exact = question.section
        if exact is None or "board" in (exact.subject, exact.owner, exact.source):
            continue
        assert decide(question, signed.record, world.now) == decide(question, world.record, world.now)


@law
@given(asked(5, 8))
def test_an_edit_after_the_review_puts_it_back(drawn: Drawn) -> None:
    """Where the client has to see a text first, her answer is void once a letter of the text is another (S-13)."""
    world, questions = drawn
    strict = world.with_agreements(_all_client_first)
    for question in questions:
        exact = question.section
        # The summary has moments of its own, which a test of the review names (`test_reviews.py`).
        if exact is None or own(question) or summary.is_part(question):
            continue
        reviewed = then(then(strict, "shown", to=("client",), what=(exact.what,), sections=(exact,)), "input", "client",
                        to=("coach",), target=f"event/7{len(strict.record.events):07}", evidence="given")  # fmt: skip
        if decide(question, reviewed.record, world.now).verdict is not Verdict.ALLOW:
            continue
        edited = replace(question, section=replace(exact, commitment=digest(b"one letter")))
        after = decide(edited, reviewed.record, world.now)
        assert after.verdict is not Verdict.ALLOW
        if after.verdict is Verdict.NOT_YET:
            assert "client-first" in {reason.rule for reason in after.reasons}


def _all_client_first(agreement: Agreement) -> Agreement:
    first = Moment("client-first")
    return replace(agreement, terms=tuple(replace(t, when=(first,)) if t.shares else t for t in agreement.terms))


def loosened(world: World, everything: bool) -> World:
    """Another version, signed by all: it shares everything and withholds nothing, or merely drops every duty."""
    current = in_force(world.record, world.now)
    assert current is not None
    free = tuple(replace(t, when=(Moment(ALWAYS),), circumstances=Circumstances()) for t in current.terms if t.shares)
    newer = replace(
        current,
        version=9,
        digest=digest(b"looser"),
        terms=(EVERYTHING,) if everything else (*free, *(t for t in current.terms if not t.shares)),
        settings={"smallest-group": 2},
        channels=dict.fromkeys(CHANNELS, "controlled"),
    )
    signers = dict.fromkeys((*current.signatories, *(p for a in world.record.agreements for p in a.signatories)))
    world = replace(world, record=replace(world.record, agreements=(*world.record.agreements, newer)))
    about = {"agreement": 9, "document": newer.digest}
    world = then(world, "proposed", to=tuple(signers), **about)
    for party in signers:
        world = then(world, "signed", party, strength="portal", number=1, **about)
    return world


@law
@given(asked(5, 8), st.booleans())
def test_a_loosening_never_reaches_an_older_text(drawn: Drawn, everything: bool) -> None:
    """Without fresh consent, no text from before an amendment is told more easily than before it.

    Which channels are controlled is no question of consent, so only those of the older version are asked about. Nor is
    what is hers alone and goes to her: the only consent it takes is her own, and she signed what is in force.
    """
    world, questions = drawn
    current = in_force(world.record, world.now)
    if current is None:
        return
    looser = loosened(world, everything)
    later = world.now + timedelta(minutes=1)
    for question in questions:
        exact = question.section
        newer = exact is not None and exact.section[6:16] >= f"{later:%Y-%m-%d}" and exact.section.startswith("notes/")
        uncontrolled = current.channels.get(question.channel) != "controlled"
        if exact is None or newer or uncontrolled or own(question, current):
            continue
        assert rank(question, looser.record, later) <= rank(question, world.record, later)


@law
@given(asked(5, 8))
def test_fresh_consent_lets_an_older_text_pass(drawn: Drawn) -> None:
    """Once everybody whose it is has permitted it in writing after the amendment, the ratchet does not hold it."""
    world, questions = drawn
    if in_force(world.record, world.now) is None:
        return
    looser = loosened(world, everything=True)
    for question in questions:
        exact, signed = question.section, looser
        if exact is None:
            continue
        for party in {exact.subject, exact.owner, exact.source, "client", "payer", "manager"}:
            signed = then(signed, "permitted", party, form=Form.VERBATIM, attribution=Attribution.NAME,
                          evidence="signed", **speaking_of(question))  # fmt: skip
        decision = decide(question, signed.record, world.now + timedelta(minutes=1))
        assert "ratchet" not in {reason.rule for reason in decision.reasons}


@law
@given(asked(5, 8), some(TYPES), some([None, *READERS]), st.booleans())
def test_an_instrument_only_restricts(drawn: Drawn, what: str, recipient: str | None, known: bool) -> None:
    """Another instrument, whatever it says, turns no no into a yes; not even one that claims to share."""
    world, questions = drawn
    term = restriction("extra", what=(what,), recipients=(recipient,) if recipient else None)
    if not known:
        term = replace(EVERYTHING, id="extra")
    extra = replace(INSTRUMENTS[0], id="extra", restricts=(term,))
    record = replace(world.record, instruments=(*world.record.instruments, extra))
    bound = then(replace(world, record=record), "instrument", target="instrument/extra", to=("payer",), document="")
    for question in questions:
        assert rank(question, bound.record, world.now) <= rank(question, world.record, world.now)
    assert shown(bound) <= shown(world)
