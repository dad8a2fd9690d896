"""Deadlocks: a duty that nobody can meet, so that what looks allowed stays "not yet" for ever (S-13, S-17, S-38)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from confide.model.agreement import EVERY, ON, PROMPTLY, Agreement, Term
from confide.model.words import Role, role_of
from confide.policy import periods
from confide.policy.analysis import words
from confide.policy.analysis.answers import CLIENT, Answers
from confide.policy.analysis.finding import Finding
from confide.policy.analysis.space import controlled

TO_THE_CLIENT = ("client-first", "client-informed")


def deadlocks(answers: Answers) -> Iterator[Finding]:
    """One finding for each clause and reason why its duty cannot be met, or the term not be kept."""
    for term in answers.agreement.terms:
        if term.shares:
            duties = tuple(moment.kind for moment in term.when or () if moment.is_duty)
            yield from _clients(answers, term, duties)
            yield from _advisers(answers, term, duties)
            yield from _attesters(answers, term)
            yield from _promptly(answers, term, duties)
    yield from _consulted_exceptions(answers)


def _stuck(term: Term, why: str, sid: str, hint: str = "", kind: str = "stuck") -> Finding:
    sentence = f"clause {term.id} can never be used: {why}"
    return Finding(kind, sentence, terms=(term.id,), types=term.what or (), parties=term.recipients or (), sid=sid,
                   place=term.place, hint=hint)  # fmt: skip


def _clients(answers: Answers, term: Term, duties: tuple[str, ...]) -> Iterator[Finding]:
    """The client has to hear or read something first: is she there, and is there a way to reach her?"""
    needed = [duty for duty in duties if duty in TO_THE_CLIENT]
    if not needed:
        return
    sid = "S-13" if "client-first" in needed else "S-23"
    if not _takes_part(answers, CLIENT):
        yield _stuck(term, f"it waits until {words.duty(needed[0], '')}, and no client takes part", sid)
    elif not controlled(answers.agreement):
        yield _stuck(term, f"it waits until {words.duty(needed[0], '')}, and no agreed channel may reach her", sid)


def _advisers(answers: Answers, term: Term, duties: tuple[str, ...]) -> Iterator[Finding]:
    if "consulted" not in duties:
        return
    adviser = adviser_of(answers.agreement)
    if not adviser:
        yield _stuck(term, "the adviser has to be consulted, and none is named", "S-38", "name one under `adviser`")
    elif not _takes_part(answers, adviser):
        why = f"{words.party(adviser)} has to be consulted, and does not take part in this partnership"
        yield _stuck(term, why, "S-38")


def _attesters(answers: Answers, term: Term) -> Iterator[Finding]:
    found = term.circumstances
    if found is not None and not found.always and not _takes_part(answers, found.attested_by):
        why = f"{words.party(found.attested_by)} would have to attest to it, and does not take part in this partnership"
        yield _stuck(term, why, "S-28", "say who attests")


def _promptly(answers: Answers, term: Term, duties: tuple[str, ...]) -> Iterator[Finding]:
    """A clause that promises speed, against what keeps it from being kept."""
    moments = term.when or ()
    if not any(moment.kind == PROMPTLY for moment in moments):
        return
    agreement = answers.agreement
    clock = str(agreement.settings.get("promptly", periods.PROMPTLY))
    window = str(agreement.settings.get("input-window", periods.INPUT_WINDOW))
    late = [date.fromisoformat(m.value) for m in moments if m.kind == ON]
    kind, sid = "not-promptly", "S-17"

    def slow(why: str) -> Finding:
        return Finding(kind, f"clause {term.id} promises to be prompt, {why}", terms=(term.id,), types=term.what or (),
                       parties=term.recipients or (), sid=sid, place=term.place)  # fmt: skip

    if late and min(late) > agreement.effective:
        yield slow(f"and applies from {min(late)} only")
    if every := next((m.value for m in moments if m.kind == EVERY), ""):
        yield slow(f"and is told every {every}")
    if "client-first" in duties and periods.period(window).about > periods.period(clock).about:
        yield slow(f"within {clock}, and the client has {window} to answer first")
    if _needs_terms(term) and not _sources(answers):
        yield slow("and no source takes part to whom the terms could be given first")


def _needs_terms(term: Term) -> bool:
    return any(what.partition("/")[0] == "feedback" for what in term.what or ())


def _sources(answers: Answers) -> bool:
    """Whether anybody can be given the terms of feedback: a source, a circle, or whoever reads a standing notice."""
    feedback = answers.agreement.clauses.get("feedback") or {}
    known = bool(feedback.get("circles")) or feedback.get("unsolicited") == "accept"
    return known or any(p.active and role_of(p.id) is Role.SOURCE for p in answers.record.partnership.parties)


def _consulted_exceptions(answers: Answers) -> Iterator[Finding]:
    exceptions: Mapping[str, Any] = answers.agreement.clauses.get("exceptions") or {}
    for ground, exception in exceptions.items():
        adviser = exception.get("consult", "") if isinstance(exception, Mapping) else ""
        if adviser and not _takes_part(answers, adviser):
            yield Finding(
                "stuck",
                f"the exception `{ground}` asks for {words.party(adviser)}, who does not take part in this partnership",
                parties=(adviser,),
                sid="S-38",
                place=answers.agreement.place,
            )


def _takes_part(answers: Answers, party: str) -> bool:
    known = answers.record.partnership.party(party)
    return known is not None and known.active


def adviser_of(agreement: Agreement) -> str:
    named = agreement.clauses.get("adviser")
    return str(named.get("party", "")) if isinstance(named, Mapping) else ""
