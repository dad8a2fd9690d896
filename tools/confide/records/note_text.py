"""A note's Markdown ⇄ the model: which heading opens a section, what the section is, and what its exact text is.

CommonMark decides what a heading is (markdown-it-py): a `##` in a fence, a quote, a list or HTML opens nothing. Where
that could hide a heading that its writer took for a section of its own, the note is refused instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from confide.model.commitment import commitment, salt
from confide.model.ids import fresh, is_section
from confide.model.note import Note, Section
from confide.model.words import KNOWN_TYPES
from confide.records.fields import Report
from confide.records.note_attributes import Attributes, read_facets, split_heading
from confide.records.note_braces import split_braces
from confide.records.note_front import FrontMatter, filled_front, read_front, split_front, without_entry
from confide.records.note_outline import Heading, outline
from confide.records.tree import sealed_note

ID_LENGTH = 3
# More tries than any note has sections; a `choose` that gives the same letters for ever is a bug, not a wait.
TRIES = 10_000


def parse_note(
    text: str, partnership: str, path: str, *, types: Iterable[str] = KNOWN_TYPES
) -> tuple[Note, bytes | None]:
    """The note in `text` and its secret, if it has one yet.

    `path` is relative to the partnership (`notes/2026-02-03`). `types` are the known types of information, with those
    that the agreement adds. Raises Malformed with every problem, each with its line and never with a word of the note.
    """
    report = Report(sealed_note(partnership, path), quiet=True)
    front, body = split_front(normal(text, report), report)
    facts = read_front(front, path, report)
    report.offset = front.lines
    headings = outline(body, report)
    attributes = [split_heading(heading, report) for heading in headings]
    known = _ids(attributes, report)
    sections = tuple(
        _section(heading, attribute, body, partnership, path, facts.secret, known, tuple(types), report)
        for heading, attribute in zip(headings, attributes, strict=True)
    )
    report.stop()
    return Note(partnership, path, facts.session, facts.present, sections), facts.secret


def normal(text: str, report: Report) -> str:
    """LF line ends and no byte order mark, as CommonMark reads it (2.1)."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for line, content in enumerate(text.split("\n"), 1):
        if "\0" in content or any("\ud800" <= letter <= "\udfff" for letter in content):
            report.add("found a character that is no text", line)
    report.stop()
    return text


def _ids(attributes: Sequence[Attributes], report: Report) -> frozenset[str]:
    """The ids in this note; a repeated one is a problem, because events name sections by it."""
    first: dict[str, int] = {}
    for attribute in attributes:
        if attribute.id in first and attribute.id:
            report.add(
                f"the section id `{attribute.id}` stands here for the second time",
                attribute.line,
                why=f"first on line {first[attribute.id] + report.offset}",
                rule="section-id",
            )
        first.setdefault(attribute.id, attribute.line)
    return frozenset(first) - {""}


def _section(
    heading: Heading,
    attributes: Attributes,
    body: str,
    partnership: str,
    path: str,
    secret: bytes | None,
    known: frozenset[str],
    types: tuple[str, ...],
    report: Report,
) -> Section:
    text = section_text(attributes.title, heading, body)
    fixed = ""
    if secret is not None and attributes.id:
        fixed = commitment(salt(secret, attributes.id, text), partnership, path, attributes.id, text)
    return Section(
        ref=f"{path}#{attributes.id}",
        id=attributes.id,
        title=attributes.title,
        text=text,
        facets=read_facets(attributes, known, types, report),
        commitment=fixed,
        place=report.place(heading.line),
    )


def section_text(title: str, heading: Heading, body: str) -> str:
    """The exact text that a commitment fixes: `## title`, a blank line, the body without blank lines around it."""
    lines = body.split("\n")[heading.end : heading.until]
    while lines and not lines[0].strip(" \t"):
        lines.pop(0)
    while lines and not lines[-1].strip(" \t"):
        lines.pop()
    return "\n".join([f"## {title}", "", *lines] if lines else [f"## {title}"])


def complete(text: str, *, session: str, secret: bytes, choose: Callable[[str], str]) -> str:
    """The text with its front matter and section ids filled in where they are missing, and nothing else changed.

    `session` is a day or a note's name (`2026-02-03-2`); `choose` picks one letter at random. Line ends become LF.
    Raises Malformed where the front matter cannot be read. Idempotent.
    """
    report = Report("the note", quiet=True)
    front, body = split_front(normal(text, report), report)
    entries = {"format": "1", "session": session[:10], "secret": secret.hex()}
    whole = filled_front(front, entries, report)
    quiet = Report("the note", quiet=True)
    headings = outline(body, quiet)
    attributes = [split_heading(heading, quiet) for heading in headings]
    taken = {attribute.id for attribute in attributes} | {ref for a in attributes for ref in a.all("from")}
    lines = body.split("\n")
    for heading, attribute in zip(headings, attributes, strict=True):
        if attribute.title and not attribute.id:
            new = _fresh_id(taken, choose)
            taken.add(new)
            words = _with_id("\n".join(lines[heading.start : heading.stop]), new, heading.underlined)
            lines[heading.start : heading.stop] = words.split("\n")
    return whole + "\n".join(lines)


def _fresh_id(taken: set[str], choose: Callable[[str], str]) -> str:
    for _ in range(TRIES):
        found = "s" + fresh(ID_LENGTH, choose)
        if found not in taken and is_section(found):
            return found
    raise ValueError("no section id is left")


def _with_id(words: str, new: str, underlined: bool) -> str:
    """The heading's words with the id: into its braces, or in braces behind them; closing signs stay at the end."""
    end = len(words.rstrip())
    closing = words[:end].rstrip("#")
    if not underlined and len(closing) < end and closing.endswith((" ", "\t")):
        end = len(closing.rstrip())
    kept, rest = words[:end], words[end:]
    inside = split_braces(kept)[1]
    if inside is None:
        return f"{kept} {{#{new}}}{rest}"
    gap = " " if inside.strip() else ""
    return f"{kept[: -len(inside) - 1]}#{new}{gap}{inside}}}{rest}"


def with_line(text: str, section: str, line: str) -> str | None:
    """The text with `line` as a paragraph at the end of that section; None if it has no such section."""
    report = Report("the note", quiet=True)
    whole = normal(text, report)
    body = split_front(whole, report)[1]
    lines = body.split("\n")
    for heading in outline(body, report):
        if split_heading(heading, report).id == section:
            end = heading.until
            while end > heading.end and not lines[end - 1].strip():
                end -= 1
            lines[end:end] = ["", line]
            return whole[: len(whole) - len(body)] + "\n".join(lines)
    return None


def without_secret(text: str) -> str:
    """The text as an editor shows it: without the line that holds the secret."""
    report = Report("the note", quiet=True)
    front, body = split_front(normal(text, report), report)
    return without_entry(front, "secret", report) + body


def template(session: str, headings: Sequence[str], present: Sequence[str] = ("coach", "client")) -> str:
    """A new note to fill in: front matter, and each offered heading as given (`Goals {what=partnership-goals}`)."""
    front = f"---\nformat: 1\nsession: {session[:10]}\npresent: [{', '.join(present)}]\n---\n"
    return front + "\n".join(f"## {heading}\n\n" for heading in headings)


__all__ = ["FrontMatter", "complete", "parse_note", "template", "without_secret"]
