"""`receive`: what a payer hands over, an appraisal or a strategy, is taken in with its owner (S-08, S-33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from confide.model.decision import Request
from confide.model.detail import RECEIVED, Detail
from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.words import FLAGS, ORGANISATIONAL_TYPES, Form, Role, base_type
from confide.policy.decide import decide
from confide.records import tree
from confide.workflows import asking, notes
from confide.workflows.disclose import Asked, refuse_unless_allowed
from confide.workflows.feedback_terms import case, check_day
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH
from confide.workflows.sealed_texts import prepared, quoted


@dataclass(frozen=True)
class Handed:
    """What was handed over: its type, by whom, whose it is, when and how; as text, as a document, or as both.

    owner is empty where it is the organisation's or the giver's own, as its type says.
    """

    what: str
    on: date
    channel: str
    source: str = "payer"
    owner: str = ""
    text: str = ""
    document: bytes = b""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """What was recorded, and the section that holds the text; empty where only a document was handed over."""

    event: Event
    ref: str


def receive(practice: Practice, partnership: str, handed: Handed, words: str = "") -> Kept:
    """Take it in: decided like any disclosure, with the coach as its recipient; sealed with its owner on it.

    Raises NotAllowed or NotYet with every reason: what may not come in is returned.
    """
    record = practice.trusted(partnership)
    _check(practice, record, handed)
    request = Request(handed.what, handed.source, COACH, Form.VERBATIM, channel=handed.channel)
    refuse_unless_allowed((Asked(request, decide(request, record, practice.now), record),))
    owner = handed.owner or _owner(handed)
    ref = ""
    files: dict[str, bytes] = {}
    if handed.text.strip():
        name = notes.next_name(practice, partnership, handed.on)
        flags = f" flags={','.join(handed.flags)}" if handed.flags else ""
        facets = f"what={handed.what} owner={owner} source={handed.source}{flags}"
        text = f"## Received {{{facets}}}\n\n{quoted(handed.text)}\n"
        note, files = prepared(practice, partnership, tree.note_path(name), text, handed.on)
        ref = note.sections[0].ref
    facts: dict[str, Any] = {
        "on": handed.on,
        "channel": handed.channel,
        "source": handed.source,
        "owner": owner,
        "what": handed.what,
        **({"note": ref} if ref else {}),
    }
    detail = Detail(words, RECEIVED, "taken-in", facts)
    return Kept(case(practice, record, detail, files={**files}, document=handed.document), ref)


def returned(practice: Practice, partnership: str, on: date, channel: str, why: str) -> Event:
    """Record that something handed over was given back, and why; nothing of it is stored."""
    record = practice.trusted(partnership)
    check_day(practice, on)
    if not why.strip():
        raise Usage(
            Problem(
                "it does not say why", "what is given back is on record with its reason", hint="--words FILE; sealed"
            )
        )
    return case(practice, record, Detail(why, RECEIVED, "returned", {"on": on, "channel": channel}))


def _check(practice: Practice, record: Record, handed: Handed) -> None:
    asking.check_type(record, handed.what)
    check_day(practice, handed.on)
    if asking.party_of(record, handed.source).role is Role.COACH:
        raise Usage(Problem("the coach hands nothing over to herself", "somebody else does", hint="--from payer"))
    if handed.owner and asking.party_of(record, handed.owner).role is Role.CLIENT:
        _check_hers(handed)
    if base_type(handed.what) == "feedback":
        raise Usage(
            Problem(
                "feedback is taken in under the terms of its source",
                "whoever gave it was told what becomes of it",
                hint="confide feedback add",
            )
        )
    if not handed.text.strip() and not handed.document:
        raise Usage(Problem("there is nothing to take in", "it is empty", hint="--file FILE, --document FILE, or both"))
    unknown = [flag for flag in handed.flags if flag not in FLAGS]
    if unknown:
        raise Usage(Problem("that is no flag", "flags are from a closed list", hint=", ".join(sorted(FLAGS))))


def _check_hers(handed: Handed) -> None:
    """What the organisation hands over of its own does not become the client's by a word of the coach's (S-08)."""
    if base_type(handed.what) in ORGANISATIONAL_TYPES and handed.source != handed.owner:
        raise NotAllowed(
            Problem(
                f"{handed.what} that `{handed.source}` hands over is not the client's",
                "it belongs to the organisation, whoever it is about  [S-08]",
                hint=f"--owner {handed.source}, or leave it out",
                rule="owner",
            )
        )


def _owner(handed: Handed) -> str:
    organisations = base_type(handed.what) in ORGANISATIONAL_TYPES
    return "payer" if organisations else handed.source
