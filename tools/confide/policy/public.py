"""What was already public needs nobody's consent, if it truly was: cited, earlier than we told it, no breach (S-09)."""

from __future__ import annotations

from confide.model.event import Event
from confide.policy.flow import Flow
from confide.policy.withdrawal import EVENT, TOLD, withdrawn_from

KIND = "public"
NO_BREACH = "no-breach"


def already_public(flow: Flow) -> Event | None:
    """The event that shows this exact text to have been public before any disclosure of ours, or None.

    It names the day of publication, the hash of the archived source, and attests that no breach made it public.
    """
    if not flow.has(KIND):
        return None
    told = [event.at.date() for kind in TOLD for event in flow.events(kind) if flow.names(event)]
    for event in flow.events(KIND):
        cited = event.day is not None and bool(event.document) and event.evidence == NO_BREACH
        if not cited or not flow.names(event) or event.day is None or event.day > event.at.date():
            continue
        standing = withdrawn_from(flow.record, EVENT + event.id, flow.request.recipient) is None
        if standing and all(event.day < day for day in told):
            return event
    return None
