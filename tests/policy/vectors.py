"""Reads tests/vectors/policy/*.json, format 1, into model values. Whatever it does not know is an error.

A file tells the story of one partnership: its agreements, texts and events, questions about it, each with the verdict
and the slugs of *all* its reasons, and what parties then read. `because` is for people: why that is the right answer.
Times are UTC; a question is asked of the record as it was at its moment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from confide.model.agreement import Agreement, Circumstances, Moment, Term
from confide.model.commitment import digest
from confide.model.decision import Request, Verdict
from confide.model.event import KIND_FIELDS, Event, Exact
from confide.model.partnership import Partnership, Party, People
from confide.model.problem import Place
from confide.model.record import Record
from confide.model.view import Text
from confide.model.words import PARTY_ROLES, Attribution, Effect, Form, Role
from confide.policy.chain import linked

DIRECTORY = Path(__file__).parent.parent / "vectors" / "policy"
FORMAT = 1
STATES = {"active": True, "left": False}
ROLES = PARTY_ROLES | {"payer.hr": Role.PAYER}


@dataclass(frozen=True)
class Question:
    """One row: what is asked, when, and the only right answer."""

    name: str
    story: Story
    request: Request
    at: datetime
    expect: Verdict
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """What one party reads at a moment: the texts on their own page, and for the client those on others' pages."""

    name: str
    story: Story
    party: str
    at: datetime
    shows: tuple[str, ...]
    others: Mapping[str, tuple[str, ...]] | None
    events: tuple[str, ...] | None


@dataclass(frozen=True)
class Story:
    """One file."""

    name: str
    record: Record
    texts: Mapping[str, Text]
    people: People

    def at(self, moment: datetime) -> Record:
        """The record as it was at this moment."""
        events = tuple(event for event in self.record.events if event.at <= moment)
        return Record(self.record.partnership, self.record.agreements, events)


class Unknown(Exception):
    """A vector says something that this reader does not understand."""


def take(data: Mapping[str, Any], required: str, optional: str = "") -> dict[str, Any]:
    """`data`, if it has the required keys and no others than these and the optional ones."""
    keys, must, may = set(data), set(required.split()), set(optional.split())
    if not must <= keys <= must | may:
        raise Unknown(f"unknown {sorted(keys - must - may)}, missing {sorted(must - keys)}")
    return dict(data)


def load(path: Path) -> tuple[list[Question], list[Page]]:
    """The questions and pages of one file. Raises Unknown for a key outside the format."""
    data = take(
        json.loads(path.read_text("utf-8")), "format story partnership agreements texts life questions", "views"
    )
    if data["format"] != FORMAT:
        raise Unknown(f"format {data['format']}")
    exacts = {name: _exact(name, n, text) for n, (name, text) in enumerate(data["texts"].items(), 1)}
    record = _record(data, exacts)
    texts = {exact.commitment: Text(name, name) for name, exact in exacts.items()}
    story = Story(path.stem, record, texts, People(record.partnership.id, (), digest(b"people")))
    questions = [_question(path.stem, n, row, story, exacts) for n, row in enumerate(data["questions"], 1)]
    pages = [_page(path.stem, n, row, story) for n, row in enumerate(data.get("views", ()), 1)]
    return questions, pages


def everything() -> tuple[list[Question], list[Page]]:
    """All vectors there are. Raises Unknown when a directory or a file holds none: nothing asked is not a pass."""
    found = [load(path) for path in sorted(DIRECTORY.glob("*.json"))]
    if not found or not all(questions for questions, _ in found):
        raise Unknown(f"no vectors in {DIRECTORY}")
    return [q for questions, _ in found for q in questions], [p for _, pages in found for p in pages]


def _record(data: Mapping[str, Any], exacts: Mapping[str, Exact]) -> Record:
    partnership = take(data["partnership"], "id parties")
    parties = tuple(Party(p, ROLES[p], STATES[state]) for p, state in partnership["parties"].items())
    agreements = tuple(_agreement(partnership["id"], row) for row in data["agreements"])
    record = Record(Partnership(partnership["id"], parties), agreements)
    for n, row in enumerate(data["life"], 1):
        event = _event(partnership["id"], n, row, exacts, agreements)
        if record.events and event.at < record.events[-1].at:
            raise Unknown(f"event {n} lies before the one above it")
        record = Record(record.partnership, agreements, (*record.events, linked(record, event)))
    return record


