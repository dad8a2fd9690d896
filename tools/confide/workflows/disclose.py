"""`may` and `disclose`: ask whether something may be told, and record that it was, before it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.event import Event, Exact
from confide.model.note import Section
from confide.model.problem import NotAllowed, NotYet, Problem, Usage
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy.decide import decide
from confide.workflows import asking, fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH


@dataclass(frozen=True)
class Asked:
    """A question, its answer, and the record it was answered from.

    at: the moment it is about, where that is not now. terms, without: clauses supposed to be there, or to be gone.
    moment: when it was asked about, now or not.
    """

    request: Request
    decision: Decision
    record: Record
    at: datetime | None = None
    terms: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    moment: datetime | None = None


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
    at: str = "",
    supposed: tuple[bytes, str] | None = None,
) -> Asked:
    """Answer without changing anything. Ask about a type (`what`) or about one section (`ref`).

    at: a day or time to answer for, on what was known then. supposed: the bytes and name of a file of terms, to answer
    as if they were agreed.
    """
    record, now = practice.record(partnership), practice.now
    asking.check_party(record, recipient)
    terms: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    if at or supposed:
        from confide.workflows import supposing  # reads files; the plain question has to be answered quickly

        if at:
            now = supposing.moment(record, at)
            record = supposing.at_moment(record, now)
        if supposed:
            record, terms, without = supposing.supposed(record, now, *supposed)
    if ref:
        from confide.workflows import notes

        section = notes.section(practice, partnership, ref)
        request = _about(section, recipient, form, channel, purpose)
    else:
        asking.check_type(record, what, parts=True)
        request = Request(what, COACH, recipient, form or Form.TOPIC, purpose=purpose, channel=channel)
    decision = _decided(request, record, now)
    if not ref and form is None and decision.verdict is not Verdict.DENY:
        # A question without a form is about the widest one allowed.
        request = Request(what, COACH, recipient, decision.ceiling, purpose=purpose, channel=channel)
        decision = _decided(request, record, now)
    return Asked(request, decision, record, now if at else None, terms, without, now)


def _decided(request: Request, record: Record, now: datetime) -> Decision:
    decision = decide(request, record, now)
    if not request.draft:
        return decision
    # Nobody has said what a draft is; that it is of no known type says nothing more.
    return replace(decision, reasons=tuple(reason for reason in decision.reasons if reason.rule != "unknown-type"))


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
        raise Usage(
            Problem(
                "say what to disclose and to whom",
                "a disclosure names exact sections and parties",
                hint="confide disclose 2026-02-03#s2 --to payer",
            )
        )
    check_own_verb(refs)
    record = practice.trusted(partnership)
    for recipient in recipients:
        asking.check_party(record, recipient)
    from confide.workflows import notes

    sections = tuple(notes.section(practice, partnership, ref) for ref in dict.fromkeys(refs))
    asked = tuple(
        Asked(request, _decided(request, record, practice.now), record)
        for section in sections
        for recipient in recipients
        for request in (_about(section, recipient, None, channel, ""),)
    )
    refuse_unless_allowed(asked)
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


def check_own_verb(refs: tuple[str, ...]) -> None:
    """Feedback goes out under the terms it was given under, a summary as a whole: by the verbs that know of them."""
    for folder, verb in (("feedback/", "confide feedback relay"), ("summaries/", "confide summary release")):
        if any(ref.startswith(folder) for ref in refs):
            raise NotAllowed(
                Problem(
                    f"what lies in `{folder}` is not disclosed section by section",
                    "it goes out under the terms of its source, or as the whole that the client has read",
                    hint=verb,
                    rule="own-verb",
                )
            )


def problem_for(asked: Asked, reason: Reason) -> Problem:
    """One reason of a refusal, with the section and the recipient that it is about."""
    section = asked.request.section.section.removeprefix("notes/") if asked.request.section else asked.request.what
    recipient = asked.request.recipient
    yet = " yet" if asked.decision.verdict is Verdict.NOT_YET else ""
    command = f"{reason.command} {_about_what(asked, reason, section)}".strip() if reason.command else ""
    hint = ": ".join(part for part in (reason.change, command) if part)
    return Problem(
        f"{section} may not go to the {recipient}{yet}",
        f"{reason.message}  [{reason.sid}]",
        reason.place,
        hint or f"everything about it: confide may --tell {recipient} --section {section}",
        reason.rule,
    )


def _about_what(asked: Asked, reason: Reason, section: str) -> str:
    """What the command that would help has to be told."""
    if reason.command == "confide inform":
        return section
    return " ".join(term.id for term in asked.decision.terms) if reason.command == "confide attest" else ""


def refuse_unless_allowed(asked: tuple[Asked, ...]) -> None:
    refused = [a for a in asked if a.decision.verdict is Verdict.DENY]
    waiting = [a for a in asked if a.decision.verdict is Verdict.NOT_YET]
    for group, error in ((refused, NotAllowed), (waiting, NotYet)):
        problems = dict.fromkeys(problem_for(a, reason) for a in group for reason in a.decision.reasons)
        if problems:
            raise error(*problems)
