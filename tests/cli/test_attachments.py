"""A document or picture beside a note: sealed, fixed by the text that names it, and gone with the line that does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from confide.model.commitment import digest
from confide.records import attachment
from confide.workflows import attachments, destroy, notes, texts, views
from confide.workflows.practice import Practice
from tests.cli.house import House, today
from tests.cli.test_destroy import carried_out
from tests.site.files import described, pdf, png

PAPER = pdf()


@pytest.fixture
def paper(short_home: Path) -> str:
    file = short_home / "minutes of Ines.pdf"
    file.write_bytes(PAPER)
    return str(file)


def practice(house: House) -> Practice:
    return Practice.open(house.practice, today())


def by_gpg(house: House, keyring: Path, file: Path) -> bytes:
    """What plain gpg makes of a sealed file, with the partnership's key imported into another keyring."""
    house.gpg_plain("--import", home=keyring, stdin=house.within("keys", "export", tells=True).out.encode())
    house.gpg_plain("--import", str(house.practice / f"records/keys/{house.coach}.asc"), home=keyring)
    return house.gpg_plain("--trust-model", "always", "--decrypt", str(file), home=keyring)


def sealed(house: House) -> list[Path]:
    return sorted((house.record / "notes").glob(f"{house.session}.a*.gpg"))


def test_a_document_is_sealed_beside_its_section(running: House, short_home: Path, paper: str) -> None:
    """One commit; plain gpg opens it; neither its own name nor a word of it stands anywhere in the open."""
    answer = running.within("note", running.session, "--attach", paper, "--section", "s3", "--json")
    assert (answer.code, json.loads(answer.out)["recorded"]) == (0, True), answer
    (file,) = sealed(running)
    assert by_gpg(running, short_home, file) == PAPER
    changed = running.git("show", "--name-only", "--format=%s", "HEAD").split()
    assert changed[0] == "note:" and sorted(changed[3:]) == sorted(
        f"records/{running.partnership}/notes/{name}" for name in (file.name, running.note.name)
    )
    assert not [path for path in running.practice.rglob("*") if "Ines" in path.name]
    assert running.run("verify").code == 0


def test_whoever_is_told_the_section_has_the_document(running: House, paper: str) -> None:
    """It goes where its section goes; while that is withheld, its digest is what the leak audit looks for."""
    running.within("note", running.session, "--attach", paper, "--section", "s3")
    known = practice(running)
    assert texts.withheld_files(known, running.partnership, ()) == {digest(PAPER)}
    assert running.within("disclose", f"{running.session}#s3", "--to", "client", "--yes").code == 0
    known = practice(running)
    seen = views.view(known, running.partnership, "client")
    held = [one for shown in seen.shown for one in shown.text.attachments]
    assert [(one.label, one.data) for one in held] == [("Document", PAPER)]
    assert texts.withheld_files(known, running.partnership, [shown.text for shown in seen.shown]) == frozenset()
    assert [
        one for shown in views.view(known, running.partnership, "payer").shown for one in shown.text.attachments
    ] == []


def test_a_line_taken_out_takes_the_file_with_it(running: House, paper: str) -> None:
    """What was disclosed with it stays: the text is opened from the commit that its event came in with."""
    running.within("note", running.session, "--attach", paper, "--section", "s3")
    running.within("disclose", f"{running.session}#s3", "--to", "client", "--yes")
    text = running.within("note", running.session, "--show", tells=True).out.partition("\n")[2]
    without = "\n".join(line for line in text.splitlines() if attachment.SCHEME not in line) + "\n"
    assert running.within("note", running.session, "--file", "-", stdin=without.encode()).code == 0
    assert sealed(running) == []
    seen = views.view(practice(running), running.partnership, "client")
    assert [one.data for shown in seen.shown for one in shown.text.attachments] == [PAPER]


def test_a_file_put_in_its_place_is_not_shown(running: House, paper: str) -> None:
    """Sealed by the keeper and all: the text names another digest, so the section is not shown either."""
    running.within("note", running.session, "--attach", paper, "--section", "s3")
    running.within("disclose", f"{running.session}#s3", "--to", "client", "--yes")
    known = practice(running)
    (file,) = sealed(running)
    before = len(views.view(known, running.partnership, "client").shown)
    key = (running.record / "key.asc").read_bytes()
    file.write_bytes(known.gpg.sign_and_encrypt(pdf(b"BT (Other) Tj ET"), running.coach, key, known.now))
    running.commit_anyway("another file in its place")
    shown = views.view(practice(running), running.partnership, "client").shown
    assert len(shown) == before
    assert [one.data for text in shown for one in text.text.attachments] == [PAPER]


