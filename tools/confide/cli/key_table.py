"""How `confide keys status` is shown: what ends soon, who keeps what, and who can read more than they should."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from confide.cli import out

if TYPE_CHECKING:
    from confide.workflows.key_status import Ending, Status

# From here on an end is worth a colour: enough time to renew a key and hand it round.
SOON = timedelta(days=60)


def show(found: Status, now: datetime) -> None:
    """The screen."""
    drift = len(found.drift)
    what = f"{drift} sealed files can be read by others than should." if drift else "Everybody reads what they should."
    out.heading(what, f"{found.looked_at} sealed versions", fg="red" if drift else "green")
    out.table(
        ("whose", "in", "key", "ends"),
        [(one.whose, one.partnership, one.fingerprint[-16:], _end(one, now)) for one in found.endings],
    )
    out.say()
    out.table(
        ("partnership", "key", "earlier", "kept also by"),
        [
            (
                one.partnership,
                "destroyed" if one.destroyed else one.key[-16:],
                str(one.earlier or ""),
                ", ".join(f"{party} ({key[-16:]})" for party, key in one.keepers),
            )
            for one in found.keeping
        ],
    )
    if found.drift:
        out.say()
        rows = [(one.path, one.readers, "today" if one.now else "in the history") for one in found.drift]
        out.table(("file", "opens for", "where"), rows)
        out.say()
        out.say("Next: seal it again (confide note, confide keys rotate); what is in the history stays there")


def _end(one: Ending, now: datetime) -> str:
    if one.revoked:
        return "revoked"
    if one.expires is None:
        return "never"
    days = (one.expires - now).days
    said = f"{out.day(one.expires)}, in {days} days" if days >= 0 else f"ended {out.day(one.expires)}"
    return f"{said}  !" if one.expires - now < SOON else said


def as_data(found: Status) -> dict[str, Any]:
    """The same for programs."""
    return {
        "looked_at": found.looked_at,
        "keys": [
            {
                "whose": one.whose,
                "partnership": one.partnership or None,
                "fingerprint": one.fingerprint,
                "expires": one.expires.isoformat() if one.expires else None,
                "revoked": one.revoked,
            }
            for one in found.endings
        ],
        "partnerships": [
            {
                "partnership": one.partnership,
                "key": one.key,
                "earlier": one.earlier,
                "destroyed": one.destroyed,
                "keepers": [{"party": party, "fingerprint": key} for party, key in one.keepers],
            }
            for one in found.keeping
        ],
        "drift": [{"file": one.path, "readers": one.readers, "now": one.now} for one in found.drift],
    }
