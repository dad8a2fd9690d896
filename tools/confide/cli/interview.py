"""The questions behind `agree draft`, each with the sentence of the policy it comes from; flags answer for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import click

from confide.cli.session import Session
from confide.model.problem import Problem, Usage
from confide.model.words import Role, role_of
from confide.workflows import people
from confide.workflows.draft import Answers

GOALS = ("none", "topic", "summary", "verbatim")


def answers(
    found: Session, partnership: str, given: Mapping[str, Any], circles: tuple[str, ...], *, ask: bool
) -> Answers:
    """What the draft is made from: flags first, then questions on a terminal, then the usual answer."""
    practice = found.practice
    parties = tuple(party.id for party in practice.record(partnership).partnership.parties)
    today = found.now.date()
    effective = _day("From which day does it apply?  [S-14]", given["effective"], today, ask)
    until = _day("Until which day?  [S-27]", given["until"], effective + timedelta(days=365), ask)
    sponsors = [p for p in parties if role_of(p) in (Role.PAYER, Role.STAKEHOLDER)]
    goals = given["goals"] or "summary"
    if ask and not given["goals"] and sponsors:
        question = f"In what form may {', '.join(sponsors)} learn of shared goals?  [S-30]"
        goals = click.prompt(question, default="summary", type=click.Choice(GOALS))
    return Answers(
        partnership=partnership,
        people=people.load(practice, partnership).digest,
        parties=parties,
        effective=effective,
        until=until,
        time_zone=_text("In which time zone do days begin?", given["time_zone"], "Europe/London", ask),
        law=_text("Whose law applies?  [S-07]", given["law"], "England and Wales", ask),
        goals=goals,
        circles=_circles(parties, circles, ask),
    )


def _day(question: str, given: datetime | None, usual: date, ask: bool) -> date:
    if given is not None:
        return given.date()
    if not ask:
        return usual
    answer: datetime = click.prompt(question, default=usual.isoformat(), type=click.DateTime(["%Y-%m-%d"]))
    return answer.date()


def _text(question: str, given: str | None, usual: str, ask: bool) -> str:
    return given or (str(click.prompt(question, default=usual)) if ask else usual)


def _circles(parties: tuple[str, ...], given: tuple[str, ...], ask: bool) -> tuple[tuple[str, int], ...]:
    sizes: dict[str, int] = {}
    for one in given:
        name, _, size = one.partition("=")
        if role_of(name) is None or not size.isdecimal():
            raise Usage(Problem("a circle is a party and how many people it has", hint="--circle peers=5"))
        sizes[name] = int(size)
    for party in parties:
        if role_of(party) is Role.SOURCE and party not in sizes:
            question = f"How many people are in the circle of {party}?  [S-18]"
            sizes[party] = int(click.prompt(question, default=5, type=click.IntRange(1))) if ask else 5
    return tuple(sizes.items())
