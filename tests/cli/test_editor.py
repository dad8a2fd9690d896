"""A note in an editor: what was typed is kept until it is sealed, and the right note is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.house import House


def test_the_second_note_of_a_day_is_edited_with_its_own_text(
    running: House, monkeypatch: pytest.MonkeyPatch, short_home: Path
) -> None:
    """An editor that opened the first note for the second name would write one over the other."""
    text = b"## B {what=discussions}\nThe umbrella of the second one.\n"
    assert running.within("note", running.session, "--another", "--file", "-", stdin=text).code == 0
    editor, seen = short_home / "editor", short_home / "seen"
    editor.write_text(f'#!/bin/sh\ncat "$1" > {seen}\necho "More." >> "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    assert running.within("note", f"{running.session}-2").code == 0
    assert "umbrella of the second" in seen.read_text()
    shown = running.within("note", f"{running.session}-2", "--show", tells=True)
    assert "umbrella of the second" in shown.out
    assert "More." in shown.out


@pytest.mark.parametrize(
    ("script", "code", "what", "why"),
    [
        ("exit 1", 5, "the editor ended with an error", "what it saved is not taken"),
        ("exit 0", 2, "the note was not changed", "there is nothing to seal"),
        (': > "$1"', 2, "the note is empty", "there is nothing to seal"),
        ('rm "$1"', 5, "the disk said no", "no such file"),
        ("printf '\\377' > \"$1\"", 2, "the editor did not save UTF-8", "garble"),
    ],
)
def test_an_editor_that_did_not_save(
    running: House, monkeypatch: pytest.MonkeyPatch, short_home: Path, script: str, code: int, what: str, why: str
) -> None:
    editor = short_home / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    running.refuses("note", "2026-01-05", "--in", running.partnership, code=code, what=what, why=why, hint="")


def test_no_editor(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor-here")
    running.refuses(
        *("note", "--in", running.partnership),
        code=5,
        what="the editor did not start",
        why="$VISUAL or $EDITOR names a program that is not there",
        hint="export EDITOR=nano",
    )


def test_what_was_typed_is_not_lost_to_a_slip(
    running: House, monkeypatch: pytest.MonkeyPatch, short_home: Path
) -> None:
    """A misspelt type after an hour of writing opens the same text again, until it is right."""
    editor = short_home / "editor"
    slip = "printf '## A {what=discusions}\\nAn hour of umbrella thoughts.\\n' > \"$1\""
    editor.write_text(f'#!/bin/sh\ngrep -q umbrella "$1" && exec sed -i s/discusions/discussions/ "$1"\n{slip}\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setattr("confide.cli.out.on_terminal", lambda: True)
    answer = running.within("note", "2026-01-05", stdin=b"y\n")
    assert answer.code == 0, answer
    assert "did you mean `discussions`?" in answer.err
    assert "An hour of umbrella thoughts." in running.within("note", "2026-01-05", "--show", tells=True).out


def test_giving_up_on_a_note_changes_nothing(running: House, monkeypatch: pytest.MonkeyPatch, short_home: Path) -> None:
    editor = short_home / "editor"
    editor.write_text("#!/bin/sh\nprintf '## A {what=discusions}\\numbrella\\n' > \"$1\"\n")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setattr("confide.cli.out.on_terminal", lambda: True)
    before = running.state()
    answer = running.within("note", "2026-01-05", stdin=b"n\n")
    assert (answer.code, before.differences(running.state())) == (4, [])