def test_what_a_picture_tells_is_left_out(running: House, short_home: Path) -> None:
    """The description of a photograph does not even reach the ciphertext."""
    photo = short_home / "photo.png"
    photo.write_bytes(png(described("by Ines")))
    answer = running.within("note", running.session, "--attach", str(photo), "--section", "s3")
    assert "camera, day and place" in answer.out
    (file,) = sealed(running)
    assert by_gpg(running, short_home, file) == png()


def test_what_cannot_be_attached_is_refused(running: House, short_home: Path, paper: str) -> None:
    """A program, a section that is not there, a note that is not there: nothing changes."""
    program = short_home / "program.pdf"
    program.write_bytes(b"MZ a program")
    running.refuses(
        *("note", running.session, "--attach", str(program), "--section", "s3", "--in", running.partnership),
        code=2,
        what="it is neither a PDF nor a picture (PNG, JPEG, WebP)",
        why="other kinds can run something, or hide it",
        hint="attach a PDF or a picture that was saved anew",
    )
    running.refuses(
        *("note", running.session, "--attach", paper, "--section", "s9", "--in", running.partnership),
        code=2,
        what="`{day}` has no section `s9`",
        why="an attachment belongs to one section, and goes where that goes",
        where="notes/{day}.md.gpg",
        hint="its sections: s1, s2, s3",
    )
    running.refuses(
        *("note", "2019-01-01", "--attach", paper, "--section", "s1", "--in", running.partnership),
        code=2,
        what="there is no note `2019-01-01` to attach it to",
        why="an attachment goes where a section of a note goes",
        hint="write the note first: confide note 2019-01-01",
    )


def test_a_note_names_only_what_is_there(running: House) -> None:
    """A line for a file that was never attached, and one without its fingerprint."""
    text = running.within("note", running.session, "--show", tells=True).out.partition("\n")[2]
    reference = attachment.Reference("x", "a7k2", digest(PAPER))
    line = f'[{reference.label}](attached:{reference.id} "{reference.digest}")'
    running.refuses(
        *("note", running.session, "--file", "-", "--in", running.partnership),
        stdin=f"{text}\n{line}\n".encode(),
        code=2,
        what="the note names an attachment `a7k2` that is not there",
        why="its file was never attached to this note",
        hint="take the line out, and attach the file: confide note DATE --attach FILE",
    )
    bare = replace(reference, digest="")
    running.refuses(
        *("note", running.session, "--file", "-", "--in", running.partnership),
        stdin=f"{text}\n[{bare.label}](attached:{bare.id})\n".encode(),
        code=4,
        what="an attachment is named without its fingerprint",
        why="without it nothing fixes the file",
        where="notes/{day}.md.gpg",
        hint="attach it again: confide note DATE --attach FILE",
    )


def test_it_is_rotated_and_destroyed_with_its_note(running: House, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another note goes its key changes and it opens; with its own note it goes, and nothing here opens it."""
    monkeypatch.setattr(destroy, "LEAST", timedelta(0))
    for day in ("2026-01-05", "2026-01-06"):
        running.within("note", day, "--file", "-", stdin=b"## Hers {#s9x what=discussions}\nOther people's.\n")
    running.within("note", "2026-01-05", "--attach", paper, "--section", "s9x")
    (file,) = (running.record / "notes").glob("2026-01-05.a*.gpg")
    before = file.read_bytes()
    carried_out(running, "notes/2026-01-06")
    known = practice(running)
    (section,) = notes.load(known, running.partnership, "notes/2026-01-05").sections
    (opened,) = attachments.of_text(known, running.partnership, "notes/2026-01-05", section.text)
    versions = (before, file.read_bytes())
    assert (opened.data, versions[0] != versions[1]) == (PAPER, True)
    carried_out(running, "notes/2026-01-05")
    assert not file.exists()
    ring = practice(running).keys.ring(running.partnership)
    assert not any(ring.opens(version) for version in versions)
