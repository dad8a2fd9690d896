"""What a party sent, judged before anything is recorded: who it is from, what it asks, and whether that can be.

Whatever is wrong here is wrong with the item. What is wrong with this machine or this record is raised as well, but
by `Practice`, before or after: an item is never set aside because a key or a branch was missing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from confide.model.event import Event
from confide.model.problem import Malformed, NotAllowed, Problem
from confide.model.statement import statement
from confide.policy import force
from confide.records import tree
from confide.vault.portal_inbox import Item
from confide.vault.ring import Ring
from confide.vault.sequoia import Certificate, verify_detached
from confide.workflows import signing
from confide.workflows.practice import TOLERANCE, Practice
from confide.workflows.readers import Reader, readers

HEAD = b"confide/1 inbox\n"
ENROLMENT, SIGNATURE = "enrolment", "signature"


class NotYetEnrolled(NotAllowed):
    """Signed by a key that still waits to be confirmed: the item waits with it."""


@dataclass(frozen=True)
class Said:
    """An item that was opened: from which address, what it asks, and the key that signed it."""

    kind: str
    reader: Reader
    certificate: Certificate
    facts: dict[str, Any] = field(repr=False)

    def text(self, name: str) -> str:
        return str(self.facts.get(name, ""))

    @property
    def signature(self) -> bytes:
        return self.text("signature").encode()


def read(practice: Practice, item: Item, keys: Ring) -> Said:
    """The payload, signed by the key that it names: a new one that is to be confirmed, or the one already enrolled."""
    facts = parsed(keys.open_anonymous(item.message))
    reader = _reader(practice, item, facts)
    kind = str(facts.get("kind", ""))
    if kind == ENROLMENT:
        certificate = Certificate.parse(str(facts.get("key", "")).encode())
    elif reader.key:
        certificate = practice.certificate(tree.party_key(reader.partnership, reader.party, reader.number))
    else:
        raise NotYetEnrolled(
            Problem("nobody is enrolled at that address yet", "it waits", hint="confirm the enrolment first")
        )
    return Said(kind, reader, certificate, parsed(keys.open_signed(item.message, (certificate,)).data))


def parsed(data: bytes) -> dict[str, Any]:
    """The JSON object of an item, behind its first line. Raises Malformed."""
    if not data.startswith(HEAD):
        raise Malformed(Problem("it is no inbox item", "it was made for something else"))
    try:
        facts = json.loads(data[len(HEAD) :])
    except (ValueError, RecursionError):
        facts = None
    if not isinstance(facts, dict):
        raise Malformed(Problem("it cannot be read", "the portal writes another form"))
    return facts


def _reader(practice: Practice, item: Item, facts: dict[str, Any]) -> Reader:
    """The address it came from, which must be the one this party was invited to."""
    for reader in readers(practice.record(item.partnership)):
        named = (facts.get("reader"), facts.get("party"), facts.get("number"), facts.get("partnership"))
        if named == (reader.id, reader.party, reader.number, item.partnership) and facts.get("id") == item.id:
            return reader
    raise NotAllowed(Problem("it does not come from an address that was given to this party", "moved or forged"))


def recorded_before(practice: Practice, said: Said) -> Event | None:
    """The event of an item that an interrupted command recorded but did not remove: recording again would double it."""
    reader = said.reader
    for event in practice.record(reader.partnership).of_kind("enrolled", "key-changed", "signed"):
        if event.kind != "signed" and said.kind == ENROLMENT:
            same = (event.reader, event.key) == (reader.id, said.certificate.fingerprint)
        else:
            path = tree.agreement_signature(reader.partnership, event.agreement, reader.party, reader.number)
            same = (
                (said.kind, event.kind, event.strength) == (SIGNATURE, "signed", "portal")
                and (event.by, event.number) == (reader.party, reader.number)
                and said.text("target") == f"agreements/{event.agreement}.yml"
                and practice.read(path) == said.signature
            )
        if same:
            return event
    return None


def check_enrolment(practice: Practice, said: Said) -> None:
    """The key may enrol here: it signed that it wants to speak for exactly this person, and nobody does yet."""
    reader, certificate = said.reader, said.certificate
    if reader.key:
        raise NotAllowed(
            Problem(
                "a key is enrolled at that address already",
                "whoever sent this has another",
                hint=f"invite again to replace it: confide invite {reader.party}",
            )
        )
    text = statement(
        "enrolment", reader.partnership, reader.party, reader.number, reader=reader.id, key=certificate.fingerprint
    )
    verify_detached(text, said.signature, (certificate,))
    certificate.check_usable(practice.now)


def check_signature(practice: Practice, said: Said) -> int:
    """The version it signs: an agreement that this party was asked to sign; checked against our own statement."""
    reader, version = said.reader, _version(said.text("target"))
    record = practice.record(reader.partnership)
    agreement = record.agreement(version)
    if agreement is None or force.proposal(record, agreement) is None:
        raise NotAllowed(_nothing())
    _, text = signing.statement_for(practice, reader.partnership, reader.party, reader.number, version)
    signing.check_accepted(agreement, "portal")
    verified = verify_detached(text, said.signature, (said.certificate,))
    if verified.created > practice.now + TOLERANCE:
        raise NotAllowed(
            Problem("the signature is dated in the future", "one of two clocks is wrong", hint="check this machine's")
        )
    return version


def _version(target: str) -> int:
    stem = target.removeprefix("agreements/").removesuffix(".yml")
    if not (target.startswith("agreements/") and stem.isascii() and stem.isdecimal() and len(stem) < 5):
        raise NotAllowed(_nothing())
    return int(stem)


def _nothing() -> Problem:
    return Problem("it signs nothing that can be signed here", "no agreement of that number was proposed")
