"""From the parser's events to nodes: one pass that notes every line and refuses what a record has no use for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from confide.model.problem import Malformed, Place, Problem
from confide.records.nodes import Node
from confide.records.scalars import Ambiguous, resolve
from confide.records.wording import shown

DEEPEST = 20


@dataclass
class _Open:
    """A list or mapping that is still being read. `key` waits for its value."""

    line: int
    mapping: bool
    entries: dict[str, Node] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    key: str | None = None
    key_line: int = 0


class Builder:
    """Takes events by name and shape, so that only `records.yaml` has to know where they come from."""

    def __init__(self, file: str, quiet: bool = False) -> None:
        self.file = file
        self.quiet = quiet
        self.problems: list[Problem] = []
        self.root = Node(None)
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        """One event. Raises Malformed at once where reading on would be unsafe: depth, aliases, nested keys."""
        line = event.start_mark.line + 1
        name = type(event).__name__
        if name == "DocumentStartEvent":
            self._document(event, line)
        elif name == "AliasEvent":
            self._stop("found an alias (`*`)", line, hint="write the value out: each line stands for itself")
        elif name == "ScalarEvent":
            self._decorated(event, line)
            self._scalar(event, line)
        elif name in ("MappingStartEvent", "SequenceStartEvent"):
            self._decorated(event, line)
            self._begin(name == "MappingStartEvent", line)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            closed = self._open.pop()
            self._place(Node(closed.entries if closed.mapping else tuple(closed.items), closed.line))

    def _document(self, event: Any, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop("found a second document", line, hint="one file holds one document")
        if event.version or event.tags:
            self._add("found a directive (`%`)", line, hint="remove the line")

    def _decorated(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._add("found an anchor (`&`)", line, hint="write the value out: each line stands for itself")
        if getattr(event, "ctag", None) is not None or getattr(event, "tag", None) is not None:
            self._add("found a tag (`!`)", line, hint="remove it: the kind of a value follows from its key")

    def _begin(self, mapping: bool, line: int) -> None:
        if len(self._open) >= DEEPEST:
            self._stop(f"found more than {DEEPEST} levels of nesting", line)
        self._open.append(_Open(self._line_of_value(line), mapping))
        if len(self._open) > 1 and self._waits_for_key(self._open[-2]):
            self._stop("expected a word as a key, found a list or mapping", line)

    def _scalar(self, event: Any, line: int) -> None:
        plain = not event.style and event.implicit[0]
        if self._open and self._waits_for_key(self._open[-1]):
            self._key(event.value, plain, line)
            return
        try:
            value = resolve(event.value) if plain else event.value
        except Ambiguous as found:
            value = None
            self._add(f"found {found}", line, hint="write 2026-01-12, 2026-01-12T09:30:00Z or 12, or put it in quotes")
        self._place(Node(value, self._line_of_value(line)))

    def _key(self, text: str, plain: bool, line: int) -> None:
        parent = self._open[-1]
        if plain and text == "<<":
            self._add("found a merge key (`<<`)", line, hint="write the entries out")
        elif not text or (plain and not self._is_word(text)):
            self._add("expected a word as a key", line, hint="put a number or date used as a key in quotes")
        elif text in parent.entries:
            first = parent.entries[text].line
            named = "a key" if self.quiet else f"the key {shown(text)}"
            self._add(
                f"{named} stands here for the second time", line, why=f"first on line {first}", hint="keep one of them"
            )
        parent.key, parent.key_line = text, line

    @staticmethod
    def _is_word(text: str) -> bool:
        try:
            return isinstance(resolve(text), str)
        except Ambiguous:
            return False

    @staticmethod
    def _waits_for_key(parent: _Open) -> bool:
        return parent.mapping and parent.key is None

    def _line_of_value(self, line: int) -> int:
        parent = self._open[-1] if self._open else None
        return parent.key_line if parent and parent.mapping and parent.key is not None else line

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is not None:
            parent.entries.setdefault(parent.key, node)
            parent.key = None

    def _add(self, what: str, line: int, *, why: str = "", hint: str = "") -> None:
        self.problems.append(Problem(what, why, Place(self.file, line), hint, "yaml"))

    def _stop(self, what: str, line: int, *, hint: str = "") -> None:
        self._add(what, line, hint=hint)
        raise Malformed(*self.problems)


def plain(node: Node) -> Any:
    """The bare value in ordinary lists and dictionaries: for comparing, and for those who write a file anew."""
    if isinstance(node.value, Mapping):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(child) for child in node.value]
    return node.value
