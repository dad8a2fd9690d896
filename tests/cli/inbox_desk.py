"""The coach's inbox, and the client at the portal."""

from __future__ import annotations

import json
from pathlib import Path

from confide.portal.service import Service
from confide.vault import portal_inbox, sequoia
from confide.vault.portal_store import PortalStore
from confide.vault.sequoia import Certificate, SecretKey
from tests.cli.build import CHEAP
from tests.cli.coach import Answer
from tests.cli.house import House, today
from tests.cli.people import Somebody

PASSPHRASE = "six words that nobody else would choose"


class Desk:
    """The coach's inbox, and the client at the portal."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.store = PortalStore(house.practice / "build/portal")
        self.inbox = self.store.path / "inbox" / house.partnership
        self.payer = ""

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


def secret_of(person: Somebody) -> SecretKey:
    return SecretKey.parse(person.gpg("--export-secret-keys", person.fingerprint))
