"""The share clauses of a draft: what goes to the clients, the sponsors, the adviser and a credentialing body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from confide.model.words import Form
from confide.workflows.draft_answers import NOTHING, told
from confide.workflows.draft_rows import PURPOSES, Row, share
from confide.workflows.draft_sides import Sides

HERS = ("assessment-results", "partnership-goals", "career-aspirations", "conflicts", "discussions")
BUSINESS = ("performance-appraisals", "proprietary", "strategy")
TALKS = ("discussions", "conflicts")
GOALS = "partnership-goals/shared"
# What several clients hear together; what is about one of them alone has a word of its own.
_TOGETHER = ("discussions/joint", "conflicts/joint", "partnership-goals/joint", GOALS)


def shared(s: Sides) -> Iterator[Row]:
    """Every share clause, from the clients outwards."""
    yield from _to_clients(s)
    yield from _to_sponsors(s)
    if s.advisers and s.answers.advice != "none":
        why = "S-38: that a subject came up, for advice; never who said what"
        row = share("talks-to-adviser", why, TALKS, s.advisers, s.coaches, s.answers.advice)
        yield replace(row, attribution="none", onward=True)
    if s.answers.credentialing != NOTHING:
        yield _to_the_body(s)


def alone(types: tuple[str, ...], word: str) -> tuple[str, ...]:
    """These types, about one of several clients: `discussions/first`."""
    return tuple(f"{what}/{word}" for what in types)


def private_goals(s: Sides) -> tuple[str, ...]:
    """The goals that are not the sponsors' business: private ones, and with several clients theirs and joint ones."""
    words = (*(word for _, word in s.alone), "joint") if s.alone else ("private",)
    return tuple(f"partnership-goals/{word}" for word in words)


def _to_clients(s: Sides) -> Iterator[Row]:
    if not s.alone:
        why = "S-11: what is hers is hers"
        yield share("own-to-client", why, (*HERS, "engagement"), s.clients, s.coaches, "verbatim")
        yield _feedback("feedback-to-client", ("feedback",), s.clients, s)
    else:
        why = "S-11: what they do together"
        yield share("joint-to-clients", why, (*_TOGETHER, "engagement"), s.clients, s.coaches, "verbatim")
    for client, word in s.alone:
        yield share(f"own-to-{word}", "S-11: what is theirs is theirs", alone(HERS, word), (client,), s.coaches,
                    "verbatim")  # fmt: skip
        yield _feedback(f"feedback-to-{word}", (f"feedback/{word}",), (client,), s)
    if len(s.coaches) > 1:
        why = "S-11: the coaches who sign work together"
        row = share(
            "between-coaches", why, (*HERS, "feedback", *BUSINESS, "engagement"), s.coaches, s.coaches, "verbatim"
        )
        yield replace(row, onward=True)
    if s.sponsors:
        why = "S-33, S-36, S-37: the organisation's own, told by those who may tell it"
        row = share("business-in", why, BUSINESS, (*s.coaches, *s.clients), s.sponsors, "verbatim")
        yield replace(row, onward=True)
    else:
        why = "S-36, S-37: what the client told about her organisation goes back to her"
        yield share("business-to-client", why, BUSINESS, s.clients, s.coaches, "verbatim")


def _feedback(name: str, what: tuple[str, ...], to: tuple[str, ...], s: Sides) -> Row:
    a = s.answers
    row = share(name, f"S-17, S-18: promptly, by {a.attribution} at most", what, to, s.coaches, a.relayed)
    return replace(row, when="promptly", attribution=a.attribution)


def _to_sponsors(s: Sides) -> Iterator[Row]:
    a = s.answers
    if s.payers:
        why = "dates and number of sessions, for invoices"
        row = share("attendance-to-payer", why, ("engagement",), s.payers, s.coaches, "topic")
        yield replace(row, when="{every: month}", onward=True)
    if not s.sponsors:
        return
    if a.goals != "none":
        row = share("goals-to-sponsors", "S-30: the goals that were set together", (GOALS,), s.sponsors, s.coaches,
                    a.goals)  # fmt: skip
        yield replace(row, when="{every: quarter}", channel=preferred(a.channels), not_for=PURPOSES, onward=True)
    rows = (
        ("assessment-to-sponsors", "S-29", ("assessment-results",), a.assessments),
        ("career-to-sponsors", "S-31", ("career-aspirations",), a.career),
        ("feedback-to-sponsors", "S-32", ("feedback",), a.feedback),
        ("talks-to-sponsors", "S-34, S-35", TALKS, a.talks),
        ("business-to-sponsors", "S-33, S-36, S-37", BUSINESS, a.business),
    )
    for name, sid, what, answer in rows:
        if told(answer) is not Form.NONE:
            why = f"{sid}: only after the client was told that it will be"
            row = share(name, why, what, s.sponsors, s.coaches, answer)
            more = replace(row, when="client-informed", not_for=PURPOSES, onward=True)
            yield replace(more, attribution="none") if what == ("feedback",) else more


def _to_the_body(s: Sides) -> Row:
    named = s.answers.credentialing == "name-and-hours"
    what = ("engagement/hours", "engagement/name") if named else ("engagement/hours",)
    why = "S-06: for the coach's credential, and never published"
    row = share("hours-to-credentialing-body", why, what, ("credentialing-body",), s.coaches, "topic")
    return replace(row, when="client-informed", not_for=("marketing",), onward=True)


def preferred(channels: tuple[str, ...]) -> tuple[str, ...]:
    """S-26: the private pages and a talk where they are among the controlled channels, else all of those."""
    return tuple(channel for channel in ("site", "in-person") if channel in channels) or channels
