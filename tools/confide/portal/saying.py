"""What a party can say through the portal, by the name in its address: offers of their site, questions, concerns."""

from __future__ import annotations

from dataclasses import replace

from confide.model.event import Event
from confide.policy import said
from confide.portal.outgoing import INPUT, MESSAGE, WITHDRAWAL, Words
from confide.vault.manifest import Ask, Manifest
from confide.vault.reader_state import read_moment

QUESTION, CONCERN = "question", "concern"
ANSWERS = ("given", "declined")
_TITLES = {QUESTION: "Ask your coach a question", CONCERN: "Raise a concern"}


def find(manifest: Manifest, name: str) -> Ask | None:
    """What can be said under this name."""
    return manifest.ask(name) or manifest.offer(name) or (_message(manifest, name) if name in _TITLES else None)


def everything(manifest: Manifest) -> tuple[Ask, ...]:
    """All that can be said, what is asked first."""
    return (*manifest.asks, *manifest.offers, *(_message(manifest, name) for name in _TITLES))


def _message(manifest: Manifest, name: str) -> Ask:
    at = read_moment("1970-01-01T00:00:00Z")
    nobody = Event("", "case", manifest.partnership, at, manifest.party, number=manifest.number)
    return Ask(name, MESSAGE, _TITLES[name], said.message_head(nobody).decode(), "")


def is_written(ask: Ask) -> bool:
    """Whether a person writes something before they sign it."""
    return ask.kind in (INPUT, MESSAGE)


def whole(ask: Ask, words: Words | None) -> Ask | None:
    """The ask with its whole statement; None where words are missing, or do not belong."""
    if not is_written(ask):
        return ask if words is None else None
    if words is None or not _fit(ask, words):
        return None
    return replace(ask, statement=ask.statement + words.lines(ask.kind))


def _fit(ask: Ask, words: Words) -> bool:
    if ask.kind == INPUT:
        return words.kind in ANSWERS and bool(words.text) == (words.kind == ANSWERS[0])
    return words.kind == ask.id and bool(words.text)


def sent_as(ask: Ask, item: str) -> str:
    """Under which name it is remembered: a message may be sent again, everything else is said once. The host reads the
    name: whether a message is a question or a concern is nobody's but the coach's to know (S-24)."""
    return f"{MESSAGE}-{item}" if ask.kind == MESSAGE else ask.id


def concerned(ask: Ask) -> frozenset[str]:
    """The parties from whom something is taken back at once."""
    if ask.kind != WITHDRAWAL:
        return frozenset()
    lines = (line.partition(": ") for line in ask.statement.splitlines())
    return frozenset(party for name, _, value in lines if name == "from" for party in value.split(", "))
