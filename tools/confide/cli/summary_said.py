"""What `confide summary` says: where it stands, which days count, what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confide.cli import out

if TYPE_CHECKING:
    from confide.model.event import Event
    from confide.workflows.summary import Standing

_STEPS = {
    "draft": ("It is not written yet.", "confide summary draft"),
    "share": ("She has not read it as it stands.", "confide summary share"),
    "answer": ("It waits for her answer.", "confide summary input"),
    "release": ("She has read it; it can go to the payer.", "confide summary release"),
    "done": ("Every summary that was agreed has gone out.", ""),
}


def whose(client: str) -> str:
    """The option that says which of several clients."""
    return "" if client == "client" else f" --client {client}"


def stands(standing: Standing, partnership: str) -> None:
    """Where it stands, and the next command."""
    text, command = _STEPS[standing.step]
    out.heading(text, partnership)
    days(standing)
    if standing.shown is not None and standing.step == "answer" and standing.shown.day:
        out.row("until", f"{out.day(standing.shown.day)} she may answer", sid="S-13")
    if command:
        out.say(f"Next: {command}{whose(standing.client)} --in {partnership}")


def days(standing: Standing) -> None:
    """The day it is due, and the latest on which she can be shown it."""
    if standing.due:
        out.row("due", out.day(standing.due), sid="S-12")
    if standing.start and standing.step in ("draft", "share"):
        out.row("latest", f"{out.day(standing.start)} to show it to her: her time to answer comes first", sid="S-13")


def shared(event: Event, standing: Standing, partnership: str) -> None:
    """She is shown it; until when she may answer."""
    out.heading("Recorded: she is shown the summary.", event.id, fg="green")
    if event.day:
        out.row("until", f"{out.day(event.day)} she may answer", sid="S-13")
    if event.day and standing.due and event.day >= standing.due:
        out.row("late", f"it is due on {out.day(standing.due)}: tell the payer that it comes later")
    out.say(f"Next: confide publish --in {partnership}, then confide summary input{whose(standing.client)}")


def released(event: Event, partnership: str) -> None:
    """It went out."""
    out.heading(f"Recorded: the summary to {', '.join(event.to)}.", event.id, fg="green")
    out.say(f"Next: confide publish --in {partnership}")


def as_json(standing: Standing) -> dict[str, object]:
    """The same for other programs."""
    return {
        "client": standing.client,
        "step": standing.step,
        "due": standing.due,
        "latest": standing.start,
        "summary": standing.id or None,
        "shown": standing.shown.id if standing.shown else None,
        "answer": standing.answer.evidence if standing.answer else None,
    }
