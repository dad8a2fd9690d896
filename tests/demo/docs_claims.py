"""Every command that the README and the documentation show is run, as it stands there, in a copy of the demo."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from confide.cli.main import COMMANDS
from tests.demo.stage import Demo
from tests.e2e.terminal import ROOT, Terminal

PAGES = ("README.md", "docs/tour.md", *(f"docs/how-to/{p.name}" for p in sorted((ROOT / "docs/how-to").glob("*.md"))))
# A question, a no or a not yet is an answer as well.
ANSWERS = {0, 1, 3}
# gpg opens a message and says 2 where it does not have the key that signed it.
UNKNOWN_SIGNER = 2
# What begins a practice or needs somebody at a terminal is run elsewhere: command → the test that runs it.
ELSEWHERE = {
    "confide init": "tests/e2e/line.py",
    "confide new": "tests/e2e/line.py",
    "confide agree draft": "tests/e2e/line.py",
    "confide agree propose": "tests/e2e/line.py",
    "confide invite": "tests/e2e/line.py",
    "confide adopt": "tests/cli/test_second_machine.py",
    "confide note": "tests/cli/test_editor.py",
    "source": "tests/cli/test_help.py",
}


@dataclass(frozen=True)
class Shown:
    """One command of a page, and the exit code that the page shows below it, if it does."""

    line: str
    code: int | None


def shown(page: str) -> list[Shown]:
    """The commands in a page's console blocks."""
    found = []
    for block in re.findall(
        r"^```console\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = part.partition("\n")
            line = line.partition("  # ")[0].strip()
            code = re.search(r"\bexit (\d)\s*$", output, re.MULTILINE)
            found.append(Shown(line, int(code[1]) if code else None))
    return found


def elsewhere(line: str) -> str | None:
    """Where a command is run instead, if it is not run here."""
    for command, test in ELSEWHERE.items():
        if line == command or (line.startswith(f"{command} ") and "--" not in line and "2030" not in line):
            return test
    return None


def test_there_are_commands_to_run() -> None:
    """An empty list would let everything below pass; what is run elsewhere is really there."""
    assert sum(len(shown(page)) for page in PAGES) > 30
    for command, test in ELSEWHERE.items():
        words = command.split()
        text = (ROOT / test).read_text(encoding="utf-8")
        assert words == ["source"] or all(f'"{word}"' in text or word in text for word in words[1:]), command


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_runs(demo: Demo, page: str) -> None:
    """Each command of a page in its order, in one copy, as somebody would type it, with the exit code it shows."""
    terminal = demo.copy()
    root, where = terminal.where, terminal.where / "records" / demo.partnerships[0]
    program = terminal.home / "bin/confide"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m confide "$@"\n')
    program.chmod(0o700)
    for command in shown(page):
        if elsewhere(command.line):
            continue
        if command.line.startswith("cd "):
            where = _gone(root, where, command.line, demo.partnerships[0])
            continue
        here = Terminal(terminal.home, where, processes=terminal.processes)
        line = f'export PATH="{program.parent}:$PATH"; set -o pipefail; {_meant(demo, command.line)}'
        ran = here.run("bash", "-c", line, code=None)
        allowed = ANSWERS if command.code is None else {command.code}
        if command.line.startswith("gpg --decrypt"):
            allowed = allowed | {UNKNOWN_SIGNER}
            assert "## " in ran.out
        assert ran.code in allowed, f"{page}: {command.line}\nended with {ran.code}\n{ran.said[-2000:]}"
        assert "Traceback" not in ran.said
    # What a page tells a coach to write for somebody lies where she put it, and is hers to remove.
    shutil.rmtree(root)


def _gone(root: Path, where: Path, line: str, partnership: str) -> Path:
    target = line.removeprefix("cd ").replace("p-*", partnership)
    if target.startswith("build/demo"):
        return root / target.removeprefix("build/demo").lstrip("/")
    return where if target.startswith("~") else where / target


def _meant(demo: Demo, line: str) -> str:
    """The line with what differs in each demo put in: the day of a note, and its section."""
    day = re.search(r"\b(20\d\d-\d\d-\d\d)#s\d", line)
    if day is None or day[1].startswith("2030"):
        return line
    newest = max(demo.notes).rpartition("/")[2].removesuffix(".md.gpg")
    return line.replace(day[1], newest)


@pytest.mark.parametrize("page", (*PAGES, "docs/index.md", "CONTRIBUTING.md", "docs/RULES.md", "docs/AGREEMENT.md"))
def test_every_command_that_is_named_is_one(page: str) -> None:
    """`confide word …` in running text names a command that exists."""
    named = re.findall(r"`confide ([a-z][a-z-]*)", (ROOT / page).read_text(encoding="utf-8"))
    assert [word for word in named if word not in COMMANDS] == []
    assert all(shlex.split(word) for word in named)
