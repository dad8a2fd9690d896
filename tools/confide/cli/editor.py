"""The user's editor on a file in memory: swap, backup and undo files are off, and nothing stays behind."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from confide.model.problem import Problem, Refused, Unavailable, Usage
from confide.vault.memory import memory_dir
from confide.vault.quiet_editors import quiet

T = TypeVar("T")

# An editor that is told to end puts the terminal in order first.
SECONDS_TO_END = 3


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
    editor = quiet(path.parent)
    try:
        ended = _run((*editor.arguments, str(path)), editor.environment, path.parent)
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


def _run(arguments: Sequence[str], environment: Mapping[str, str], directory: Path) -> int:
    """Run it to its end. Ctrl-C and Ctrl-\\ are the editor's; when this process is told to end, so is the editor."""
    with subprocess.Popen(arguments, env=environment, cwd=directory) as editor, _left_to_the_editor():
        try:
            return editor.wait()
        except BaseException:
            editor.terminate()
            try:
                editor.wait(timeout=SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                editor.kill()
            raise


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kept = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
