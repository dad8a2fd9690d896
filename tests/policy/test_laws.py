"""The laws of POLICY.md that hold for every decision, whatever the agreement, the record and the question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from confide.model.agreement import Agreement, Term
from confide.model.decision import Request, Verdict
from confide.model.record import Record
from confide.model.words import Form
from confide.policy import summary
from confide.policy.consent import own
from confide.policy.decide import decide
from confide.policy.visible import visible
from tests.policy import naive_summary
from tests.policy.generate import World, asked, by_term, worlds
from tests.policy.generate_terms import FAULT, READERS, withhold_terms
from tests.policy.measure import RANK, Drawn, law, rank, shown
from tests.policy.small import withhold


def with_terms(agreement: Agreement, terms: tuple[Term, ...]) -> Agreement:
    return replace(agreement, terms=terms)


def inserted(agreement: Agreement, term: Term, at: int) -> Agreement:
    return with_terms(agreement, (*agreement.terms[:at], replace(term, id="withhold-99"), *agreement.terms[at:]))


@law
@given(asked(5, 8), withhold_terms, st.integers(0, 5))
def test_another_withhold_never_permits(drawn: Drawn, term: Term, at: int) -> None:
    """Adding a withhold term never turns Deny into anything else, nor NotYet into Allow, and shows nothing more."""
    world, questions = drawn
    stricter = world.with_agreements(lambda a: inserted(a, term, at))
    for question in questions:
        assert rank(question, stricter.record, world.now) <= rank(question, world.record, world.now)
    assert shown(stricter) <= shown(world)


@law
@given(asked(5, 8), st.integers(0, 5))
def test_a_withhold_of_everything_stops_everything(drawn: Drawn, at: int) -> None:
    """A withhold term without a single facet denies every question, by name, and empties every page."""
    world, questions = drawn
    silent = world.with_agreements(lambda a: inserted(a, withhold(), at))
    for question in questions:
        decision = decide(question, silent.record, world.now)
        assert decision.verdict is Verdict.DENY
        assert decision.agreement == 0 or "withhold-99" in {reason.rule for reason in decision.reasons}
    assert shown(silent) == set()


@law
@given(asked(5, 8), st.data())
def test_one_share_fewer_never_reveals_more(drawn: Drawn, data: st.DataObject) -> None:
    """Removing a share term never turns a no into a yes, and nobody can read anything they could not read before.

    Where everybody whose it is has permitted exactly this in writing, the yes is theirs and no clause's (ADR 5).
    """
    world, questions = drawn
    shares = [(a.version, t.id) for a in world.record.agreements for t in a.terms if t.shares]
    version, term_id = data.draw(st.sampled_from(shares or [(0, "")]))

    def without(agreement: Agreement) -> Agreement:
        return with_terms(
            agreement, tuple(t for t in agreement.terms if (agreement.version, t.id) != (version, term_id))
        )

    poorer = world.with_agreements(without)
    for question in questions:
        less = decide(question, poorer.record, world.now)
        if RANK[less.verdict] > rank(question, world.record, world.now):
            # A clause that speaks keeps its duties beside a permission; without one the permission stands for itself.
            assert (less.terms, {r.rule for r in (*less.reasons, *less.notes)} & {"permission"}) == ((), {"permission"})
    if not world.record.of_kind("permitted"):
        assert shown(poorer) <= shown(world)


@law
@given(asked(5, 8), st.data())
def test_the_order_of_terms_is_no_matter(drawn: Drawn, data: st.DataObject) -> None:
    """Verdict, reasons, the clauses relied on and everybody's texts are the same in whatever order terms stand."""
    world, questions = drawn
    shuffled = world.with_agreements(lambda a: with_terms(a, tuple(data.draw(st.permutations(a.terms)))))
    for question in questions:
        one, other = (decide(question, w.record, w.now) for w in (world, shuffled))
        assert one.verdict is other.verdict
        assert (set(one.reasons), set(one.notes)) == (set(other.reasons), set(other.notes))
        assert (one.terms, one.because, one.ceiling) == (other.terms, other.because, other.ceiling)
    assert shown(world) == shown(shuffled)


@law
@given(worlds(), st.permutations([1, 2]))
def test_the_order_of_files_is_no_matter(world: World, order: list[int]) -> None:
    """It does not matter in which order the versions of an agreement were read."""
    agreements = tuple(a for n in order for a in world.record.agreements if a.version == n)
    other = replace(world, record=replace(world.record, agreements=agreements))
    for party in READERS:
        views = (visible(w.record, party, w.texts, w.people, w.sources) for w in (world, other))
        assert next(views) == next(views)


def moments(world: World) -> Iterator[datetime]:
    """The instants at which something may begin or stop being in force, and those just before and after."""
    for agreement in world.record.agreements:
        for day in (agreement.effective, agreement.until + timedelta(days=1)):
            at = datetime.combine(day, time(), ZoneInfo(agreement.time_zone)).astimezone(UTC)
            yield from (at - timedelta(seconds=1), at)
    for event in world.record.of_kind("signed"):
        yield from (event.at - timedelta(seconds=1), event.at)
    yield world.now


