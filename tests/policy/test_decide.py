"""Single decisions that are easy to get wrong: each of these was, or would be, a way around the agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from confide.model.agreement import Circumstances, Moment
from confide.model.decision import Verdict
from confide.model.words import Attribution, Form
from confide.policy.decide import decide
from tests.policy.small import GOALS, NOW, add, agreement, answer, ask, disclosed, record, rules, share, withhold


def test_the_usual_question_is_allowed() -> None:
    """The ground of this file: everybody signed, the clause shares it, so it is a yes."""
    decision = decide(ask(), record(), NOW)
    assert (decision.verdict, rules(decision)) == (Verdict.ALLOW, {"goals"})
    assert (decision.agreement, decision.ceiling, decision.because) == (1, Form.SUMMARY, ())
    assert decision.reasons[0].place == decision.terms[0].place


@pytest.mark.parametrize("facet", ["what", "recipients", "senders", "when", "form", "circumstances"])
@pytest.mark.parametrize("nothing", [None, ()])
def test_a_share_term_without_a_facet_denies_everything(facet: str, nothing: Any) -> None:
    """A share term that does not say all six facets is an error, and an error never lets anything through (S-28)."""
    if facet in {"form", "circumstances"} and nothing == ():
        nothing = None
    known = record(agreement(share(), share("broken", **{facet: nothing})))
    assert answer(ask(), known) == (Verdict.DENY, {"malformed-term"})
    alone = record(agreement(share(**{facet: nothing})))
    assert answer(ask(), alone) == (Verdict.DENY, {"malformed-term"})


@pytest.mark.parametrize(
    "broken",
    [
        withhold(what=("carreer-aspirations",)),
        withhold(recipients=("paier",)),
        withhold(senders=("anna",)),
        withhold(channel=("pigeon",)),
        withhold(when=(Moment("on", "soon"),)),
        share("private", when=(Moment("on", "2026-13-01"),)),
        share("goals", form=Form.TOPIC),
    ],
    ids=["type", "recipient", "sender", "channel", "date", "share-date", "same-id"],
)
def test_a_term_that_means_nothing_denies_everything(broken: Any) -> None:
    """A misspelt withhold would forbid nothing; so until it is corrected nothing is allowed (POLICY 1)."""
    assert answer(ask(), record(agreement(share(), broken))) == (Verdict.DENY, {"malformed-term"})


def test_a_malformed_term_denies_the_clients_own_too() -> None:
    """Nobody knows what the broken term was to protect."""
    known = record(agreement(share(), withhold(what=("gosip",))))
    assert answer(ask(recipient="client"), known) == (Verdict.DENY, {"malformed-term"})


def test_two_halves_of_two_clauses_are_no_permission() -> None:
    """One clause allows the form, another the name of the source: together they allow neither."""
    known = record(agreement(share(), share("named", form=Form.TOPIC, attribution=Attribution.NAME)))
    decision = decide(ask(attribution=Attribution.NAME), known, NOW)
    assert (decision.verdict, rules(decision)) == (Verdict.DENY, {"goals"})
    assert decision.reasons[0].change == "narrow to none"


def test_a_text_gives_away_what_it_says_whatever_it_is_asked_for_as() -> None:
    """Asked for as a topic, a verbatim text is still verbatim: the tool never shortens text."""
    full = replace(GOALS, form=Form.VERBATIM)
    assert answer(ask(section=full, form=Form.TOPIC), record()) == (Verdict.DENY, {"goals"})
    known = record(agreement(share(form=Form.VERBATIM), withhold(form=Form.VERBATIM)))
    assert answer(ask(section=full, form=Form.TOPIC), known) == (Verdict.DENY, {"private"})


def test_a_text_is_what_its_section_says() -> None:
    """Asking about one type while naming a text of another is no way to that text."""
    secret = replace(GOALS, what="career-aspirations")
    verdict, why = answer(ask(section=secret), record())
    assert (verdict, why) == (Verdict.DENY, {"other-type"})


@pytest.mark.parametrize("recipient", ["payer", "client"])
def test_nobody_sends_as_the_public(recipient: str) -> None:
    """`public` is no party: not as a sender either."""
    assert "unknown-party" in answer(ask(sender="public", recipient=recipient), record())[1]


def test_a_misspelt_purpose_is_not_any_other_purpose() -> None:
    """`promotions` does not slip past `not-for: [promotion]`."""
    known = record(agreement(share(not_for=("promotion",))))
    assert answer(ask(purpose="promotions"), known) == (Verdict.DENY, {"unknown-purpose"})
    assert decide(ask(purpose="promotions"), known, NOW).reasons[0].change == "did you mean `promotion`?"
    assert answer(ask(purpose="development"), known) == (Verdict.ALLOW, {"goals"})


@pytest.mark.parametrize("channel", ["site", "in-person", "paper", "phone", "e-mail", "video", "pigeon"])
@pytest.mark.parametrize("control", ["receive-only", "not-used", ""])
def test_only_a_controlled_channel_carries_anything(channel: str, control: str) -> None:
    """What the agreement uses to receive only, or not at all, or does not mention, carries nothing (S-26)."""
    known = record(agreement(channels={channel: control} if control else {}))
    for recipient in ("payer", "client"):
        assert answer(ask(channel=channel, recipient=recipient), known) == (Verdict.DENY, {"controlled-channel"})


def test_a_withhold_by_the_payer_binds_its_departments() -> None:
    """What `payer` must not pass on, `payer.hr` must not pass on."""
    known = record(agreement(share(senders=("payer.hr",)), withhold(senders=("payer",))))
    assert answer(ask(sender="payer.hr"), known) == (Verdict.DENY, {"private"})


def test_withheld_from_sources_is_withheld_from_every_circle() -> None:
    """`sources` are all of them: peers and reports too."""
    known = record(agreement(share(recipients=("peers",)), withhold(recipients=("sources",))))
    assert answer(ask(recipient="peers"), known) == (Verdict.DENY, {"private"})


def test_nobody_agrees_in_the_clients_place() -> None:
    """An agreement cannot say that her own consent is not needed, nor give it to somebody else alone (S-11)."""
    for consent in ((), ("payer",), ("coach",)):
        by_coach = replace(GOALS, source="coach")
        version = agreement(signatories=("coach", "payer"), consent={"about-client": consent})
        assert answer(ask(section=by_coach), record(version)) == (Verdict.DENY, {"consent"})


def test_an_organisation_consents_to_what_it_owns() -> None:
    """Whatever `about-organisation` says, the owner has to have signed (S-08)."""
    owned = replace(GOALS, owner="payer", source="coach")
    version = agreement(
        signatories=("coach", "client"), consent={"about-client": ("client",), "about-organisation": ()}
    )
    assert answer(ask(section=owned), record(version)) == (Verdict.DENY, {"consent"})


@pytest.mark.parametrize("source", ["peers", "manager"])
def test_feedback_needs_its_sources_terms_whoever_gave_it(source: str) -> None:
    """A circle is several people, so its own words are not its own; and a manager who gives feedback is a source."""
    given = replace(GOALS, what="feedback", source=source)
    known = record(agreement(share(what=("feedback",), recipients=("peers", "client"))))
    for to in ("peers", "client"):
        assert answer(ask(what="feedback", section=given, recipient=to), known) == (Verdict.DENY, {"source-terms"})


def test_what_happens_later_permits_nothing_now() -> None:
    """A signature, a duty met or an attestation counts from its own moment on, whatever is on record by now."""
    terms = share(
        when=(Moment("client-informed"), Moment("acknowledged")), circumstances=Circumstances("coach", "it is")
    )
    known = record(agreement(terms))
    known = add(known, "informed", to=("client",), what=("partnership-goals",), evidence="attested", at=NOW)
    known = add(known, "acknowledged", "payer", to=("coach",), evidence="signed", at=NOW)
    known = add(known, "attested", to=("client",), terms=("goals",), agreement=1, evidence="attested", at=NOW)
    assert answer(ask(), known) == (Verdict.ALLOW, {"goals"})
    just_before = NOW - timedelta(seconds=1)
    everything = {"client-informed", "acknowledged", "attested"}
    assert answer(ask(), known, just_before) == (Verdict.NOT_YET, everything)

    late = record()
    before = datetime(2026, 1, 9, tzinfo=UTC)
    assert answer(ask(), late, before) == (Verdict.DENY, {"in-force"})
    assert "10 January" in decide(ask(), late, before).reasons[0].message


def test_a_withdrawal_without_a_version_counts_for_all() -> None:
    """Forgetting to say which version makes a withdrawal wider, never void."""
    known = add(record(), "withdrawn", "client", to=("payer",), target="term/goals", evidence="signed")
    assert answer(ask(), known, NOW + timedelta(days=9)) == (Verdict.DENY, {"withdrawn"})


def test_a_withdrawal_reaches_departments() -> None:
    """What is withdrawn from the payer is withdrawn from its people team."""
    known = record(agreement(share(recipients=("payer", "payer.hr"))))
    known = add(known, "withdrawn", "client", to=("payer",), target="term/goals", agreement=1, evidence="signed")
    assert answer(ask(recipient="payer.hr"), known) == (Verdict.DENY, {"withdrawn"})


def test_a_withdrawn_text_does_not_go_out_again() -> None:
    """The clause still stands, and still does not carry the very text that was taken back; another text may go."""
    known = disclosed(record(), id="t0000001")
    known = add(known, "withdrawn", "client", to=("payer",), target="event/t0000001", evidence="signed")
    assert answer(ask(), known) == (Verdict.DENY, {"withdrawn"})
    rewritten = replace(GOALS, commitment="sha256:" + "0" * 64)
    assert answer(ask(section=rewritten), known) == (Verdict.ALLOW, {"goals"})
    assert answer(ask(recipient="client"), known) == (Verdict.ALLOW, {"clients-own"})


def test_nobody_withdraws_a_protection() -> None:
    """A withdrawal that names a withhold term changes nothing."""
    known = record(agreement(share(), withhold(recipients=("payer",))))
    known = add(known, "withdrawn", "payer", to=("payer",), target="term/private", agreement=1, evidence="signed")
    assert answer(ask(), known) == (Verdict.DENY, {"private"})


@pytest.mark.parametrize("when", [(Moment("on", "2027-01-01"),), (Moment("acknowledged"),)])
def test_a_withhold_whose_conditions_are_unknown_withholds(when: tuple[Moment, ...]) -> None:
    """Nobody has attested it and its moment has not come: unknown counts as true where something is withheld."""
    doubtful = withhold(circumstances=Circumstances("coach", "the merger is not announced"))
    assert answer(ask(), record(agreement(share(), doubtful))) == (Verdict.DENY, {"private"})
    assert answer(ask(), record(agreement(share(), withhold(when=when)))) == (Verdict.DENY, {"private"})


def test_only_who_is_named_attests() -> None:
    """An attestation by somebody else, of another clause or under another version, is none."""
    known = record(agreement(share(circumstances=Circumstances("coach", "the review takes place"))))
    good = {"by": "coach", "terms": ("goals",), "agreement": 1}
    for wrong in ({"by": "payer"}, {"terms": ("other",)}, {"agreement": 2}):
        tried = add(known, "attested", to=("client",), evidence="attested", **(good | wrong))  # type: ignore[arg-type]
        assert answer(ask(), tried, NOW) == (Verdict.NOT_YET, {"attested"})
    met = add(known, "attested", to=("client",), evidence="attested", **good)  # type: ignore[arg-type]
    assert answer(ask(), met, NOW) == (Verdict.ALLOW, {"goals"})


@pytest.mark.parametrize("unless", ["client-permits", "owner-permits"])
def test_an_exception_that_nobody_made_lifts_nothing(unless: str) -> None:
    """`unless` needs a written permission on record; no event can be one yet."""
    known = add(record(agreement(share(), withhold(unless=unless))), "permitted", "client", to=("payer",))
    decision = decide(ask(), known, NOW)
    assert (decision.verdict, rules(decision)) == (Verdict.DENY, {"private"})
    assert decision.reasons[0].command == "confide permit"


def test_of_equal_clauses_the_answer_names_the_same_one() -> None:
    """Two clauses allow it alike: whichever stands first in the file, the answer rests on the same one."""
    one, two = share("a-goals"), share("b-goals")
    answers = [decide(ask(), record(agreement(*terms)), NOW).terms for terms in ((one, two), (two, one))]
    assert answers[0] == answers[1] == (one,)
