"""The view of one party: everything their site is made of, and nothing else (promise 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from confide.model.agreement import Agreement
from confide.model.words import Attribution, Form


@dataclass(frozen=True)
class Text:
    """The opened text of one section: its title and its Markdown, as the commitment in the event fixes it."""

    title: str
    markdown: str


@dataclass(frozen=True)
class Shown:
    """One section that a party may read: the text, and the disclosure, clause and agreement that allowed it."""

    event: str
    at: datetime
    to: str
    by: str
    what: str
    form: Form
    attribution: Attribution
    channel: str
    subject: str
    text: Text
    agreement: int
    clauses: tuple[int, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """One signature under an agreement."""

    party: str
    number: int
    at: datetime
    strength: str
    event: str


@dataclass(frozen=True)
class AgreementView:
    """One agreement the party is asked to sign, its signatures so far, and what to sign if they have not.

    `statement` holds the exact bytes that a signature covers; empty once this party has signed.
    """

    agreement: Agreement
    source: str
    proposed: datetime
    event: str
    signatures: tuple[Signature, ...]
    missing: tuple[str, ...]
    statement: bytes = b""

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Entry:
    """One line of the accounting of disclosures: what happened, to whom, when, in what form, under which clause."""

    event: str
    kind: str
    at: datetime
    by: str
    to: tuple[str, ...]
    what: tuple[str, ...]
    form: Form | None
    channel: str
    agreement: int
    clauses: tuple[int, ...]
    terms: tuple[str, ...]
    withdrawn: datetime | None = None


@dataclass(frozen=True)
class View:
    """What `party` of `partnership` may see. Two equal views give the same bytes of a site.

    names: party → the people in that role whom this party knows from the agreement. others: for the client, what each
    other party can read about her. number: which person in the role reads, because each signs for themselves.
    """

    partnership: str
    party: str
    role: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    agreements: tuple[AgreementView, ...]
    in_force_from: tuple[tuple[int, datetime], ...]
    shown: tuple[Shown, ...]
    entries: tuple[Entry, ...]
    others: tuple[tuple[str, tuple[Shown, ...]], ...]
    adviser: tuple[str, ...]
    ended: datetime | None = None
    number: int = 1
