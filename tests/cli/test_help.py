"""Every command explains itself, in sentences, without a repository and without importing what it does not need."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from confide.cli.main import COMMANDS, HIDDEN, cli
from tests.cli.coach import run
from tests.cli.state import TOOLS


def commands() -> Iterator[tuple[str, ...]]:
    """The path of every command and subcommand that a coach sees."""
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        if name in HIDDEN:
            continue
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, inner) for inner in command.commands)


def found(path: tuple[str, ...]) -> click.Command:
    command: click.Command = cli
    for name in path:
        assert isinstance(command, click.Group)
        inner = command.get_command(click.Context(command), name)
        assert inner is not None
        command = inner
    return command


PATHS = tuple(commands())


def test_there_are_commands() -> None:
    """An empty list would let everything below pass."""
    assert len(PATHS) > 25
    assert ("agree", "sign") in PATHS


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_of_every_command(path: tuple[str, ...], tmp_path: Path) -> None:
    """Works anywhere, fits the screen, says how it is called."""
    answer = run(tmp_path, *path, "--help")
    assert answer.code == 0
    assert answer.err == ""
    assert answer.out.startswith(f"Usage: confide {' '.join(path)}")
    assert max(map(len, answer.out.splitlines())) <= 80
    assert run(tmp_path, *path, "-h").out == answer.out


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_begins_with_a_sentence(path: tuple[str, ...]) -> None:
    """The first line of its help, which the overview shows, is a whole sentence: capital letter, full stop."""
    text = found(path).help or ""
    first = text.split("\n\n")[0].replace("\n", " ")
    assert re.match(r"[A-Z][^.?]*[.?](\s|$)", first), f"{' '.join(path)}: {first!r}"


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_option_is_explained(path: tuple[str, ...]) -> None:
    """An option without help is a riddle."""
    unexplained = [
        max(parameter.opts, key=len)
        for parameter in found(path).params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert unexplained == []


def test_what_every_command_is_called_in_messages() -> None:
    """A message that names a command which there is not sends its reader nowhere."""
    known = {" ".join(path) for path in PATHS} | {"init DIR"}
    groups = {path[0] for path in PATHS if len(path) == 2}
    pattern = re.compile(r"confide ([a-z]+)(?: ([a-z]+(?:-[a-z]+)*))?")
    for file in sorted((TOOLS / "confide/workflows").glob("*.py")) + sorted((TOOLS / "confide/cli").glob("*.py")):
        for name, inner in pattern.findall(file.read_text()):
            if name in {"import", "is", "in", "has", "was", "again", "with", "hook", "driver"}:
                continue
            called = f"{name} {inner}" if name in groups else name
            assert called in known or (name in groups and not inner), f"{file.name}: confide {called}"


def test_the_overview(tmp_path: Path) -> None:
    """All commands with one line each, and no line cut off in the middle of a word."""
    answer = run(tmp_path, "--help")
    assert answer.code == 0
    listed = re.findall(r"^  ([a-z]+)  +\S", answer.out, re.MULTILINE)
    assert listed == [name for name in sorted(COMMANDS) if name not in HIDDEN]
    assert max(map(len, answer.out.splitlines())) <= 80
    assert "..." not in answer.out.partition("Commands:")[2], "a sentence is cut off; make it shorter"


def test_the_version(tmp_path: Path) -> None:
    assert re.match(r"confide \d+\.\d+", run(tmp_path, "--version").out)


def test_help_imports_nothing_heavy() -> None:
    """Help, and a slip of the fingers, answer at once: no git, keys, site or portal are loaded for them."""
    code = (
        "import sys; from confide.cli.main import run; run(['--help']); run(['nonsense']);"
        "print([m for m in ('git', 'gnupg', 'pysequoia', 'mkdocs', 'starlette') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(TOOLS)}
    )
    assert done.stdout.splitlines()[-1] == "[]"
