"""What a client reads before anybody else does, and until when they may answer (S-13).

A text stands here from the moment it was put to them until it went out or another version took its place. The last day
is a date: whether it has passed is for the reader to see, so that no page changes overnight (promise 2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from confide.model.decision import Request, Verdict
from confide.model.event import Event, Exact
from confide.model.record import Record
from confide.model.view import Review, Text
from confide.model.words import Form, Role, role_of
from confide.policy.audience import audience
from confide.policy.decide import decide
from confide.policy.withdrawal import EVENT


def reviews(record: Record, party: str, texts: Mapping[str, Text]) -> tuple[Review, ...]:
    """The texts that wait for this client's answer, or were answered and have not gone out, oldest first.

    Only what they can see themselves counts: what went to others counts as gone out if it is on their account.
    """
    if role_of(party) is not Role.CLIENT:
        return ()
    seen = tuple(event for event in record.events if party in audience(event, record))
    return tuple(_reviews(record, party, texts, seen))


def _reviews(record: Record, party: str, texts: Mapping[str, Text], seen: tuple[Event, ...]) -> Iterator[Review]:
    for position, event in enumerate(seen):
        if event.kind != "shown" or event.reader or party not in event.to:
            continue
        later = seen[position + 1 :]
        shown = tuple(_open(record, party, event, texts, later))
        if not shown:
            continue
        answer = next((e for e in later if e.kind == "input" and e.target == EVENT + event.id), None)
        yield Review(
            event.id,
            event.at,
            event.by,
            event.day,
            shown,
            answer.evidence if answer else "",
            answer.at if answer else None,
        )


def _open(
    record: Record, party: str, event: Event, texts: Mapping[str, Text], later: tuple[Event, ...]
) -> Iterator[tuple[str, Form, Text]]:
    """The texts of one showing that are neither out nor replaced, and that this client might be told (promise 1)."""
    newer = {exact.section for known in later if known.kind == "shown" and not known.reader for exact in known.sections}
    out = {exact.commitment for known in later if known.kind == "disclosed" for exact in known.sections}
    for exact in event.sections:
        gone = exact.section in newer or exact.commitment in out
        if not gone and exact.commitment in texts and _theirs(record, party, event, exact):
            yield exact.what, exact.form, texts[exact.commitment]


def _theirs(record: Record, party: str, event: Event, exact: Exact) -> bool:
    request = Request(exact.what, event.by, party, exact.form, section=exact)
    return decide(request, record.before(event), event.at).verdict is Verdict.ALLOW
