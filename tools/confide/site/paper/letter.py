"""The letter of an invitation, as a page to print and as plain text: where to read, the one-time code, what is next.

The picture holds the address alone: whoever photographs it in passing has nothing that opens.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

import segno
from markupsafe import Markup

from confide.site.markup import html, join
from confide.site.words import day

_STEPS = (
    "Open the address and type the code. It opens the draft agreement, and nothing else.",
    "Read it. Ask about whatever is unclear; nothing is in force until everybody has signed.",
    "Make your key. You get six words of your own; from then on they open your pages, and this code opens nothing.",
    "Read the ten groups of your key to your coach, on the telephone or face to face.",
)
_KEEP = (
    "Keep this letter to yourself until you have made your key; after that you can throw it away. If the code does not "
    "work, somebody may have used it before you: tell your coach, who sends you a new one."
)


@dataclass(frozen=True)
class Letter:
    """What a letter says. `to` is the person as the sealed list names them, `coach` who writes; either may be empty."""

    address: str
    code: str
    expires: datetime
    to: str = ""
    coach: str = ""


def page(letter: Letter) -> str:
    """One sheet of paper: no script, nothing fetched from anywhere."""
    body = html(
        '<p class="from">{}</p><h1>Your private pages</h1><p>{}</p>'
        '<div class="open">{}<dl><dt>Address</dt><dd>{}</dd><dt>One-time code</dt><dd class="code">{}</dd>'
        '<dt>Good until</dt><dd>{}</dd></dl></div><ol>{}</ol><p class="small">{}</p>',
        letter.coach,
        _greeting(letter),
        picture(letter.address),
        letter.address,
        letter.code,
        day(letter.expires),
        join(html("<li>{}</li>", step) for step in _STEPS),
        _KEEP,
    )
    head = html(
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta name="robots" content="noindex"><title>Private page</title><style>{}</style><body>',
        Markup(files(__package__).joinpath("letter.css").read_text("utf-8")),  # noqa: S704  a file of this package
    )
    return f"{head}{body}\n"


def text(letter: Letter) -> str:
    """The same for a screen or a typed letter, 72 columns wide."""
    lines = [
        *([letter.coach, ""] if letter.coach else []),
        *textwrap.wrap(_greeting(letter), 72),
        "",
        f"    {letter.address}",
        f"    {letter.code}",
        f"    good until {day(letter.expires)}; it works once",
        "",
    ]
    for number, step in enumerate(_STEPS, 1):
        lines += textwrap.wrap(step, 72, initial_indent=f"{number}. ", subsequent_indent="   ")
    return "\n".join([*lines, "", *textwrap.wrap(_KEEP, 72), ""])


def picture(address: str) -> Markup:
    """A QR code (ISO/IEC 18004) of the address."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True, lineclass=None)
    return Markup(drawn)  # noqa: S704  drawn by the library from an address


def _greeting(letter: Letter) -> str:
    dear = f"Dear {letter.to}, " if letter.to else ""
    start = "what" if dear else "What"
    return (
        f"{dear}{start} is agreed about confidentiality, and whatever is shared with you under it, you can read on "
        "pages that are sealed for you alone. They open with a code the first time."
    )
