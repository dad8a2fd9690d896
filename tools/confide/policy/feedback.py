"""Feedback from others about the client: what a source is told, which terms bind a text, how far it may be attributed.

Invariants: the terms a text was given under are frozen, so that whatever its circle accepts later says nothing of it
(S-20); a category is named only where the source and the agreement allow it and the group is large enough (S-18).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from confide.model.agreement import Agreement, Term
from confide.model.detail import FEEDBACK, Step
from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Attribution, Form, base_type
from confide.policy import groups
from confide.policy.permission import ACCEPTED, KIND, NOTICE
from confide.policy.withdrawal import EVENT, withdrawn_from

TYPE = "feedback"
CLIENT = "client"
FOLDER = "feedback/"
ACCEPT, RETURN = "accept", "return"


def clause(agreement: Agreement) -> Mapping[str, Any]:
    """What the agreement says becomes of feedback; empty where it says nothing."""
    found = agreement.clauses.get("feedback")
    return found if isinstance(found, Mapping) else {}


def term(agreement: Agreement | None, client: str = CLIENT) -> Term | None:
    """The term that lets a client have feedback, or None: then nobody may be asked for any about them (S-19)."""
    if agreement is None or not clause(agreement):
        return None
    found = (t for t in agreement.terms if t.shares and _types(t) and t.reaches(client))
    return max(found, key=lambda t: t.form or Form.NONE, default=None)


def _types(known: Term) -> tuple[str, ...]:
    return tuple(what for what in known.what or () if base_type(what) == TYPE)


def type_for(agreement: Agreement | None, client: str = CLIENT) -> str:
    """What feedback about this client is called in the agreement: with several clients each has a word of their own."""
    found = term(agreement, client)
    return min(_types(found), key=len) if found is not None else TYPE


def named_as(record: Record, agreement: Agreement, circle: str, wanted: Attribution) -> Attribution:
    """How a source of `circle` may be called at most: nobody is put into a group that would give them away (S-18)."""
    if wanted is not Attribution.CATEGORY:
        return wanted
    return wanted if groups.standing(record, agreement).may_be_named(circle) else Attribution.NONE


def standing_terms(record: Record, circle: str, client: str = CLIENT, *, unasked: bool) -> Event | None:
    """The newest terms of a circle that bind what it says from now on: accepted ones, or for the unasked a notice."""
    ways = (NOTICE,) if unasked else (ACCEPTED,)
    for event in reversed(record.of_kind(KIND)):
        if event.by == circle and event.evidence in ways and client in event.to:
            return None if withdrawn_from(record, EVENT + event.id, client) else event
    return None


def under(record: Record, circle: str, promised: str) -> Record:
    """The record as it speaks for one text of a circle: of its terms only those the text was given under count."""
    kept = (
        event
        for event in record.events
        if event.kind != KIND or event.by != circle or event.evidence not in (ACCEPTED, NOTICE) or event.id == promised
    )
    return replace(record, events=tuple(kept))


def bound_by(record: Record, case: str, circle: str, promised: str, client: str = CLIENT) -> str:
    """The terms that a text is bound to: those it was given under, else the newest that its circle had since (S-19).

    Empty while there are none: it is kept, and can be told to nobody.
    """
    if promised:
        return promised
    for event in reversed(record.events):
        if event.id == case:
            break
        if event.kind == KIND and event.by == circle and client in event.to and event.evidence in (ACCEPTED, NOTICE):
            return event.id
    return ""


def relayed(record: Record, case: str) -> Event | None:
    """The disclosure that brought what a case holds to the client it is about, or None."""
    place = f"{FOLDER}{case}#"
    for event in record.of_kind("disclosed", "told"):
        if any(exact.section.startswith(place) and exact.subject in event.to for exact in event.sections):
            return event
    return None


def received(step: Step) -> date | None:
    """The day on which feedback arrived, from the step that took it in."""
    found = step.detail.facts.get("on") if step.detail.case == FEEDBACK else None
    return found if isinstance(found, date) else None


def coarse(day: date) -> str:
    """A day as the client is told it: the month, because a day could point to who was there (S-24)."""
    return f"{day:%B %Y}"
