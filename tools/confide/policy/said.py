"""The exact statement behind what a party said with their key, rebuilt from the event alone and what stood before it.

The portal shows it, the party signs it, the inbox and `verify` make it again: a signature fits one statement only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from confide.model.commitment import digest, framed
from confide.model.event import Event
from confide.model.record import Record
from confide.model.statement import permission_statement, statement
from confide.model.words import Role, Strength, role_of
from confide.policy.withdrawal import EVENT

# The words that a party accepts (S-21, S-23, S-24, S-26).
DUTY = (
    "I keep to myself what I learn here, pass nothing on that the agreement does not let me pass on, and send nothing "
    "by a way that others can open."
)
CLIENTS_DUTY = (
    "I take feedback without trying to find out whom it came from, hold it against nobody, and send nothing of it by a "
    "way that others can open."
)


def exact_texts(event: Event) -> str:
    """The texts of an event as one digest, over their commitments in order."""
    return digest(framed("texts", *(exact.commitment.encode() for exact in event.sections)))


def acknowledgement(_: Record, event: Event) -> bytes:
    """Whoever learns something keeps it (S-21); a client does not ask who said it (S-24)."""
    duty = CLIENTS_DUTY if role_of(event.by) is Role.CLIENT else DUTY
    return statement("acknowledgement", event.partnership, event.by, event.number, duty=duty)


def withdrawal(_: Record, event: Event) -> bytes:
    """What is taken back, and from whom. It names no predecessor: it only narrows, so it never comes too late."""
    facts = {"target": event.target, "from": ", ".join(event.to), "agreement": str(event.agreement)}
    return statement("withdrawal", event.partnership, event.by, event.number, **facts)


def answer_head(record: Record, event: Event) -> bytes:
    """Which texts are answered; the answer and its words follow."""
    shown = record.event(event.target.removeprefix(EVENT))
    facts = {"target": event.target, "texts": exact_texts(shown) if shown else "none"}
    return statement("input", event.partnership, event.by, event.number, **facts)


def answer(record: Record, event: Event) -> bytes:
    """An answer before a text is shared (S-13): given or declined, and the words by their commitment."""
    return answer_head(record, event) + answer_lines(event.evidence, event.document)


def answer_lines(evidence: str, words: str) -> bytes:
    return f"answer: {evidence}\nwords: {words or 'none'}\n".encode()


def message_head(event: Event) -> bytes:
    return statement("message", event.partnership, event.by, event.number)


def message(_: Record, event: Event) -> bytes:
    """A question or a concern: the words by their commitment, and in the open not even which of the two."""
    return message_head(event) + message_lines(event.document)


def message_lines(words: str) -> bytes:
    return f"words: {words}\n".encode()


def permission(_: Record, event: Event) -> bytes:
    return permission_statement(event)


# Kind of event → its statement. Agreements are signed as files, by a statement of their own.
STATEMENTS: Mapping[str, Callable[[Record, Event], bytes]] = {
    "permitted": permission,
    "acknowledged": acknowledgement,
    "withdrawn": withdrawal,
    "input": answer,
    "case": message,
}

# How far back a permission may have been signed: what somebody writes in one sitting, with room to spare.
_MOST = 40


def candidates(record: Record, event: Event) -> Iterator[bytes]:
    """Every statement that a signature under `event` may be over: its own, and for a permission given at the portal the
    same on top of what they could see a little earlier.

    Between signing and recording they may have asked a question, or been told something. What must not lie between is a
    word of their own against it: a withdrawal, or a narrowing, which a permission from before would undo.
    """
    yield STATEMENTS[event.kind](record, event)
    if event.kind != "permitted" or event.strength != Strength.PORTAL.value:
        return
    own, seen = event.by, 0
    for known in reversed(record.events):
        if own not in known.previous:
            continue
        seen += 1
        against = known.kind == "withdrawn" or (known.kind == "permitted" and known.evidence != "signed")
        if seen > _MOST or (against and known.by == own):
            return
        yield permission(record, replace(event, previous={own: known.previous[own]}))
