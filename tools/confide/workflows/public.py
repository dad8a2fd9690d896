"""`public`: a text had been made public by others, earlier than we told it to anybody, and through no breach (S-09)."""

from __future__ import annotations

from datetime import date

from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.policy import force
from confide.workflows import fresh
from confide.workflows.about import about
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_document

# What the coach attests with the event: nobody broke a confidence to make it public.
NO_BREACH = "no-breach"


def public(practice: Practice, partnership: str, ref: str, since: date, source: bytes, citation: str) -> Event:
    """Record it: the archived source and the citation are sealed beside the event, which fixes both."""
    record = practice.trusted(partnership)
    if since > practice.now.date():
        raise Usage(
            Problem(f"{since} has not come yet", "it was public already, or it is not", hint="look at the year")
        )
    if not citation.strip():
        raise Usage(
            Problem(
                "it does not say where it was published",
                "a citation shows it to whoever asks; it is sealed",
                hint="--words FILE: where, by whom, on which page",
            )
        )
    found = about(practice, record, (ref,), ())
    (exact,) = found.sections
    told = [
        event
        for event in record.of_kind("disclosed", "told", "lapse")
        if event.at.date() <= since and any(known.commitment == exact.commitment for known in event.sections)
    ]
    if told:
        raise NotAllowed(
            Problem(
                f"it was told by us on {told[0].at:%d %B %Y}, before it became public",
                "what is public only since we told it was not public already  [S-09]",
                told[0].place,
                "if it became known through a breach, that is what has to be recorded",
                "public-before",
            )
        )
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=fresh.event_id(),
        kind="public",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=("client",),
        what=found.what,
        sections=found.sections,
        day=since,
        evidence=NO_BREACH,
        agreement=agreement.version if agreement else 0,
    )
    return add_with_document(practice, event, source, citation)
