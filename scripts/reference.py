"""Write docs/CLI.md from the commands themselves: usage, what they do, every option. A test compares.

Run it with `make reference`, after a command changed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from confide.cli.main import COMMANDS, HIDDEN, cli

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "CLI.md"
WIDTH = 80
HEAD = """# Commands

Written by `make reference` from the commands themselves; `confide COMMAND --help` says the same. Exit codes: 0 yes or
done, 1 no, 2 misuse, 3 not yet, 4 records malformed or tampered with, 5 something is missing on this machine.

Each command works on the partnership whose directory one is in, or on the one that `--in` names. `confide` alone shows
where everything stands.
"""


def commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that a coach sees, with its path, in alphabetical order; a group before what is in it."""
    context = click.Context(cli)
    for name in sorted(set(COMMANDS) - HIDDEN):
        command = cli.get_command(context, name)
        if command is None:
            raise SystemExit(f"`{name}` is listed and not there")
        yield from _with_inner((name,), command)


def _with_inner(path: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            yield from _with_inner((*path, name), inner)


def help_of(path: tuple[str, ...], command: click.Command) -> str:
    """What `--help` prints, at one width wherever this runs."""
    context = click.Context(
        command,
        info_name=" ".join(("confide", *path)),
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    )
    return re.sub(r"[ \t]+$", "", command.get_help(context), flags=re.MULTILINE)


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for path, command in commands():
        level = "##" if len(path) == 1 else "###"
        parts.append(f"{level} {' '.join(path)}\n\n```text\n{help_of(path, command)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
