"""Recording an event together with what a person wrote about it, which never stands in the open (promise 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from confide.model.commitment import digest
from confide.model.event import Event
from confide.records import tree, yaml
from confide.workflows.practice import Practice

COACH = "coach"


def seal(practice: Practice, partnership: str, data: bytes) -> bytes:
    """`data` signed by the coach and encrypted to the partnership."""
    public = practice.read(tree.partnership_key(partnership))
    return practice.gpg.sign_and_encrypt(data, practice.coach, public, practice.now)


def add_with_words(
    practice: Practice, event: Event, words: str, files: Mapping[str, bytes | None] | None = None
) -> Event:
    """Record an event; what a person wrote is sealed beside it in the same commit (promise 5)."""
    if not words:
        return practice.add(event, files)
    sealed = seal(practice, event.partnership, yaml.render({"detail": 1, "words": words}))
    event = replace(event, detail=digest(sealed))
    return practice.add(event, {**(files or {}), tree.event_detail(event.partnership, event.name): sealed})


def add_with_document(practice: Practice, event: Event, document: bytes, words: str = "") -> Event:
    """Record an event with what it rests on (a scan, an archived page), sealed beside it; the event fixes the bytes."""
    sealed = seal(practice, event.partnership, document)
    event = replace(event, document=digest(sealed))
    return add_with_words(practice, event, words, {tree.event_document(event.partnership, event.name): sealed})
