"""The braces at a heading's end: `{#s2 what=partnership-goals/shared form=summary from=s1}`.

Nothing in them is guessed or skipped, and no problem repeats a word of the heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from confide.model.ids import is_section
from confide.model.note import Facets
from confide.model.words import ORGANISATIONAL_TYPES, Form, base_type
from confide.records.fields import Report
from confide.records.note_braces import has_stray_brace, split_braces
from confide.records.note_outline import Heading
from confide.records.shapes import FLAG, FORM, PARTY, TERM, Shape, information_type
from confide.records.wording import meant

_SPACE = re.compile(r"[ \t\n]+")
_CLOSING = re.compile(r"(?:^|(?<=[ \t]))(#+)\Z")
NAMES = ("what", "form", "from", "subject", "source", "owner", "flags", "terms")
_DRAFT = "draft"


@dataclass(frozen=True)
class Attributes:
    """What stands in one heading's braces, and the title in front of them."""

    title: str
    line: int
    id: str = ""
    draft: bool = False
    values: Mapping[str, str] = field(default_factory=dict)

    def all(self, name: str) -> tuple[str, ...]:
        """The words of a list (`from=s1,s2`)."""
        return tuple(self.values[name].split(",")) if name in self.values else ()


def split_heading(heading: Heading, report: Report) -> Attributes:
    """The title and the attributes of a heading."""
    words, inside = split_braces(heading.content)
    title = _title(words)
    line = heading.line
    if not title:
        report.add("a section has a heading without words", line, hint="give it a title", rule="section")
    if has_stray_brace(title):
        report.add(
            "attributes belong into one pair of braces at the heading's end",
            line,
            hint="`## Title {#s1 what=partnership-goals}`; write `\\{` for a brace that is part of the title",
            rule="attributes",
        )
    section_id, draft = "", False
    values: dict[str, str] = {}
    for word in _SPACE.sub(" ", inside or "").split(" "):
        name, equals, value = word.partition("=")
        if not word:
            continue
        if word.startswith("#"):
            section_id = _once("#", section_id, word[1:], line, report)
        elif word == _DRAFT:
            draft = True
        elif not equals or name not in NAMES:
            hint = meant(name, (*NAMES, _DRAFT)) or f"known here: #id, {', '.join(NAMES)}, {_DRAFT}"
            report.add("found an unknown attribute", line, hint=hint, rule="attributes")
        else:
            values[name] = _once(name, values.get(name, ""), value, line, report)
    if section_id and not is_section(section_id):
        report.add(
            "expected a section id of `s` and letters with a digit among them, found another",
            line,
            why="ids stand in the open and must not be words",
            hint="leave it out: `confide` gives every section an id",
            rule="section-id",
        )
    return Attributes(title, line, section_id, draft, values)


def _title(words: str) -> str:
    """One line; number signs at its end are kept from being read as the heading's closing (CommonMark 4.2)."""
    return _CLOSING.sub(lambda signs: "\\" + signs[1], _SPACE.sub(" ", words).strip())


def _once(name: str, before: str, value: str, line: int, report: Report) -> str:
    if before:
        report.add(f"the attribute `{name}` stands here twice", line, rule="attributes")
    elif not value:
        report.add(f"the attribute `{name}` says nothing", line, rule="attributes")
    return value


def read_facets(attributes: Attributes, known: frozenset[str], types: tuple[str, ...], report: Report) -> Facets:
    """The facets; `known` are the ids of the note's sections, `types` the known types of information."""
    facets = _Reader(attributes, report)
    what = facets.one("what", information_type(types))
    form = facets.one("form", FORM)
    if what and base_type(what) in ORGANISATIONAL_TYPES and "owner" not in attributes.values:
        report.add(
            f"a section of the type `{what}` says whose information it is",
            attributes.line,
            why="it usually belongs to the organisation, not to the person",
            hint="add `owner=payer`, or `owner=client` if it is hers",
            rule="S-08",
        )
    return Facets(
        what=None if attributes.draft or not what else what,
        form=Form[form.upper()] if form else Form.VERBATIM,
        subject=facets.one("subject", PARTY) or "client",
        source=facets.one("source", PARTY) or "client",
        owner=facets.one("owner", PARTY) or "client",
        flags=frozenset(facets.many("flags", FLAG)),
        made_from=_made_from(attributes, known, report),
        terms=facets.many("terms", TERM),
    )


@dataclass(frozen=True)
class _Reader:
    attributes: Attributes
    report: Report

    def one(self, name: str, shape: Shape) -> str:
        value = self.attributes.values.get(name, "")
        return self._fitting(name, value, shape) if value else ""

    def many(self, name: str, shape: Shape) -> tuple[str, ...]:
        return tuple(word for word in self.attributes.all(name) if self._fitting(name, word, shape))

    def _fitting(self, name: str, value: str, shape: Shape) -> str:
        if shape.fits(value):
            return value
        self.report.add(
            f"`{name}`: expected {shape.expected}, found another word",
            self.attributes.line,
            hint=meant(value, shape.known) or shape.hint,
            rule=shape.rule or "attributes",
        )
        return ""


def _made_from(attributes: Attributes, known: frozenset[str], report: Report) -> tuple[str, ...]:
    found = attributes.all("from")
    for ref in found:
        if ref not in known or ref == attributes.id:
            report.add(
                "`from`: expected the id of another section of this note, found another",
                attributes.line,
                hint=f"known here: {', '.join(sorted(known - {attributes.id}))}" if known - {attributes.id} else "",
                rule="attributes",
            )
    return found
