"""What a party may say with their own key, beside signing an agreement: accept the duty, answer, take back.

Each offer is the head of a statement: kind, who speaks, and exactly what it is about. The portal adds what the party
chose or wrote, and the inbox checks all of it. A text is named by a digest of its salted commitment, which says nothing
of whose words it was made from.
"""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.agreement import Agreement
from confide.model.commitment import digest, framed
from confide.model.event import Event
from confide.model.record import Record
from confide.model.statement import statement
from confide.model.view import Offer, Review
from confide.model.words import Role, role_of
from confide.policy.audience import CLIENT, audience
from confide.policy.withdrawal import EVENT, disclosure_withdrawn

ACKNOWLEDGEMENT, INPUT, WITHDRAWAL = "acknowledgement", "input", "withdrawal"
# The words that a party accepts (S-21, S-23, S-24, S-26).
DUTY = (
    "I keep to myself what I learn here, pass nothing on that the agreement does not let me pass on, and send nothing "
    "by a way that others can open."
)
CLIENTS_DUTY = (
    "I take feedback without trying to find out whom it came from, hold it against nobody, and send nothing of it by a "
    "way that others can open."
)


def offers(
    record: Record, party: str, number: int, asked: tuple[Agreement, ...], reviews: tuple[Review, ...]
) -> tuple[Offer, ...]:
    """What person `number` in the role `party` may sign now, in the order in which it matters.

    asked: the agreements that were put to this party.
    """
    return (
        *_acknowledgement(record, party, number, asked),
        *_answers(record, party, number, reviews),
        *_withdrawals(record, party, number),
    )


def exact_texts(event: Event) -> str:
    """The texts of an event as one digest, over their commitments in order."""
    return digest(framed("texts", *(exact.commitment.encode() for exact in event.sections)))


def _acknowledgement(record: Record, party: str, number: int, asked: tuple[Agreement, ...]) -> Iterator[Offer]:
    """The duty, until it is accepted. Who signs the agreement has accepted it there, but for the client's own part."""
    role = role_of(party)
    accepted = any(e.kind == "acknowledged" and e.by == party for e in record.events)
    if accepted or role in (None, Role.COACH):
        return
    client = role is Role.CLIENT
    if any(a.clauses.get("feedback") for a in asked) if client else not asked:
        duty = CLIENTS_DUTY if client else DUTY
        yield Offer(ACKNOWLEDGEMENT, "", (), _head(record, ACKNOWLEDGEMENT, party, number, duty=duty))


def _answers(record: Record, party: str, number: int, reviews: tuple[Review, ...]) -> Iterator[Offer]:
    for review in reviews:
        shown = record.event(review.event)
        if shown is not None and not review.answer:
            facts = {"target": EVENT + shown.id, "texts": exact_texts(shown)}
            yield Offer(INPUT, shown.id, (), _head(record, INPUT, party, number, **facts))


def _withdrawals(record: Record, party: str, number: int) -> Iterator[Offer]:
    """Whatever somebody else can still read about her; she takes it back alone and at once (POLICY, change)."""
    for event in record.of_kind("disclosed") if party == CLIENT else ():
        readers = tuple(to for to in event.to if to != party and disclosure_withdrawn(record, event, to) is None)
        if readers and party in audience(event, record):
            yield Offer(
                WITHDRAWAL, event.id, readers, _head(record, WITHDRAWAL, party, number, target=EVENT + event.id)
            )


def _head(record: Record, kind: str, party: str, number: int, **facts: str) -> bytes:
    return statement(kind, record.partnership.id, party, number, **facts)
