"""The verbs in any order, with amendments, withdrawals and time between them: promises and laws hold after each step.

What a coach's commands do is done here on the pure core: decide, record what was allowed, change nothing otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from confide.ledger import codec
from confide.model.agreement import Agreement
from confide.model.commitment import digest
from confide.model.decision import Decision, Request, Verdict
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.view import Text
from confide.model.words import Form
from confide.policy import force
from confide.policy.audience import audience
from confide.policy.chain import links
from confide.policy.decide import decide
from confide.policy.knows import who_knows
from confide.policy.lapse import recorded
from confide.policy.life import State, state
from confide.policy.onward import decide_onward
from confide.policy.replay import lapses
from confide.policy.told import decide_told, passed_on
from confide.policy.withdrawal import disclosure_withdrawn
from tests.policy.small import NOW, add, agreement, record, share, view, withhold

GOALS = Exact("notes/2026-02-03#s1", digest(b"goals"), "partnership-goals/shared", Form.SUMMARY)
DETAIL = Exact("notes/2026-02-03#s2", digest(b"detail"), "partnership-goals/shared", Form.VERBATIM)
CAREER = Exact("notes/2026-02-03#s3", digest(b"career"), "career-aspirations", Form.VERBATIM)
SECTIONS = (GOALS, DETAIL, CAREER)
TEXTS = {one.commitment: Text("A title", one.section) for one in SECTIONS}
PARTIES = ("client", "payer", "manager")
texts = st.sampled_from(SECTIONS)
parties = st.sampled_from(PARTIES)
CLAUSES = (
    share("goals", recipients=("payer", "manager"), onward=("manager",)),
    share("own", what=("partnership-goals", "career-aspirations"), recipients=("client",), form=Form.VERBATIM),
    share("career", what=("career-aspirations",), form=Form.TOPIC),
)
VERSIONS = (
    CLAUSES,
    CLAUSES[:2],
    (*CLAUSES[:2], withhold("quiet", what=("career-aspirations",), unless="client-permits")),
)


class Coaching(RuleBasedStateMachine):
    """One partnership, from its first agreement on."""

    @initialize(clauses=st.sampled_from(VERSIONS))
    def sign(self, clauses: tuple[object, ...]) -> None:
        self.begin_with(agreement(terms=clauses))

    def begin_with(self, first: Agreement) -> None:
        self.record: Record = record(first)
        self.texts = dict(TEXTS)
        self.now = NOW
        self.order = list(State)
        self.before: Record = self.record
        self.stage = state(self.record, self.now)

    def do(self, kind: str, by: str = "coach", **fields: object) -> Event:
        """Record, and hold what every single event has to hold."""
        self.now += timedelta(hours=1)
        seen = {party: view(self.record, party, self.texts) for party in PARTIES}
        self.before = self.record
        self.record = add(self.record, kind, by, at=self.now, **fields)
        event = self.record.events[-1]
        told = audience(event, self.record)
        for party in PARTIES:
            if party not in told:
                assert view(self.record, party, self.texts) == seen[party], f"{kind} shows on the page of the {party}"
        assert dict(event.previous) == dict(links(self.before, event))
        codec.message(replace(event, digest=digest(b"file")))
        return event

    def say(self, kind: str, decision: Decision, exact: Exact, by: str, to: str, channel: str) -> None:
        """What a verb does with an answer: one event, or nothing at all."""
        if decision.verdict is not Verdict.ALLOW:
            return
        terms = tuple(term.id for term in decision.terms)
        self.do(
            *(kind, by),
            to=(to,),
            what=(exact.what,),
            form=exact.form,
            channel=channel,
            sections=(exact,),
            terms=terms,
            agreement=decision.agreement,
            because=decision.because,
        )

    @rule(exact=texts, to=parties)
    def disclose(self, exact: Exact, to: str) -> None:
        asked = Request(exact.what, "coach", to, exact.form, section=exact)
        self.say("disclosed", decide(asked, self.record, self.now), exact, "coach", to, "site")

    @rule(exact=texts, to=parties, by=st.sampled_from(("coach", "client", "payer")))
    def tell(self, exact: Exact, to: str, by: str) -> None:
        if by == to:
            return
        asked = Request(exact.what, by, to, exact.form, channel="in-person", section=exact)
        first = passed_on(asked, self.record) if by != "coach" else None
        decision = decide_told(asked, first, self.record, self.now)
        self.say("told", decision, exact, by, to, "in-person")

    @rule(exact=texts)
    def inform(self, exact: Exact) -> None:
        self.do("informed", to=("client",), what=(exact.what,), sections=(exact,), evidence="attested")

    @rule(exact=texts, to=parties, signed=st.booleans())
    def permit(self, exact: Exact, to: str, signed: bool) -> None:
        how = {"evidence": "signed", "strength": "portal", "number": 1} if signed else {"evidence": "attested"}
        self.do("permitted", "client", to=(to,), what=(exact.what,), form=exact.form, sections=(exact,), **how)

    @rule(exact=texts, to=parties)
    def lapse(self, exact: Exact, to: str) -> None:
        self.do("lapse", to=(to,), what=(exact.what,), sections=(exact,))
        assert len(recorded(self.record)) == len(recorded(self.before)) + 1, "the truth is never refused"

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        wrong = data.draw(st.sampled_from(self.record.events))
        self.do("corrected", target=f"event/{wrong.id}")

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """A disclosure, a permission or a clause; from then on nothing that rested on it is shown or passed on."""
        events = [e for e in self.record.events if e.kind in ("disclosed", "told", "permitted")]
        targets = [*(f"event/{e.id}" for e in events), "term/goals"]
        target = data.draw(st.sampled_from(targets))
        event = self.record.event(target.removeprefix("event/"))
        to = event.to if event is not None else ("payer", "manager")
        self.do("withdrawn", "client", to=to, target=target, evidence="attested", agreement=0)
        assert all(known.party for known in who_knows(self.record, target))

    @precondition(lambda self: len(self.record.agreements) < 4)
    @rule(clauses=st.sampled_from(VERSIONS))
    def amend(self, clauses: tuple[object, ...]) -> None:
        self.sign_next(agreement(terms=clauses, version=len(self.record.agreements) + 1))

    def sign_next(self, new: Agreement) -> None:
        number = new.version
        self.record = replace(self.record, agreements=(*self.record.agreements, new))
        about = {"agreement": number, "document": new.digest}
        self.do("proposed", to=("client", "payer"), **about)
        for party in new.signatories:
            to = tuple(p for p in new.signatories if p != party)
            self.do("signed", party, to=to, strength="portal", number=1, **about)

    @rule(days=st.sampled_from((1, 30, 200)))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @precondition(lambda self: force.ended(self.record) is None)
    @rule()
    def begin_or_end(self) -> None:
        begun = bool(self.record.of_kind("began"))
        if force.in_force(self.record, self.now) is not None:
            self.do("ended" if begun else "began", to=("client", "payer"), agreement=1)

    @invariant()
    def nothing_was_told_that_was_not_allowed(self) -> None:
        """Replay agrees: each telling, decided again on what was known then, was allowed (promise 1)."""
        assert lapses(self.record) == ()

    @invariant()
    def pages_hold_what_was_disclosed_allowed_and_not_taken_back(self) -> None:
        for party in PARTIES:
            for shown in view(self.record, party, self.texts).shown:
                event = self.record.event(shown.event)
                assert event is not None and event.kind == "disclosed" and party in event.to
                assert disclosure_withdrawn(self.record, event, party) is None

    @invariant()
    def nothing_changes_or_goes(self) -> None:
        """Promise 3."""
        assert self.record.events[: len(self.before.events)] == self.before.events

    @invariant()
    def nothing_is_told_outside_of_an_agreement(self) -> None:
        if force.in_force(self.record, self.now) is None:
            for exact in SECTIONS:
                asked = Request(exact.what, "coach", "payer", exact.form, section=exact)
                assert decide(asked, self.record, self.now).verdict is Verdict.DENY

    @invariant()
    def nobody_passes_on_what_was_taken_back(self) -> None:
        for event in self.record.of_kind("disclosed"):
            if "payer" in event.to and disclosure_withdrawn(self.record, event, "payer") is not None:
                asked = Request(event.what[0], "payer", "manager", Form.TOPIC, channel="in-person")
                assert decide_onward(asked, event, self.record, self.now).verdict is Verdict.DENY
        for exact in SECTIONS:
            asked = Request(exact.what, "payer", "manager", exact.form, channel="in-person", section=exact)
            first = passed_on(asked, self.record)
            if first is None or disclosure_withdrawn(self.record, first, "payer") is not None:
                assert decide_told(asked, first, self.record, self.now).verdict is Verdict.DENY

    @invariant()
    def a_life_goes_forward(self) -> None:
        """But for a partnership that ran out and is renewed."""
        stage = state(self.record, self.now)
        renewed = self.stage is State.ENDED and force.ended(self.record) is None
        assert renewed or self.order.index(stage) >= self.order.index(self.stage)
        self.stage = stage


TestCoaching = Coaching.TestCase
TestCoaching.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
