"""The client of a made-up partnership has enrolled at the portal, too: from then on `publish` seals pages for her."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.partnership import One
from bench.practice import Made
from confide.vault.portal_inbox import new_item
from confide.vault.portal_store import PortalStore
from confide.vault.reader_state import PartyKey, Sent
from confide.workflows.practice import DEFAULT_STORE

ROOT = Path(__file__).resolve().parents[1]


def enrolled(made: Made, one: One) -> None:
    """What the portal keeps of a reader with the key that the record names. No box is locked: nobody logs in."""
    shutil.copy(ROOT / "mkdocs.yml", made.root)
    shutil.copytree(ROOT / "site", made.root / "site")
    event = next(event for event in one.events if event.kind == "enrolled")
    store = PortalStore.create(made.root / DEFAULT_STORE, made.coach.certificate.armoured())
    now = datetime.now(UTC).replace(microsecond=0)
    store.invite(event.reader, one.id, "client", 1, b"", now + timedelta(days=1))
    invited = store.reader(event.reader)
    assert invited is not None and invited.invitation is not None
    key = PartyKey(one.client.fingerprint, b"", one.client.certificate.armoured().decode(), now)
    store.enrolled(event.reader, invited.invitation.file, key, b"", Sent("enrolment", new_item(), now, ""), b"")
