"""The agreement: six facets to every term (S-28), and everything a lawyer asks for beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from confide.model.problem import Place
from confide.model.words import Attribution, Effect, Form, covers

ALWAYS = "always"
PROMPTLY = "promptly"
EVERY = "every"
ON = "on"
# Duties that must be met before a disclosure (POLICY 8).
DUTIES_BEFORE = ("client-first", "client-informed", "acknowledged", "consulted")


@dataclass(frozen=True)
class Moment:
    """One entry of `when`: `always`, `promptly`, a duty to meet before, `every` period, or `on` a date."""

    kind: str
    value: str = ""

    @property
    def is_duty(self) -> bool:
        return self.kind in DUTIES_BEFORE

    def __str__(self) -> str:
        return f"{self.kind} {self.value}".strip()


@dataclass(frozen=True)
class Circumstances:
    """Under what circumstances: always (`that` empty), or when `attested_by` has attested `that` (POLICY 4)."""

    attested_by: str = ""
    that: str = ""

    @property
    def always(self) -> bool:
        return not self.that


@dataclass(frozen=True)
class Term:
    """One row: share or withhold, what, with whom, by whom, when, in what form, under what circumstances.

    None for a facet means that the agreement leaves it out: *any* in a withhold term, an error in a share term.
    """

    id: str
    effect: Effect
    what: tuple[str, ...] | None
    recipients: tuple[str, ...] | None
    senders: tuple[str, ...] | None
    when: tuple[Moment, ...] | None
    form: Form | None
    circumstances: Circumstances | None
    together: bool = False
    attribution: Attribution | None = None
    channel: tuple[str, ...] | None = None
    onward: tuple[str, ...] | None = None
    not_for: tuple[str, ...] = ()
    unless: str = ""
    place: Place = field(default=Place(""), compare=False)

    @property
    def shares(self) -> bool:
        return self.effect is Effect.SHARE

    def about(self, what: str) -> bool:
        """Whether the term speaks of the type. A withhold for one subtype also meets the type left unqualified:
        nobody has said that the text is *not* of that subtype (fail closed)."""
        if self.what is None:
            return not self.shares
        if any(covers(known, what) for known in self.what):
            return True
        return not self.shares and any(covers(what, known) for known in self.what)

    def reaches(self, recipient: str) -> bool:
        """Whether the term speaks of the recipient. A withhold for `payer` also covers `payer.hr`."""
        if self.recipients is None:
            return not self.shares
        if recipient in self.recipients:
            return True
        return not self.shares and recipient.partition(".")[0] in self.recipients


@dataclass(frozen=True)
class Agreement:
    """One version of a partnership's agreement, as signed: `digest` is of the exact bytes of its file.

    `effective` counts from midnight, `until` to the end of that day, both in `time_zone` (IANA name). `clauses`
    keeps the parts that later steps read: ending, definitions, summary, feedback, exceptions, data, retention.
    """

    partnership: str
    version: int
    digest: str
    people: str
    signatories: tuple[str, ...]
    accepted: tuple[str, ...]
    effective: date
    until: date
    time_zone: str
    law: str
    consent: Mapping[str, tuple[str, ...]]
    terms: tuple[Term, ...]
    types: Mapping[str, str]
    channels: Mapping[str, str]
    settings: Mapping[str, Any]
    clauses: Mapping[str, Any]
    place: Place = field(default=Place(""), compare=False)

    def term(self, term_id: str) -> Term | None:
        return next((t for t in self.terms if t.id == term_id), None)

    def clause_number(self, term_id: str) -> int:
        """The position of a term counted from 1, as pages call it; 0 if it is not a term of this version."""
        return next((n for n, t in enumerate(self.terms, 1) if t.id == term_id), 0)

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody the agreement names, in order of appearance."""
        seen: dict[str, None] = dict.fromkeys(self.signatories)
        for term in self.terms:
            for group in (term.recipients, term.senders, term.onward):
                seen.update(dict.fromkeys(group or ()))
        return tuple(seen)
