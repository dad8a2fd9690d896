"""What an answer says word for word, and corners that only a changed line of `decide` would show (docs/MUTATION.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from confide.model.agreement import Moment
from confide.model.commitment import digest
from confide.model.decision import Reason, Verdict
from confide.model.problem import Place
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy.decide import decide
from tests.policy.asked_in_june import LATER, OLD, amended, decided, last, permitted, why
from tests.policy.small import GOALS, add, agreement, ask, disclosed, record, rules, share, withhold


def test_a_text_that_was_taken_back_says_when_and_what_helps() -> None:
    """The day and the line of the withdrawal; with a new permission after it, and not before, it may go again."""
    told = disclosed(record())
    back = add(told, "withdrawn", "client", to=("payer",), target=f"event/{last(told).id}", evidence="signed")
    day = f"{last(back).at:%d %B %Y}"
    assert why(back, "withdrawn") == Reason(
        "withdrawn", "S-05", f"this text was withdrawn from them on {day}", last(back).place,
        "a new written permission for this text",
    )  # fmt: skip
    assert decided(permitted(back)).verdict is Verdict.ALLOW


def test_a_narrowing_says_who_narrowed_it_to_what() -> None:
    """In the form that was left; one to nothing at all says none."""
    for form in (Form.TOPIC, None):
        known = add(record(), "permitted", "client", to=("payer",), form=form, sections=(GOALS,), evidence="attested")
        word = form.word if form else "none"
        assert why(known, "narrowed") == Reason(
            "narrowed", "S-05", f"`client` narrowed this to {word} on {last(known).at:%d %B %Y}", last(known).place,
            f"narrow to {word}, or a written permission",
        )  # fmt: skip


def test_a_yes_by_permission_names_clause_and_permission() -> None:
    """The clause that speaks of it, then who permitted more, each with its line."""
    known = permitted(record(agreement(share(form=Form.TOPIC))))
    found = decided(known)
    given = last(known)
    permission = Reason(
        "permission", "S-05", f"`client` permitted it in writing on {given.at:%d %B %Y}", given.place
    )  # fmt: skip
    clause = Reason("goals", "S-30", "clause goals allows it", Place("agreements/1.yml", 20))
    assert (found.verdict, found.reasons) == (Verdict.ALLOW, (clause, permission))
    assert (found.ceiling, found.attribution, found.agreement) == (Form.SUMMARY, Attribution.NONE, 1)


def test_where_a_permission_stands_the_clause_that_is_wide_enough_goes_first() -> None:
    """Of two clauses with the same duties the one that needs no permission, whatever it is called."""
    narrow, wide = share("a-topic", form=Form.TOPIC), share("b-summary")
    assert [t.id for t in decided(permitted(record(agreement(narrow, wide)))).terms] == ["b-summary"]


def test_a_denial_says_how_far_one_may_go_under_which_agreement() -> None:
    """The widest form of the clauses that speak of it; nothing where none does, no agreement before there is one."""
    wide = decided(record(), ask(form=Form.VERBATIM))
    assert (wide.verdict, wide.agreement, wide.ceiling) == (Verdict.DENY, 1, Form.SUMMARY)
    silent = decided(record(), ask(recipient="manager"))
    assert (silent.agreement, silent.ceiling) == (1, Form.NONE)
    early = decide(ask(), record(signed=False), LATER)
    assert (early.agreement, early.ceiling) == (0, Form.NONE)


def test_reasons_stand_in_the_order_of_files_and_lines() -> None:
    """First what has no place, then file by file and line by line, whatever the rules are called."""
    told = disclosed(record(agreement(share(), withhold("zz"), withhold("aa", place=Place("agreements/1.yml", 31)))))
    back = add(told, "withdrawn", "client", to=("payer",), target=f"event/{last(told).id}", evidence="signed")
    found = decided(back, ask(purpose="marketing")).reasons
    assert [reason.rule for reason in found] == ["never-public", "zz", "aa", "withdrawn"]


def test_a_permission_that_was_taken_back_is_said_and_so_is_the_clause_that_falls_short() -> None:
    """Nobody forgot to speak of it, so silence is not among the reasons; the clause that allows less still is."""
    asked = ask(form=Form.VERBATIM)

    def taken(known: Record) -> Record:
        given = permitted(known)
        return add(given, "withdrawn", "client", to=("payer",), target=f"event/{last(given).id}", evidence="signed")

    known = taken(record())
    assert rules(decided(known, asked)) == {"goals", "withdrawn"}
    assert why(known, "withdrawn", asked) == Reason(
        "withdrawn", "S-05", f"the permission was withdrawn on {last(known).at:%d %B %Y}", last(known).place
    )
    elsewhere = taken(record(agreement(share(senders=("client",)))))
    assert rules(decided(elsewhere, asked)) == {"withdrawn"}


def public(known: Record, **fields: Any) -> Record:
    whole = {"day": date(2026, 1, 2), "document": digest(b"news"), "evidence": "no-breach", "sections": (GOALS,)}
    return add(known, "public", **(whole | fields))


def test_a_yes_says_that_it_is_hers_or_public_already() -> None:
    """In a sentence with its S-id and its line, resting on no clause; what is public rests on its event."""
    hers = decided(record(), ask(recipient="client", form=Form.VERBATIM))
    told = "it is the client's own and about nobody else"
    assert hers.reasons == (Reason("clients-own", "S-11", told, Place("agreements/1.yml", 1)),)
    assert (hers.verdict, hers.terms, hers.ceiling, hers.notes) == (Verdict.ALLOW, (), Form.VERBATIM, ())
    assert (hers.attribution, decided(record()).attribution) == (Attribution.NAME, Attribution.NONE)
    known = public(record(agreement(share(recipients=("manager",)))))
    out = decided(known)
    assert out.reasons == (
        Reason("already-public", "S-09", "it has been public since 2026-01-02", last(known).place),
    )  # fmt: skip
    assert (out.verdict, out.terms, out.ceiling) == (Verdict.ALLOW, (), Form.VERBATIM)
    assert out.because[0] == last(known).id
    assert decided(known, ask(attribution=Attribution.CATEGORY)).verdict is Verdict.DENY


def test_what_is_public_is_still_narrowed_and_still_taken_back_by_nobody_else() -> None:
    """A client who asks for less is heard, however public it is; a clause that was withdrawn has no say in it."""
    known = public(record(agreement(share(recipients=("manager",)))))
    less = add(known, "permitted", "client", to=("payer",), form=Form.TOPIC, sections=(GOALS,), evidence="attested")
    assert rules(decided(less)) == {"narrowed"}
    still = add(known, "withdrawn", "client", to=("payer",), target="term/goals", agreement=1)
    assert decided(still).verdict is Verdict.ALLOW


def test_what_an_organisation_left_to_her_alone_is_hers() -> None:
    """Where the agreement says that she alone speaks for the organisation, its business is hers too (S-15)."""
    business = replace(GOALS, what="strategy", owner="client")
    asked = ask(what="strategy", section=business, recipient="client")
    hers = record(agreement(share(recipients=("manager",)), consent={"about-organisation": ("client",)}))
    assert rules(decided(hers, asked)) == {"clients-own"}
    assert "clients-own" not in rules(decided(record(), asked))
    strict = agreement(withhold("no"), consent={"about-organisation": ("client",)})
    looser = agreement(version=2, digest=digest(b"2"), consent={"about-organisation": ("client",)})
    old = replace(business, section=OLD.section)
    assert rules(decided(amended(strict, looser), replace(asked, section=old))) == {"clients-own"}


def test_a_not_yet_says_which_clause_it_waits_under() -> None:
    """The clause stands in the notes while a duty is open, and among the reasons once none is; never in both."""
    known = record(agreement(share(when=(Moment("client-informed"),))))
    waits = decided(known)
    assert (waits.verdict, [note.rule for note in waits.notes]) == (Verdict.NOT_YET, ["goals"])
    done = decided(add(known, "informed", to=("client",), what=(GOALS.what,), sections=(GOALS,), evidence="attested"))
    assert (done.verdict, done.notes, [reason.rule for reason in done.reasons]) == (Verdict.ALLOW, (), ["goals"])


def test_a_clause_that_allows_less_is_no_way_round_the_duty_of_one_that_allows_it() -> None:
    """The short clause asks for nothing first; but nobody asked for its form, so the other one's duty is open."""
    topic, whole = share("a-topic", form=Form.TOPIC), share("b-whole", when=(Moment("client-informed"),))
    found = decided(record(agreement(topic, whole)))
    assert (found.verdict, rules(found)) == (Verdict.NOT_YET, {"client-informed"})


