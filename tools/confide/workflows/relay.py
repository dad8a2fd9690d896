"""`feedback relay`: what others said reaches the client, within the terms of its source and of the agreement (S-17)."""

from __future__ import annotations

from dataclasses import dataclass

from confide.model.decision import Request, Verdict
from confide.model.event import Event, Exact
from confide.model.note import Section
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy import feedback, force
from confide.policy.cases import Thread
from confide.policy.decide import decide
from confide.workflows import fresh, notes
from confide.workflows.disclose import Asked, exact, refuse_unless_allowed
from confide.workflows.feedback import check_waits, summary_section, thread_of
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH
from confide.workflows.sealed_texts import prepared


@dataclass(frozen=True)
class Relayed:
    """What was told: the event, the month in which it arrived, and how its source is called."""

    event: Event
    month: str
    attribution: Attribution


@dataclass(frozen=True)
class Wish:
    """How it is to be told; what is left out is chosen as wide as it is allowed."""

    form: Form | None = None
    attribution: Attribution | None = None
    channel: str = "site"
    summary: str = ""


def relay(practice: Practice, partnership: str, case_id: str = "", wish: Wish | None = None) -> Relayed:
    """Tell the client one piece of feedback, verbatim or in summary: one event, decided on the terms it is bound to.

    A summary that is written now is sealed in the same commit. Raises NotAllowed or NotYet with every reason.
    """
    wanted = wish or Wish()
    record = practice.trusted(partnership)
    thread = thread_of(practice, partnership, case_id)
    check_waits(record, thread)
    intake = thread.steps[0].detail
    circle, client = intake.word("circle"), intake.word("client") or feedback.CLIENT
    promised = feedback.bound_by(record, thread.id, circle, intake.word("promised"), client)
    sections, files = _sections(practice, partnership, thread, wanted.summary)
    heard = feedback.under(record, circle, promised)
    allowed = Attribution[intake.word("attribution").upper()]
    tried = [
        _asked(practice, heard, section, _named(practice, heard, section, promised, allowed, wanted), wanted.channel)
        for section in _candidates(sections, wanted.form)
    ]
    chosen = next((asked for asked in tried if asked.decision.verdict is Verdict.ALLOW), tried[-1])
    refuse_unless_allowed((chosen,))
    month = feedback.coarse(intake.facts["on"])
    return Relayed(practice.add(_event(practice, chosen), files), month, chosen.request.attribution)


def _sections(
    practice: Practice, partnership: str, thread: Thread, summary: str
) -> tuple[tuple[Section, ...], dict[str, bytes | None]]:
    """The texts there are of a case, with a summary that is written now, and the file to record with it."""
    path = f"{feedback.FOLDER}{thread.id}"
    note = notes.load(practice, partnership, path)
    if not summary.strip():
        return note.sections, {}
    if any(section.facets.form is Form.SUMMARY for section in note.sections):
        raise Usage(Problem("there is a summary already", "one short form is enough", hint="leave --summary out"))
    intake = thread.steps[0].detail
    before = notes.plaintext(practice, partnership, path)
    text = f"{before.rstrip()}\n\n{_short(note.sections[0], summary)}"
    whole, files = prepared(practice, partnership, path, text, intake.facts["on"])
    if len(whole.sections) != len(note.sections) + 1:
        raise Usage(
            Problem(
                "the summary opens a section of its own",
                "a line that begins with `##` would be read as another text",
                hint="write it in paragraphs",
            )
        )
    return whole.sections, {**files}


def _short(said: Section, summary: str) -> str:
    facts = said.facets
    return summary_section(said.id, summary, facts.what or feedback.TYPE, facts.source, facts.subject)


def _candidates(sections: tuple[Section, ...], form: Form | None) -> tuple[Section, ...]:
    """The texts to try, the widest first; only those of a form where one was asked for."""
    found = [section for section in sections if form is None or section.facets.form is form]
    if not found:
        raise Usage(
            Problem(
                f"there is no text of it in the form `{form.word if form else 'any'}`",
                "the tool never shortens what somebody said",
                hint="write one: --summary FILE",
            )
        )
    return tuple(sorted(found, key=lambda section: section.facets.form, reverse=True))


def _named(
    practice: Practice, record: Record, section: Section, promised: str, allowed: Attribution, wish: Wish
) -> Attribution:
    """How the source is called: as asked for, else as far as source, terms, agreement and group size allow (S-18)."""
    if wish.attribution is not None:
        if wish.attribution > allowed:
            raise NotAllowed(
                Problem(
                    f"its source allows to be shown by {allowed.word} at most",
                    "whoever gave it decides how far they can be recognised  [S-18]",
                    hint=f"--attribution {allowed.word}, or leave it out",
                    rule="source-terms",
                )
            )
        return wish.attribution
    agreement = force.in_force(record, practice.now)
    term, terms = feedback.term(agreement, section.facets.subject), record.event(promised)
    if agreement is None or term is None or terms is None:
        return Attribution.NONE
    limits = (allowed, term.attribution or Attribution.NONE, terms.attribution or Attribution.NONE)
    return feedback.named_as(record, agreement, section.facets.source, min(limits))


def _asked(practice: Practice, record: Record, section: Section, named: Attribution, channel: str) -> Asked:
    facts = section.facets
    request = Request(
        what=facts.what or "",
        sender=COACH,
        recipient=facts.subject,
        form=facts.form,
        attribution=named,
        channel=channel,
        section=exact(section),
    )
    return Asked(request, decide(request, record, practice.now), record)


def _event(practice: Practice, asked: Asked) -> Event:
    request, decision = asked.request, asked.decision
    told: tuple[Exact, ...] = (request.section,) if request.section is not None else ()
    return Event(
        id=fresh.event_id(),
        kind="disclosed",
        partnership=asked.record.partnership.id,
        at=practice.now,
        by=COACH,
        to=(request.recipient,),
        what=(request.what,),
        form=request.form,
        attribution=request.attribution,
        channel=request.channel,
        sections=told,
        terms=tuple(dict.fromkeys(term.id for term in decision.terms)),
        agreement=decision.agreement,
        because=decision.because,
    )
