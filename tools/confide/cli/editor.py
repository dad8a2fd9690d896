"""The user's editor on a file in memory: swap, backup and undo files are off, and nothing stays behind."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from confide.model.problem import Problem, Refused, Unavailable, Usage
from confide.vault.memory import memory_dir

T = TypeVar("T")

# Editors write copies beside the file or in the home directory unless told not to.
_QUIET: dict[str, tuple[str, ...]] = {
    "vi": ("-n", "-i", "NONE", "--cmd", "set nobackup nowritebackup noundofile noswapfile viminfo="),
    "vim": ("-n", "-i", "NONE", "--cmd", "set nobackup nowritebackup noundofile noswapfile viminfo="),
    "nvim": ("-n", "-i", "NONE", "--cmd", "set nobackup nowritebackup noundofile noswapfile shada="),
    "nano": ("--ignorercfiles",),
    "emacs": ("--no-init-file", "--eval", "(setq make-backup-files nil auto-save-default nil create-lockfiles nil)"),
}


def command() -> list[str]:
    """The editor to run: $VISUAL, $EDITOR, or the first common one that is installed."""
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    parts = shlex.split(wanted)
    if not parts:
        raise Unavailable(Problem("no editor is set", "a note is written in one", hint="export EDITOR=nano"))
    return [*parts, *_QUIET.get(Path(parts[0]).name, ())]


def edit(text: str, name: str, save: Callable[[str], T], again: Callable[[Refused], bool]) -> T:
    """Let the user edit `text` in memory-backed storage and `save` it; gives what `save` gives.

    While that is refused and `again` says so, the editor opens once more on what was written: nothing typed is lost.
    """
    with memory_dir("note") as directory:
        path = directory / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        while True:
            try:
                return save(_edited(path))
            except Refused as refused:
                if not again(refused):
                    raise


def _edited(path: Path) -> str:
    try:
        ended = subprocess.run([*command(), str(path)], check=False).returncode
    except OSError:
        raise Unavailable(
            Problem(
                "the editor did not start",
                "$VISUAL or $EDITOR names a program that is not there",
                hint="export EDITOR=nano",
            )
        ) from None
    if ended:
        raise Unavailable(
            Problem("the editor ended with an error", "what it saved is not taken for the note", hint="try again")
        )
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Usage(
            Problem("the editor did not save UTF-8", "other encodings garble what you wrote", hint="save it as UTF-8")
        ) from None
