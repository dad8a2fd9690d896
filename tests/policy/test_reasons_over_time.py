"""Reasons of the ratchet and after the end, in corners that only a changed line of `decide` would show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from confide.model.agreement import Moment, Term
from confide.model.commitment import digest
from confide.model.decision import Reason, Verdict
from confide.model.event import Exact
from confide.model.record import Record
from confide.model.words import Form
from tests.policy.asked_in_june import LATER, OLD, amended, decided, last, permitted, why
from tests.policy.small import add, agreement, answer, ask, disclosed, record, rules, share, withhold

SUMMARY = Exact("summaries/2026-05-04#s1", digest(b"summary"), "current-ability", Form.SUMMARY)
ABOUT_IT = ask(what="current-ability", section=SUMMARY)
CLAUSE: dict[str, Any] = {
    "to": ("payer",), "by": ("coach",), "form": "summary", "headings": ("current-ability",), "when": (),
}  # fmt: skip


def test_the_ratchet_looks_at_every_version_since_the_text() -> None:
    """A version that allowed it does not hide one before or after it that did not, until there is fresh consent."""
    strict, free = agreement(withhold("no")), agreement(share())
    asked = ask(section=OLD)
    between = amended(
        strict, replace(free, version=2, digest=digest(b"2")), replace(free, version=3, digest=digest(b"3"))
    )
    late = replace(strict, version=2, digest=digest(b"2"))
    for known, older in (
        (between, 1),
        (amended(free, late, replace(free, version=3, digest=digest(b"3"))), 2),
    ):
        place = known.agreements[older - 1].place
        assert why(known, "ratchet", asked) == Reason(
            "ratchet", "S-05", f"it is older than what replaced agreement {older}, which did not allow this", place,
            "fresh written consent of those it concerns", "confide permit",
        )  # fmt: skip
        fresh = permitted(known, sections=(OLD,), at=datetime(2026, 5, 2, tzinfo=UTC))
        assert decided(fresh, asked).verdict is Verdict.ALLOW


def test_consent_from_before_a_loosening_is_not_fresh() -> None:
    """She permitted it while it was withheld: that was not asked of her under what came later."""
    known = permitted(record(agreement(withhold("no"))), sections=(OLD,), at=datetime(2026, 1, 25, tzinfo=UTC))
    about = {"agreement": 2, "document": digest(b"2")}
    second = agreement(version=2, digest=digest(b"2"))
    known = replace(known, agreements=(*known.agreements, second))
    known = add(known, "proposed", at=datetime(2026, 2, 10, tzinfo=UTC), to=second.signatories[1:], **about)
    for party in second.signatories:
        known = add(known, "signed", party, at=last(known).at, strength="portal", number=1, **about)
    assert "ratchet" in rules(decided(known, ask(section=OLD)))
    assert decided(permitted(known, sections=(OLD,)), ask(section=OLD)).verdict is Verdict.ALLOW


def test_fresh_consent_counts_for_the_version_it_came_after() -> None:
    """Two versions in a row withheld it. What she permitted between them says nothing about the second loosening."""
    strict = agreement(withhold("no"))
    known = amended(strict, replace(strict, version=2, digest=digest(b"2")), agreement(version=3, digest=digest(b"3")))
    between = permitted(known, sections=(OLD,), at=datetime(2026, 2, 20, tzinfo=UTC))
    assert why(between, "ratchet", ask(section=OLD)).place == known.agreements[1].place
    assert decided(permitted(known, sections=(OLD,)), ask(section=OLD)).verdict is Verdict.ALLOW


def over(*terms: Any, **clause: Any) -> Record:
    """The partnership after its end, when one last summary may still be given."""
    clauses = {"summary": CLAUSE | clause, "ending": {"survives": ("withheld", "final-summary")}}
    return add(record(agreement(*(terms or (share(),)), clauses=clauses)), "ended", at=LATER - timedelta(days=5))


def test_after_the_end_the_last_summary_goes_by_its_clause_alone() -> None:
    """It may go; not against a withhold, not by an uncontrolled channel, and not before she has seen it first."""
    assert decided(over(), ABOUT_IT).verdict is Verdict.ALLOW
    assert rules(decided(over(share(), withhold("no")), ABOUT_IT)) == {"ended", "no"}
    assert decided(over(), replace(ABOUT_IT, channel="e-mail")).verdict is Verdict.DENY
    first = decided(over(when=(Moment("client-first"),)), ABOUT_IT)
    assert (first.verdict, rules(first)) == (Verdict.NOT_YET, {"client-first"})


def test_after_the_end_nothing_but_the_summary_s_clause_opens_anything() -> None:
    """Not that a text is the client's own, and no permission."""
    hers = replace(ABOUT_IT, recipient="client")
    assert decided(over(to=("manager",)), hers).verdict is Verdict.DENY
    allowed = permitted(over(to=("manager",)), sections=(SUMMARY,), at=LATER - timedelta(days=1))
    assert decided(allowed, ABOUT_IT).verdict is Verdict.DENY


