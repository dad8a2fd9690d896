"""How what would be destroyed is shown, and every place where a key may still be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confide.cli import out

if TYPE_CHECKING:
    from confide.model.event import Copies
    from confide.workflows.destroying import Plan

_PLACES = {
    "keystore": "the keystore on this machine",
    "keystore-copy": "copies of the keystore with its seal, if somebody made any",
    "backup": "backups made by confide backup, and of your home",
    "keeper": "whoever was given the keys: {key}",
    "keyring": "GnuPG keyrings that the keys were exported to",
    "machine": "your other machines",
    "site": "what {count} readers have read, and may have copied",
}
STATES = {
    "destroyed": "opens no more; tried here",
    "confirmed": "somebody said that it is gone",
    "unconfirmed": "UNCONFIRMED: it may still open",
    "beyond-reach": "cannot be taken back",
}


def show(partnership: str, seen: Plan) -> None:
    out.heading(f"{len(seen.files)} sealed files would open no more.", partnership, fg="yellow")
    for number, one in enumerate(seen.files):
        out.row("" if number else "files", one.inside)
    out.row("history", f"{seen.versions} versions of them, which are all in Git and would be noise")
    for number, copy in enumerate(seen.copies):
        out.row("" if number else "keys in", f"{place(copy)}: {STATES[copy.state]}")
    if seen.kept_until is not None:
        out.row("agreed", f"kept until {out.day(seen.kept_until.until)} ({seen.kept_until.said})")
    for event in seen.holds:
        out.row("HOLD", f"since {out.day(event.at)}: nothing is destroyed", event.id)
    if seen.announced is not None and seen.announced.day is not None:
        out.row("announced", f"for {out.day(seen.announced.day)}", seen.announced.id)
    else:
        out.row("announced", "not yet")
    out.row("stays", "what happened, when and to whom: events are in the open and are never destroyed")


def place(one: Copies) -> str:
    return _PLACES[one.where].format(key=one.key, count=one.count)


def as_data(partnership: str, seen: Plan) -> dict[str, object]:
    from confide.workflows.destroy import called

    return {
        "partnership": partnership,
        "scope": seen.scope,
        "files": [one.path for one in seen.files],
        "versions": seen.versions,
        "places": [{"place": called(one), "state": one.state, "count": one.count} for one in seen.copies],
        "kept_until": seen.kept_until.until.isoformat() if seen.kept_until else None,
        "announced": seen.announced.day.isoformat() if seen.announced and seen.announced.day else None,
        "holds": [event.id for event in seen.holds],
    }
