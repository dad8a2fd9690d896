"""Feedback, summaries, duties, holds and another person in a role, in any order with the other verbs: what holds after
each step without them holds with them, and each of them keeps what it promises.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from confide.model.agreement import Agreement, Moment
from confide.model.case import Case
from confide.model.commitment import digest
from confide.model.decision import Request, Verdict
from confide.model.event import Event, Exact
from confide.model.projection import seen_bytes
from confide.model.view import Text
from confide.model.words import Attribution, Form
from confide.policy import feedback, force, retention, summary
from confide.policy.audience import audience
from confide.policy.decide import decide
from confide.policy.hold import holds
from confide.policy.legal import decide_duty
from tests.policy.small import agreement, share
from tests.policy.test_any_order import CLAUSES, GOALS, Coaching

FEEDBACK = share(
    "feedback",
    what=("feedback",),
    recipients=("client",),
    when=(Moment("promptly"),),
    form=Form.VERBATIM,
    attribution=Attribution.CATEGORY,
)
SAID: dict[str, Any] = {
    "feedback": {"unsolicited": "accept", "circles": {"peers": 5, "reports": 2}},
    "summary": {
        "to": ("payer",), "by": ("coach",), "form": "summary", "due": (date(2026, 6, 30),), "if-silent": "hold",
        "when": (Moment("client-first"),), "headings": ("current-ability",), "includes": (), "excludes": (),
    },
    "exceptions": {"threat": {"to": ("payer",)}},
    "retention": {"notes": "1 year after end"},
}  # fmt: skip
CIRCLES = st.sampled_from(("peers", "reports"))
FORMS = st.sampled_from((Form.SUMMARY, Form.VERBATIM))
SHOWN = st.sampled_from(tuple(Attribution))


def version(number: int, *, about_others: bool) -> Agreement:
    """One that speaks of feedback and summaries, or one that speaks of neither."""
    terms = (*CLAUSES[:2], FEEDBACK) if about_others else CLAUSES[:2]
    clauses = SAID if about_others else {"retention": SAID["retention"]}
    return agreement(terms=terms, version=number, clauses=clauses)


class Practising(Coaching):
    """The same partnership, with people around the client and somebody who waits for a summary."""

    @initialize(promised=st.booleans(), circle=CIRCLES, form=FORMS, shown=SHOWN)
    def sign(self, promised: bool, circle: str, form: Form, shown: Attribution) -> None:  # type: ignore[override]
        self.begin_with(version(1, about_others=True))
        self.kept: dict[str, tuple[Exact, str]] = {}
        self.edits = 0
        self.edit()
        self.tell_terms(circle, form, shown, "accepted")
        self.take_in(circle, Form.SUMMARY, unasked=False)
        if promised:
            self.promise()

    @precondition(lambda self: len(self.record.agreements) < 4)
    @rule(about_others=st.booleans())
    def amend(self, about_others: bool) -> None:  # type: ignore[override]
        self.sign_next(version(len(self.record.agreements) + 1, about_others=about_others))

    @rule(circle=CIRCLES, form=FORMS, shown=SHOWN, how=st.sampled_from(("accepted", "notice")))
    def tell_terms(self, circle: str, form: Form, shown: Attribution, how: str) -> None:
        terms = {"form": form, "attribution": shown, "evidence": how, "document": digest(b"terms"), "agreement": 1}
        self.do("permitted", circle, to=("client",), what=("feedback",), **terms)

    @rule()
    def promise(self) -> None:
        self.do("acknowledged", "client", to=("coach",), evidence="attested")

    @rule(circle=CIRCLES, form=FORMS, unasked=st.booleans())
    def take_in(self, circle: str, form: Form, unasked: bool) -> None:
        opened = self.do("case", to=("coach",), detail=digest(b"intake"))
        place = f"feedback/{opened.id}#s1"
        exact = Exact(place, digest(place.encode()), "feedback", form, source=circle)
        self.texts[exact.commitment] = Text("What was said", "said")
        terms = feedback.standing_terms(self.record, circle, unasked=unasked)
        self.kept[opened.id] = (exact, terms.id if terms is not None else "")

    @rule()
    def relay(self) -> None:
        """All that waits, each as widely attributed as it is allowed, like the verb."""
        for case, (exact, promised) in self.kept.items():
            bound = feedback.bound_by(self.record, case, exact.source, promised)
            for shown in sorted(Attribution, reverse=True):
                if feedback.relayed(self.record, case) is None:
                    self._tell(exact, bound, shown)

    def _tell(self, exact: Exact, bound: str, shown: Attribution) -> None:
        asked = Request("feedback", "coach", "client", exact.form, shown, section=exact)
        decision = decide(asked, feedback.under(self.record, exact.source, bound), self.now)
        if decision.verdict is Verdict.ALLOW:
            assert bound in decision.because, "it rests on other terms than those it was given under"
            terms = tuple(term.id for term in decision.terms)
            self.do(
                *("disclosed", "coach"), to=("client",), what=("feedback",), form=exact.form, attribution=shown,
                channel="site", sections=(exact,), terms=terms, agreement=decision.agreement, because=decision.because,
            )  # fmt: skip

    @property
    def text(self) -> Exact:
        place = "summaries/f1000001#s1"
        return Exact(place, digest(f"summary {self.edits}".encode()), "current-ability", Form.SUMMARY)

    @rule()
    def edit(self) -> None:
        self.edits += 1
        self.texts[self.text.commitment] = Text("Current ability", "it is")

    @rule(how=st.sampled_from(("given", "declined")))
    def go_on(self, how: str) -> None:
        """Show the text as it stands, or record her answer to what she was shown last; then try whether it may go."""
        current, shown = force.in_force(self.record, self.now), self.record.of_kind("shown")
        if shown and self.text in shown[-1].sections:
            self.do("input", "client", to=("coach",), target=f"event/{shown[-1].id}", evidence=how, agreement=1)
        elif current is not None and summary.clause(current):
            about = {"what": ("current-ability",), "sections": (self.text,), "agreement": current.version}
            self.do("shown", to=("client",), channel="site", **about)
        self.release()

    @rule()
    def release(self) -> None:
        asked = Request("current-ability", "coach", "payer", Form.SUMMARY, section=self.text)
        self.say("disclosed", decide(asked, self.record, self.now), self.text, "coach", "payer", "site")

    @rule(facts=st.booleans(), adviser=st.booleans(), told=st.booleans(), to=st.sampled_from(("payer", "manager")))
    def go_through_a_case(self, facts: bool, adviser: bool, told: bool, to: str) -> None:
        """Opened, perhaps told, decided, closed; nothing leaves while anything of it is missing."""
        opened = self.do("case", to=("coach",), detail=digest(b"opened"))
        if told:
            self.do("case", to=("client",), detail=digest(b"told"), target=f"event/{opened.id}")
        why = digest(b"why")
        case = Case(opened.id, "threat", to, why if facts else "", why, why, (GOALS,), told=told)
        case = replace(case, adviser="consulted" if adviser else "")
        asked = Request(GOALS.what, "coach", to, GOALS.form, section=GOALS)
        if decide_duty(case, asked, self.record, self.now).verdict is Verdict.ALLOW:
            assert facts and adviser and told and to == "payer", "a case with something missing let a text out"
            self.do("case", to=("coach",), detail=digest(b"disclosed"), target=f"event/{opened.id}")
        self.do("case", to=("coach",), detail=digest(b"closed"), target=f"event/{opened.id}")

    @rule()
    def hold(self) -> None:
        self.do("held")

    @precondition(lambda self: holds(self.record))
    @rule()
    def lift(self) -> None:
        before = holds(self.record)
        self.do("released", target=f"event/{before[0].id}")
        assert holds(self.record) == before[1:], "others stay"

    @rule()
    def replace_a_person(self) -> None:
        self.do("replaced", to=("payer", "client"), number=1, document=digest(b"other people"))

    def told_of(self, folder: str) -> tuple[tuple[int, Event], ...]:
        """What was disclosed from there, each with its place in the record."""
        return tuple(
            (number, event)
            for number, event in enumerate(self.record.events)
            if event.kind == "disclosed" and any(exact.section.startswith(folder) for exact in event.sections)
        )

    @invariant()
    def no_feedback_goes_beyond_what_its_source_was_told(self) -> None:
        """S-18, S-20, S-24: on terms of its own circle, no wider, after her promise; never from a group too small."""
        for number, event in self.told_of(feedback.FOLDER):
            (exact,) = event.sections
            before = self.record.events[:number]
            terms = [one for one in before if one.id in event.because and one.kind == "permitted"]
            assert [one.by for one in terms] == [exact.source]
            assert event.form <= terms[0].form and event.attribution <= terms[0].attribution  # type: ignore[operator]
            assert any(one.kind == "acknowledged" and one.by == "client" for one in before)
            assert event.attribution is not Attribution.CATEGORY or exact.source == "peers"

    @invariant()
    def she_cannot_tell_from_whom_it_came(self) -> None:
        """S-18, S-24: neither what she sees of an event nor which events she sees names a circle."""
        for event in self.record.events:
            if "client" in audience(event, self.record):
                seen = seen_bytes(event, "client")
                assert b"peers" not in seen and b"reports" not in seen

    @invariant()
    def no_summary_goes_out_unread_or_changed(self) -> None:
        """S-13: she was shown this very text, and answered it, before the payer had it."""
        for number, event in self.told_of(summary.FOLDER):
            before = self.record.events[:number]
            (exact,) = event.sections
            shown = {f"event/{one.id}" for one in before if one.kind == "shown" and exact in one.sections}
            assert any(one.kind == "input" and one.target in shown for one in before)

    @invariant()
    def what_is_held_is_kept(self) -> None:
        """S-10: while a hold stands nothing may be destroyed."""
        for kept in retention.keeping(self.record, self.now, ("notes/2026-02-03",)):
            assert kept.held == bool(holds(self.record))


TestPractising = Practising.TestCase
TestPractising.settings = settings(max_examples=8, stateful_step_count=25, deadline=None)
