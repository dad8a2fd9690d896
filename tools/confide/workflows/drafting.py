"""Which version a draft is, and what it starts from: the first, a draft being replaced, or an amendment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from confide.model.agreement import Agreement
from confide.model.problem import Problem, Usage
from confide.policy import force
from confide.workflows import agreements, draft, people
from confide.workflows.practice import Practice


@dataclass(frozen=True)
class Span:
    """The days of an amendment, where they are said; `others` are answers that only a first agreement can use."""

    effective: date | None = None
    until: date | None = None
    others: tuple[str, ...] = ()


def next_version(
    practice: Practice, partnership: str, text: bytes | None, answers: Callable[[], draft.Answers], span: Span
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
    return version, _amended(practice, partnership, version, span)


def _amended(practice: Practice, partnership: str, version: int, span: Span) -> bytes:
    """The version before with new days; answers that would not be heard are refused."""
    if span.others:
        raise Usage(
            Problem(
                f"an amendment does not ask for `{span.others[0]}`",
                f"it starts from the text of agreement {version - 1}",
                hint="draft it with --effective and --until only, then change the file and commit it",
            )
        )
    before, data = agreements.load(practice, partnership, version - 1)
    effective = span.effective or practice.now.date()
    digest = people.load(practice, partnership).digest
    return draft.amendment(data, version, digest, effective, span.until or _as_long(before, effective))


def _as_long(before: Agreement, effective: date) -> date:
    """The last day there was, or as many days again where that has passed."""
    return before.until if before.until >= effective else effective + (before.until - before.effective)
