"""`lapse`: something reached somebody against the rules. Always recordable: the truth is never refused (promise 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from confide.model.event import Event, Exact
from confide.model.problem import Problem, Usage
from confide.model.record import Record
from confide.model.words import Form
from confide.policy import force
from confide.policy.audience import audience
from confide.policy.integrity import source_needs_terms
from confide.policy.withdrawal import EVENT
from confide.workflows import asking, fresh, notes
from confide.workflows.disclose import exact
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words


@dataclass(frozen=True)
class Happened:
    """What reached whom. `refs` are texts, `event` a disclosure that should not have been; `day` when it happened."""

    refs: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    form: Form | None = None
    channel: str = ""
    day: date | None = None
    event: str = ""


def lapse(practice: Practice, partnership: str, happened: Happened, words: str) -> tuple[Event, tuple[str, ...]]:
    """Record it, and say who is told of it on their pages. `words` are what happened and what was done about it.

    Texts that would point to a source are named in the sealed words alone, and a draft by the type it is of.
    """
    record = practice.trusted(partnership)
    if not words.strip():
        raise Usage(
            Problem(
                "say what happened and what was done about it",
                "whoever it concerns will ask",
                hint="--words FILE, or - for standard input; it is sealed",
            )
        )
    if happened.day is not None and happened.day > practice.now.date():
        raise Usage(Problem("that day is still to come", "a lapse is something that happened", hint="leave out --day"))
    wrong = _wrong(record, happened.event)
    texts = _texts(practice, partnership, happened.refs) or (wrong.sections if wrong else ())
    open_texts = () if any(map(source_needs_terms, texts)) else tuple(one for one in texts if one.what)
    named = tuple(one.what for one in texts if one.what)
    types = tuple(dict.fromkeys((*named, *happened.types, *(wrong.what if wrong and not texts else ()))))
    _check(record, types, happened.to)
    if set(texts) - set(open_texts):
        words = f"{words.rstrip()}\n\nTexts: {', '.join(one.section for one in texts)}\n"
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=fresh.event_id(),
        kind="lapse",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=happened.to or (wrong.to if wrong else ()),
        what=types,
        form=happened.form or (wrong.form if wrong else None),
        channel=happened.channel or (wrong.channel if wrong else ""),
        sections=open_texts if len(open_texts) == len(texts) else (),
        agreement=agreement.version if agreement else 0,
        target=EVENT + wrong.id if wrong else "",
        day=happened.day,
    )
    return add_with_words(practice, event, words), audience(event, record)


def _wrong(record: Record, event_id: str) -> Event | None:
    if not event_id:
        return None
    event = record.event(event_id)
    if event is None or event.kind not in ("disclosed", "told"):
        raise Usage(
            Problem(
                "that is no disclosure on record",
                "a lapse is about something that was told, or about no event at all",
                hint="leave out --event, or look: confide log",
            )
        )
    return event


def _texts(practice: Practice, partnership: str, refs: tuple[str, ...]) -> tuple[Exact, ...]:
    return tuple(exact(notes.section(practice, partnership, ref)) for ref in dict.fromkeys(refs))


def _check(record: Record, types: tuple[str, ...], to: tuple[str, ...]) -> None:
    for what in types:
        asking.check_type(record, what)
    for party in to:
        asking.check_party(record, party)
    if not types:
        raise Usage(
            Problem(
                "say what it was about",
                "whoever it concerns is told the type of information",
                hint="--about TYPE, --section 2026-02-03#s2, or --event EVENT",
            )
        )
