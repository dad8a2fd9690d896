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
    "keeper": "whoever was given the keys ({key})",
    "keyring": "GnuPG keyrings that the keys were exported to",
    "machine": "your other machines",
    "site": "what was read, and perhaps copied, by readers: {count}",
}
STATES = {
    "destroyed": "opens no more; tried here",
    "confirmed": "somebody said that it is gone",
    "unconfirmed": "UNCONFIRMED: it may still open",
    "beyond-reach": "cannot be taken back",
}


def show(partnership: str, seen: Plan) -> None:
    count = len(seen.files)
    files = "sealed file" if count == 1 else "sealed files"
    out.heading(f"{count} {files} would open no more.", partnership, fg="yellow")
    for number, one in enumerate(seen.files):
        out.row("" if number else "files", one.inside)
    out.row("history", f"{seen.versions} versions in all; they stay in Git, as noise")
    if seen.kept_until is not None:
        out.row("agreed", f"kept until {out.day(seen.kept_until.until)} ({seen.kept_until.said})")
    for event in seen.holds:
        out.row("HOLD", f"since {out.day(event.at)}: nothing is destroyed", event.id)
    if seen.announced is not None and seen.announced.day is not None:
        out.row("announced", f"for {out.day(seen.announced.day)}", seen.announced.id)
    else:
        out.row("announced", "not yet")
    out.row("stays", "what happened, when and to whom: events are in the open and are never destroyed")
    out.say()
    places(seen.copies, planned=True)


def places(copies: tuple[Copies, ...], *, planned: bool = False) -> None:
    """Every place where a key may be, and what is known of it; `planned` is before anything was done."""
    states = {**STATES, "destroyed": "will be destroyed, and tried"} if planned else STATES
    out.table(("where a key may be", ""), [(place(one), states[one.state]) for one in copies])


def place(one: Copies) -> str:
    return _PLACES[one.where].format(key=one.key[-16:], count=one.count)


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
