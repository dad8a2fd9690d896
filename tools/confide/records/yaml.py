"""The only door to YAML's parsers: a strict reading, and a round trip that changes nothing it was not told to change.

libyaml reads first, because a practice of some size has thousands of files; what it refuses ruamel.yaml is asked about,
which says why and where. Both give the same events for what records are made of, and a test holds them to that.

Refused: repeated keys, anchors, aliases, merge keys, tags, directives, a second document, tabs and other control
characters, text that reorders itself on the screen, keys that are no words, anything deeper or larger than the limits.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import yaml as libyaml
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from confide.model.problem import Malformed, Place, Problem
from confide.records.build import Builder
from confide.records.canonical import render
from confide.records.nodes import Node

__all__ = ["Document", "dump", "load", "render"]

LARGEST = 1024 * 1024
# Lines of any length stay whole; far above the largest file.
_WIDTH = 2**31
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\r(?!\n)"
)
# What ruamel raises beside its own errors on hostile input: escapes out of range, versions without numbers.
_READER_FAILS = (YAMLError, ValueError, OverflowError)
# Signs with a meaning that the two parsers spell out differently somewhere; a text with one is read by ruamel alone.
_DISPUTED = re.compile(r"[|>?&*!%@`\\]|^(?:---|\.\.\.)", re.MULTILINE)
# Fragments of ruamel's fixed messages. Its message itself may quote the file and is never passed on.
_CAUSES = (
    ("mapping values are not allowed", "a colon and a space inside a bare value; put the value in quotes"),
    ("could not find expected ':'", "a key without its colon"),
    ("expected <block end>", "the indentation does not fit the lines above"),
    ("expected ',' or", "brackets that are not closed, or lack a comma"),
    ("quoted scalar", "a quotation mark that is not closed"),
    ("cannot start any token", "this character is only possible inside quotes"),
    ("<document start>", "something after the end of the document"),
    ("end of stream", "the file ends in the middle of something"),
)


class Document:
    """One YAML file: its bytes, the strict reading with lines, and a round-trip mapping for those who edit."""

    def __init__(self, source: bytes, file: str, root: Node) -> None:
        self.source = source
        self.file = file
        self.root = root

    def line(self, *path: str | int) -> int:
        """The line, from 1, of the key or item at `path`; of its nearest container where there is no such thing."""
        node = self.root
        for step in path:
            inner: Node | None = None
            if isinstance(step, str):
                inner = dict(node.items()).get(step)
            elif isinstance(node.value, tuple) and 0 <= step < len(node.value):
                inner = node.value[step]
            if inner is None:
                break
            node = inner
        return node.line

    @cached_property
    def _loaded(self) -> tuple[Any, bytes]:
        try:
            data = _round_trip().load(self.source.decode())
        except _READER_FAILS as found:
            raise Malformed(_syntax(found, self.file)) from None
        return data, _written(data)

    @property
    def data(self) -> Any:
        """The mapping to edit: order, comments and quotes stay."""
        return self._loaded[0]


def load(data: bytes, file: str, *, quiet: bool = False) -> Document:
    """Read one document. Raises Malformed with every problem that can be told apart, each with its line.

    `quiet`: no problem repeats a word of the file, not even a key.
    """
    text = _decoded(data, file)
    root = _quickly(text, file, quiet)
    return Document(data, file, root if root is not None else _carefully(text, file, quiet))


def _quickly(text: str, file: str, quiet: bool) -> Node | None:
    """What libyaml reads; None where it finds anything wrong, is not there, or might read it differently."""
    if not hasattr(libyaml, "CLoader") or _DISPUTED.search(text):
        return None
    builder = Builder(file, quiet)
    try:
        for event in libyaml.parse(text, Loader=libyaml.CLoader):
            builder.take(event)
    except (libyaml.YAMLError, ValueError, Malformed):
        return None
    return None if builder.problems else builder.root


def _carefully(text: str, file: str, quiet: bool) -> Node:
    builder = Builder(file, quiet)
    try:
        for event in _events(text):
            builder.take(event)
    except _READER_FAILS as found:
        builder.problems.append(_syntax(found, file))
    if builder.problems:
        raise Malformed(*builder.problems)
    return builder.root


def _events(text: str) -> Iterator[Any]:
    yield from YAML(typ="safe", pure=True).parse(text)


def dump(document: Document) -> bytes:
    """The bytes to write: those that were read, as long as no edit shows."""
    if "_loaded" not in document.__dict__:
        return document.source
    data, unchanged = document._loaded
    written = _written(data)
    return document.source if written == unchanged else written


def _round_trip() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.allow_duplicate_keys = False
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _written(data: Any) -> bytes:
    # Text, not bytes: for a literal at the top ruamel writes text to either.
    out = io.StringIO()
    _round_trip().dump(data, out)
    return out.getvalue().encode()


def _decoded(data: bytes, file: str) -> str:
    """The text, after everything that can be judged without reading it as YAML."""
    if len(data) > LARGEST:
        raise Malformed(_problem(f"expected at most {LARGEST // 1024} KiB, found {len(data) // 1024}", file, 0))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as found:
        line = data[: found.start].count(b"\n") + 1
        raise Malformed(_problem("expected UTF-8 text, found other bytes", file, line)) from None
    problems = [
        _problem(_why_forbidden(found[0]), file, text.count("\n", 0, found.start()) + 1)
        for found in list(_FORBIDDEN.finditer(text))[:20]
    ]
    if tab := text.find("\t") + 1:
        line = text.count("\n", 0, tab) + 1
        problems.append(_problem("found a tab", file, line, hint="indent and separate with spaces"))
    if problems:
        raise Malformed(*problems)
    return text


def _why_forbidden(character: str) -> str:
    if character == "\ufeff":
        return "found a byte order mark"
    if character == "\r":
        return "found a carriage return without a line feed"
    return f"found the invisible character U+{ord(character):04X}"


def _syntax(found: Exception, file: str) -> Problem:
    """A problem at the place where reading failed; of the parser's message only what is known to be harmless."""
    line, told = 0, ""
    if isinstance(found, MarkedYAMLError):
        mark = found.problem_mark or found.context_mark
        line = mark.line + 1 if mark else 0
        told = f"{found.context or ''} {found.problem or ''}"
    why = next((cause for fragment, cause in _CAUSES if fragment in told), "")
    return _problem("expected well-formed YAML", file, line, why=why)


def _problem(what: str, file: str, line: int, *, why: str = "", hint: str = "") -> Problem:
    return Problem(what, why, Place(file, line), hint, "yaml")
