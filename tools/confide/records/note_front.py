"""The front matter of a note: format, session, who was present, and the secret that salts its commitments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from confide.model.commitment import SECRET_BYTES
from confide.model.problem import Malformed, Place, Problem
from confide.records import yaml
from confide.records.fields import NO_DAY, Fields, Report
from confide.records.layout import is_note_name
from confide.records.nodes import Node
from confide.records.scalars import write
from confide.records.shapes import PARTY, Shape

FORMAT = 1
_STYLE = "write the front matter as lines of `key: value`"
_FENCE = re.compile(r"---[ \t]*\Z")
SECRET = Shape(
    f"{SECRET_BYTES} bytes in hexadecimal",
    lambda text: re.match(rf"[0-9a-f]{{{2 * SECRET_BYTES}}}\Z", text) is not None,
    hint="leave it out: `confide` puts the note's own secret back",
)


@dataclass(frozen=True)
class FrontMatter:
    """The lines between the two `---`; `lines` counts everything before the body, 0 where there is none."""

    entries: tuple[str, ...]
    lines: int
    opening: str = "---"
    closing: str = "---"

    @property
    def missing(self) -> bool:
        return self.lines == 0


@dataclass(frozen=True)
class Facts:
    """What the front matter says."""

    session: str
    present: tuple[str, ...]
    secret: bytes | None


def split_front(text: str, report: Report) -> tuple[FrontMatter, str]:
    """The front matter and the body behind it. Raises Malformed where it is opened and never closed."""
    lines = text.split("\n")
    if not _FENCE.match(lines[0]):
        return FrontMatter((), 0), text
    for number, line in enumerate(lines[1:], 1):
        if _FENCE.match(line):
            front = FrontMatter(tuple(lines[1:number]), number + 1, lines[0], line)
            return front, "\n".join(lines[number + 1 :])
    report.add("the front matter is opened here and never closed", 1, hint="end it with a line of `---`")
    raise Malformed(*report.problems)


def read_front(front: FrontMatter, path: str, report: Report) -> Facts:
    """What the front matter says. `path` is the note's, and holds its day."""
    if front.missing:
        report.add("expected front matter, found none", 1, hint="`confide note` adds it", rule="front-matter")
        return Facts("", (), None)
    report.offset = 1
    fields = Fields(_root(front, report), report, "the front matter")
    if fields.number("format") not in (0, FORMAT):
        report.add(f"`format`: expected {FORMAT}, found another", fields.line("format"))
    session = fields.day("session")
    folder, _, name = path.partition("/")
    if folder == "notes" and is_note_name(name) and session not in (NO_DAY,) and session.isoformat() != name[:10]:
        report.add("`session`: expected the day in the note's name, found another", fields.line("session"))
    present = fields.many("present", PARTY, required=False)
    secret = fields.one("secret", SECRET, required=False)
    fields.finish()
    return Facts(session.isoformat(), present, bytes.fromhex(secret) if secret else None)


def filled_front(front: FrontMatter, entries: Mapping[str, str], report: Report) -> str:
    """The front matter as text up to the body, with those of `entries` that it lacks; all else as it was."""
    report.offset = 1
    there = () if front.missing else tuple(key for key, _ in _root(front, report).items())
    new = {key: f"{key}: {_written(value)}" for key, value in entries.items() if key not in there}
    lines = list(front.entries)
    if "session" in new:
        lines.insert(_after(lines, "format"), new.pop("session"))
    if "format" in new:
        lines.insert(0, new.pop("format"))
    lines += new.values()
    whole = FrontMatter(tuple(lines), 1, front.opening, front.closing)
    if lines != list(front.entries):
        _root(whole, report)
    return _joined(whole)


def _written(value: str) -> str:
    """A number or day as it is; a secret bare, or in quotes where its digits look like a number."""
    return value if len(value) <= 10 else write(value)


def _after(lines: list[str], key: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 0)


def without_entry(front: FrontMatter, key: str, report: Report) -> str:
    """The front matter as text up to the body, without the lines of one entry."""
    if front.missing:
        return ""
    report.offset = 1
    entries = tuple(_root(front, report).items())
    kept = list(front.entries)
    for name, node in entries:
        until = node.line
        while until < len(kept) and kept[until].startswith(" "):
            until += 1
        if name == key:
            del kept[node.line - 1 : until]
    return _joined(FrontMatter(tuple(kept), 1, front.opening, front.closing))


def _joined(front: FrontMatter) -> str:
    return "\n".join((front.opening, *front.entries, front.closing)) + "\n"


def _root(front: FrontMatter, report: Report) -> Node:
    """The entries as a mapping; an empty front matter is an empty mapping."""
    try:
        root = yaml.load("\n".join(front.entries).encode(), report.file, quiet=True).root
    except Malformed as found:
        raise Malformed(*(_shifted(problem, report.offset) for problem in found.problems)) from None
    if root.value is not None and not isinstance(root.value, Mapping):
        report.add("expected lines of `key: value`, found another style", 1, hint=_STYLE, rule="front-matter")
        raise Malformed(*report.problems)
    for key, node in root.items():
        if not front.entries[node.line - 1].startswith(f"{key}:"):
            report.add("expected a line of its own for each key", node.line, hint=_STYLE, rule="front-matter")
            raise Malformed(*report.problems)
    return root if root.value is not None else Node({})


def _shifted(problem: Problem, offset: int) -> Problem:
    place = problem.place
    moved = Place(place.file, place.line + offset) if place and place.line else place
    return Problem(problem.what, problem.why, moved, problem.hint, problem.rule)