def test_after_the_end_a_summary_taken_back_needs_a_new_permission() -> None:
    """It was told, withdrawn, and permitted again: then its clause lets it go once more."""
    told = disclosed(over(), SUMMARY, terms=("summary",), at=LATER - timedelta(days=4))
    back = add(
        told, "withdrawn", "client", to=("payer",), target=f"event/{last(told).id}", at=LATER - timedelta(days=3)
    )
    assert decided(back, ABOUT_IT).verdict is Verdict.DENY
    again = permitted(back, sections=(SUMMARY,), at=LATER - timedelta(days=2))
    assert decided(again, ABOUT_IT).verdict is Verdict.ALLOW


def test_after_the_end_everything_that_is_wrong_is_said() -> None:
    """An unknown party, the end and what stays withheld: all at once."""
    verdict, said = answer(ask(recipient="stranger"), over(share(), withhold("no")), LATER)
    assert (verdict, said) == (Verdict.DENY, {"unknown-party", "ended", "no"})


def test_after_the_end_a_refused_summary_says_everything_against_it() -> None:
    """Taken back, a wrong channel, a clause that withholds, what it leaves out: each beside the end, not instead."""
    told = disclosed(over(), SUMMARY, terms=("summary",), at=LATER - timedelta(days=4))
    back = add(
        told, "withdrawn", "client", to=("payer",), target=f"event/{last(told).id}", at=LATER - timedelta(days=3)
    )
    assert rules(decided(back, ABOUT_IT)) == {"ended", "withdrawn"}
    mailed = replace(ABOUT_IT, channel="e-mail")
    assert rules(decided(back, mailed)) == {"ended", "withdrawn", "controlled-channel"}
    assert rules(decided(over(share(), withhold("no")), mailed)) == {"ended", "no", "controlled-channel"}
    assert rules(decided(over(to=("manager",)), ABOUT_IT)) == {"ended", "default-deny"}
    assert rules(decided(over(excludes=(SUMMARY.what,)), ABOUT_IT)) == {"ended", "summary"}
    assert rules(decided(over(), replace(ABOUT_IT, recipient="public"))) == {"ended", "never-public", "default-deny"}
    assert rules(decided(over(replace(share(), form=None)), ABOUT_IT)) == {"ended", "malformed-term"}


def test_a_summary_clause_that_nearly_spoke_of_it_is_no_loosening() -> None:
    """Neither version shares it: that only one of them has a summary makes no second reason."""
    first = agreement(share(), clauses={"summary": CLAUSE | {"by": ("client",)}})
    second = agreement(share(), version=2, digest=digest(b"2"))
    older = replace(SUMMARY, section="summaries/2026-01-20#s1")
    assert "ratchet" not in rules(decided(amended(first, second), replace(ABOUT_IT, section=older)))


def test_a_text_older_than_a_stricter_version_waits_for_the_duties_of_both() -> None:
    """What the older version asked for first, and what today's asks for: both are open."""
    first = agreement(share(when=(Moment("client-first"),)))
    second = agreement(share(when=(Moment("client-informed"),)), version=2, digest=digest(b"2"))
    found = decided(amended(first, second), ask(section=OLD))
    assert (found.verdict, rules(found)) == (Verdict.NOT_YET, {"client-first", "client-informed"})


def test_what_is_denied_today_for_the_same_reason_was_not_loosened() -> None:
    """Too wide then and too wide now is one reason; too wide then, and withheld or silent now, are two."""
    topic = agreement(share("little", form=Form.TOPIC))

    def then_and(*terms: Term) -> set[str]:
        second = agreement(*terms, version=2, digest=digest(b"2"))
        return rules(decided(amended(topic, second), ask(section=OLD)))

    assert then_and(share("less", form=Form.TOPIC)) == {"less"}
    assert then_and(share(), withhold("no")) == {"no", "ratchet"}
    assert then_and(share("hers", senders=("client",))) == {"hers", "default-deny", "ratchet"}
