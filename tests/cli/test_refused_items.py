"""Items that are replayed, moved, early or rubbish are set aside with their reason, and nothing else changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from confide.portal.service import Service
from confide.vault import portal_inbox, sequoia
from confide.vault.at_time import sign_detached_at
from confide.vault.portal_store import PortalStore
from confide.vault.sequoia import Certificate, SecretKey
from tests.cli.build import CHEAP
from tests.cli.coach import Answer
from tests.cli.house import House, today
from tests.cli.people import Somebody, somebody

PASSPHRASE = "six words that nobody else would choose"


@pytest.fixture(scope="module")
def stranger(make_short_home: Callable[[], Path]) -> Somebody:
    return somebody(make_short_home())


class Desk:
    """The coach's inbox, and the client at the portal."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.store = PortalStore(house.practice / "build/portal")
        self.inbox = self.store.path / "inbox" / house.partnership

    @property
    def service(self) -> Service:
        return Service(self.store, CHEAP)

    def enrol(self) -> str:
        """The client makes her key; its fingerprint."""
        return self.service.enrol(self.house.reader, self.house.code, today(), PASSPHRASE).fingerprint

    def sign(self) -> None:
        self.service.sign(self.house.reader, PASSPHRASE, "agreement-1", today())

    def items(self) -> list[Path]:
        return sorted(self.inbox.glob("*.gpg"))

    def aside(self) -> list[Path]:
        return sorted(self.inbox.glob("aside/*.gpg"))

    def run(self, *arguments: str) -> Answer:
        return self.house.run("inbox", *arguments)

    def refuses(self, *arguments: str, what: str) -> Answer:
        """The item is refused and kept aside; the record is exactly as before."""
        before, count = self.house.state(), len(self.aside())
        answer = self.run(*arguments)
        changed = [part for part in before.differences(self.house.state()) if not part.startswith("files: ['build/")]
        assert not changed, changed
        assert answer.code == 1, answer
        assert what in " ".join(answer.out.split()), answer
        assert "the item is kept aside" in answer.out
        assert (self.items(), len(self.aside())) == ([], count + 1)
        return answer

    def put(self, facts: dict[str, object], key: SecretKey | None, *, to: str = "", item: str = "") -> None:
        """An item as somebody would make it who knows everything but the right keys."""
        name = item or portal_inbox.new_item()
        public = (self.house.practice / "records" / (to or self.house.partnership) / "key.asc").read_bytes()
        text = b"confide/1 inbox\n" + json.dumps({"id": name, **facts}).encode()
        self.write(name, sequoia.encrypt(text, [Certificate.parse(public)], key, today()))

    def write(self, name: str, message: bytes) -> None:
        self.inbox.mkdir(parents=True, exist_ok=True)
        (self.inbox / f"{name}.gpg").write_bytes(message)

    def facts(self, **more: object) -> dict[str, object]:
        reader = {"partnership": self.house.partnership, "party": "client", "number": 1, "reader": self.house.reader}
        return {**reader, "at": today().isoformat(), **more}


@pytest.fixture
def desk(proposed: House) -> Desk:
    return Desk(proposed)


@pytest.fixture
def enrolled(desk: Desk) -> Desk:
    """The client's key is confirmed and recorded."""
    fingerprint = desk.enrol()
    assert desk.run("--confirm", fingerprint).code == 0
    return desk


def secret_of(person: Somebody) -> SecretKey:
    return SecretKey.parse(person.gpg("--export-secret-keys", person.fingerprint))


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


def test_a_signature_before_the_enrolment_is_confirmed(desk: Desk) -> None:
    """It waits behind the key, and both are taken in together once that was compared."""
    fingerprint = desk.enrol()
    desk.sign()
    before = desk.house.state()
    answer = desk.run()
    assert answer.code == 3, answer
    assert "nobody is enrolled at that address yet" in answer.out
    assert not before.differences(desk.house.state())
    assert desk.run("--confirm", fingerprint).code == 0
    assert desk.items() == []


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


@pytest.mark.parametrize(
    ("hindrance", "code", "what"),
    [
        (("checkout", "--quiet", "--detach"), 2, "HEAD is detached"),
        (("config", "--unset", "user.signingkey"), 5, "no signing key is set"),
        (("config", "--unset", "user.name"), 5, "git does not know who you are"),
        (("config", "--unset", "confide.keystore"), 5, "this clone has no keystore"),
    ],
)
def test_this_machines_trouble_is_not_the_items(
    enrolled: Desk, hindrance: tuple[str, ...], code: int, what: str
) -> None:
    """A good signature is not put aside because the coach's own machine was not ready: it waits."""
    enrolled.sign()
    enrolled.house.git(*hindrance)
    enrolled.house.refuses("inbox", code=code, what=what, why="", hint="")
    assert len(enrolled.items()) == 1
    assert enrolled.aside() == []


def test_a_record_that_does_not_verify_takes_nothing_in(enrolled: Desk) -> None:
    enrolled.sign()
    file = enrolled.house.record / "agreements/1.yml"
    file.write_bytes(file.read_bytes() + b"# a last thought\n")
    enrolled.house.commit_anyway(f"draft: {enrolled.house.partnership} agreement 1")
    enrolled.house.refuses("inbox", code=4, what="changes an agreement that was proposed", why="", hint="")
    assert len(enrolled.items()) == 1
