"""Asks the questions behind `agree draft` on a terminal, or takes flags and the usual answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import click

from confide.cli import out
from confide.cli.question import Kind, Question
from confide.cli.questions import GROUPS, QUESTIONS
from confide.cli.session import Session
from confide.model.partnership import People
from confide.model.problem import Problem, Usage
from confide.model.words import Role, role_of
from confide.workflows import people
from confide.workflows.draft import Answers
from confide.workflows.draft_answers import LONGEST, flag

_ROLES: dict[str, tuple[Role, ...]] = {
    "payers": (Role.PAYER,),
    "sponsors": (Role.PAYER, Role.STAKEHOLDER),
}
CIRCLE = 5


def answers(found: Session, partnership: str, given: Mapping[str, Any], *, ask: bool) -> Answers:
    """What the draft is made from: flags first, then questions on a terminal, then the usual answer."""
    record = found.practice.record(partnership)
    schedule = people.load(found.practice, partnership)
    parties = tuple(party.id for party in record.partnership.parties if party.active)
    known: dict[str, Any] = {
        "partnership": partnership,
        "people": schedule.digest,
        "parties": parties,
        "instruments": tuple(instrument.id for instrument in record.instruments),
    }
    usual = {
        "effective": found.now.date(),
        "time_zone": "Europe/London",
        "law": "England and Wales",
        "signatories": _signatories(parties, schedule),
    }
    for heading, group in GROUPS:
        wanted = [question for question in group if _applies(question, known)]
        _nobody([question for question in group if question not in wanted], given)
        if ask and any(_said(question, given) is None for question in wanted):
            out.say()
            out.say(heading, bold=True)
        for question in wanted:
            if question.field == "until":
                usual["until"] = known["effective"] + timedelta(days=365)
            default = usual.get(question.field, known.get(question.field, question.usual))
            known[question.field] = _answer(question, given, default, known, ask)
    return Answers(**known)


def unheard(given: Mapping[str, Any]) -> tuple[str, ...]:
    """The flags given that only a first agreement can use, as they were typed."""
    days = {"effective", "until"}
    return tuple(flag(one.field) for one in QUESTIONS if one.field not in days and _said(one, given) is not None)


def _nobody(questions: list[Question], given: Mapping[str, Any]) -> None:
    """Refuse a flag that has nobody it could be about: it would be ignored, and somebody relies on it."""
    for question in questions:
        if _said(question, given) not in (None, question.usual):
            raise Usage(
                Problem(
                    f"`{flag(question.field)}` has nobody it could be about",
                    f"it needs {question.needs} in the agreement",
                    hint="leave it out, or begin the partnership with them: confide new",
                )
            )


def _signatories(parties: tuple[str, ...], schedule: People) -> tuple[str, ...]:
    """S-27: all partners. A circle in which nobody is named cannot sign."""
    bound = (Role.COACH, Role.CLIENT, Role.PAYER)
    roles = {party: role_of(party) for party in parties}
    first = [p for role in bound for p in parties if roles[p] is role]
    return (*first, *(p for p in parties if roles[p] is Role.STAKEHOLDER and schedule.of(p)))


def _applies(question: Question, known: Mapping[str, Any]) -> bool:
    """Whether there is anybody the question is about."""
    parties, signs = known["parties"], known.get("signatories", ())
    advised = any(role_of(party) is Role.ADVISER for party in parties)
    match question.needs:
        case "":
            return True
        case "a summary":
            return bool(known.get("summary")) and _any(signs, Role.PAYER)
        case "advisers" | "no advisers":
            return advised is (question.needs == "advisers")
        case "a credentialing body":
            return "credentialing-body" in parties
        case "registered documents":
            return bool(known["instruments"])
        case needs:
            return _any(signs, *_ROLES[needs])


def _any(parties: tuple[str, ...], *roles: Role) -> bool:
    return any(role_of(party) in roles for party in parties)


def _said(question: Question, given: Mapping[str, Any]) -> Any:
    """What the flag says, or None."""
    said = given.get(question.field)
    return None if said == () else said


def _answer(question: Question, given: Mapping[str, Any], usual: Any, known: Mapping[str, Any], ask: bool) -> Any:
    said = _said(question, given)
    if question.kind is Kind.CIRCLES:
        return _circles(question, known["parties"], said or (), ask)
    if said is not None:
        return _read(question, said)
    if not ask:
        return usual
    out.say(f"{question.sid}: {question.says}", dim=True)
    if question.kind is Kind.YES_NO:
        return click.confirm(question.ask, default=usual)
    if question.kind is Kind.WORD:
        return click.prompt(question.ask, default=usual, type=click.Choice(question.choices))
    return click.prompt(question.ask, default=_shown(usual), value_proc=lambda typed: _read(question, typed))


def _shown(usual: Any) -> str:
    """An answer as it would be typed."""
    return ", ".join(map(str, usual)) or "none" if isinstance(usual, tuple) else str(usual)


def _read(question: Question, typed: Any) -> Any:
    """What was typed, as the answer it is. Raises click.UsageError, after which a terminal asks again."""
    if isinstance(typed, datetime):
        return typed.date()
    if not isinstance(typed, str):
        return typed
    words = tuple(word for word in (part.strip() for part in typed.split(",")) if word and word != "none")
    match question.kind:
        case Kind.DAY:
            return _day(typed.strip())
        case Kind.DAYS:
            return tuple(map(_day, words))
        case Kind.LIST:
            return words
        case Kind.NUMBER:
            if not typed.strip().isdecimal():
                raise click.BadParameter("a whole number, please")
            return int(typed)
        case Kind.SHAPED if not question.shape.fits(typed.strip()):
            raise click.BadParameter(f"expected {question.shape.expected}")
        case Kind.TEXT if not typed.isprintable() or len(typed) > LONGEST:
            raise click.BadParameter(f"one line of at most {LONGEST} characters, please")
    return typed.strip()


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise click.BadParameter("a day is written 2026-01-12") from None


def _circles(question: Question, parties: tuple[str, ...], given: tuple[str, ...], ask: bool) -> Any:
    sizes: dict[str, int] = {}
    for one in given:
        name, _, size = one.partition("=")
        if role_of(name) is None or not (size.isascii() and size.isdecimal()):
            raise Usage(Problem("a circle is a party and how many people it has", hint="--circle peers=5"))
        sizes[name] = int(size)
    unsaid = [party for party in parties if role_of(party) is Role.SOURCE and party not in sizes]
    if ask and unsaid:
        out.say(f"{question.sid}: {question.says}", dim=True)
    for party in unsaid:
        asked = question.ask.format(party)
        sizes[party] = int(click.prompt(asked, default=CIRCLE, type=click.IntRange(1))) if ask else CIRCLE
    return tuple(sizes.items())
