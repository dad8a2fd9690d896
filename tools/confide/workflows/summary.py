"""`summary`: the payer's summary, from the agreed headings to the client, and only then to the payer (S-12 to S-15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from confide.ledger import codec
from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.note import Note, Section
from confide.model.problem import NotAllowed, NotYet, Problem, Usage
from confide.model.record import Record
from confide.model.words import CLIENT_STATEMENT
from confide.policy import force, summary, summary_check, summary_clock
from confide.policy.voices import CLIENT, clients
from confide.records import tree
from confide.records.working_days import working_days
from confide.workflows import asking, fresh, notes
from confide.workflows.disclose import exact
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH
from confide.workflows.sealed_texts import prepared

DRAFT, SHARE, ANSWER, RELEASE, DONE = "draft", "share", "answer", "release", "done"
_TITLES = {
    "current-ability": "Current ability",
    "potential-ability": "Potential ability",
    "continue-coaching": "Whether to continue",
}


@dataclass(frozen=True)
class Standing:
    """Where the next summary stands: the step that comes next, the day it is due, the latest day to show it.

    client: whose it is. id and sections are empty while nothing is drafted; `shown`: what she was shown since the last
    one went out.
    """

    step: str
    due: date | None = None
    start: date | None = None
    id: str = ""
    sections: tuple[Section, ...] = ()
    shown: Event | None = None
    answer: Event | None = None
    client: str = CLIENT


def standing(practice: Practice, partnership: str, client: str = "") -> Standing:
    """Where a client's stands now. Raises NotAllowed where no agreement in force asks for a summary."""
    record = practice.trusted(partnership)
    client = asking.client_of(record, client)
    agreement = agreed(record, practice)
    owed = _owed(practice, record, agreement, client)
    note = _current(practice, record, client)
    due, start = (owed.due, owed.start) if owed else (None, None)
    if note is None:
        return Standing(DRAFT if owed else DONE, due, start, client=client)
    shown = summary_clock.shown_since(record, client)
    told = {exact_.commitment for exact_ in shown.sections} if shown else set()
    coach_s = [section for section in note.sections if section.facets.what != CLIENT_STATEMENT]
    answer = summary_clock.answered(record, shown) if shown else None
    if shown is None or {section.commitment for section in coach_s} != told:
        step = SHARE
    elif answer is None and not _silence_sends(shown, agreement, practice):
        step = ANSWER
    else:
        step = RELEASE
    return Standing(step, due, start, note.path.removeprefix(summary.FOLDER), note.sections, shown, answer, client)


def _owed(practice: Practice, record: Record, agreement: Agreement, client: str) -> summary_clock.Owed | None:
    return next(summary_clock.owed_by(record, practice.now, working_days(agreement), client), None)


def _silence_sends(shown: Event, agreement: Agreement, practice: Practice) -> bool:
    """Her time is over, and the agreement says that it goes out then."""
    over = shown.day is not None and summary_clock.today(agreement, practice.now) > shown.day
    return over and summary.sent_in_silence(agreement)


def template(practice: Practice, partnership: str, client: str = "") -> str:
    """What an editor opens: the summary as it stands, or its agreed headings with nothing below them."""
    record = practice.trusted(partnership)
    client = asking.client_of(record, client)
    agreement = agreed(record, practice)
    note = _current(practice, record, client)
    if note is not None:
        from confide.records.note_text import without_secret

        return without_secret(notes.plaintext(practice, partnership, note.path))
    said = summary.clause(agreement)
    form = said.get("form", "summary")
    parts = (*said.get("headings", ()), *said.get("includes", ()))
    headings = (f"## {_TITLES.get(what, _title(what))} {{what={what} form={form}{whose(client)}}}\n" for what in parts)
    return "\n".join(headings)


def whose(client: str) -> str:
    """The facets of a text that is about one of several clients."""
    return "" if client == CLIENT else f" subject={client} source={client} owner={client}"


def draft(practice: Practice, partnership: str, text: str, client: str = "") -> Standing:
    """Seal the summary, new or changed. Raises NotAllowed with everything in it that the agreement keeps out.

    A change makes it another text: whatever the client has read before does not count for it.
    """
    record = practice.trusted(partnership)
    client = asking.client_of(record, client)
    agreement = agreed(record, practice)
    owed = _owed(practice, record, agreement, client)
    if not text.strip():
        raise Usage(Problem("the summary is empty", "there is nothing to seal", hint="write something first"))
    before = _current(practice, record, client)
    path = before.path if before else f"{summary.FOLDER}{fresh.event_id()}"
    day = date.fromisoformat(before.session) if before else owed.due if owed else practice.now.date()
    note, files = prepared(practice, partnership, path, text, day)
    _check(practice, record, agreement, note, client)
    practice.commit({**files}, codec.plain_message("summary", partnership, path.removeprefix(summary.FOLDER)))
    return Standing(
        SHARE,
        owed.due if owed else None,
        owed.start if owed else None,
        path.removeprefix(summary.FOLDER),
        note.sections,
        client=client,
    )