def signed_at(record: Record, agreement: Agreement) -> datetime | None:
    """When all had signed exactly this agreement who have to: of an amendment, those of the version before as well."""
    times = {}
    for event in record.of_kind("signed"):
        if (event.agreement, event.document) == (agreement.version, agreement.digest):
            times.setdefault(event.by, event.at)
    older = [a for a in record.agreements if a.version < agreement.version and signed_at(record, a) is not None]
    before = {p for a in older for p in a.signatories if (party := record.partnership.party(p)) and party.active}
    return max(times.values()) if {*agreement.signatories, *before} <= times.keys() else None


def _last_summary(question: Request, agreement: Agreement) -> bool:
    """What alone may outlive the agreement, where it says so itself."""
    return naive_summary.is_part(question) and naive_summary.outlives(agreement, "final-summary")


@law
@given(asked(3, 5))
def test_nothing_is_allowed_outside_the_time_in_force(drawn: Drawn) -> None:
    """No yes before everybody signed and the first day began, after the last day, or once the partnership ended.

    Only a last summary outlives the agreement, where that says so. And there is no yes under a version that a newer one
    has replaced, even if that has run out since.
    """
    world, questions = drawn
    record = world.record
    for now in moments(world):
        for question in questions:
            decision = decide(question, record, now)
            if decision.verdict is Verdict.DENY:
                continue
            agreement = record.agreement(decision.agreement)
            assert agreement is not None
            zone = ZoneInfo(agreement.time_zone)
            done = signed_at(record, agreement)
            assert done is not None
            assert done <= now
            today = now.astimezone(zone).date()
            assert agreement.effective <= today
            assert _last_summary(question, agreement) or (today <= agreement.until and not record.of_kind("ended"))
            for newer in record.agreements:
                if newer.version > agreement.version:
                    replaced = signed_at(record, newer)
                    begun = newer.effective <= now.astimezone(ZoneInfo(newer.time_zone)).date()
                    proposed = any(e.agreement == newer.version for e in record.of_kind("proposed"))
                    valid = all(e.strength in newer.accepted for e in record.of_kind("signed"))
                    assert not (replaced and replaced <= now and begun and proposed and valid)


@law
@given(asked(3, 5))
def test_an_expired_newer_version_does_not_revive_an_older_one(drawn: Drawn) -> None:
    """When the version that replaced another has run out, everything is denied, though the older had longer to run."""
    world, questions = drawn
    first = world.record.agreements[0]
    newer = replace(first, version=7, until=world.now.date() - timedelta(days=2))
    about_first = [e for e in world.record.events if (e.agreement, e.document) == (1, first.digest)]
    signed = tuple(replace(e, agreement=7, id=f"9{e.id[1:]}") for e in about_first)
    record = replace(world.record, agreements=(first, newer), events=(*world.record.events, *signed))
    complete = set(first.signatories) <= {e.by for e in signed if e.strength in first.accepted}
    if complete and signed[0].kind == "proposed" and newer.effective <= newer.until:
        for question in [*questions, *(by_term(t) for t in first.terms if t.shares)]:
            denied = decide(question, record, world.now).verdict is Verdict.DENY
            assert denied or _last_summary(question, newer)


@law
@given(asked(5, 8))
def test_a_fault_denies_everything_and_empties_every_page(drawn: Drawn) -> None:
    """One fault in the record: every answer is no, the fault among the reasons, and every view holds nothing."""
    world, questions = drawn
    broken = replace(world.record, faults=(*world.record.faults, FAULT))
    for question in questions:
        decision = decide(question, broken, world.now)
        assert decision.verdict is Verdict.DENY
        assert FAULT.rule in {reason.rule for reason in decision.reasons}
    for party in READERS:
        view = visible(broken, party, world.texts, world.people, world.sources)
        assert (view.shown, view.entries, view.others, view.agreements, view.names) == ((), (), (), (), ())


@law
@given(asked(5, 8))
def test_a_draft_is_never_told(drawn: Drawn) -> None:
    """A section that does not say what it is stays where it is, whoever asks, and the answer says why."""
    world, questions = drawn
    for question in questions:
        decision = decide(replace(question, draft=True), world.record, world.now)
        assert decision.verdict is Verdict.DENY
        assert "draft-section" in {reason.rule for reason in decision.reasons}


@law
@given(asked(5, 8))
def test_a_wider_form_is_never_easier(drawn: Drawn) -> None:
    """Asking for more of a text never gets a better answer than asking for less."""
    world, questions = drawn
    for question in questions:
        ranks = [rank(replace(question, form=form), world.record, world.now) for form in Form if form]
        assert ranks == sorted(ranks, reverse=True)


@law
@given(asked(5, 8))
def test_every_answer_has_a_reason_and_every_yes_its_clause(drawn: Drawn) -> None:
    """No answer comes without reasons; a yes names the agreement in force and a clause of it, or that it is hers,
    or the permissions or the publication on record that it rests on."""
    world, questions = drawn
    for question in questions:
        decision = decide(question, world.record, world.now)
        assert decision.reasons
        assert all(reason.rule and reason.message for reason in decision.reasons)
        if decision.allowed:
            agreement = world.record.agreement(decision.agreement)
            assert agreement is not None
            shares = [summary.term(agreement), *(term for term in agreement.terms if term.shares)]
            assert all(term in shares for term in decision.terms)
            unbound = {reason.rule for reason in decision.reasons} & {"permission", "already-public"}
            assert own(question) or decision.terms or (unbound and decision.because)
