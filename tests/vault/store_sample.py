"""A store with one open invitation, and the changes that happen to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from confide.vault.portal_store import PortalStore
from confide.vault.reader_state import PartyKey, Sent

READER, OTHER = "c0123456c9", "p0abcdefg9"
AT = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)
END = AT + timedelta(days=14)
KEY = PartyKey("A" * 40, b"locked", "public", AT)


def sent(ask: str, item: str = "0123456789abcdef") -> Sent:
    return Sent(ask, item, AT, "sha256:" + "0" * 64)


def make(path: Path) -> PortalStore:
    """A store with one open invitation."""
    store = PortalStore.create(path, b"publisher")
    store.invite(READER, "p-k7f3", "client", 1, b"pack", END)
    return store


def enrol(store: PortalStore) -> None:
    found = store.reader(READER)
    assert found is not None and found.invitation is not None
    store.enrolled(READER, found.invitation.file, KEY, b"site", sent("enrolment"), b"message")


def send(store: PortalStore) -> None:
    store.send(READER, KEY.fingerprint, sent("agreement-1", "fedcba9876543210"), b"signature")


def publish(store: PortalStore) -> None:
    store.publish(READER, b"newer", sequence=5, key=KEY.fingerprint)


def revoke(store: PortalStore) -> None:
    store.revoke(READER)


def again(store: PortalStore) -> None:
    store.invite(READER, "p-k7f3", "client", 1, b"other pack", END)


def contents(path: Path) -> dict[str, bytes]:
    """All files but the lock; sealed ones, whose names are random, by what they hold."""
    found = {}
    for file in sorted(path.rglob("*")):
        if file.is_file() and file.name != "lock":
            name = str(file.relative_to(path))
            random = file.name.startswith(("site-", "invitation-"))
            found[f"sealed:{file.read_bytes().decode()}" if random else name] = b"" if random else file.read_bytes()
    return found
