"""The view of one party: everything their site is made of, and nothing else (promise 2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from confide.model.agreement import Agreement
from confide.model.words import Attribution, Form


@dataclass(frozen=True)
class Attachment:
    """A document or picture that a section's text names by its digest (`sha256:…`). `suffix` says what it is."""

    label: str
    digest: str
    suffix: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Text:
    """The opened text of one section: its title and its Markdown, as the commitment in the event fixes it."""

    title: str
    markdown: str
    attachments: tuple[Attachment, ...] = ()


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
class Review:
    """Texts that a client reads before anybody else does, and what they have answered.

    until: the last day to answer, None where no end was set. answer: `given`, `declined`, `waived`, or empty so far.
    texts: for each its type, its form and the text itself.
    """

    event: str
    at: datetime
    by: str
    until: date | None
    texts: tuple[tuple[str, Form, Text], ...]
    answer: str = ""
    answered: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What the coach answered to something this person had written, with both their words."""

    event: str
    at: datetime
    asked: datetime
    question: str
    words: str


@dataclass(frozen=True)
class Offer:
    """What a party may do with their key, unasked or asked: the kind of statement, what it is about (an event's id, a
    clause as `term/…`, or empty), whom it concerns, the first lines of what is signed, and which types it is about."""

    kind: str
    target: str
    to: tuple[str, ...]
    statement: bytes
    what: tuple[str, ...] = ()


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
    """One line of the accounting of disclosures: what happened, to whom, when, in what form, under which clause.

    corrects: the id of an earlier entry that said something wrong.
    """

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
    scope: str = ""
    opened: bool = False
    corrects: str = ""


@dataclass(frozen=True)
class View:
    """What `party` of `partnership` may see. Two equal views give the same bytes of a site.

    names: party → the people in that role whom this party knows from the agreement. others: for the client, what each
    other party can read about her. number: which person in the role reads, because each signs for themselves. reviews:
    what a client reads first and has not settled yet. offers: what this person may sign beside the agreements.
    answers: what the coach answered to them alone.
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
    reviews: tuple[Review, ...] = ()
    offers: tuple[Offer, ...] = ()
    answers: tuple[Answer, ...] = ()
