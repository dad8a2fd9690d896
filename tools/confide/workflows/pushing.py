"""Before a push: the history verifies, no draft is broken, and nobody's name stands in what leaves this machine (S-06).

The rules over what is already on record do not stop a push: a lapse has to be able to leave, too (promise 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from confide.ledger import codec
from confide.model.problem import Place, Problem, Refused
from confide.records import tree
from confide.workflows import people
from confide.workflows.practice import Practice

SETTING_SCAN = "confide.scan"
# Shorter parts of names are words of other sentences too.
_SHORTEST = 4


def before(path: Path, now: datetime) -> tuple[Problem, ...]:
    """Everything that stands against pushing from `path`; the scan for names asks for the keystore, if told to."""
    try:
        practice = Practice.open(path, now)
        found = list(practice.verification.problems)
        if not found and practice.repo.config(SETTING_SCAN) == "true":
            found += names_in_the_open(practice)
    except Refused as refused:
        return refused.problems
    return tuple(found)


def names_in_the_open(practice: Practice) -> Iterator[Problem]:
    """Every place outside ciphertext where somebody on a sealed list is named. The name itself is not repeated.

    Looks at every readable file of the repository as it is now, at its path, and at every message in words of its own.
    """
    known = _names(practice)
    if known is None:
        return
    head = practice.sound().head
    for path, blob in practice.repo.paths(head, "").items():
        if known.search(path):
            yield _named(tree.ROOT)
        if not path.endswith((".gpg", ".asc", ".sig")) and known.search(
            practice.repo.blob(blob).decode(errors="replace")
        ):
            yield _named(path)
    rendered = frozenset(practice.sound().introduced.values())
    for commit in practice.repo.commits():
        if commit.id not in rendered and not codec.is_plain(commit.message) and known.search(commit.message):
            yield Problem(f"commit {commit.short} names somebody", "its message stands in the open", rule="name")


def _named(path: str) -> Problem:
    hint = "put it in other words, or write it into a note; what was pushed before cannot be taken back"
    return Problem("somebody is named in the open", "whoever has a copy could read it", Place(path), hint, "name")


def _names(practice: Practice) -> re.Pattern[str] | None:
    """Whole names, and their parts that are no short words; the keeper's own stands on every commit anyway."""
    own = (practice.repo.config("user.name") or "").casefold()
    words: set[str] = set()
    for partnership in practice.ids():
        for person in people.load(practice, partnership).persons:
            if person.name.casefold() != own:
                words |= {person.name, *(part for part in person.name.split() if len(part) >= _SHORTEST)}
    own_parts = set(own.split())
    words = {word for word in words if word.casefold() not in own_parts}
    if not words:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b", re.IGNORECASE)
