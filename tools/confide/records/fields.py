"""A strict reader over one mapping: typed, from closed lists, and with every problem told at once.

A reader never guesses. What is missing or wrong becomes a Problem and an empty value; `Report.stop` raises before
any such value can reach a caller.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from confide.model.problem import Malformed, Place, Problem
from confide.records.nodes import Node, kind_of
from confide.records.shapes import Shape
from confide.records.wording import meant, shown

NO_DAY = date.min
NO_TIME = datetime.min.replace(tzinfo=UTC)


@dataclass
class Report:
    """The problems of one file. `offset` shifts the lines of an embedded text; `quiet` repeats no word of a file that
    people write prose or names into, not even one that looks like an identifier.
    """

    file: str
    offset: int = 0
    quiet: bool = False
    problems: list[Problem] = field(default_factory=list)

    def add(self, what: str, line: int, *, why: str = "", hint: str = "", rule: str = "") -> None:
        self.problems.append(Problem(what, why, self.place(line), hint, rule))

    def shown(self, value: object) -> str:
        """How a problem may speak of `value`."""
        return kind_of(value) if self.quiet else shown(value)

    def place(self, line: int) -> Place:
        return Place(self.file, line + self.offset if line else 0)

    def stop(self) -> None:
        """Raise Malformed with everything found, by line, if anything was found."""
        if self.problems:
            raise Malformed(*sorted(self.problems, key=lambda p: p.place.line if p.place else 0))


class Fields:
    """One mapping. Every getter marks its key as known; `finish` reports the keys that nobody asked for."""

    def __init__(self, node: Node, report: Report, name: str = "the file") -> None:
        self.report = report
        self.name = name
        self.place_line = node.line
        self._entries: Mapping[str, Node] = node.value if isinstance(node.value, Mapping) else {}
        self._known: dict[str, None] = {}
        self._sound = isinstance(node.value, Mapping)
        if not self._sound:
            report.add(f"{name}: expected a mapping, found {report.shown(node.value)}", node.line)

    def has(self, key: str) -> bool:
        return key in self._entries

    def line(self, key: str = "") -> int:
        """The line of the key, or of the mapping where the key is missing."""
        return self._entries[key].line if key in self._entries else self.place_line

    def node(self, key: str, *, required: bool = True) -> Node | None:
        """The raw value; None if it is missing or empty, which is a problem for a required key, and empty for any."""
        self._known[key] = None
        if key not in self._entries:
            if required and self._sound:
                self.report.add(
                    f"{self.name}: expected the key `{key}`, found none", self.place_line, rule="missing-key"
                )
            return None
        node = self._entries[key]
        if node.value is None:
            self.report.add(f"`{key}`: expected a value, found nothing", node.line)
            return None
        return node

    def text(self, key: str, *, required: bool = True) -> str:
        """Text that says something."""
        node = self.node(key, required=required)
        if node is None:
            return ""
        if not isinstance(node.value, str) or not node.value.strip():
            self.wrong(key, node, "a text")
            return ""
        return node.value

    def one(self, key: str, shape: Shape, *, required: bool = True) -> str:
        """One word of the given shape."""
        node = self.node(key, required=required)
        return "" if node is None else self._shaped(key, node, shape)

    def many(self, key: str, shape: Shape, *, required: bool = True, may_be_empty: bool = False) -> tuple[str, ...]:
        """A list of words of the given shape, none of them twice."""
        node = self.node(key, required=required)
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            hint = "put it in brackets: `[…]`" if isinstance(node.value, str) else ""
            self.wrong(key, node, "a list", hint=hint)
            return ()
        if not node.value and not may_be_empty:
            self.report.add(f"`{key}`: expected at least one entry, found an empty list", node.line)
        found = tuple(text for item in node.value if (text := self._shaped(key, item, shape)))
        for repeated in dict.fromkeys(text for text in found if found.count(text) > 1):
            self.report.add(f"`{key}`: {self.report.shown(repeated)} stands there more than once", node.line)
        return found

    def number(self, key: str, *, least: int = 1, required: bool = True) -> int:
        """A whole number from `least` up."""
        node = self.node(key, required=required)
        if node is None:
            return 0
        if not isinstance(node.value, int) or isinstance(node.value, bool) or node.value < least:
            self.wrong(key, node, f"a whole number from {least} up")
            return 0
        return node.value

    def day(self, key: str, *, required: bool = True) -> date:
        """A calendar day."""
        node = self.node(key, required=required)
        return NO_DAY if node is None else self._day(key, node)

    def days(self, key: str, *, required: bool = True) -> tuple[date, ...]:
        """A list of calendar days."""
        return tuple(self._day(key, item) for item in self.items(key, required=required))

    def time(self, key: str) -> datetime:
        """A time in UTC, in whole seconds."""
        node = self.node(key)
        if node is None:
            return NO_TIME
        if not isinstance(node.value, datetime):
            self.wrong(key, node, "a time such as `2026-02-10T09:30:00Z`")
            return NO_TIME
        return node.value

    def items(self, key: str, *, required: bool = True) -> tuple[Node, ...]:
        """The entries of a list, as they are."""
        node = self.node(key, required=required)
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self.wrong(key, node, "a list")
            return ()
        return node.value

    def inner(self, key: str, *, required: bool = True) -> Fields | None:
        """The mapping behind a key, or None."""
        node = self.node(key, required=required)
        return None if node is None else Fields(node, self.report, f"`{key}`")

    def entries(self) -> Iterator[tuple[str, Node]]:
        """Every entry of a mapping whose keys are not fixed; all of them count as known."""
        for key, node in self._entries.items():
            self._known[key] = None
            yield key, node

    def wrong(self, key: str, node: Node, expected: str, *, hint: str = "", rule: str = "") -> None:
        self.report.add(
            f"`{key}`: expected {expected}, found {self.report.shown(node.value)}", node.line, hint=hint, rule=rule
        )

    def finish(self) -> None:
        """Report every key that nobody asked for: a misspelt field of confidentiality is never ignored."""
        for key, node in self._entries.items():
            if key not in self._known:
                hint = meant(key, self._known) or f"known here: {', '.join(self._known)}"
                seen = self.report.shown(key)
                word = f"the unknown key {seen}" if seen.startswith("`") else "an unknown key"
                why = "a key that nobody reads would be lost without a word"
                self.report.add(f"{self.name}: found {word}", node.line, why=why, hint=hint, rule="unknown-key")

    def _shaped(self, key: str, node: Node, shape: Shape) -> str:
        if isinstance(node.value, str) and shape.fits(node.value):
            return node.value
        found = self.report.shown(node.value).replace("a text", "another text")
        hint = meant(node.value, shape.known) or shape.hint
        self.report.add(f"`{key}`: expected {shape.expected}, found {found}", node.line, hint=hint, rule=shape.rule)
        return ""

    def _day(self, key: str, node: Node) -> date:
        if isinstance(node.value, date) and not isinstance(node.value, datetime):
            return node.value
        self.wrong(key, node, "a day such as `2026-01-12`")
        return NO_DAY
