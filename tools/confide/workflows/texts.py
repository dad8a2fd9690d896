"""The opened texts behind a partnership's disclosures, each checked against the commitment that fixes it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from confide.model.event import Event
from confide.model.problem import Malformed
from confide.model.view import Text
from confide.records import attachment
from confide.workflows import attachments, notes
from confide.workflows.practice import Practice


def disclosed(practice: Practice, partnership: str) -> dict[str, Text]:
    """commitment → text for every section ever disclosed here, or put to a client to be read first.

    A text edited since comes from the event's commit.
    """
    wanted = _wanted(practice.record(partnership).of_kind("disclosed", "shown"))
    found: dict[str, Text] = {}
    for path in sorted({path for path, _ in wanted.values()}):
        found.update(_sections(practice, partnership, path, None))
    for commitment, (path, event) in wanted.items():
        if commitment not in found:
            commit = practice.sound().introduced[event.id]
            found.update(_sections(practice, partnership, path, commit))
    return {commitment: found[commitment] for commitment in wanted if commitment in found}


def withheld(practice: Practice, partnership: str, events: frozenset[str]) -> list[str]:
    """Every text that none of the disclosures or showings `events` is about: what a leak audit looks for.

    A section counts by its place, so that a word corrected after it was disclosed does not make it a leak.
    """
    record = practice.record(partnership)
    told = {
        exact.section
        for event in record.of_kind("disclosed", "shown")
        if event.id in events
        for exact in event.sections
    }
    return [
        section.text
        for note in (*notes.each(practice, partnership), *notes.beside(practice, partnership))
        for section in note.sections
        if section.ref not in told
    ]


def withheld_files(practice: Practice, partnership: str, shown: Iterable[Text]) -> frozenset[str]:
    """The digests of every file attached to a text that is not among `shown`."""
    known = {one.digest for text in shown for one in text.attachments}
    named = (
        one.digest
        for note in notes.each(practice, partnership)
        for section in note.sections
        for one in attachment.references(section.text)
    )
    return frozenset(named) - known


def _wanted(events: tuple[Event, ...]) -> dict[str, tuple[str, Event]]:
    return {exact.commitment: (exact.section.partition("#")[0], event) for event in events for exact in event.sections}


def _sections(practice: Practice, partnership: str, path: str, commit: str | None) -> dict[str, Text]:
    """What opens and parses; a note that does not, or a section whose attachment does not, is simply not shown."""
    try:
        note = notes.load(practice, partnership, path, commit)
    except Malformed:
        return {}
    found = {}
    for section in note.sections:
        with suppress(Malformed):
            attached = attachments.of_text(practice, partnership, path, section.text, commit)
            found[section.commitment] = Text(section.title, section.text, attached)
    found.pop("", None)
    return found
