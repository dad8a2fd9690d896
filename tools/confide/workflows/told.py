"""`told`: what is said aloud is decided like any disclosure, and recorded before it is said (S-04, S-21 to S-23)."""

from __future__ import annotations

from confide.model.decision import Request, Verdict
from confide.model.event import Event, Exact
from confide.model.problem import NotAllowed, NotYet, Problem, Usage
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy.told import decide_told, passed_on
from confide.workflows import asking, fresh
from confide.workflows.about import About, about
from confide.workflows.disclose import Asked, check_own_verb, problem_for
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words


def told(
    practice: Practice,
    partnership: str,
    refs: tuple[str, ...],
    types: tuple[str, ...],
    recipients: tuple[str, ...],
    *,
    form: Form | None = None,
    channel: str,
    by: str = COACH,
    words: str = "",
) -> tuple[Event, tuple[Asked, ...]]:
    """Record that `by` tells `recipients` something aloud; all of it is allowed, or nothing is recorded.

    For another than the coach it is passing on: what they were told before is found, and named among the grounds.
    """
    check_own_verb(refs)
    record = practice.trusted(partnership)
    asking.party_of(record, by)
    if not recipients:
        raise Usage(Problem("say who is told", "a telling names whoever hears it", hint="--to payer"))
    for recipient in recipients:
        asking.check_party(record, recipient)
    found = about(practice, record, refs, types)
    asked = tuple(
        _asked(record, practice, request)
        for recipient in dict.fromkeys(recipients)
        for request in _requests(found, by, recipient, form, channel)
    )
    _refuse_unless_allowed(asked)
    event = Event(
        id=fresh.event_id(),
        kind="told",
        partnership=partnership,
        at=practice.now,
        by=by,
        to=tuple(dict.fromkeys(recipients)),
        what=found.what,
        form=max(one.request.form for one in asked),
        channel=channel,
        sections=found.sections,
        agreement=asked[0].decision.agreement,
        terms=tuple(dict.fromkeys(term.id for one in asked for term in one.decision.terms)),
        because=tuple(dict.fromkeys(ground for one in asked for ground in one.decision.because)),
    )
    return add_with_words(practice, event, words), asked


def _requests(found: About, by: str, recipient: str, form: Form | None, channel: str) -> tuple[Request, ...]:
    """One question for each text, or for each type where no text is named: then it is said how much of it."""
    if found.sections:
        return tuple(_about_text(exact, by, recipient, form, channel) for exact in found.sections)
    if form is None:
        raise Usage(
            Problem(
                "say how much of it is told",
                "a type of information can be told in several forms",
                hint="--form summary",
            )
        )
    return tuple(Request(what, by, recipient, form, Attribution.NONE, channel=channel) for what in found.what)


def _about_text(exact: Exact, by: str, recipient: str, form: Form | None, channel: str) -> Request:
    return Request(exact.what, by, recipient, max(form or exact.form, exact.form), channel=channel, section=exact)


def _asked(record: Record, practice: Practice, request: Request) -> Asked:
    first = passed_on(request, record) if request.sender != COACH else None
    return Asked(request, decide_told(request, first, record, practice.now), record)


def _refuse_unless_allowed(asked: tuple[Asked, ...]) -> None:
    for verdict, error in ((Verdict.DENY, NotAllowed), (Verdict.NOT_YET, NotYet)):
        group = [one for one in asked if one.decision.verdict is verdict]
        problems = dict.fromkeys(problem_for(one, reason) for one in group for reason in one.decision.reasons)
        if problems:
            raise error(*problems)
