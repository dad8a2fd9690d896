"""A note is shown only if a keeper signed it and it was sealed for this partnership; what cannot be read is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.house import House
from tests.cli.people import Somebody, gpg

TEXT = b"---\nformat: 1\nsession: %s\nsecret: " + b"ab" * 32 + b"\n---\n## A {#s1 what=discussions}\nUmbrella talk.\n"


def sealed(home: Path, text: bytes, recipient: Path, *signing: str) -> bytes:
    """What plain gpg makes, as somebody without `confide` would."""
    arguments = ("--rfc4880", "--compress-algo", "none", "--no-encrypt-to", "--recipient-file", str(recipient))
    return gpg(home, *arguments, *signing, "--encrypt", stdin=text)


def swapped(house: House, stranger: Somebody, kind: str) -> bytes:
    """A file that stands where the note stood."""
    text = TEXT % house.session.encode()
    if kind == "nobody signed it":
        return sealed(house.gnupg, text, house.record / "key.asc")
    if kind == "a stranger signed it":
        return sealed(stranger.home, text, house.record / "key.asc", "--sign", "--local-user", stranger.fingerprint)
    if kind == "another key can open it":
        other = house.practice / "records" / house.other / "key.asc"
        return sealed(house.gnupg, text, other, "--sign", "--local-user", house.coach)
    if kind == "plain text":
        return text
    whole = house.note.read_bytes()
    return whole[: len(whole) // 2]


NOT_SHOWN = ("the note of {day} is not shown", "git log -- records/{p}/notes/{day}.md.gpg")
# Kind → what is said by whatever would record: what needs no key to be seen, the history shows by itself.
KINDS = {
    "nobody signed it": NOT_SHOWN,
    "a stranger signed it": NOT_SHOWN,
    "another key can open it": ("holds a file sealed for somebody else", "seal it anew for its partnership"),
    "plain text": ("holds readable what should be sealed", "seal it; what was pushed cannot be taken back"),
    "cut in half": ("holds readable what should be sealed", "seal it; what was pushed cannot be taken back"),
}


READERS: tuple[tuple[str, ...], ...] = (
    ("note", "{day}", "--show"),
    ("note", "--list"),
    ("note", "{day}", "--file", "-"),
    ("may", "--tell", "client", "--section", "{day}#s1"),
    ("disclose", "{day}#s1", "--to", "client"),
    ("inform", "{day}#s1"),
)
# These open the note before they look at the rest.
OPENING = (*READERS[:2], READERS[3])


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_that_was_swapped(running: House, stranger: Somebody, kind: str) -> None:
    """Put there past the hooks and committed with a good signature, it is not shown, listed, edited or told."""
    running.note.write_bytes(swapped(running, stranger, kind))
    running.commit_anyway(f"note: {running.partnership} {running.session}")
    for reader in READERS:
        running.refuses(
            *(part.format(day=running.session) for part in reader),
            *("--in", running.partnership),
            stdin=b"## A {what=discussions}\nnew text\n",
            code=4,
            what=(NOT_SHOWN if reader in OPENING else KINDS[kind])[0],
            why="",
            where="records/{p}/notes/{day}.md.gpg",
            hint=(NOT_SHOWN if reader in OPENING else KINDS[kind])[1],
        )


def test_a_note_moved_from_another_day_is_found(running: House) -> None:
    """The same sealed bytes in two places are a copy: it cannot stand in for another."""
    moved = running.note.with_name("2026-01-05.md.gpg")
    moved.write_bytes(running.note.read_bytes())
    running.commit_anyway(f"note: {running.partnership} 2026-01-05")
    running.refuses(
        *("disclose", "2026-01-05#s1", "--to", "client", "--in", running.partnership),
        code=4,
        what="puts a sealed file in another's place",
        why="the same bytes were recorded as records/{p}/notes/{day}.md.gpg",
        where="records/{p}/notes/2026-01-05.md.gpg",
        hint="put back what belongs there",
    )


def test_a_note_moved_from_another_partnership(running: House) -> None:
    """It was sealed for another key, so here it does not open."""
    note = running.practice / "records" / running.other / "notes" / running.note.name
    note.parent.mkdir()
    note.write_bytes(running.note.read_bytes())
    running.commit_anyway(f"note: {running.other} {running.session}")
    running.refuses(
        *("note", running.session, "--show", "--in", running.other),
        code=4,
        what="the note of {day} is not shown",
        why="",
        where=f"records/{running.other}/notes/",
        hint="git log -- ",
    )


def test_a_sealed_list_of_people_that_was_swapped(running: House, stranger: Somebody) -> None:
    """Who is who is as protected as a note."""
    file = running.record / "people.yml.gpg"
    file.write_bytes(sealed(stranger.home, b"people: 1\n", running.record / "key.asc"))
    running.commit_anyway(f"people: {running.partnership}")
    running.refuses(
        *("agree", "check", "--in", running.partnership),
        code=4,
        what="the list of people is not shown",
        why="",
        where="records/{p}/people.yml.gpg",
        hint="git log -- records/{p}/people.yml.gpg",
    )


@pytest.mark.parametrize(
    ("text", "code", "what"),
    [
        (b"", 2, "the note is empty"),
        (b" \n\n", 2, "the note is empty"),
        (b"\xff\xfe## A\n", 2, "--file: the text is not UTF-8"),
        (b"## A {#s1 what=discusions}\ntext\n", 4, "expected a type of information"),
        (b"## A {#s1 what=discussions form=sumary}\ntext\n", 4, "expected one of"),
        (b"## A {#s1 whta=discussions}\ntext\n", 4, "found an unknown attribute"),
        (b"## A {#s1 what=discussions}\na\n## B {#s1 what=discussions}\nb\n", 4, "stands here for the second time"),
        (b"## A {#anna what=discussions}\na\n", 4, "expected"),
        (b"---\nformat: 2\n---\n## A {what=discussions}\na\n", 4, "`format`"),
    ],
)
def test_a_note_that_cannot_be_read(running: House, text: bytes, code: int, what: str) -> None:
    """Whatever is wrong with it, nothing of it is repeated: lines are."""
    answer = running.refuses(
        *("note", "2026-01-05", "--file", "-", "--in", running.partnership),
        stdin=text.replace(b"text", b"a lighthouse of marmalade"),
        code=code,
        what=what,
        why="",
        hint="",
    )
    if code == 4:
        assert answer.said[0].where.startswith(f"records/{running.partnership}/notes/2026-01-05.md.gpg:"), answer


@pytest.mark.parametrize(
    "name",
    [
        *("../../etc/passwd", "/etc/passwd", "..", "2026-02-03/../../x", "2026-02-03.md.gpg", "yesterday", "p-anna"),
        *("2026-2-3", "2026-02-03-1", "2026-02-03-100", "2026-02-03\n", "\N{ARABIC-INDIC DIGIT TWO}026-02-03"),
    ],
)
@pytest.mark.parametrize("reading", [("--show",), ("--file", "-")])
def test_a_name_that_no_note_can_have(running: House, name: str, reading: tuple[str, ...]) -> None:
    """A note is called by its day: nothing else is looked for, written, or repeated."""
    running.refuses(
        *("note", name, *reading, "--in", running.partnership),
        stdin=b"## A {what=discussions}\ntext\n",
        code=2,
        what="that is not the name of a note",
        why="notes are called by the day of the session",
        hint="write it as 2026-02-03",
    )


def test_a_day_that_does_not_exist(running: House) -> None:
    running.refuses(
        *("note", "2026-02-30", "--file", "-", "--in", running.partnership),
        stdin=b"## A {what=discussions}\ntext\n",
        code=2,
        what="`2026-02-30` is not a day",
        why="there is no such date",
        hint="look at the month",
    )


def test_a_note_that_is_not_there(running: House) -> None:
    running.refuses(
        *("note", "2020-01-01", "--show", "--in", running.partnership),
        code=2,
        what="there is no note `notes/2020-01-01`",
        why="it was never committed here",
        hint="confide note --list",
    )


def test_a_file_that_is_not_there(running: House) -> None:
    running.refuses(
        *("note", "--file", "no-such-file", "--in", running.partnership),
        code=2,
        what="--file:",
        why="the command is used in another way",
        hint="confide note --help",
    )
