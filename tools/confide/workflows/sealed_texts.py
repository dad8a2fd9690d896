"""Feedback and summaries are notes in places of their own: completed, read back and sealed like any note."""

from __future__ import annotations

from datetime import date

from confide.model.ids import fresh as fresh_id
from confide.model.note import Note
from confide.records import note_text, tree
from confide.workflows import fresh, notes
from confide.workflows.practice import Practice
from confide.workflows.recording import seal


def section_id() -> str:
    return "s" + fresh_id(note_text.ID_LENGTH, fresh.letter)


def quoted(text: str) -> str:
    """Somebody else's words as a quotation in Markdown: nothing in them can open a section of its own."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def prepared(practice: Practice, partnership: str, path: str, text: str, day: date) -> tuple[Note, dict[str, bytes]]:
    """The text at `path`, completed and read back, and the sealed file to record. One that is there keeps its secret.

    Raises Malformed with every problem of the text.
    """
    types = notes.known_types(practice, partnership, path)
    stored = tree.sealed_note(partnership, path)
    secret = None
    if stored in practice.repo.paths(practice.sound().head, tree.directory(partnership)):
        before = notes.plaintext(practice, partnership, path)
        _, secret = note_text.parse_note(before, partnership, path, types=types)
    whole = note_text.complete(text, session=day.isoformat(), secret=secret or fresh.note_secret(), choose=fresh.letter)
    note, _ = note_text.parse_note(whole, partnership, path, types=types)
    return note, {stored: seal(practice, partnership, whole.encode())}
