"""Where a note's sections begin and end, by CommonMark's rules; and what must not be mistaken for one.

Only block structure is read: which characters are emphasised or linked changes no section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from confide.records.fields import Report
from confide.records.note_braces import meant_as_attributes

_BLOCKS = MarkdownIt("commonmark")
_BLOCKS.core.ruler.enableOnly(["normalize", "block"])

# HTML blocks that run to the end of the note unless they are closed (CommonMark 4.6, kinds 1 to 5).
_CLOSED_BY = (
    (re.compile(r"(?i)<(script|pre|style|textarea)(\s|>|$)"), re.compile(r"(?i)</(script|pre|style|textarea)>")),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
)


@dataclass(frozen=True)
class Heading:
    """One heading that opens a section. `content` is its words with attributes; `line` counts from 1.

    Indices of lines count from 0: its words stand on `start` up to but not including `stop`, its body on `end` up to
    but not including `until`. Only a heading that is underlined has words on several lines.
    """

    content: str
    start: int
    stop: int
    end: int
    until: int
    underlined: bool = False

    @property
    def line(self) -> int:
        return self.start + 1


def outline(body: str, report: Report) -> tuple[Heading, ...]:
    """The sections of `body`, in order. Adds problems for headings and blocks that would swallow one."""
    tokens = _BLOCKS.parse(body)
    lines = body.split("\n")
    found = list(_headings(tokens))
    until = [start for _, start, _, _ in found[1:]] + [len(lines)]
    _suspicious(tokens, lines, report)
    return tuple(
        Heading(content, start, end - 1 if underlined else end, end, until[number], underlined)
        for number, (content, start, end, underlined) in enumerate(found)
    )


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[str, int, int, bool]]:
    for token, inside in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map:
            yield inside.content, token.map[0], token.map[1], token.markup == "-"


def _suspicious(tokens: Sequence[Token], lines: Sequence[str], report: Report) -> None:
    for position, token in enumerate(tokens):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "heading_open" and meant_as_attributes(tokens[position + 1].content):
            if token.level > 0:
                report.add(
                    "a heading with attributes stands inside a list or quote and opens no section",
                    line,
                    why="its text would go wherever the section around it goes",
                    hint="move it to the margin, or take the braces away",
                    rule="hidden-section",
                )
            elif token.tag != "h2":
                report.add(
                    "a heading with attributes is not of level 2 and opens no section",
                    line,
                    why="its text would go wherever the section around it goes",
                    hint="write `##`, or take the braces away",
                    rule="hidden-section",
                )
        elif token.type == "fence" and token.level == 0 and not _is_closed(token, lines):
            report.add("a fence is opened here and never closed", line, why=_SWALLOWS, rule="hidden-section")
        elif token.type == "html_block":
            _html(token, line, report)


_SWALLOWS = "every section after it would be part of this one"


def _is_closed(fence: Token, lines: Sequence[str]) -> bool:
    start, end = fence.map or (0, 0)
    last = lines[end - 1].strip() if end - 1 > start else ""
    return len(last) >= len(fence.markup) and set(last) == {fence.markup[0]}


def _html(token: Token, line: int, report: Report) -> None:
    content = token.content.lstrip()
    for opens, closes in _CLOSED_BY:
        if opened := opens.match(content):
            if token.level == 0 and not closes.search(content, opened.end()):
                report.add("HTML is opened here and never closed", line, why=_SWALLOWS, rule="hidden-section")
            break
    if any(_is_attributed_heading(text) for text in token.content.split("\n")):
        report.add(
            "a heading with attributes stands inside HTML and opens no section",
            line,
            hint="leave a blank line before the heading, or take the HTML away",
            rule="hidden-section",
        )


def _is_attributed_heading(text: str) -> bool:
    """A line of HTML that would be a heading with attributes if it stood by itself, perhaps in a list or quote."""
    words = text.lstrip(" \t>*+-")
    return words.startswith("#") and meant_as_attributes(words.rstrip(" \t#"))
