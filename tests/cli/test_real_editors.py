"""Vim and nano on a real terminal, with settings that ask for every copy they can make: none is made."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from confide.vault import memory, quiet_editors
from tests.cli.at_a_terminal import Terminal
from tests.cli.house import House

DAY = "2026-01-05"
# A user who wants to lose nothing: swap, backup, undo and history files in her home.
VIMRC = """
set nocompatible swapfile updatecount=1 directory=~/kept// backup writebackup backupdir=~/kept//
set undofile undodir=~/kept// viminfo='100,<50,n~/.viminfo history=100
autocmd BufReadPost * setlocal modifiable
"""
NANORC = "set backup\nset backupdir ~/kept\nset historylog\nset positionlog\nset locking\n"


@pytest.fixture(scope="module")
def house(stages: dict[str, House], make_short_home: Callable[[], Path]) -> House:
    return stages["running"].copied(make_short_home() / "h")


@pytest.fixture
def home(short_home: Path) -> Path:
    """A home with such settings, and a place in memory of its own."""
    (short_home / "kept").mkdir()
    (short_home / "run").mkdir(mode=0o700)
    (short_home / ".vimrc").write_text(VIMRC)
    (short_home / ".nanorc").write_text(NANORC)
    return short_home


def installed(name: str) -> str:
    if shutil.which(name) is None:
        pytest.skip(f"NO EDITOR: {name} is not installed, so nobody looked what it leaves behind")
    return name


def opened(house: House, home: Path, editor: str, day: str = DAY) -> Terminal:
    settings = {"EDITOR": editor, "XDG_RUNTIME_DIR": str(home / "run"), "XDG_CACHE_HOME": str(home / ".cache")}
    where = ("-C", str(house.practice), "note", day, "--in", house.partnership)
    terminal = Terminal(*where, home=home, settings=settings)
    terminal.until(b"To think about")
    return terminal


def left(home: Path) -> list[str]:
    """Files below the home that hold a word of what was typed, and every copy that an editor made."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return [str(path) for path in files if b"periwinkle" in path.read_bytes() or "kept" in path.parts]


def test_vim_leaves_the_note_and_nothing_else(house: House, home: Path) -> None:
    """What was typed is sealed; the home holds no copy, Vim's own included."""
    terminal = opened(house, home, installed("vim"))
    terminal.type(b"Go## X {draft}\rA periwinkle.\x1b:w\r")
    terminal.until(b"written")
    assert [path.name for path in (home / "run").rglob("*") if path.is_file()] == [f"{DAY}.md"]
    terminal.type(b"oMore.\x1b:wq\r")
    assert terminal.end() == 0, terminal.shown
    assert left(home) == []
    assert not (home / ".viminfo").exists()
    assert list((home / "run").iterdir()) == []
    assert "periwinkle" in house.within("note", DAY, "--show", tells=True).out


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_closed_terminal_leaves_nothing(house: House, home: Path, number: signal.Signals) -> None:
    """The window is closed in the middle of a sentence: the directory in memory goes, and so does the editor."""
    terminal = opened(house, home, installed("vim"), "2026-01-06")
    assert [path.name for path in (home / "run").rglob("*") if path.is_file()] == ["2026-01-06.md"]
    terminal.type(b"GoA periwinkle in the middle of")
    terminal.until(b"middle of")
    terminal.signal(number)
    assert terminal.end() == 128 + number
    assert left(home) == []
    assert list((home / "run").iterdir()) == []


def test_nano_leaves_the_note_and_nothing_else(house: House, home: Path) -> None:
    terminal = opened(house, home, installed("nano"), "2026-01-07")
    terminal.type(b"\x1b/## X {draft}\rA periwinkle.\x0f\r\x18")
    assert terminal.end() == 0, terminal.shown
    assert left(home) == []
    assert list((home / "run").iterdir()) == []


@pytest.mark.parametrize("editor", sorted(quiet_editors.LOUD))
def test_an_editor_that_keeps_copies_is_refused(house: House, monkeypatch: pytest.MonkeyPatch, editor: str) -> None:
    """It says why, offers others, and lets somebody who knows better have it."""
    monkeypatch.setenv("EDITOR", f"/usr/bin/{editor} --wait")
    house.refuses(
        *("note", "2026-01-08", "--in", house.partnership),
        code=5,
        what="this editor would keep a copy of the note",
        why="",
        hint="CONFIDE_ALLOW_EDITOR=1 accepts it all the same",
    )
    monkeypatch.setenv("CONFIDE_ALLOW_EDITOR", "1")
    assert quiet_editors.loud(editor) == ""


@pytest.mark.parametrize(
    ("editor", "has"),
    [
        ("vim", "noundofile"),
        ("/usr/bin/vim.basic -R", "noswapfile"),
        ("nvim", "shada="),
        ("nano -w", "--ignorercfiles"),
        ("emacs-nox", "auto-save-default nil"),
        ("code", "--user-data-dir"),
        ("gvim", "-f"),
        ("micro", "-saveundo"),
    ],
)
def test_what_each_editor_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, editor: str, has: str) -> None:
    """By its name, with a path or options of the user's own too; its state and caches lie beside the note."""
    monkeypatch.setenv("VISUAL", editor)
    told = quiet_editors.quiet(tmp_path)
    assert told.known
    assert has in " ".join(told.arguments)
    assert told.arguments[: len(editor.split())] == tuple(editor.split())
    for name in ("TMPDIR", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        assert Path(told.environment[name]).is_relative_to(tmp_path)


def test_a_link_to_vim_is_told_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On most machines `vi` and `editor` are links."""
    (tmp_path / "vim.tiny").write_text("#!/bin/sh\n")
    (tmp_path / "vim.tiny").chmod(0o700)
    (tmp_path / "vi").symlink_to(tmp_path / "vim.tiny")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("EDITOR", "vi")
    assert quiet_editors.quiet(tmp_path).known
    (tmp_path / "vi").unlink()
    (tmp_path / "vi").write_text("#!/bin/sh\n")
    (tmp_path / "vi").chmod(0o700)
    assert not quiet_editors.quiet(tmp_path).known


def test_without_memory_no_editor_opens(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has only disks: refused, with the setting that accepts them."""
    monkeypatch.setattr(memory, "is_memory", lambda _: False)
    monkeypatch.setenv("EDITOR", "true")
    running.refuses(
        *("note", "2026-01-05", "--in", running.partnership),
        code=5,
        what="no memory-backed place for plaintext was found",
        why="writable tmpfs",
        hint="CONFIDE_ALLOW_DISK_TEMP=1",
    )


def test_doctor_finds_what_a_killed_command_left(running: House, short_home: Path) -> None:
    """SIGKILL cannot be answered; afterwards somebody says so, and how to clear it away."""
    left_over = short_home / "note-999999999-x"
    left_over.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(short_home))
        answer = running.run("doctor")
        assert answer.code == 5
        assert f"hint: rm -r {left_over}" in answer.out
        patch.setenv("EDITOR", "emacsclient -c")
        left_over.rmdir()
        answer = running.run("doctor")
        assert answer.code == 5 and "your editor would keep copies of notes" in answer.out
