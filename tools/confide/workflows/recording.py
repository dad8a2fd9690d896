"""Recording an event together with what a person wrote about it, which never stands in the open (promise 5)."""

from __future__ import annotations

from dataclasses import replace

from confide.model.commitment import digest
from confide.model.event import Event
from confide.records import tree, yaml
from confide.workflows.practice import Practice

COACH = "coach"


def add_with_words(practice: Practice, event: Event, words: str) -> Event:
    """Record an event; what a person wrote is sealed beside it in the same commit (promise 5)."""
    if not words:
        return practice.add(event)
    public = practice.read(tree.partnership_key(event.partnership))
    plain = yaml.render({"detail": 1, "words": words})
    sealed = practice.gpg.sign_and_encrypt(plain, practice.coach, public, practice.now)
    event = replace(event, detail=digest(sealed))
    return practice.add(event, {tree.event_detail(event.partnership, event.name): sealed})
