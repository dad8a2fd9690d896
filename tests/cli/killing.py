"""A command that is killed outright just before its n-th write: every file and every git command that writes is one.

The command runs in a fork of the test's own process, where an audit hook (PEP 578) sees each write before it happens.
Whatever a killed process wrote stays as it is: nothing is tidied, no `finally` runs.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.house import House

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# What changes a repository; the rest of git reads.
GIT_WRITES = frozenset(
    {"hash-object", "update-ref", "update-index", "config", "init", "fetch", "reset", "symbolic-ref", "bundle"}
)
FILES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink"})


@dataclass(frozen=True)
class Run:
    """How a command in a fork ended: its exit code (negative: the signal), and the writes it came to."""

    code: int
    writes: tuple[str, ...]


def in_a_fork(house: House, command: Callable[[], int], kill_at: int | None = None) -> Run:
    """Run `command`; with `kill_at` it is killed before that write, counted from 0."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        code = 99
        try:
            code = _watched(house, command, kill_at, writer)
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        lines = stream.read().splitlines()
    _, status = os.waitpid(child, 0)
    return Run(os.waitstatus_to_exitcode(status), tuple(json.loads(line) for line in lines))


def _watched(house: House, command: Callable[[], int], kill_at: int | None, pipe: int) -> int:
    # What a killed process leaves in memory stays in the house, out of the sight of other tests.
    runtime = house.home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    seen = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        write = _write(event, arguments, str(house.home), str(runtime))
        if not write:
            return
        os.write(pipe, json.dumps(write).encode() + b"\n")
        if seen == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

    sys.addaudithook(hook)
    return command()


def _write(event: str, arguments: tuple[Any, ...], home: str, runtime: str) -> str:
    """What is about to be written, in a word or two that are the same each time; empty for what is no write here."""
    if event == "subprocess.Popen":
        words = [str(word) for word in arguments[1]]
        verbs = [word for word in words if word in GIT_WRITES]
        return f"git {verbs[0]}" if words[0].endswith("git") and verbs and "--get" not in words else ""
    if event == "open" and isinstance(arguments[0], str) and (arguments[2] or 0) & WRITES:
        return _named("write", arguments[0], home, runtime)
    if event in FILES:
        return _named(event.removeprefix("os."), os.fspath(arguments[1 if event == "os.rename" else 0]), home, runtime)
    return ""


def _named(verb: str, path: str, home: str, runtime: str) -> str:
    if not path.startswith(home) or path.startswith(runtime) or "__pycache__" in path:
        return ""
    inside = Path(path).relative_to(home).parts
    suffix = "lock" if "lock" in inside[-1] else Path(path).suffix if verb != "write" else "beside"
    return f"{verb} {'/'.join(inside[:3])} {suffix}"
