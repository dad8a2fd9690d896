"""A small practice for the portal's tests: a store, one partnership, a draft agreement, throw-away keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from confide.model.statement import agreement_statement
from confide.portal.service import Service
from confide.vault import sealed
from confide.vault.generate import generate_secret_key
from confide.vault.locked import Cost
from confide.vault.manifest import Ask, Manifest
from confide.vault.passphrase import one_time_code
from confide.vault.portal_store import PortalStore
from confide.vault.sequoia import Certificate, SecretKey

CHEAP = Cost(memory=64, passes=1, lanes=1)
PARTNERSHIP = "p-k7f3"
DIGEST = "sha256:" + "ab" * 32
CANARY = "zeppelin-marmalade-quartz"
NAME = "Ada Canaryname"
ASK = "agreement-1"
CLIENT, PAYER = "client", "payer"
READERS = {CLIENT: "c0123456c9", PAYER: "p0abcdefg9"}
NOBODY = "zzzzzzzzz9"


def page(title: str, body: str) -> bytes:
    return f"<!doctype html><html lang=en><title>Private page</title><h1>{title}</h1>{body}</html>".encode()


DRAFT: dict[str, bytes] = {
    "index.html": page("Your page", f"<p>{CANARY}<p>{NAME}<p><a href=agreement/>The agreement</a>"),
    "agreement/index.html": page("The agreement", "<p><a href=../_/sign/agreement-1>Sign it</a>"),
    "search/search_index.json": b"{}",
}


def ask(party: str, ask_id: str = ASK, version: int = 1) -> Ask:
    text = agreement_statement(PARTNERSHIP, party, 1, version, DIGEST, DIGEST, DIGEST).decode()
    return Ask(ask_id, "agreement", "Your agreement", text, "agreement/")


@dataclass
class Practice:
    """The coach's side, which does with the store what the workflows do."""

    store: PortalStore
    service: Service
    publisher: SecretKey
    partnership: SecretKey

    def manifest(self, party: str, at: datetime, *, key: str = "", sequence: int = 0, **other: object) -> Manifest:
        facts: dict[str, object] = {
            "partnership": PARTNERSHIP,
            "party": party,
            "number": 1,
            "reader": READERS[party],
            "key": key,
            "sequence": sequence,
            "made": at.date(),
            "expires": at.date() + timedelta(days=90),
            "asks": (ask(party),),
        }
        return Manifest(**{**facts, **other})  # type: ignore[arg-type]

    def invite(
        self, party: str, at: datetime, files: Mapping[str, bytes] = DRAFT, *, days: int = 14, **other: object
    ) -> str:
        """Invite; the one-time code."""
        code = one_time_code()
        pack = sealed.seal_with_code(self.manifest(party, at, **other), files, code, self.publisher, CHEAP)
        self.store.invite(READERS[party], PARTNERSHIP, party, 1, pack, at + timedelta(days=days))
        return code

    def certificate(self, party: str) -> Certificate:
        """The key that the portal holds for a party."""
        reader = self.store.reader(READERS[party])
        assert reader is not None and reader.key is not None
        return Certificate.parse(reader.key.public.encode())

    def sealed(
        self, party: str, at: datetime, sequence: int, files: Mapping[str, bytes] = DRAFT, **other: object
    ) -> bytes:
        """A site sealed to the key the party enrolled."""
        certificate = self.certificate(party)
        receipt = other.pop("receipt", b"")
        assert isinstance(receipt, bytes)
        manifest = self.manifest(party, at, **{"key": certificate.fingerprint, "sequence": sequence, **other})
        return sealed.seal(manifest, files, [certificate], self.publisher, at, receipt)

    def publish(
        self, party: str, at: datetime, sequence: int, files: Mapping[str, bytes] = DRAFT, **other: object
    ) -> None:
        message = self.sealed(party, at, sequence, files, **other)
        key = self.certificate(party).fingerprint
        self.store.publish(READERS[party], message, sequence=sequence, key=key)

    def everything(self) -> bytes:
        """Every byte the host holds, names of files too."""
        return b"\n".join(
            str(path.relative_to(self.store.path)).encode() + b"\n" + (path.read_bytes() if path.is_file() else b"")
            for path in sorted(self.store.path.rglob("*"))
        )


def make_keys(at: datetime) -> tuple[bytes, bytes]:
    """A publishing key and a partnership's key."""
    return generate_secret_key("publishing", at, faked=True), generate_secret_key(PARTNERSHIP, at, faked=True)


def make_practice(path: Path, keys: tuple[bytes, bytes]) -> Practice:
    publisher, partnership = (SecretKey.parse(key) for key in keys)
    store = PortalStore.create(path, publisher.certificate.armoured())
    store.shelf.put_partnership(PARTNERSHIP, partnership.certificate.armoured())
    return Practice(store, Service(store, CHEAP), publisher, partnership)


def long_ago() -> datetime:
    """Before everything in these tests; keys made then are good for all of it."""
    return datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