def _agreement(partnership: str, row: Mapping[str, Any]) -> Agreement:
    data = take(
        row, "version signatories accepted effective until time-zone consent channels terms", "types clauses settings"
    )
    return Agreement(
        partnership=partnership,
        version=data["version"],
        digest=digest(f"agreement {data['version']}".encode()),
        people=digest(b"people"),
        signatories=tuple(data["signatories"]),
        accepted=tuple(data["accepted"]),
        effective=date.fromisoformat(data["effective"]),
        until=date.fromisoformat(data["until"]),
        time_zone=data["time-zone"],
        law="",
        consent={about: tuple(parties) for about, parties in data["consent"].items()},
        terms=tuple(_term(data["version"], n, term) for n, term in enumerate(data["terms"], 1)),
        types=data.get("types", {}),
        channels=data["channels"],
        settings=data.get("settings", {}),
        clauses=data.get("clauses", {}),
        place=Place(f"agreements/{data['version']}.yml"),
    )


def _term(version: int, n: int, row: Mapping[str, Any]) -> Term:
    optional = "what with by when form circumstances attribution channel onward not-for unless"
    data = take(row, "id effect", optional)
    by = data.get("by")
    together = isinstance(by, Mapping)
    return Term(
        id=data["id"],
        effect=Effect(data["effect"]),
        what=_tuple(data.get("what")),
        recipients=_tuple(data.get("with")),
        senders=_tuple(take(by, "together")["together"] if together else by),
        when=tuple(_moment(moment) for moment in data["when"]) if "when" in data else None,
        form=Form[data["form"].upper()] if "form" in data else None,
        circumstances=_circumstances(data["circumstances"]) if "circumstances" in data else None,
        together=together,
        attribution=Attribution[data["attribution"].upper()] if "attribution" in data else None,
        channel=_tuple(data.get("channel")),
        onward=_tuple(data.get("onward")),
        not_for=tuple(data.get("not-for", ())),
        unless=data.get("unless", ""),
        place=Place(f"agreements/{version}.yml", n),
    )


def _tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _moment(word: str | Mapping[str, str]) -> Moment:
    if isinstance(word, str):
        return Moment(word)
    ((kind, value),) = word.items()
    return Moment(kind, value)


def _circumstances(words: Any) -> Circumstances:
    if words == "always":
        return Circumstances()
    data = take(words, "attested-by that")
    return Circumstances(data["attested-by"], data["that"])


def _exact(name: str, n: int, row: Mapping[str, Any]) -> Exact:
    data = take(row, "what form", "subject source owner flags session")
    data["form"] = Form[data["form"].upper()]
    data["flags"] = tuple(data.get("flags", ()))
    section = f"notes/{data.pop('session', '2026-01-01')}#s{n}"
    return Exact(section, digest(name.encode()), **data)


def _event(
    partnership: str, n: int, row: Mapping[str, Any], exacts: Mapping[str, Exact], agreements: tuple[Agreement, ...]
) -> Event:
    required, optional = KIND_FIELDS[row["kind"]]
    data = take(row, "at kind by", "id texts " + " ".join(required | optional))
    sections = tuple(exacts[name] for name in data.pop("texts", ()))
    agreement = next((a for a in agreements if a.version == data.get("agreement")), None)
    if data["kind"] in {"proposed", "signed"} and agreement is not None:
        data["document"] = digest(data["document"].encode()) if "document" in data else agreement.digest
    if data["kind"] == "signed":
        data = {"strength": "portal", "number": 1, **data}
    if data["kind"] == "disclosed":
        data["form"] = max(exact.form for exact in sections)
        data.setdefault("what", list(dict.fromkeys(exact.what for exact in sections)))
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name != "at"}
    return Event(
        id=values.pop("id", f"0000{n:04}"),
        partnership=partnership,
        at=_time(data["at"]),
        sections=sections,
        place=Place(f"events/{n}.yml"),
        **values,
    )


def _question(stem: str, n: int, row: Mapping[str, Any], story: Story, exacts: Mapping[str, Exact]) -> Question:
    data = take(row, "ask at expect reasons because")
    ask = take(data["ask"], "to form", "about text from attribution purpose channel draft")
    section = exacts[ask["text"]] if "text" in ask else None
    request = Request(
        what=ask.get("about", section.what if section else ""),
        sender=ask.get("from", "coach"),
        recipient=ask["to"],
        form=Form[ask["form"].upper()],
        attribution=Attribution[ask.get("attribution", "none").upper()],
        purpose=ask.get("purpose", ""),
        channel=ask.get("channel", "site"),
        section=section,
        draft=ask.get("draft", False),
    )
    name = f"{stem}-{n}-{ask.get('text') or ask.get('about')}-to-{ask['to']}"
    return Question(name, story, request, _time(data["at"]), Verdict(data["expect"]), tuple(data["reasons"]))


def _page(stem: str, n: int, row: Mapping[str, Any], story: Story) -> Page:
    data = take(row, "party at shows", "others from")
    others = {reader: tuple(texts) for reader, texts in data["others"].items()} if "others" in data else None
    name = f"{stem}-{n}-{data['party']}"
    return Page(name, story, data["party"], _time(data["at"]), tuple(data["shows"]), others, _tuple(data.get("from")))


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
