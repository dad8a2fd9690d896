"""Extracts of notes: chosen sentences with a commitment of their own, sealed as the document of an event."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from confide.model.commitment import commitment, salt
from confide.model.event import Event, Exact
from confide.model.problem import Malformed, NotAllowed, Problem, Usage
from confide.model.words import Form
from confide.policy.extract import extract, sentences
from confide.records import note_text, tree
from confide.workflows import notes
from confide.workflows.disclose import exact
from confide.workflows.opening import opened
from confide.workflows.practice import Practice

WHOLE = "all"


@dataclass(frozen=True)
class Part:
    """What was chosen of one section: as an event would name it, and its words."""

    exact: Exact
    text: str


def numbered(practice: Practice, partnership: str, ref: str) -> tuple[str, ...]:
    """The sentences of a section, to choose from."""
    return sentences(notes.section(practice, partnership, ref).text)


def part(practice: Practice, partnership: str, ref: str, choice: str) -> Part:
    """The sentences of `ref` that `choice` names (`1,3-4`), or the whole text for `all`. A draft has no facets."""
    section = notes.section(practice, partnership, ref)
    if section.facets.draft:
        raise NotAllowed(
            Problem(
                f"{section.ref.removeprefix('notes/')} is a draft",
                "it does not say what it is, so nobody can tell whether the case covers it",
                section.place,
                "give its heading a type, for example `what=conflicts`",
                "draft-section",
            )
        )
    if choice == WHOLE:
        return Part(exact(section), section.text)
    try:
        text = extract(section.text, choice)
    except ValueError as wrong:
        raise Usage(
            Problem("that is no choice of sentences", str(wrong), section.place, "write their numbers: 1,3-4")
        ) from None
    path = section.ref.partition("#")[0]
    plain = notes.plaintext(practice, partnership, path)
    types = notes.known_types(practice, partnership)
    secret = note_text.parse_note(plain, partnership, path, types=types)[1]
    if secret is None:
        raise NotAllowed(Problem("the note has no secret yet", "nothing can fix the exact text", section.place))
    salted = salt(secret, section.id, text)
    fixed = commitment(salted, partnership, path, section.id, text)
    return Part(replace(exact(section), commitment=fixed, form=Form.VERBATIM), text)


def document(parts: tuple[Part, ...]) -> bytes:
    """The extract as it is sealed: who reads it with plain gpg sees each part with its facets."""
    rows = [{**_facets(one.exact), "text": one.text} for one in parts]
    return json.dumps({"extract": 1, "parts": rows}, indent=1, ensure_ascii=False).encode() + b"\n"


def sealed_parts(practice: Practice, event: Event) -> tuple[Part, ...]:
    """The extract behind an event, opened. Raises Malformed for a document that is none."""
    if not event.document:
        return ()
    path = tree.event_document(event.partnership, event.name)
    data = opened(practice, event.partnership, path, f"the extract of {event.id}")
    try:
        return tuple(_part(row) for row in json.loads(data)["parts"])
    except (ValueError, KeyError, TypeError):
        raise Malformed(
            Problem("the extract does not read", "another program sealed it", tree.place(path), "choose it again")
        ) from None


def _facets(one: Exact) -> dict[str, Any]:
    named = ("section", "commitment", "what", "subject", "source", "owner")
    return {**{name: getattr(one, name) for name in named}, "form": one.form.word, "flags": list(one.flags)}


def _part(row: dict[str, Any]) -> Part:
    named = ("section", "commitment", "what", "subject", "source", "owner")
    words = {name: str(row[name]) for name in named}
    return Part(Exact(**words, form=Form[str(row["form"]).upper()], flags=tuple(row["flags"])), str(row["text"]))
