"""What comes through the portal is forged, foreign or replayed until it verified."""

from __future__ import annotations

import shutil

import pytest

from confide.vault import portal_inbox, sequoia
from confide.vault.at_time import sign_detached_at
from confide.vault.sequoia import Certificate, SecretKey
from tests.cli.house import House, today
from tests.cli.inbox_desk import PASSPHRASE, Desk, secret_of
from tests.cli.people import Somebody


def test_garbage_in_the_inbox(desk: Desk) -> None:
    for garbage in (b"", b"Umbrella", b"\x85\x01\x0c" * 99):
        desk.write(portal_inbox.new_item(), garbage)
        desk.refuses(what="unknown by the unknown sender")


def test_an_unsigned_item(desk: Desk) -> None:
    """Anybody can encrypt to a partnership; only a party can sign."""
    desk.put(desk.facts(kind="enrolment", key="", signature=""), None)
    desk.refuses(what="unknown by the unknown sender")


def test_an_item_for_an_address_nobody_was_given(desk: Desk, stranger: Somebody) -> None:
    facts = desk.facts(kind="enrolment", key=stranger.public.decode(), reader="0123456789")
    desk.put(facts, secret_of(stranger))
    desk.refuses(what="it does not come from an address that was given to this party (moved or forged)")


@pytest.mark.parametrize("changed", [{"party": "payer"}, {"number": 2}, {"partnership": "p-zzz9"}, {"id": "0" * 16}])
def test_an_item_that_says_it_is_somebody_elses(desk: Desk, stranger: Somebody, changed: dict[str, object]) -> None:
    facts = {**desk.facts(kind="enrolment", key=stranger.public.decode()), **changed}
    desk.put(facts, secret_of(stranger))
    desk.refuses(what="moved or forged")


def test_an_enrolment_without_its_own_signature(desk: Desk, stranger: Somebody) -> None:
    """The key must say itself that it wants to speak for exactly this person at this address."""
    key = secret_of(stranger)
    for signature in (b"", stranger.sign(b"confide/1 enrolment\npartnership: p-zzz9\n")):
        facts = desk.facts(kind="enrolment", key=stranger.public.decode(), signature=signature.decode())
        desk.put(facts, key)
        desk.refuses("--confirm", stranger.fingerprint, what="enrolment by the client")


def test_a_second_enrolment(enrolled: Desk, stranger: Somebody) -> None:
    """The address has its key; another is not taken, and does not pass for the first by claiming its fingerprint."""
    from confide.model.statement import statement

    house = enrolled.house
    text = statement("enrolment", house.partnership, "client", 1, reader=house.reader, key=stranger.fingerprint)
    known = (house.record / "keys/client.1.asc").read_bytes()
    facts = enrolled.facts(
        kind="enrolment",
        key=stranger.public.decode(),
        fingerprint=Certificate.parse(known).fingerprint,
        signature=stranger.sign(text).decode(),
    )
    enrolled.put(facts, secret_of(stranger))
    enrolled.refuses("--confirm", stranger.fingerprint, what="a key is enrolled at that address already")
    assert (house.record / "keys/client.1.asc").read_bytes() == known


def test_a_signature_by_another_key(enrolled: Desk, stranger: Somebody) -> None:
    text = enrolled.house.within("agree", "sign", "--party", "client", "--statement").raw
    signed = sign_detached_at(text, stranger.gpg("--export-secret-keys", stranger.fingerprint), today()).decode()
    facts = enrolled.facts(kind="signature", target="agreements/1.yml", signature=signed)
    enrolled.put(facts, secret_of(stranger))
    enrolled.refuses(what="unknown by the unknown sender")


def test_a_replayed_item(enrolled: Desk) -> None:
    """The same message again, under its own name or another, records nothing twice."""
    enrolled.sign()
    (item,) = enrolled.items()
    message = item.read_bytes()
    assert enrolled.run().code == 0
    head = enrolled.house.git("rev-parse", "HEAD")
    enrolled.write(item.stem, message)
    assert enrolled.run().code == 0
    assert (enrolled.house.git("rev-parse", "HEAD"), enrolled.items()) == (head, [])
    enrolled.write(portal_inbox.new_item(), message)
    enrolled.refuses(what="moved or forged")


def test_an_item_moved_to_another_partnership(desk: Desk, running: House) -> None:
    """It was sealed for the first one's key: the other cannot even open it."""
    other = Desk(running)
    other.enrol()
    (item,) = other.items()
    moved = other.store.path / "inbox" / running.other / item.name
    moved.parent.mkdir()
    shutil.move(item, moved)
    before = running.state()
    answer = other.run()
    assert answer.code == 1, answer
    assert not [part for part in before.differences(running.state()) if not part.startswith("files: ['build/")]
    assert (moved.parent / "aside" / moved.name).is_file()


@pytest.mark.parametrize(
    "payload",
    [
        b"confide/1 inbox\n" + b"[" * 100_000,
        b"confide/1 inbox\n[]",
        b"confide/1 inbox\nnull",
        b"confide/1 enrolment\n{}",
        b"",
    ],
)
def test_a_payload_that_is_none(desk: Desk, stranger: Somebody, payload: bytes) -> None:
    """Whatever the bytes, the command goes on to the next item."""
    public = Certificate.parse((desk.house.record / "key.asc").read_bytes())
    desk.write(portal_inbox.new_item(), sequoia.encrypt(payload, [public], secret_of(stranger), today()))
    desk.refuses(what="unknown by the unknown sender")


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"kind": "umbrella\x1b[31m"},
        {"kind": "signature"},
        {"kind": "signature", "target": "agreements/7.yml", "signature": "x"},
        {"kind": "signature", "target": "../../etc/passwd", "signature": "x"},
        {"kind": "signature", "target": "agreements/1.yml", "signature": "x"},
        {"kind": ["signature"], "target": {}, "signature": None},
    ],
)
def test_a_party_who_sends_rubbish(enrolled: Desk, facts: dict[str, object]) -> None:
    """Signed by the right key and still nothing to record: aside, in words of our own."""
    site = enrolled.service.open(enrolled.house.reader, PASSPHRASE, today())
    assert site.key is not None
    from confide.vault.locked import unlock

    key = SecretKey.parse(unlock(site.key.locked, PASSPHRASE))
    enrolled.put(enrolled.facts(**facts), key)
    enrolled.refuses(what="by the client")