def test_a_fault_is_said_with_the_agreement_it_is_in() -> None:
    """A clause that cannot be read denies under its own version; an uncontrolled channel is named beside it."""
    found = decided(record(agreement(share(what=None))), ask(channel="e-mail"))
    assert (found.verdict, found.agreement) == (Verdict.DENY, 1)
    assert "controlled-channel" in rules(found)


def test_what_is_free_of_clauses_is_free_of_withdrawals_too() -> None:
    """What is hers, or public already, may be told again although it was once taken back: no clause allowed it."""
    told = disclosed(record(), to=("client",))
    hers = add(told, "withdrawn", "client", to=("client",), target=f"event/{last(told).id}", evidence="signed")
    assert decided(hers, ask(recipient="client")).verdict is Verdict.ALLOW
    told = disclosed(public(record()))
    out = add(told, "withdrawn", "client", to=("payer",), target=f"event/{last(told).id}", evidence="signed")
    assert decided(out).verdict is Verdict.ALLOW


def test_what_a_source_was_promised_is_missing_with_its_line() -> None:
    """Feedback without the terms that its source was given: the line of the agreement, and what would help (S-20)."""
    heard = replace(GOALS, what="feedback", source="peers")
    known = record(agreement(share(what=("feedback",))))
    assert why(known, "source-terms", ask(what="feedback", section=heard)).place == Place("agreements/1.yml", 1)


def test_an_instrument_that_is_lost_denies_from_the_day_it_was_registered() -> None:
    """Nobody knows what it forbids; before that day nobody was bound by it."""
    known = add(record(), "instrument", target="instrument/nda", to=("payer",), document=digest(b"nda"))
    assert "instrument-missing" in rules(decided(known))
    assert decide(ask(), known, last(known).at - timedelta(hours=1)).verdict is Verdict.ALLOW
