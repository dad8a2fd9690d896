"""Documents and pictures beside a note: sealed as the note is, named in its text by their digest, opened with it."""

from __future__ import annotations

from collections.abc import Mapping

from confide.model.commitment import digest
from confide.model.note import Note
from confide.model.problem import Malformed, Problem, Usage
from confide.model.view import Attachment
from confide.records import attachment, media, note_text, tree
from confide.records.attachment import Reference
from confide.workflows import fresh, notes
from confide.workflows.opening import opened
from confide.workflows.practice import Practice
from confide.workflows.recording import seal


def attach(
    practice: Practice, partnership: str, name: str, section_id: str, data: bytes, label: str
) -> tuple[notes.Written, Reference]:
    """Seal `data` beside the note and name it at the end of one of its sections; one commit.

    What a picture tells beside itself is left out. Raises Usage for what cannot be attached, or no such section.
    """
    practice.trusted(partnership)
    path = tree.note_path(notes.check_name(name))
    clean = media.cleaned(data)
    before = notes.shown(practice, partnership, name)
    taken = tree.attachments(practice.repo.paths(practice.sound().head, tree.directory(partnership)), partnership, path)
    new = attachment.fresh_id(taken, fresh.letter)
    picture = media.suffix_of(clean) in media.PICTURES
    named = attachment.line(label, new, clean, picture=picture)
    text = note_text.with_line(before, section_id, named)
    if text is None:
        known = [s.id for s in notes.load(practice, partnership, path).sections if s.id]
        raise Usage(
            Problem(
                f"`{name}` has no section `{section_id}`",
                "an attachment belongs to one section, and goes where that goes",
                tree.place(tree.sealed_note(partnership, path)),
                f"its sections: {', '.join(known)}",
            )
        )
    files = {tree.attachment(partnership, path, new): seal(practice, partnership, clean)}
    return notes.write(practice, partnership, name, text, files), Reference(label, new, digest(clean), picture)


def kept(note: Note, present: tuple[str, ...], added: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """The files that change with a note: new ones, and those that no section names any more, which go.

    `present` are the ids that lie beside it now. Raises Usage where a section names one that is not there.
    """
    named: dict[str, Reference] = {}
    for section in note.sections:
        named.update({one.id: one for one in attachment.references(section.text, section.place)})
    there = {*present, *(path.split(".")[-2] for path in added)}
    for one in named:
        if one not in there:
            raise Usage(
                Problem(
                    f"the note names an attachment `{one}` that is not there",
                    "its file was never attached to this note",
                    hint="take the line out, and attach the file: confide note DATE --attach FILE",
                    rule="attachment",
                )
            )
    gone = {tree.attachment(note.partnership, note.path, one): None for one in present if one not in named}
    return {**gone, **added}


def of_text(
    practice: Practice, partnership: str, path: str, text: str, commit: str | None = None
) -> tuple[Attachment, ...]:
    """What a section's text names, opened. Raises Malformed for one that is missing, damaged or not the one named."""
    return tuple(_opened(practice, partnership, path, one, commit) for one in attachment.references(text))


def _opened(practice: Practice, partnership: str, path: str, one: Reference, commit: str | None) -> Attachment:
    file = tree.attachment(partnership, path, one.id)
    data = opened(practice, partnership, file, f"an attachment of {path.rpartition('/')[2]}", commit)
    if digest(data) != one.digest:
        raise Malformed(
            Problem(
                "an attachment is not the one that the text names",
                "another file was put in its place",
                tree.place(file),
                f"see who put it there, and what stood there before: git log -- {file}",
                "attachment",
            )
        )
    return Attachment(one.label, one.digest, media.suffix_of(data), data)
