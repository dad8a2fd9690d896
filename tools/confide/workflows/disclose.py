"""`may` and `disclose`: ask whether something may be told, and record that it was, before it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from confide.model.decision import Decision, Request, Verdict
from confide.model.event import Event, Exact
from confide.model.note import Section
from confide.model.problem import NotAllowed, NotYet, Problem, Usage
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy.decide import decide
from confide.workflows import fresh, notes
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH


@dataclass(frozen=True)
class Asked:
    """A question, its answer, and the record it was answered from."""

    request: Request
    decision: Decision
    record: Record


def exact(section: Section) -> Exact:
    """A section as an event names it."""
    facets = section.facets
    return Exact(
        section.ref,
        section.commitment,
        facets.what or "",
        facets.form,
        facets.subject,
        facets.source,
        facets.owner,
        tuple(sorted(facets.flags)),
    )


def may(
    practice: Practice,
    partnership: str,
    recipient: str,
    *,
    what: str = "",
    ref: str = "",
    form: Form | None = None,
    channel: str = "site",
    purpose: str = "",
) -> Asked:
    """Answer without changing anything. Ask about a type (`what`) or about one section (`ref`)."""
    record = practice.record(partnership)
    if ref:
        section = notes.section(practice, partnership, ref)
        request = _about(section, recipient, form, channel, purpose)
    else:
        request = Request(what, COACH, recipient, form or Form.TOPIC, purpose=purpose, channel=channel)
    decision = decide(request, record, practice.now)
    if not ref and form is None and decision.verdict is not Verdict.DENY:
        # A question without a form is about the widest one allowed.
        request = Request(what, COACH, recipient, decision.ceiling, purpose=purpose, channel=channel)
        decision = decide(request, record, practice.now)
    return Asked(request, decision, record)


def _about(section: Section, recipient: str, form: Form | None, channel: str, purpose: str) -> Request:
    facts = section.facets
    return Request(
        what=facts.what or "",
        sender=COACH,
        recipient=recipient,
        form=max(form or facts.form, facts.form),
        attribution=Attribution.NONE,
        purpose=purpose,
        channel=channel,
        section=exact(section),
        draft=facts.draft,
    )


def disclose(
    practice: Practice,
    partnership: str,
    refs: tuple[str, ...],
    recipients: tuple[str, ...],
    *,
    channel: str = "site",
) -> tuple[Event, tuple[Asked, ...]]:
    """Decide for every section and recipient; when all are allowed, record one event. Otherwise nothing is recorded.

    Raises NotAllowed or NotYet with every reason. The event is written before anything is shown.
    """
    if not refs or not recipients:
        raise Usage(Problem("say what to disclose and to whom", hint="confide disclose 2026-02-03#s2 --to payer"))
    record = practice.trusted(partnership)
    sections = tuple(notes.section(practice, partnership, ref) for ref in dict.fromkeys(refs))
    asked = tuple(
        Asked(request, decide(request, record, practice.now), record)
        for section in sections
        for recipient in recipients
        for request in (_about(section, recipient, None, channel, ""),)
    )
    _refuse_unless_allowed(asked)
    event = Event(
        id=fresh.event_id(),
        kind="disclosed",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=tuple(dict.fromkeys(recipients)),
        what=tuple(dict.fromkeys(section.facets.what or "" for section in sections)),
        form=max(section.facets.form for section in sections),
        channel=channel,
        sections=tuple(exact(section) for section in sections),
        terms=tuple(dict.fromkeys(term.id for a in asked for term in a.decision.terms)),
        agreement=asked[0].decision.agreement,
        because=tuple(dict.fromkeys(b for a in asked for b in a.decision.because)),
    )
    return practice.add(event), asked


def problem_for(asked: Asked, reason_index: int) -> Problem:
    """One reason of a refusal as the CLI prints it."""
    reason = asked.decision.reasons[reason_index]
    hint = "; ".join(part for part in (reason.change, reason.command) if part)
    return Problem(reason.message, reason.sid, reason.place, hint, reason.rule)


def _refuse_unless_allowed(asked: tuple[Asked, ...]) -> None:
    refused = [a for a in asked if a.decision.verdict is Verdict.DENY]
    waiting = [a for a in asked if a.decision.verdict is Verdict.NOT_YET]
    for group, error in ((refused, NotAllowed), (waiting, NotYet)):
        problems = dict.fromkeys(problem_for(a, i) for a in group for i in range(len(a.decision.reasons)))
        if problems:
            raise error(*problems)
