"""The demo's notes belong to their keeper, with or without `confide`: plain gpg reads them, and writes new ones."""

from __future__ import annotations

from pathlib import Path

from confide.cli.story import cast
from confide.vault import packets
from tests.demo.stage import Demo, bare
from tests.e2e.prose import words
from tests.e2e.terminal import Terminal


def test_every_note_opens_with_plain_gpg(demo: Demo) -> None:
    """With the partnership's key imported, gpg opens every note: exactly the ten of the story, each one once."""
    story = Path(cast.__file__).parent / "notes"
    written = sorted(tuple(words(bare(path.read_text()))) for path in story.glob("*.md"))
    opened = sorted(tuple(words(bare(text))) for text in demo.notes.values())
    assert opened == written
    assert len(opened) == 10


def test_a_sealed_file_is_for_its_partnership_alone(demo: Demo) -> None:
    """Every sealed file has one reader: the encryption key of the partnership in whose directory it lies."""
    for partnership in demo.partnerships:
        listed = demo.plain.gpg("--with-colons", "--list-keys", f"{partnership}@confide.invalid").out
        ids = {line.split(":")[4] for line in listed.splitlines() if line.startswith("sub:")}
        sealed = sorted((demo.path / "records" / partnership).rglob("*.gpg"))
        assert len(sealed) > 1
        for path in sealed:
            assert set(packets.sealed_for_keys(path.read_bytes())) == ids, path.name


def test_a_note_written_with_plain_gpg_opens_with_confide(demo: Demo) -> None:
    """Signed and encrypted with gpg, committed with git, without a word from `confide`: it is a note like any other."""
    copy = demo.copy()
    sealed = _by_gpg(demo, copy, "## By hand {#s1 what=discussions}\n\nShe came by bicycle, through the rain.\n")
    assert packets.sealed_for_keys(sealed.read_bytes())
    copy.git("add", "records")
    copy.git("commit", "-q", "-m", f"note: {demo.partnerships[0]} 2030-01-05")
    shown = copy.confide("note", "2030-01-05", "--show", "--in", demo.partnerships[0])
    assert "She came by bicycle, through the rain." in shown.out
    assert copy.confide("verify", "--json").json["faults"] == []
    assert copy.git("status", "--porcelain").out == ""


def test_a_note_nobody_signed_is_not_shown(demo: Demo) -> None:
    """An unsigned message is refused, and none of its words is repeated."""
    copy = demo.copy()
    _by_gpg(demo, copy, "## Slipped in {#s1 what=discussions}\n\nA marmalade sentence.\n", sign=False)
    _refused(copy, demo.partnerships[0], "marmalade")


def test_a_note_a_stranger_signed_is_not_shown(demo: Demo) -> None:
    """A good signature of somebody who is no keeper is no better than none."""
    copy = demo.copy()
    stranger = demo.plain.make_key("stranger <stranger@elsewhere.example>")
    _by_gpg(demo, copy, "## Slipped in {#s1 what=discussions}\n\nA marmalade sentence.\n", stranger=stranger)
    _refused(copy, demo.partnerships[0], "marmalade")


def test_a_note_in_the_clear_cannot_be_committed(demo: Demo) -> None:
    """The hook stops a plaintext that bears the name of a sealed note; HEAD stays where it is."""
    copy = demo.copy()
    note = copy.where / "records" / demo.partnerships[0] / "notes/2030-01-05.md.gpg"
    note.write_text("## In the clear {#s1 what=discussions}\n\nA marmalade sentence.\n")
    before = copy.head()
    copy.git("add", "records")
    stopped = copy.git("commit", "-q", "-m", f"note: {demo.partnerships[0]} 2030-01-05", code=1)
    assert "marmalade" not in stopped.said
    assert "2030-01-05" in stopped.err
    assert copy.head() == before


def _by_gpg(demo: Demo, copy: Terminal, text: str, *, sign: bool = True, stranger: str = "") -> Path:
    """Seal `text` as a note of a day to come, with gpg alone: by the coach, by a stranger, or by nobody."""
    partnership = demo.partnerships[0]
    path = copy.where / "records" / partnership / "notes/2030-01-05.md.gpg"
    home = demo.plain.home / ".gnupg" if stranger else demo.keys / "gnupg"
    coach = copy.git("config", "user.signingkey").out.strip()
    signed = ("--sign", "--local-user", stranger or coach) if sign else ()
    key = copy.where / "records" / partnership / "key.asc"
    copy.gpg(
        *("--homedir", str(home), "--trust-model", "always", "--no-encrypt-to", *signed),
        *("--encrypt", "--recipient-file", str(key), "--output", str(path)),
        stdin=text,
    )
    return path


def _refused(copy: Terminal, partnership: str, word: str) -> None:
    copy.git("add", "records")
    copy.git("commit", "-q", "-m", f"note: {partnership} 2030-01-05", code=None)
    copy.git("commit", "-q", "--no-verify", "-m", f"note: {partnership} 2030-01-05", code=None)
    assert copy.git("ls-files", f"records/{partnership}/notes/2030-01-05.md.gpg").out
    shown = copy.confide("note", "2030-01-05", "--show", "--in", partnership, code=4)
    assert "sign" in shown.err
    assert word not in shown.said
