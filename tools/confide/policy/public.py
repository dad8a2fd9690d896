"""What was already public needs nobody's consent, if it truly was: cited, earlier than we told it, no breach (S-09)."""

from __future__ import annotations

from confide.model.event import Event, Exact
from confide.model.record import Record


def already_public(exact: Exact, record: Record) -> Event | None:
    """The event that shows this exact text to have been public before any disclosure of ours, or None.

    It names the day of publication, the hash of the archived source, and attests that no breach made it public.
    """
    if not exact.commitment:
        return None
    told = [e.at.date() for e in record.of_kind("disclosed", "told", "lapse") if _names(e, exact)]
    for event in record.of_kind("public"):
        shown = _names(event, exact) and bool(event.document) and event.evidence == "no-breach"
        if shown and event.day is not None and all(event.day < day for day in told):
            return event
    return None


def _names(event: Event, exact: Exact) -> bool:
    return any(known.commitment == exact.commitment for known in event.sections)