def share(practice: Practice, partnership: str, channel: str = "site", client: str = "") -> tuple[Event, Standing]:
    """Record that she is shown these exact texts, and the last day on which she may answer (S-13)."""
    record = practice.trusted(partnership)
    client = asking.client_of(record, client)
    agreement = agreed(record, practice)
    found = standing(practice, partnership, client)
    note = _needed(practice, record, client)
    if found.step in (ANSWER, RELEASE) and found.shown is not None:
        raise NotAllowed(
            Problem(
                f"she was shown exactly this on {found.shown.at:%d %B %Y}",
                "showing it again would begin her time anew",
                found.shown.place,
                "her answer: confide summary input; then: confide summary release",
            )
        )
    _check(practice, record, agreement, note, client)
    sections = tuple(section for section in note.sections if section.facets.what != CLIENT_STATEMENT)
    event = Event(
        id=fresh.event_id(),
        kind="shown",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=(client,),
        what=tuple(dict.fromkeys(section.facets.what or "" for section in sections)),
        sections=tuple(exact(section) for section in sections),
        agreement=agreement.version,
        channel=channel,
        day=summary_clock.last_answer(agreement, practice.now, working_days(agreement)),
    )
    return practice.add(event), found


def agreed(record: Record, practice: Practice) -> Agreement:
    """The agreement in force, if it asks for a summary. Raises NotAllowed otherwise."""
    agreement = force.in_force(record, practice.now)
    if agreement is None or not summary.clause(agreement):
        raise NotAllowed(
            Problem(
                "no agreement in force asks for a summary",
                "what the payer receives is agreed in detail before coaching begins  [S-14]",
                agreement.place if agreement else None,
                "agree on it first: confide agree draft; where it stands: confide agree status",
                "summary-agreed",
            )
        )
    return agreement


def shown_text(practice: Practice, record: Record, client: str) -> tuple[Event, Note]:
    """What she was shown last, and the text as it stands. Raises NotYet unless they are the same."""
    note = _needed(practice, record, client)
    shown = summary_clock.shown_since(record, client)
    told = {known.commitment for known in shown.sections} if shown else set()
    current = {s.commitment for s in note.sections if s.facets.what != CLIENT_STATEMENT}
    if shown is None or told != current:
        what = "it was changed since she read it" if shown else "she has not been shown it"
        raise NotYet(
            Problem(
                what,
                "what she has not read she cannot have answered  [S-13]",
                tree.place(tree.sealed_note(record.partnership.id, note.path)),
                "show it to her: confide summary share",
                "client-first",
            )
        )
    return shown, note


def _needed(practice: Practice, record: Record, client: str) -> Note:
    note = _current(practice, record, client)
    if note is None:
        raise Usage(Problem("no summary is drafted", "there is nothing to go on with", hint="confide summary draft"))
    return note


def _current(practice: Practice, record: Record, client: str) -> Note | None:
    """The summary of a client that has not gone out yet: one at a time is written for each."""
    partnership = record.partnership.id
    paths = practice.repo.paths(practice.sound().head, tree.directory(partnership))
    gone = {known.section.partition("#")[0] for e in summary_clock.released(record, client) for known in e.sections}
    left = [
        path
        for path in tree.texts_beside_notes(paths, partnership)
        if path.startswith(summary.FOLDER) and path not in gone
    ]
    alone = len(clients(record)) == 1
    written = (notes.load(practice, partnership, path) for path in left)
    return next((note for note in written if alone or note.sections[0].facets.subject == client), None)


def _check(practice: Practice, record: Record, agreement: Agreement, note: Note, client: str) -> None:
    partnership = record.partnership.id
    others = (*notes.each(practice, partnership), *notes.beside(practice, partnership))
    sections = [s for other in others if not other.path.startswith(summary.FOLDER) for s in other.sections]
    hers = [known.commitment for event in record.of_kind("input") for known in event.sections]
    about = client if len(clients(record)) > 1 else ""
    found = tuple(summary_check.problems(note, agreement, sections, hers, about))
    if found:
        raise NotAllowed(*found)


def _title(what: str) -> str:
    first, _, second = what.partition("/")
    return f"{second} {first}".strip().replace("-", " ").capitalize()
