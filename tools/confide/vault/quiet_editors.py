"""Editors told to keep no copies: no swap, backup or undo file, no history, nothing beside the one file in memory.

What a user's own settings say comes before what is said here last, so for Vim it is said twice: before her vimrc, for
the swap file that is made with the first buffer, and after it. State, caches and temporary files of whatever program
this is lie in memory, and so does the directory it runs in: a crash file written there goes with the rest.
"""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from confide.model.problem import Problem, Unavailable

ALLOW = "CONFIDE_ALLOW_EDITOR"

_VIM_BEFORE = "set noswapfile nobackup nowritebackup noundofile | au BufNewFile,BufReadPre * setl noswf noudf"
_VIM_AFTER = "set noswapfile nobackup nowritebackup noundofile"
_VIM = ("-n", "-i", "NONE", "--cmd", _VIM_BEFORE)
_EMACS = (
    "(setq make-backup-files nil backup-inhibited t auto-save-default nil auto-save-visited-mode nil"
    " auto-save-list-file-prefix nil create-lockfiles nil delete-by-moving-to-trash nil)"
)


def _code(directory: Path) -> tuple[str, ...]:
    """Its backups, its history of files and its logs lie below the directory of its data."""
    data = str(directory / "editor")
    return ("--wait", "--new-window", "--disable-extensions", "--user-data-dir", data)


def _always(*arguments: str) -> Callable[[Path], tuple[str, ...]]:
    return lambda _: arguments


# Program → what makes it quiet. A name also stands for its variants: `vim.basic`, `emacs-nox`.
QUIET: Mapping[str, Callable[[Path], tuple[str, ...]]] = {
    "vim": _always(*_VIM, "-c", f"{_VIM_AFTER} viminfo="),
    "gvim": _always("-f", *_VIM, "-c", f"{_VIM_AFTER} viminfo="),
    "nvim": _always(*_VIM, "-c", f"{_VIM_AFTER} shada="),
    "nano": _always("--ignorercfiles"),
    "emacs": _always("--no-init-file", "--no-site-file", "--no-splash", "--eval", _EMACS),
    "micro": _always("-backup", "false", "-savehistory", "false", "-savecursor", "false", "-saveundo", "false"),
    "joe": _always("-nobackups", "-nodeadjoe", "-nolocks"),
    "code": _code,
    "code-insiders": _code,
    "codium": _code,
    # These keep none: text lies in their memory, and in the file.
    "hx": _always(),
    "helix": _always(),
    "kak": _always(),
    "ed": _always(),
    "busybox": _always(),
}
# These keep what is typed in files of their own, or hand it to another process, whatever they are told.
LOUD: Mapping[str, str] = {
    "emacsclient": "the Emacs it hands the text to was started without knowing what it will get",
    "subl": "it keeps unsaved text in its session file",
    "sublime_text": "it keeps unsaved text in its session file",
    "gnome-text-editor": "it keeps drafts in a directory of its own",
    "kate": "it keeps swap files, and may hand the text to a window that is open already",
    "zed": "it keeps unsaved text in a database of its own",
    "notepadqq": "it keeps unsaved text in its session file",
}


@dataclass(frozen=True)
class Editor:
    """How to run it: arguments before the file, and the environment. `known` says that it was told to be quiet."""

    arguments: tuple[str, ...]
    known: bool
    environment: Mapping[str, str] = field(repr=False)


def wanted() -> str:
    """What the user calls their editor: $VISUAL, $EDITOR, or `vi`."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"


def quiet(directory: Path) -> Editor:
    """The user's editor for a file in `directory`, which is in memory. Raises Unavailable for one that keeps copies."""
    parts = shlex.split(wanted())
    if not parts:
        raise Unavailable(Problem("no editor is set", "a note is written in one", hint="export EDITOR=nano"))
    if why := loud(parts[0]):
        raise Unavailable(
            Problem(
                "this editor would keep a copy of the note",
                why,
                hint=f"export EDITOR=nano, or vim, code, emacs; {ALLOW}=1 accepts it all the same",
                rule="editor",
            )
        )
    name = known_as(parts[0])
    arguments = QUIET[name](directory) if name else ()
    return Editor((*parts, *arguments), bool(name), _environment(directory))


def known_as(program: str) -> str:
    """The name under which `program` is in the table, links followed (`vi` may be Vim); empty for a stranger."""
    for path in (program, os.path.realpath(shutil.which(program) or program)):
        name = Path(path).name
        for known in QUIET:
            if name == known or name.startswith((f"{known}.", f"{known}-")):
                return known
    return ""


def loud(program: str) -> str:
    """Why `program` cannot be made quiet; empty where it can, or where its user accepts it."""
    return "" if os.environ.get(ALLOW) == "1" else LOUD.get(Path(program).name, "")


def _environment(directory: Path) -> dict[str, str]:
    places = {name: str(directory / name.lower()) for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR")}
    for place in places.values():
        Path(place).mkdir(mode=0o700, exist_ok=True)
    return {**os.environ, **places}
