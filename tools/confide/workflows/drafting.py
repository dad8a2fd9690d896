"""Which version a draft is, and what it starts from: the first, a draft being replaced, or an amendment."""

from __future__ import annotations

from collections.abc import Callable

from confide.policy import force
from confide.records import tree
from confide.workflows import draft, people
from confide.workflows.practice import Practice


def next_version(
    practice: Practice, partnership: str, text: bytes | None, answers: Callable[[], draft.Answers]
) -> tuple[int, bytes]:
    """The number and the bytes of a new draft. A draft that nobody was asked to sign yet is replaced by `text`."""
    record = practice.trusted(partnership)
    versions = practice.versions(partnership)
    newest = versions[-1] if versions else 0
    agreement = record.agreement(newest) if newest else None
    proposed = agreement is not None and force.proposal(record, agreement) is not None
    version = newest + 1 if proposed or not newest else newest
    if text is not None:
        return version, text
    if version == 1:
        return version, draft.first(answers())
    before = (practice.root / tree.agreement(partnership, version - 1)).read_bytes()
    digest = people.load(practice, partnership).digest
    return version, draft.amendment(before, version, digest, practice.now.date())
