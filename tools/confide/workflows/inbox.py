"""`inbox`: what parties sent through the portal is verified, and each item becomes an event or is set aside."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from confide.model.event import Event
from confide.model.problem import Malformed, NotAllowed, Problem, Refused
from confide.model.statement import statement
from confide.records import tree
from confide.vault.portal_inbox import Item
from confide.vault.sequoia import Certificate, open_anonymous, open_signed, verify_detached
from confide.workflows import fresh, signing
from confide.workflows.invite import store
from confide.workflows.practice import TOLERANCE, Practice
from confide.workflows.readers import Reader, readers

HEAD = b"confide/1 inbox\n"
RECORDED, WAITING, REFUSED = "recorded", "waiting", "refused"


@dataclass(frozen=True)
class Arrived:
    """A key that asks to be a party's: the coach compares the fingerprint with them by another way."""

    partnership: str
    party: str
    number: int
    fingerprint: str


@dataclass(frozen=True)
class Handled:
    """What became of one item."""

    item: str
    partnership: str
    kind: str
    party: str
    outcome: str
    event: Event | None = None
    problem: Problem | None = None
    fingerprint: str = ""


class _NotYetEnrolled(NotAllowed):
    """Signed by a key that still waits to be confirmed: the item waits with it."""


def take_in(practice: Practice, confirmed: Callable[[Arrived], bool]) -> tuple[Handled, ...]:
    """Go through everything that waits, oldest first. `confirmed` says whether a fingerprint was compared and held.

    An item leaves the inbox only once its event is recorded; one that is forged, replayed or foreign is set aside.
    """
    portal = store(practice)
    found = []
    for item in portal.inbox.items():
        handled = _handle(practice, item, confirmed)
        if handled.outcome == RECORDED:
            portal.inbox.remove(item)
        elif handled.outcome == REFUSED:
            portal.inbox.set_aside(item)
        found.append(handled)
    return tuple(found)


def _handle(practice: Practice, item: Item, confirmed: Callable[[Arrived], bool]) -> Handled:
    kind, party = "unknown", ""
    try:
        said = _open(practice, item)
        kind, party = str(said["kind"]), str(said["party"])
        reader = _reader(practice, item, said)
        done = _recorded_before(practice, reader, said)
        if done is not None:
            return Handled(item.id, item.partnership, kind, party, RECORDED, event=done)
        if kind == "enrolment":
            arrived = Arrived(item.partnership, reader.party, reader.number, _enrolling(practice, reader, said))
            if not confirmed(arrived):
                why = Problem("its fingerprint is not confirmed yet", hint="compare it with them by telephone")
                return Handled(item.id, item.partnership, kind, party, WAITING, None, why, arrived.fingerprint)
            event = _enrol(practice, reader, said)
        elif kind == "signature":
            event = _sign(practice, reader, said)
        else:
            raise NotAllowed(Problem("it is of a kind this version does not know"))
    except _NotYetEnrolled as waiting:
        return Handled(item.id, item.partnership, kind, party, WAITING, problem=waiting.problems[0])
    except Refused as refused:
        return Handled(item.id, item.partnership, kind, party, REFUSED, problem=refused.problems[0])
    return Handled(item.id, item.partnership, kind, party, RECORDED, event=event)


def _recorded_before(practice: Practice, reader: Reader, said: dict[str, Any]) -> Event | None:
    """The event of an item that an interrupted command recorded but did not remove: recording again would double it."""
    record = practice.trusted(reader.partnership)
    for event in record.of_kind("enrolled", "signed"):
        if event.kind == "enrolled" and said["kind"] == "enrolment":
            same = (event.reader, event.key) == (reader.id, said.get("fingerprint"))
        else:
            target = f"agreements/{event.agreement}.yml"
            path = tree.agreement_signature(reader.partnership, event.agreement, reader.party, reader.number)
            same = (
                said["kind"] == "signature"
                and (event.by, event.number, target) == (reader.party, reader.number, said.get("target"))
                and event.strength == "portal"
                and practice.read(path) == str(said.get("signature", "")).encode()
            )
        if same:
            return event
    return None


