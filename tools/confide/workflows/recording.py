"""Recording an event together with what a person wrote about it, which never stands in the open (promise 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from confide.model.commitment import digest
from confide.model.detail import Detail, Step
from confide.model.event import Event
from confide.records import tree
from confide.records.detail_file import parse_detail, render_detail
from confide.workflows.opening import opened
from confide.workflows.practice import Practice

COACH = "coach"
CASE = "case"


def seal(practice: Practice, partnership: str, data: bytes, files: Mapping[str, bytes | None] | None = None) -> bytes:
    """`data` signed by the coach and encrypted to the partnership: to its new key, where `files` bring one."""
    path = tree.partnership_key(partnership)
    public = (files or {}).get(path) or practice.read(path)
    return practice.gpg.sign_and_encrypt(data, practice.coach, public, practice.now)


def add_with_detail(
    practice: Practice, event: Event, detail: Detail, files: Mapping[str, bytes | None] | None = None
) -> Event:
    """Record an event; its detail is sealed beside it in the same commit, and fixed by it."""
    sealed = seal(practice, event.partnership, render_detail(detail), files)
    event = replace(event, detail=digest(sealed))
    return practice.add(event, {**(files or {}), tree.event_detail(event.partnership, event.name): sealed})


def add_with_words(
    practice: Practice, event: Event, words: str, files: Mapping[str, bytes | None] | None = None
) -> Event:
    """Record an event; what a person wrote is sealed beside it in the same commit (promise 5)."""
    return add_with_detail(practice, event, Detail(words), files) if words else practice.add(event, files)


def add_with_document(practice: Practice, event: Event, document: bytes, words: str = "") -> Event:
    """Record an event with what it rests on (a scan, an archived page), sealed beside it; the event fixes the bytes."""
    event, files = with_document(practice, event, document)
    return add_with_words(practice, event, words, files)


def with_document(practice: Practice, event: Event, document: bytes) -> tuple[Event, dict[str, bytes | None]]:
    """The event that fixes `document`, and the file, sealed, that has to be recorded with it."""
    sealed = seal(practice, event.partnership, document)
    return replace(event, document=digest(sealed)), {tree.event_document(event.partnership, event.name): sealed}


def detail_of(practice: Practice, event: Event) -> Detail:
    """What was written about an event; empty where nothing was. Raises Malformed where it does not open or read."""
    if not event.detail:
        return Detail()
    path = tree.event_detail(event.partnership, event.name)
    return parse_detail(opened(practice, event.partnership, path, f"what was written about {event.id}"), path)


def case_steps(practice: Practice, partnership: str) -> tuple[Step, ...]:
    """Every step of every case of a partnership, opened, in the order of the record."""
    return tuple(Step(event, detail_of(practice, event)) for event in practice.record(partnership).of_kind(CASE))
