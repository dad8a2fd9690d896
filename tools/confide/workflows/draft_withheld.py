"""The withhold clauses of a draft: with the share clauses they answer every type for everybody (S-28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from confide.model.words import Form
from confide.workflows.draft_answers import NEVER, NOTHING, told
from confide.workflows.draft_rows import Row, withhold
from confide.workflows.draft_shared import BUSINESS, HERS, TALKS, alone, private_goals
from confide.workflows.draft_sides import Sides

_CLIENT, _OWNER = "client-permits", "owner-permits"
_GOALS = "partnership-goals"
BODY = "credentialing-body"


def withheld(s: Sides) -> Iterator[Row]:
    """Every withhold clause; one without anybody to withhold from is left out, for it would mean everybody."""
    yield from (row for row in _rows(s) if row.recipients)


def _rows(s: Sides) -> Iterator[Row]:
    a, outside = s.answers, (*s.others, *s.advisers)
    for client, word in s.alone:
        others = tuple(party for party in s.clients if party != client)
        yield withhold(f"{word}-alone", "S-11: theirs alone", alone((*HERS, "feedback"), word), others, _CLIENT)
    yield from _kept("assessment", "S-29", ("assessment-results",), a.assessments, _CLIENT, s)
    yield from _goals(s)
    yield from _kept("career", "S-31", ("career-aspirations",), a.career, _CLIENT, s)
    yield from _kept("feedback", "S-32", ("feedback",), a.feedback, _CLIENT, s)
    yield from _talks(s)
    # The organisation's people may talk of its business among themselves: only the coach is bound.
    for row in _kept("business", "S-33, S-36, S-37", BUSINESS, a.business, _OWNER, s):
        yield replace(row, senders=s.coaches)
    attend = (*(p for p in s.sponsors if p not in s.payers), *(p for p in outside if p != BODY or _nothing(s)))
    why = "S-28: dates and invoices are for those who need them"
    yield replace(withhold("attendance-private", why, ("engagement",), attend), senders=s.coaches)
    if not _nothing(s):
        name = () if a.credentialing == "name-and-hours" else ("engagement/name",)
        yield withhold("rest-of-credential", "S-06: and nothing else", (*name, "engagement/invoices"), (BODY,))


def _nothing(s: Sides) -> bool:
    return s.answers.credentialing == NOTHING


def _kept(
    name: str, sid: str, what: tuple[str, ...], answer: str, permits: str, s: Sides, *, advisers: bool = True
) -> Iterator[Row]:
    """Kept from the sponsors as answered, and from everybody outside unless whoever it belongs to permits it."""
    outside = (*s.others, *(s.advisers if advisers else ()))
    if told(answer) is not Form.NONE:
        yield withhold(f"{name}-private", sid, what, outside, permits)
    elif answer == NEVER:
        yield withhold(f"{name}-never", sid, what, s.sponsors)
        yield withhold(f"{name}-private", sid, what, outside, permits)
    else:
        yield withhold(f"{name}-private", sid, what, (*s.sponsors, *outside), permits)


def _goals(s: Sides) -> Iterator[Row]:
    outside = (*s.others, *s.advisers)
    if s.answers.goals == "none":
        yield withhold("goals-private", "S-30", (_GOALS,), (*s.sponsors, *outside), _CLIENT)
        return
    yield withhold("goals-private", "S-30", private_goals(s), s.sponsors, _CLIENT)
    yield withhold("goals-inside", "S-30", (_GOALS,), outside, _CLIENT)


def _talks(s: Sides) -> Iterator[Row]:
    """S-35: what is said stays; an adviser hears of it only in the form that was agreed, if in any."""
    heard = s.answers.advice != "none"
    yield from _kept("talks", "S-34, S-35", TALKS, s.answers.talks, _CLIENT, s, advisers=not heard)
