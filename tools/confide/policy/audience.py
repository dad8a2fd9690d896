"""Who may see an event (promise 2, S-04). The coach keeps the whole record and is never listed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import ORGANISATIONAL_TYPES, Role, base_type, role_of
from confide.policy.integrity import source_needs_terms
from confide.policy.voices import PAYER, each
from confide.policy.withdrawal import EVENT, TERM

CLIENT = "client"
FEEDBACK = "feedback"

# What happens to an agreement is seen by those who sign it.
_AGREEMENT_KINDS = frozenset({"proposed", "signed", "began", "ended"})


def reveals_source(event: Event) -> bool:
    """Whether the event points to somebody who gave feedback: such an event is never part of another's view."""
    return any(source_needs_terms(exact) for exact in event.sections)


def concerns_client(event: Event, record: Record) -> bool:
    """Whether the client should know of it: it is about her and nobody else, or about who may read at all.

    How many sources there are, and when each was let in, is not hers to know (S-24).
    """
    if event.kind in {"invited", "enrolled", "key-changed", "revoked", "granted", "relieved"}:
        return not any(role_of(party) is Role.SOURCE for party in event.to)
    if event.kind == "disclosed" or (event.kind == "shown" and event.reader):
        return all(exact.subject == CLIENT for exact in event.sections) and not reveals_source(event)
    if event.kind == "told":
        about_her = all(exact.subject == CLIENT for exact in event.sections) and not reveals_source(event)
        return about_her and (bool(event.sections) or not any(base_type(what) == FEEDBACK for what in event.what))
    if event.kind == "withdrawn":
        return _withdraws_what_she_sees(event, record)
    return event.kind == "refused"


def _withdraws_what_she_sees(event: Event, record: Record) -> bool:
    """Her account says when a disclosure ended, so the withdrawal belongs to what she can verify."""
    if not event.target.startswith(EVENT):
        return True
    disclosure = record.event(event.target.removeprefix(EVENT))
    return disclosure is not None and CLIENT in audience(disclosure, record)


def _is_sources_word(event: Event) -> bool:
    """What a source permits names them and the moment they spoke: nobody else sees it, least of all the client."""
    about_feedback = any(base_type(what) == FEEDBACK for what in event.what) and event.by not in {CLIENT, "coach"}
    return event.kind == "permitted" and (role_of(event.by) is Role.SOURCE or about_feedback or reveals_source(event))


def _harmed(event: Event, record: Record) -> set[str]:
    """Whom a lapse is told to: whom it is about and whose it is, never those who should not have learned it (S-01)."""
    if reveals_source(event):
        return {exact.source for exact in event.sections if source_needs_terms(exact)}
    if event.sections:
        named = {person for exact in event.sections for person in (exact.subject, exact.owner)}
        return {person for name in named for person in each(name, record)}
    owned = {base_type(what) in ORGANISATIONAL_TYPES for what in event.what}
    return {CLIENT, *((PAYER,) if True in owned and record.partnership.party(PAYER) else ())}


def _earlier(event: Event, record: Record) -> Iterator[Event]:
    return takewhile(lambda known: known.id != event.id, record.events)


def _departments(event: Event, record: Record) -> Iterator[str]:
    """A withdrawal from `payer` empties the page of `payer.hr` as well, so it belongs to what they can verify."""
    for told in _earlier(event, record):
        behind = {*(EVENT + other for other in (told.id, *told.because)), *(TERM + term for term in told.terms)}
        if told.kind == "disclosed" and event.target in behind:
            yield from (party for party in told.to if party.partition(".")[0] in event.to)


def audience(event: Event, record: Record) -> tuple[str, ...]:
    """The parties who may see the event, sorted; publications are seen by nobody."""
    if event.kind == "published":
        return ()
    if event.kind == "corrected":
        # Whoever saw what was wrong sees that it was.
        wrong = next((known for known in _earlier(event, record) if EVENT + known.id == event.target), None)
        return audience(wrong, record) if wrong is not None else ()
    if event.kind == "lapse":
        return tuple(sorted(_harmed(event, record) - {"coach"}))
    if _is_sources_word(event):
        return tuple({event.by} - {"coach"})
    seen = {event.by, *event.to}
    if event.kind in _AGREEMENT_KINDS:
        agreement = record.agreement(event.agreement)
        seen.update(agreement.signatories if agreement else ())
    if event.kind == "withdrawn":
        seen.update(_departments(event, record))
    if concerns_client(event, record):
        seen.add(CLIENT)
    return tuple(sorted(seen - {"coach"}))