def _open(practice: Practice, item: Item) -> dict[str, Any]:
    """The payload, signed by the key that it names: a new one that is to be confirmed, or the one already enrolled."""
    if item.partnership not in practice.ids():
        raise NotAllowed(Problem("it is for a partnership that is not on record"))
    secret = practice.keys.secret(item.partnership)
    said = _parse(open_anonymous(item.message, secret))
    reader = _reader(practice, item, said)
    if said.get("kind") == "enrolment":
        certificate = Certificate.parse(str(said.get("key", "")).encode())
    elif reader.key:
        certificate = practice.certificate(tree.party_key(reader.partnership, reader.party, reader.number))
    else:
        raise _NotYetEnrolled(Problem("nobody is enrolled at that address yet", hint="confirm the enrolment first"))
    return _parse(open_signed(item.message, secret, (certificate,)).data)


def _parse(data: bytes) -> dict[str, Any]:
    if not data.startswith(HEAD):
        raise Malformed("it is no inbox item")
    try:
        said = json.loads(data[len(HEAD) :])
    except ValueError:
        raise Malformed("it cannot be read") from None
    if not isinstance(said, dict):
        raise Malformed("it cannot be read")
    return said


def _reader(practice: Practice, item: Item, said: dict[str, Any]) -> Reader:
    """The address it came from, which must be the one this party was invited to."""
    for reader in readers(practice.trusted(item.partnership)):
        named = (said.get("reader"), said.get("party"), said.get("number"), said.get("partnership"))
        if named == (reader.id, reader.party, reader.number, item.partnership) and said.get("id") == item.id:
            return reader
    raise NotAllowed(Problem("it does not come from an address that was given to this party", "moved or forged"))


def _enrolling(practice: Practice, reader: Reader, said: dict[str, Any]) -> str:
    """The fingerprint of a key that may enrol here: it signed that it wants to speak for exactly this person."""
    if reader.key:
        raise NotAllowed(Problem("a key is enrolled at that address already", hint="invite again to replace it"))
    certificate = Certificate.parse(str(said["key"]).encode())
    text = statement(
        "enrolment", reader.partnership, reader.party, reader.number, reader=reader.id, key=certificate.fingerprint
    )
    verify_detached(text, str(said.get("signature", "")).encode(), (certificate,))
    if certificate.revoked or certificate.expired(practice.now):
        raise NotAllowed(Problem("the key is expired or revoked"))
    return certificate.fingerprint


def _enrol(practice: Practice, reader: Reader, said: dict[str, Any]) -> Event:
    certificate = Certificate.parse(str(said["key"]).encode())
    event = Event(
        id=fresh.event_id(),
        kind="enrolled",
        partnership=reader.partnership,
        at=practice.now,
        by="coach",
        to=(reader.party,),
        number=reader.number,
        reader=reader.id,
        key=certificate.fingerprint,
    )
    path = tree.party_key(reader.partnership, reader.party, reader.number)
    return practice.add(event, {path: certificate.armoured()})


def _sign(practice: Practice, reader: Reader, said: dict[str, Any]) -> Event:
    """A signature under the agreement that this party was asked to sign; checked against our own statement."""
    version = _version(str(said.get("target", "")))
    agreement, text = signing.statement_for(practice, reader.partnership, reader.party, reader.number, version)
    certificate = practice.certificate(tree.party_key(reader.partnership, reader.party, reader.number))
    signature = str(said.get("signature", "")).encode()
    verified = verify_detached(text, signature, (certificate,))
    if verified.created > practice.now + TOLERANCE:
        raise NotAllowed(Problem("the signature is dated in the future", hint="check the clocks"))
    return signing.add_signature(
        practice,
        reader.partnership,
        agreement,
        reader.party,
        reader.number,
        signature,
        "portal",
        verified.signer,
    )


def _version(target: str) -> int:
    stem = target.removeprefix("agreements/").removesuffix(".yml")
    if not (target.startswith("agreements/") and stem.isdecimal() and len(stem) < 5):
        raise NotAllowed(Problem("it signs nothing that can be signed here"))
    return int(stem)
