"""What comes through the portal is forged until it verified; and nothing good is ever thrown away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from confide.portal.service import NotOpened, Service
from confide.vault import portal_inbox, sequoia
from confide.vault.portal_store import PortalStore
from confide.vault.sequoia import Certificate, SecretKey
from tests.cli.build import CHEAP
from tests.cli.coach import Answer
from tests.cli.house import House, today
from tests.cli.people import Somebody, somebody
from tests.cli.state import hashes

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


def test_a_wrong_code(desk: Desk) -> None:
    """Not opened, not recorded, not said whether there is such a reader."""
    before = desk.house.state()
    reader = desk.house.reader
    for name, code in ((reader, "aaaa-bbbb-cccc-dddd-eeee"), (reader, ""), ("0123456789", desk.house.code)):
        with pytest.raises(NotOpened) as refusal:
            desk.service.enrol(name, code, today())
        (problem,) = refusal.value.problems
        assert problem.what == "that did not open the page"
        assert problem.hint == "check the words on your letter; if they are right, ask your coach"
    assert not before.differences(desk.house.state())
    assert desk.run().out.startswith("Nothing is waiting.")


def test_a_used_code(desk: Desk) -> None:
    """It works once, for whoever comes first."""
    desk.enrol()
    before = hashes(desk.store.path)
    with pytest.raises(NotOpened):
        desk.service.enrol(desk.house.reader, desk.house.code, today())
    assert hashes(desk.store.path) == before


def test_a_wrong_passphrase(enrolled: Desk) -> None:
    """Neither page nor signature."""
    before = enrolled.house.state()
    for words in ("six words that nobody else would chose", "", enrolled.house.code):
        with pytest.raises(NotOpened):
            enrolled.service.open(enrolled.house.reader, words, today())
        with pytest.raises(NotOpened):
            enrolled.service.sign(enrolled.house.reader, words, "agreement-1", today())
    assert not before.differences(enrolled.house.state())


def test_a_key_whose_fingerprint_was_not_compared(desk: Desk) -> None:
    """On a pipe nobody can be asked: it waits, and nothing is recorded."""
    fingerprint = desk.enrol()
    before = desk.house.state()
    for confirmed in ((), ("--confirm", "0" * 40), ("--confirm", fingerprint[:16])):
        answer = desk.run(*confirmed)
        assert answer.code == 3, answer
        assert "its fingerprint is not confirmed yet" in answer.out
        assert "hint: compare it with them by telephone" in answer.out
        assert f"confide inbox --confirm {fingerprint}" in answer.out
    assert not before.differences(desk.house.state())


def test_enrolling_and_signing_through_the_portal(enrolled: Desk) -> None:
    """The ground of the refusals below."""
    enrolled.sign()
    assert enrolled.run().code == 0
    status = json.loads(enrolled.house.within("agree", "status", "--json").out)
    assert status[0]["missing"] == ["payer"]


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
