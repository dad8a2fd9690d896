"""The user's editor on a file in memory: swap, backup and undo files are off, and nothing stays behind."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from confide.model.problem import Problem, Unavailable
from confide.vault.memory import memory_dir

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
        raise Unavailable(Problem("no editor is set", hint="export EDITOR=nano"))
    return [*parts, *_QUIET.get(Path(parts[0]).name, ())]


def edit(text: str, name: str) -> str:
    """Let the user edit `text` in memory-backed storage and return what they saved."""
    with memory_dir("note") as directory:
        path = directory / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        try:
            ended = subprocess.run([*command(), str(path)], check=False).returncode
        except FileNotFoundError:
            raise Unavailable(Problem("the editor was not found", hint="export EDITOR=nano")) from None
        if ended:
            raise Unavailable(Problem("the editor ended with an error", "the note was not saved"))
        return path.read_text(encoding="utf-8")
