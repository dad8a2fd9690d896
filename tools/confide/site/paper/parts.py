"""The whole agreement as numbered sentences: every key of the file is said, and nothing that is not in it.

Two sentences are not in the file but in how the program reads it: that nothing is shared before all have signed, and
that a clause which forbids prevails. Whoever signs has to know them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from confide.model.agreement import Agreement, Term
from confide.site.paper import clauses, exceptions, frame, summary
from confide.site.paper.labels import Neutral, elsewhere
from confide.site.sentences import conditions, lead

Say = Callable[[Agreement, Neutral], Iterator[str]]


@dataclass(frozen=True)
class Part:
    """One part: its key, its heading, and its sentences, which are numbered from 1."""

    key: str
    title: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """One term as sentences: the number that records of what was told cite, what it says, and what else."""

    number: int
    id: str
    shares: bool
    says: str
    conditions: tuple[str, ...]


# Before the clauses, and after them.
BEFORE: tuple[tuple[str, str, Say], ...] = (
    ("duration", "When it applies", frame.duration),
    ("definitions", "What words mean", frame.definitions),
)
AFTER: tuple[tuple[str, str, Say], ...] = (
    ("consent", "Who must agree", frame.consent),
    ("summary", "The summary for whoever pays", summary.says),
    ("feedback", "Feedback from others", clauses.feedback),
    ("channels", "Ways of sharing", clauses.channels),
    ("exceptions", "When confidentiality may be set aside", exceptions.says),
    ("adviser", "Advice on confidentiality, and requests", frame.adviser),
    ("data", "Personal data, and how long records are kept", clauses.data),
    ("ending", "How it ends", frame.ending),
    ("law", "Law, other documents, and signing", frame.law),
)


def before(agreement: Agreement, labels: Neutral) -> tuple[Part, ...]:
    """What stands in front of the clauses."""
    return tuple(_parts(BEFORE, agreement, labels))


def after(agreement: Agreement, labels: Neutral) -> tuple[Part, ...]:
    """What stands behind them."""
    return tuple(_parts(AFTER, agreement, labels))


def clauses_of(agreement: Agreement, labels: Neutral) -> tuple[Clause, ...]:
    """Every term, numbered as everywhere else."""
    return tuple(_clause(number, term, agreement, labels) for number, term in enumerate(agreement.terms, 1))


def _parts(known: tuple[tuple[str, str, Say], ...], agreement: Agreement, labels: Neutral) -> Iterator[Part]:
    for key, title, say in known:
        if says := tuple(map(elsewhere, say(agreement, labels))):
            yield Part(key, title, says)


def _clause(number: int, term: Term, agreement: Agreement, labels: Neutral) -> Clause:
    more = tuple(map(elsewhere, conditions(term, agreement, labels)))
    return Clause(number, term.id, term.shares, elsewhere(lead(term, labels)), more)
