"""The fields of an accounting of disclosures, of one line of the register (REQUIREMENTS, after 45 CFR 164.528(b)(2)).

Beside what the regulation asks for: sender, form, channel, the keys it was sealed to, the clauses and the commit of the
agreement, the duties relied on, when the subject was told, and what a line corrects. Names and addresses are sealed;
they come in only where whoever asks has opened them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from confide.model.event import Event
from confide.model.partnership import People
from confide.model.projection import seen_by
from confide.model.record import Record
from confide.policy.audience import CLIENT
from confide.policy.withdrawal import EVENT
from confide.workflows.accounting import Line
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH

_KEYED = ("enrolled", "key-changed")
_TELLS = ("disclosed", "shown", "informed", "told")


@dataclass(frozen=True)
class Column:
    """One field: its name for programs, and what a page calls it."""

    name: str
    title: str


COLUMNS: tuple[Column, ...] = tuple(
    Column(*pair)
    for pair in (
        ("date", "Date"), ("kind", "What happened"), ("recipient", "Recipient"), ("address", "Address"),
        ("what", "About"), ("texts", "Texts"), ("purpose", "On what ground"), ("sender", "By"), ("form", "Form"),
        ("attribution", "Source shown"), ("channel", "Channel"), ("keys", "Keys"), ("agreement", "Agreement"),
        ("clauses", "Clauses"), ("commit", "Agreement's commit"), ("because", "Duties relied on"),
        ("subject_told", "Subject told"), ("corrects", "Corrects"), ("withdrawn", "Withdrawn"), ("event", "Event"),
    )
)  # fmt: skip


def account(
    practice: Practice, partnership: str, lines: Iterable[Line], people: People | None = None, party: str | None = None
) -> tuple[Mapping[str, str], ...]:
    """Each line as texts by column; with `people` recipients are named, with their address if it is known.

    For one `party` it names nobody whom they may not know, neither other recipients nor sources; and nobody but the
    client is told what she read, when, or how she answered.
    """
    record, commits = practice.record(partnership), practice.sound().introduced
    return tuple(_row(line, record, commits, people, party) for line in lines)


def _row(
    line: Line, record: Record, commits: Mapping[str, str], people: People | None, party: str | None
) -> dict[str, str]:
    event = seen_by(line.event, party) if party else line.event
    hers = party in (None, COACH, CLIENT)
    found: dict[str, Any] = {
        "date": f"{event.at:%Y-%m-%dT%H:%M:%SZ}",
        "kind": event.kind,
        "recipient": "; ".join(_named(party, people) for party in event.to),
        "address": "; ".join(p.address for party in event.to for p in _persons(party, people) if p.address),
        "what": ", ".join(event.what) or event.target,
        "texts": ", ".join(exact.section for exact in event.sections),
        "purpose": _purpose(event, record),
        "sender": event.by,
        "form": event.form.word if event.form else "",
        "attribution": event.attribution.word if event.attribution else "",
        "channel": event.channel,
        "keys": ", ".join(_keys(event, record)),
        "agreement": str(event.agreement or ""),
        "clauses": ", ".join(event.terms),
        "commit": _agreements_commit(event, record, commits),
        "because": ", ".join(_reason(known, record) for known in event.because) if hers else "",
        "subject_told": _subject_told(event, record) if hers else "",
        "corrects": event.target.removeprefix(EVENT) if event.kind == "corrected" else "",
        "withdrawn": f"{line.withdrawn:%Y-%m-%dT%H:%M:%SZ}" if line.withdrawn else "",
        "event": event.id,
    }
    return {column.name: found[column.name] for column in COLUMNS}


def _persons(party: str, people: People | None) -> Sequence[Any]:
    return people.of(party) if people is not None else ()


def _named(party: str, people: People | None) -> str:
    names = ", ".join(person.name for person in _persons(party, people))
    return f"{names} ({party})" if names else party


def _purpose(event: Event, record: Record) -> str:
    """The statement of the purpose: the circumstances under which its clauses let it go, or the case it is part of."""
    agreement = record.agreement(event.agreement)
    terms = [term for term in agreement.terms if term.id in event.terms] if agreement else []
    said = [term.circumstances.that for term in terms if term.circumstances and term.circumstances.that]
    if said:
        return "; ".join(dict.fromkeys(said))
    if event.kind in ("disclosed", "told") and not terms:
        return "her own" if event.to == ("client",) else ("permitted in writing" if event.because else "")
    return "as agreed" if terms and event.kind in ("disclosed", "told") else ""


def _keys(event: Event, record: Record) -> Iterable[str]:
    """The keys that what was told was sealed to: of whoever it was told to, as they stood."""
    if event.kind != "disclosed":
        return ()
    found: dict[tuple[str, int], str] = {}
    for known in record.before(event).events:
        if known.kind in _KEYED:
            found.update({(party, known.number): known.key for party in known.to if party in event.to})
        elif known.kind == "revoked":
            for party in known.to:
                found.pop((party, known.number), None)
    return dict.fromkeys(found.values())


def _agreements_commit(event: Event, record: Record, commits: Mapping[str, str]) -> str:
    proposal = next((one for one in record.of_kind("proposed") if one.agreement == event.agreement), None)
    return commits.get(proposal.id, "") if proposal else ""


def _reason(known: str, record: Record) -> str:
    event = record.event(known)
    return f"{event.kind} {known}" if event else known


def _subject_told(event: Event, record: Record) -> str:
    """When the client first knew of it: she received it, read it before, or was told that it would go."""
    if event.kind not in ("disclosed", "told", "lapse"):
        return ""
    texts = {exact.commitment for exact in event.sections}
    for known in record.events:
        same = known.id == event.id or known.id in event.because
        same = same or bool(texts & {exact.commitment for exact in known.sections})
        if same and known.kind in _TELLS and "client" in known.to:
            return f"{known.at:%Y-%m-%dT%H:%M:%SZ}"
    return ""
