"""Write the manual page build/man/confide.1 from the commands themselves: `make man`, `man build/man/confide.1`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from confide import __version__  # noqa: E402 - behind the path that finds it
from confide.cli.main import cli  # noqa: E402
from scripts.reference import commands  # noqa: E402

PAGE = ROOT / "build" / "man" / "confide.1"
EXITS = {
    0: "yes, or done",
    1: "no: denied, or there are violations",
    2: "misuse",
    3: "not yet: duties are open",
    4: "records malformed or tampered with",
    5: "something is missing on this machine",
}


def lines() -> Iterator[str]:
    """The page in the macros of man(7)."""
    yield f'.TH CONFIDE 1 "" "confide {__version__}" "Total Confidence"'
    yield from (".SH NAME", "confide \\- keep and prove a coach's promise of confidentiality")
    yield from (".SH SYNOPSIS", ".B confide", "[\\fIOPTION\\fR]... \\fICOMMAND\\fR [\\fIARGUMENT\\fR]...")
    yield from (".SH DESCRIPTION", *_paragraphs(cli.help or ""), "Without a command it shows where everything stands.")
    yield from (".SH OPTIONS", *_options(cli))
    yield ".SH COMMANDS"
    for path, command in commands():
        context = click.Context(command, info_name=" ".join(("confide", *path)), help_option_names=["-h", "--help"])
        yield f".SS {_plain(' '.join(path))}"
        yield f".B {_plain(context.command_path)}"
        yield _plain(" ".join(command.collect_usage_pieces(context)))
        yield from (".PP", *_paragraphs(command.help or ""), *_options(command))
    yield ".SH EXIT STATUS"
    for code, meaning in EXITS.items():
        yield from (".TP", f".B {code}", _plain(meaning))
    yield from (".SH SEE ALSO", ".BR gpg (1),", ".BR git (1)")


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command, help_option_names=["-h", "--help"])
    for parameter in command.params:
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
            yield from (".TP", f".B {_plain(record[0])}", _plain(record[1]) or "\\&")


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs as click writes them; one behind a backspace keeps its lines."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if "\b" in paragraph:
            yield from (".nf", *(_plain(line) for line in paragraph.splitlines()[1:]), ".fi")
        else:
            yield from (_plain(" ".join(paragraph.split())), ".PP")


def _plain(text: str) -> str:
    """Text that roff takes for text: no escapes, no request at the beginning of a line, hyphens as they are typed."""
    escaped = text.strip().replace("\\", "\\e").replace("-", "\\-")
    escaped = "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in escaped)
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def page() -> str:
    """The whole page."""
    return "\n".join(line for line in lines() if line) + "\n"


def main() -> None:
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
