"""`note`: written in the clear only in memory, signed by the coach, encrypted to the partnership, committed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from confide.ledger import codec
from confide.model.ids import is_note
from confide.model.note import Note, Section
from confide.model.problem import Malformed, NotAllowed, Problem, Usage
from confide.model.words import CLIENT_STATEMENT, KNOWN_TYPES, SUMMARY_HEADINGS
from confide.policy import summary
from confide.records import note_text, shapes, tree
from confide.workflows import fresh
from confide.workflows.opening import opened
from confide.workflows.practice import Practice


@dataclass(frozen=True)
class Written:
    """What became of a note: its name, its sections, and whether anything changed at all."""

    name: str
    note: Note
    changed: bool


def names(practice: Practice, partnership: str) -> tuple[str, ...]:
    """The notes as committed (`2026-02-03`), oldest first."""
    return tree.note_names(practice.repo.paths(practice.sound().head, tree.directory(partnership)), partnership)


def _no_note(path: str) -> Usage:
    return Usage(
        Problem(f"there is no note `{path}`", "it was never committed here", hint="list them: confide note --list")
    )


def check_name(name: str) -> str:
    """`name` if it is one a note can have; raises Usage, without repeating it, for anything else."""
    if not is_note(name):
        raise Usage(
            Problem(
                "that is not the name of a note",
                "notes are called by the day of the session, and nothing else stands in the open",
                hint="write it as 2026-02-03; a second note of that day is 2026-02-03-2",
            )
        )
    try:
        date.fromisoformat(name[:10])
    except ValueError:
        raise Usage(Problem(f"`{name[:10]}` is not a day", "there is no such date", hint="look at the month")) from None
    return name


def shown(practice: Practice, partnership: str, name: str) -> str:
    """The text of one note as an editor shows it. Raises Usage when there is no such note."""
    if check_name(name) not in names(practice, partnership):
        raise _no_note(tree.note_path(name))
    return note_text.without_secret(plaintext(practice, partnership, tree.note_path(name)))


def known_types(practice: Practice, partnership: str, path: str = "") -> tuple[str, ...]:
    """The types that a note may name: the known ones, and those that an agreement of this partnership adds.

    A summary (`path` in `summaries/`) also has its headings, and what the client says to it herself.
    """
    more = (*SUMMARY_HEADINGS, CLIENT_STATEMENT) if path.startswith(summary.FOLDER) else ()
    added = (t for a in practice.record(partnership).agreements for t in a.types)
    return tuple(dict.fromkeys((*KNOWN_TYPES, *more, *added)))


def plaintext(practice: Practice, partnership: str, path: str, commit: str | None = None) -> str:
    """One note's text, secret included; Malformed when no keeper signed it or it is for another key."""
    stored = tree.sealed_note(partnership, path)
    data = opened(practice, partnership, stored, f"the note of {path.rpartition('/')[2]}", commit)
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Malformed(
            Problem(
                "the note is not UTF-8 text",
                "another program sealed it",
                tree.place(stored),
                "open it with gpg, save it as UTF-8, and seal it again: confide note --file",
            )
        ) from None


def load(practice: Practice, partnership: str, path: str, commit: str | None = None) -> Note:
    """One note, opened, verified and read: `path` is `notes/2026-02-03`."""
    text = plaintext(practice, partnership, path, commit)
    return note_text.parse_note(text, partnership, path, types=known_types(practice, partnership, path))[0]


def each(practice: Practice, partnership: str) -> Iterator[Note]:
    """All notes of a partnership, oldest first."""
    for name in names(practice, partnership):
        yield load(practice, partnership, tree.note_path(name))


def beside(practice: Practice, partnership: str) -> Iterator[Note]:
    """All feedback and all summaries of a partnership: texts in the same format, in places of their own."""
    paths = practice.repo.paths(practice.sound().head, tree.directory(partnership))
    for path in tree.texts_beside_notes(paths, partnership):
        yield load(practice, partnership, path)


def editable(practice: Practice, partnership: str, name: str, headings: tuple[str, ...] = ()) -> str:
    """What an editor opens: that note without its secret, or a template with the headings offered."""
    if check_name(name) in names(practice, partnership):
        return note_text.without_secret(plaintext(practice, partnership, tree.note_path(name)))
    return note_text.template(name, headings)


def next_name(practice: Practice, partnership: str, session: date) -> str:
    """The name for a further note of that day: `2026-02-03`, then `2026-02-03-2`."""
    taken = set(names(practice, partnership))
    day = session.isoformat()
    return next(name for n in range(1, 100) if (name := day if n == 1 else f"{day}-{n}") not in taken)


def write(
    practice: Practice, partnership: str, name: str, text: str, attached: Mapping[str, bytes] | None = None
) -> Written:
    """Seal and commit `text` as note `name`, with new files that it names. Unchanged text is not encrypted again.

    An attachment that no section names any more goes; what was disclosed with it stays in the history.
    """
    from confide.workflows import attachments

    if not text.strip():
        raise Usage(Problem("the note is empty", "there is nothing to seal", hint="write something first"))
    practice.trusted(partnership)
    path = tree.note_path(check_name(name))
    before = plaintext(practice, partnership, path) if name in names(practice, partnership) else ""
    types = known_types(practice, partnership)
    _, secret = note_text.parse_note(before, partnership, path, types=types) if before else (None, None)
    whole = note_text.complete(text, session=name, secret=secret or fresh.note_secret(), choose=fresh.letter)
    note, _ = note_text.parse_note(whole, partnership, path, types=types)
    if whole == before:
        return Written(name, note, False)
    public = practice.read(tree.partnership_key(partnership))
    sealed = practice.gpg.sign_and_encrypt(whole.encode(), practice.coach, public, practice.now)
    paths = practice.repo.paths(practice.sound().head, tree.directory(partnership))
    files = attachments.kept(note, tree.attachments(paths, partnership, path), attached or {})
    files[tree.sealed_note(partnership, path)] = sealed
    practice.commit(files, codec.plain_message("note", partnership, name))
    return Written(name, note, True)


def section(practice: Practice, partnership: str, ref: str) -> Section:
    """The section that `2026-02-03#s2` or `notes/2026-02-03#s2` names; NotAllowed for one that can never be told."""
    path, _, section_id = ref.partition("#")
    path = path if "/" in path else tree.note_path(path)
    if not shapes.SECTION.fits(f"{path}#{section_id}"):
        raise Usage(
            Problem(
                "that is not the name of a section",
                "it is the day of a note, `#`, and the section's id",
                hint="for example 2026-02-03#s2; list them: confide note --list",
            )
        )
    if tree.sealed_note(partnership, path) not in practice.repo.paths(
        practice.sound().head, tree.directory(partnership)
    ):
        raise _no_note(path)
    note = load(practice, partnership, path)
    found = note.section(section_id)
    if found is None:
        offered = ", ".join(s.id for s in note.sections if s.id) or "none has an id yet"
        raise Usage(
            Problem(
                f"`{path}` has no section `{section_id}`",
                "only a section of a note can be disclosed",
                tree.place(tree.sealed_note(partnership, path)),
                f"its sections: {offered}",
            )
        )
    if not found.commitment:
        raise NotAllowed(
            Problem(
                f"`{path}` has no secret yet",
                "without it an event cannot fix the exact text",
                hint=f"seal it once with confide: confide note {path.rpartition('/')[2]}",
            )
        )
    return found
