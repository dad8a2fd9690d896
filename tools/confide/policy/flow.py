"""One flow as every step reads it: who would tell whom what, from which text, on which record, at which moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from confide.model.agreement import Agreement
from confide.model.decision import Request
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.words import ORGANISATIONAL_TYPES, base_type, covers
from confide.policy.index import history

CLIENT = "client"
COACH = "coach"


@dataclass(frozen=True, slots=True)
class Flow:
    """A request on a record at a moment. `exact` is the text asked about, or what a text of that type usually is.

    `accepted` are the kinds of signature that count; `unasked`: feedback nobody asked for is accepted. `rests_on`
    collects the events without which it would be denied.
    """

    request: Request
    exact: Exact
    record: Record
    now: datetime
    accepted: tuple[str, ...]
    happened: Mapping[str, tuple[Event, ...]]
    rests_on: dict[str, None]
    unasked: bool = False

    def events(self, kind: str) -> Iterator[Event]:
        """What has happened of this kind until now, the newest first."""
        return (event for event in reversed(self.happened.get(kind, ())) if event.at <= self.now)

    def rest_on(self, *events: Event) -> None:
        self.rests_on.update((event.id, None) for event in events)

    def has(self, kind: str) -> bool:
        return kind in self.happened

    def names(self, event: Event) -> bool:
        """Whether an event names this very text."""
        commitment = self.exact.commitment
        return bool(commitment) and any(known.commitment == commitment for known in event.sections)

    def is_about(self, event: Event) -> bool:
        """Whether an event is about this: one that names texts, about these texts alone; else about the types named."""
        if event.sections:
            return self.names(event)
        return any(covers(known, self.request.what) for known in event.what)


def as_told(request: Request) -> Request:
    """The request in the form that would be told: a text gives away what it says, whatever it is asked for as."""
    if request.section is not None and request.section.form > request.form:
        return replace(request, form=request.section.form)
    return request


def flow(request: Request, record: Record, agreement: Agreement, now: datetime) -> Flow:
    """The flow that `request`, as it would be told, asks about."""
    said = agreement.clauses.get("feedback")
    unasked = isinstance(said, Mapping) and said.get("unsolicited") == "accept"
    return Flow(request, facets_of(request), record, now, agreement.accepted, history(record), {}, unasked)


def facets_of(request: Request) -> Exact:
    """The section asked about; for a question about a type alone, what a section of it usually is."""
    if request.section is not None:
        return request.section
    base = base_type(request.what)
    source = "sources" if base == "feedback" else CLIENT
    owner = "payer" if base in ORGANISATIONAL_TYPES else CLIENT
    return Exact("", "", request.what, request.form, source=source, owner=owner)


def reaches(event: Event, recipient: str) -> bool:
    """Whether what an event says of its recipients is also said of this one: itself, or the party it belongs to."""
    return recipient in event.to or recipient.partition(".")[0] in event.to
