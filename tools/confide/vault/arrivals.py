"""What a coach's machine sends to the portal's store when that lies on another one: one file a change, applied there.

The store has one writer, the portal's host. A change is laid into `arrivals/` whole; whoever opens the store next takes
it in under the store's lock. So a site that is published while its reader signs loses nothing of either.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from confide.model.problem import Malformed, NotAllowed, Usage
from confide.vault import archive
from confide.vault.reader_state import ENROLLED, INVITED, REVOKED, Reader, moment, read_moment

if TYPE_CHECKING:
    from confide.vault.portal_store import PortalStore

ARRIVALS = "arrivals"
_CHANGE, _SEALED = "change.json", "sealed.gpg"


def between(before: Reader | None, after: Reader, store: PortalStore) -> dict[str, bytes]:
    """What made `after` of `before` on the coach's side, as a file to be sent; nothing if she changed nothing."""
    facts: dict[str, Any] = {"reader": after.reader}
    if after.state == INVITED and after.invitation and (before is None or before.invitation != after.invitation):
        where = {"partnership": after.partnership, "party": after.party, "number": after.number}
        facts |= {"kind": "invite", "expires": moment(after.invitation.expires), **where}
    elif after.state == REVOKED and (before is None or before.state != REVOKED):
        facts |= {"kind": "revoke"}
    elif after.state == ENROLLED and after.key and before and after.sequence > before.sequence:
        facts |= {"kind": "publish", "sequence": after.sequence, "key": after.key.fingerprint}
    else:
        return {}
    sealed = store.sealed(after) if after.files else b""
    change = {_CHANGE: json.dumps(facts, sort_keys=True).encode(), _SEALED: sealed}
    # The order of names is the order in which they are taken in, whichever clock wrote them.
    return {f"{ARRIVALS}/{after.sequence:012}-{secrets.token_hex(8)}.zip": archive.pack(change)}


class Arrivals:
    """What lies in a store's `arrivals/`, not taken in yet. Cheap to ask again: only a changed directory is read."""

    def __init__(self, store: PortalStore) -> None:
        self._store = store
        self._seen = 0

    def take_in(self) -> None:
        """Apply it. What no longer fits (an older sequence, another key) is dropped: it came too late."""
        path = self._store.path / ARRIVALS
        try:
            changed = path.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if changed == self._seen:
            return
        for file in sorted(path.glob("[!.]*.zip")):
            with suppress(FileNotFoundError, Malformed, NotAllowed, Usage, KeyError, ValueError):
                _apply(self._store, archive.unpack(file.read_bytes()))
            file.unlink(missing_ok=True)
        # As it was before: what has arrived meanwhile is seen the next time.
        self._seen = changed if not any(path.glob("[!.]*.zip")) else 0


def _apply(store: PortalStore, files: Mapping[str, bytes]) -> None:
    facts = json.loads(files[_CHANGE])
    reader, sealed = facts["reader"], files[_SEALED]
    if facts["kind"] == "invite":
        where = facts["partnership"], facts["party"], facts["number"]
        store.invite(reader, *where, sealed, read_moment(facts["expires"]))
    elif facts["kind"] == "publish":
        store.publish(reader, sealed, sequence=facts["sequence"], key=facts["key"])
    else:
        store.revoke(reader)
