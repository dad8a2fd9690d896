"""What a party said with their key, besides signing an agreement: each becomes the event it stands for.

The statement is made here once more, from the event that would be recorded, and must be the one that was signed: what
was forged, is stale or belongs elsewhere signs another text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from confide.model.detail import CONCERN, QUESTION, Detail
from confide.model.event import Event
from confide.model.problem import Malformed, NotAllowed, Problem, Usage
from confide.model.statement import words_commitment
from confide.model.words import Form
from confide.policy import force
from confide.policy import said as statements
from confide.policy.withdrawal import EVENT, TERM
from confide.records import tree
from confide.vault.sequoia import verify_detached
from confide.workflows import fresh, permit, withdraw
from confide.workflows.inbox_items import Said
from confide.workflows.practice import TOLERANCE, Practice
from confide.workflows.recording import COACH, add_with_detail

SIGNED, PORTAL = "signed", "portal"
GIVEN, DECLINED = "given", "declined"
_STEPS = {CONCERN: "raised", QUESTION: "asked"}
_FORMS = {form.word: form for form in Form}


def check(practice: Practice, said: Said) -> Callable[[], Event] | None:
    """What would record an item that is in order; None for a kind that is not known. Raises what is wrong with it."""
    prepared = _KINDS.get(said.text("ask-kind"))
    if prepared is None:
        return None
    event, detail = prepared(practice, said, _lines(said.text("statement")))
    event = replace(event, number=said.reader.number, key=said.certificate.fingerprint, strength=PORTAL)
    _verify(practice, said, event)
    path = tree.event_signature(event.partnership, event.name)
    return lambda: _record(practice, replace(event, previous={}), detail, {path: said.signature})


def _record(practice: Practice, event: Event, detail: Detail | None, files: Mapping[str, bytes | None]) -> Event:
    return add_with_detail(practice, event, detail, files) if detail else practice.add(event, files)


def recorded_before(practice: Practice, said: Said) -> Event | None:
    """The event that already holds this very signature."""
    reader = said.reader
    for event in practice.record(reader.partnership).of_kind(*statements.STATEMENTS):
        if (event.by, event.number, event.strength) == (reader.party, reader.number, PORTAL):
            path = tree.event_signature(reader.partnership, event.name)
            if practice.read(path) == said.signature:
                return event
    return None


def _verify(practice: Practice, said: Said, event: Event) -> None:
    """The party's key signed exactly what the event says."""
    record = practice.record(event.partnership)
    text = said.text("statement").encode()
    if text not in statements.candidates(record, event):
        raise NotAllowed(
            Problem(
                "it signs another statement than the one that stands now",
                "they said otherwise since, their page is out of date, or it belongs elsewhere",
                hint="publish their page, and ask them to look at it again",
            )
        )
    verified = verify_detached(text, said.signature, (said.certificate,))
    if verified.created > practice.now + TOLERANCE:
        raise NotAllowed(
            Problem("the signature is dated in the future", "one of two clocks is wrong", hint="check this machine's")
        )


def _lines(statement: str) -> dict[str, str]:
    """The facts of a statement, by name."""
    found = (line.partition(": ") for line in statement.splitlines()[1:])
    return {name: value for name, _, value in found}


def _event(practice: Practice, said: Said, kind: str, **facts: object) -> Event:
    reader = said.reader
    agreement = force.in_force(practice.record(reader.partnership), practice.now)
    fixed = {"id": fresh.event_id(), "kind": kind, "partnership": reader.partnership, "at": practice.now}
    version = agreement.version if agreement else 0
    return Event(**{**fixed, "by": reader.party, "to": (COACH,), "agreement": version, **facts})  # type: ignore[arg-type]


def _acknowledged(practice: Practice, said: Said, _: dict[str, str]) -> tuple[Event, None]:
    known = practice.trusted(said.reader.partnership).of_kind("acknowledged")
    if any(event.by == said.reader.party and event.strength == PORTAL for event in known):
        raise NotAllowed(Problem("they have accepted the duty already", "it is accepted once"))
    return _event(practice, said, "acknowledged", evidence=SIGNED), None


def _withdrawn(practice: Practice, said: Said, lines: dict[str, str]) -> tuple[Event, None]:
    """From whom is part of what was signed; that some of them lost it before does not void the rest."""
    signed, target = tuple(lines.get("from", "").split(", ")), lines.get("target", "")
    name = target.removeprefix(EVENT).removeprefix(TERM)
    prepared = withdraw.prepare(practice, said.reader.partnership, name, said.reader.party, SIGNED)
    if target != prepared.target or not set(signed) & set(prepared.to):
        raise NotAllowed(Problem("it takes back what those it names do not have", "it is withdrawn already, or moved"))
    known = {party.id for party in practice.record(said.reader.partnership).partnership.parties}
    if not set(signed) <= known or len(set(signed)) != len(signed):
        raise NotAllowed(Problem("it names somebody who is not a party", "it was put together by hand"))
    return replace(prepared, to=signed), None


def _permitted(practice: Practice, said: Said, lines: dict[str, str]) -> tuple[Event, None]:
    form = _FORMS.get(lines.get("form", ""))
    if form is None or lines.get("texts") != "any":
        raise Malformed(Problem("it permits in a form that there is not", "it was put together by hand"))
    to, what = (tuple(lines.get(name, "").split(", ")) for name in ("to", "what"))
    wish = permit.Wish(said.reader.party, to, form, types=what, number=said.reader.number)
    return permit.prepare(practice, said.reader.partnership, wish, PORTAL), None


def _answered(practice: Practice, said: Said, lines: dict[str, str]) -> tuple[Event, Detail | None]:
    record, target = practice.trusted(said.reader.partnership), lines.get("target", "")
    shown = record.event(target.removeprefix(EVENT)) if target.startswith(EVENT) else None
    if shown is None or shown.kind != "shown" or shown.reader or said.reader.party not in shown.to:
        raise NotAllowed(Problem("it answers nothing that they were shown", "it was moved, or put together by hand"))
    if any(event.by == said.reader.party and event.target == target for event in record.of_kind("input")):
        raise NotAllowed(Problem("they have answered this text already", "one text has one answer"))
    kind = said.text("said")
    if kind not in (GIVEN, DECLINED) or (kind == GIVEN) != bool(said.text("words")):
        raise Malformed(Problem("it neither answers nor declines", "it was put together by hand"))
    document = _commitment(said) if kind == GIVEN else ""
    detail = Detail(said.text("words"), facts={"salt": said.text("salt")}) if kind == GIVEN else None
    return _event(practice, said, "input", target=target, evidence=kind, document=document), detail


def _message(practice: Practice, said: Said, _: dict[str, str]) -> tuple[Event, Detail]:
    kind, words = said.text("said"), said.text("words")
    if kind not in _STEPS or not words:
        raise Usage(Problem("it is neither a question nor a concern", "the portal may be newer"))
    facts = {"on": practice.now.date(), "channel": "site", "salt": said.text("salt")}
    return _event(practice, said, "case", document=_commitment(said)), Detail(words, kind, _STEPS[kind], facts)


def _commitment(said: Said) -> str:
    return words_commitment(said.text("salt"), said.text("said"), said.text("words"))


_Prepared = Callable[[Practice, Said, dict[str, str]], tuple[Event, Detail | None]]
_KINDS: Mapping[str, _Prepared] = {
    "acknowledgement": _acknowledged,
    "withdrawal": _withdrawn,
    "permission": _permitted,
    "input": _answered,
    "message": _message,
}
