"""A portal's store with any number of readers, each with pages of their own, for `bench.portal`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from confide.vault import locked, sealed
from confide.vault.generate import generate_secret_key
from confide.vault.locked import Cost
from confide.vault.manifest import Manifest
from confide.vault.portal_inbox import new_item
from confide.vault.portal_store import PortalStore
from confide.vault.reader_state import PartyKey, Sent
from confide.vault.sequoia import SecretKey

PARTNERSHIP = "p-k7f3"
WORDS = "six-plain-words-nobody-else-has"
NAMES = tuple(f"r{number:08d}9" for number in range(1000))
# As large as a page of the review site, theme and navigation included.
PAGE = b"<!doctype html><title>Private page</title>" + b"<p>A line as long as lines in a page are.</p>\n" * 700


def make_store(path: Path, readers: int, cost: Cost) -> PortalStore:
    """Everybody has enrolled and can log in with WORDS."""
    made = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
    publisher = SecretKey.parse(generate_secret_key("publishing", made, faked=True))
    partnership = SecretKey.parse(generate_secret_key(PARTNERSHIP, made, faked=True))
    store = PortalStore.create(path, publisher.certificate.armoured())
    store.shelf.put_partnership(PARTNERSHIP, partnership.certificate.armoured())
    tsk = generate_secret_key("client", made, faked=True)
    key = SecretKey.parse(tsk)
    for name in NAMES[:readers]:
        _enrolled(store, name, key, locked.lock(tsk, WORDS, cost), publisher)
    return store


def _enrolled(store: PortalStore, name: str, key: SecretKey, box: bytes, publisher: SecretKey) -> None:
    """One reader who has been invited, has a key, and has pages of their own: nothing is shared by two sessions."""
    now = datetime.now(UTC).replace(microsecond=0)
    today, public = now.date(), key.certificate.armoured().decode()
    store.invite(name, PARTNERSHIP, "client", 1, b"", now + timedelta(days=1))
    invited = store.reader(name)
    assert invited is not None and invited.invitation is not None
    own = PAGE if name == NAMES[0] else PAGE.replace(b"A line", name.encode()[:6])
    files = {f"{place}index.html": own for place in ("", "texts/", "others/", "history/")}
    manifest = Manifest(PARTNERSHIP, "client", 1, name, key.fingerprint, 0, today, today + timedelta(days=90))
    site = sealed.seal(manifest, files, [key.certificate], publisher, now)
    sent = Sent("enrolment", new_item(), now, "")
    store.enrolled(name, invited.invitation.file, PartyKey(key.fingerprint, box, public, now), site, sent, b"")
