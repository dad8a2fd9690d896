"""Who may see an event (promise 2, S-04). The coach keeps the whole record and is never listed."""

from __future__ import annotations

from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Role, role_of

# What happens to an agreement is seen by those who sign it.
_AGREEMENT_KINDS = frozenset({"proposed", "signed", "began", "ended"})


def reveals_source(event: Event) -> bool:
    """Whether the event points to somebody who gave feedback: such an event is never part of another's view."""
    return any(role_of(exact.source) is Role.SOURCE for exact in event.sections)


def concerns_client(event: Event) -> bool:
    """Whether the client should know of it: it is about her and nobody else, or about who may read at all."""
    if event.kind in {"invited", "enrolled", "revoked", "refused"}:
        return True
    if event.kind == "disclosed":
        return all(exact.subject == "client" for exact in event.sections) and not reveals_source(event)
    return False


def audience(event: Event, record: Record) -> tuple[str, ...]:
    """The parties who may see the event, sorted; publications are seen by nobody."""
    if event.kind == "published":
        return ()
    seen = {event.by, *event.to}
    if event.kind in _AGREEMENT_KINDS:
        agreement = record.agreement(event.agreement)
        seen.update(agreement.signatories if agreement else ())
    if concerns_client(event):
        seen.add("client")
    return tuple(sorted(seen - {"coach"}))
