"""`feedback add`, `paste`: what others say about the client is taken in, sealed, and bound to its terms (S-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from confide.model.agreement import Agreement
from confide.model.detail import FEEDBACK, Detail
from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy import cases, feedback, force, groups
from confide.workflows import asking, fresh
from confide.workflows.feedback_terms import agreed, case, check_circle, check_day
from confide.workflows.practice import Practice
from confide.workflows.recording import case_steps
from confide.workflows.sealed_texts import prepared, quoted, section_id


@dataclass(frozen=True)
class Arrival:
    """What arrived: the words, when, how, asked for or not, from which circle, and how far its source may be shown.

    summary: the coach's own short form, if there is one yet. who: who it was, sealed; empty to store it nowhere.
    threat: whether it speaks of danger or of something illegal: `no`, `yes`, `unsure`. promised: the event of the terms
    it was given under, where these are not the newest of its circle. item, receipt: what the portal calls it, and how
    whoever wrote it asks there what became of it. client: about whom it is, where several are coached.
    """

    text: str
    on: date
    channel: str
    solicited: bool
    circle: str = groups.EVERYBODY
    attribution: Attribution = Attribution.CATEGORY
    summary: str = ""
    who: str = ""
    threat: str = "unsure"
    promised: str = ""
    item: str = ""
    receipt: str = ""
    client: str = ""


@dataclass(frozen=True)
class Taken:
    """What was recorded: the case, and the terms it is bound to; without any it is kept and can be told to nobody."""

    event: Event
    promised: str

    @property
    def case(self) -> str:
        return cases.opened_by(self.event)


def add(practice: Practice, partnership: str, arrived: Arrival, original: bytes = b"", words: str = "") -> Taken:
    """Take feedback in: one event, the text sealed beside it. `original` is what it came as, where that is kept.

    Raises NotAllowed for feedback that was asked for without terms, and for what nobody asked for where the agreement
    returns it.
    """
    record = practice.trusted(partnership)
    check_circle(record, arrived.circle)
    check_day(practice, arrived.on)
    if not arrived.text.strip():
        raise Usage(
            Problem("there is nothing to take in", "the feedback is empty", hint="--file FILE, or - for a pipe")
        )
    about = asking.client_of(record, arrived.client)
    promised = _bound_to(practice, record, arrived, about)
    what = feedback.type_for(force.in_force(record, practice.now), about)
    opened = fresh.event_id()
    path = f"{feedback.FOLDER}{opened}"
    note, files = prepared(practice, partnership, path, _text(arrived, what, about), arrived.on)
    wanted = 2 if arrived.summary.strip() else 1
    if len(note.sections) != wanted:
        raise _heading_in_summary()
    facts: dict[str, Any] = {
        "on": arrived.on,
        "channel": arrived.channel,
        "solicited": "yes" if arrived.solicited else "no",
        "circle": arrived.circle,
        "attribution": arrived.attribution.word,
        "threat": arrived.threat,
        "note": note.sections[0].ref,
        **({"client": about} if about != feedback.CLIENT else {}),
        **({"promised": promised} if promised else {}),
        **({"who": arrived.who} if arrived.who else {}),
        **({"item": arrived.item, "receipt": arrived.receipt} if arrived.item else {}),
    }
    detail = Detail(words, FEEDBACK, "intake", facts)
    return Taken(
        case(practice, record, detail, files={**files}, document=original, event_id=opened),
        promised,
    )


def returned(practice: Practice, partnership: str, on: date, channel: str, why: str, continues: str = "") -> Event:
    """Record that feedback was sent back: at once, or `continues`, after it had been kept; then it is told to nobody.

    Its source may also have taken it back: what was not passed on yet is theirs.
    """
    record = practice.trusted(partnership)
    check_day(practice, on)
    if continues:
        check_waits(record, thread_of(practice, partnership, continues))
    if not why.strip():
        raise Usage(
            Problem(
                "it does not say why", "what is sent back is on record with its reason", hint="--words FILE; sealed"
            )
        )
    detail = Detail(why, FEEDBACK, "returned", {"on": on, "channel": channel})
    return case(practice, record, detail, continues=continues)


def thread_of(practice: Practice, partnership: str, wanted: str) -> cases.Thread:
    """The case whose first step is `wanted`, or the only one still open. Raises Usage otherwise."""
    found = cases.threads(case_steps(practice, partnership), FEEDBACK)
    taken = [thread for thread in found if thread.steps[0].detail.step == "intake"]
    waiting = [t for t in taken if t.open and feedback.relayed(practice.record(partnership), t.id) is None]
    chosen = [thread for thread in taken if thread.id == wanted] if wanted else waiting
    if len(chosen) == 1:
        return chosen[0]
    listed = ", ".join(thread.id for thread in waiting) or "none; everything has reached the client"
    what = "no feedback of that id is on record" if wanted else f"{len(waiting)} pieces of feedback wait"
    raise Usage(Problem(what, "one at a time reaches the client", hint=f"waiting: {listed}"))


def check_waits(record: Record, thread: cases.Thread) -> None:
    """Raise NotAllowed for feedback that has reached the client, or was sent back."""
    told = feedback.relayed(record, thread.id)
    if told is not None:
        raise NotAllowed(
            Problem(
                f"this feedback reached the client on {told.at:%d %B %Y}",
                "it is told once",
                told.place,
                "what was told, and when: confide log",
            )
        )
    closed = thread.last("closed", "returned")
    if closed is not None:
        raise NotAllowed(
            Problem(
                f"this feedback was {closed.detail.step}",
                "what was sent back is not passed on",
                closed.event.place,
                "take it in anew if it comes again: confide feedback add",
            )
        )


def _bound_to(practice: Practice, record: Record, arrived: Arrival, client: str) -> str:
    """The terms this was given under; an empty string for what nobody asked for and no terms bind yet (S-19)."""
    agreement = force.in_force(record, practice.now)
    if arrived.solicited:
        agreed(record, practice, client)
    elif agreement is not None and feedback.clause(agreement).get("unsolicited") == feedback.RETURN:
        raise _to_be_returned(agreement)
    if arrived.promised:
        return _chosen_terms(record, arrived, client)
    terms = feedback.standing_terms(record, arrived.circle, client, unasked=not arrived.solicited)
    if terms is None and arrived.solicited:
        raise NotAllowed(
            Problem(
                f"the terms were not told to `{arrived.circle}`, or they did not accept them",
                "whoever is asked knows first what becomes of it  [S-20]",
                hint=f"confide feedback terms --circle {arrived.circle}",
                rule="source-terms",
            )
        )
    return terms.id if terms is not None else ""


def _chosen_terms(record: Record, arrived: Arrival, client: str) -> str:
    known = record.event(arrived.promised)
    if known is None or (known.kind, known.by) != ("permitted", arrived.circle) or client not in known.to:
        raise Usage(
            Problem(
                f"event {arrived.promised} holds no terms of `{arrived.circle}`",
                "feedback is bound to the terms of its own source",
                hint="leave it out for the newest; all: confide log --all",
            )
        )
    return known.id


def _to_be_returned(agreement: Agreement) -> NotAllowed:
    return NotAllowed(
        Problem(
            "feedback that nobody asked for is returned here",
            "so says the agreement: its terms could not be told before it was given  [S-19]",
            agreement.place,
            "send it back, and record that: confide feedback add --returned",
            "unsolicited",
        )
    )


def _heading_in_summary() -> Usage:
    return Usage(
        Problem(
            "the summary opens a section of its own",
            "a line that begins with `##` would be read as another text, with facets of its own",
            hint="write it in paragraphs",
        )
    )


def _text(arrived: Arrival, what: str, client: str) -> str:
    """The note: their words as a quotation, and the short form beside it, tied to it."""
    said = section_id()
    facets = f"#{said} {_facets(what, arrived.circle, client)}"
    parts = [f"## What was said {{{facets}}}\n\n{quoted(arrived.text)}\n"]
    if arrived.summary.strip():
        parts.append(summary_section(said, arrived.summary, what, arrived.circle, client))
    return "\n".join(parts)


def summary_section(said: str, text: str, what: str, circle: str, client: str) -> str:
    """The short form of a text, as a section of its own that says what it was made from."""
    facets = f"#{section_id()} {_facets(what, circle, client)} form={Form.SUMMARY.word} from={said}"
    return f"## In summary {{{facets}}}\n\n{text.strip()}\n"


def _facets(what: str, circle: str, client: str) -> str:
    """Whom it is about and whose it is stands there only where it is not the one client of most partnerships."""
    about = "" if client == feedback.CLIENT else f" subject={client} owner={client}"
    return f"what={what}{about} source={circle}"
