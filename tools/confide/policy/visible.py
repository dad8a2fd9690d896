"""What one party may see. Their site is a function of this value and of nothing else (promises 1 and 2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from confide.model.agreement import Agreement
from confide.model.event import Event, Exact
from confide.model.partnership import People
from confide.model.projection import seen_digest
from confide.model.record import Record
from confide.model.statement import agreement_statement
from confide.model.view import AgreementView, Entry, Shown, Signature, Text, View
from confide.model.words import Attribution, Form
from confide.policy import force
from confide.policy.audience import audience, reveals_source
from confide.policy.replay import allowed_then
from confide.policy.withdrawal import disclosure_withdrawn

CLIENT = "client"


def visible(
    record: Record,
    party: str,
    texts: Mapping[str, Text],
    people: People,
    sources: Mapping[int, str],
    number: int = 1,
) -> View:
    """The view of person `number` in the role `party`.

    texts: commitment → opened text, sources: agreement version → the exact text of its file. A record with a fault
    shows nothing; a disclosure whose text is missing, that was withdrawn or was not allowed then, is left out.
    """
    known = record.partnership.party(party)
    sound = known is not None and known.active and not record.faults
    events = record.events if sound else ()
    agreements = tuple(
        _agreement(record, a, proposed, party, number, sources) for a, proposed in _asked(record, party) if sound
    )
    over = force.ended(record)
    return View(
        partnership=record.partnership.id,
        party=party,
        role=known.role.value if known else "",
        names=_names(party, people, agreements),
        agreements=agreements,
        in_force_from=tuple(
            (v.agreement.version, max(at, force.starts(v.agreement)))
            for v in agreements
            if (at := force.completed_at(record, v.agreement)) is not None
        ),
        shown=_shown(record, events, party, texts),
        entries=tuple(_entry(record, event, party) for event in events if party in audience(event, record)),
        others=_others(record, events, texts) if party == CLIENT else (),
        adviser=tuple(dict.fromkeys(a for v in agreements if (a := _adviser(v.agreement)))),
        ended=over.at if sound and over is not None and party in over.previous else None,
        number=number,
    )


def _asked(record: Record, party: str) -> tuple[tuple[Agreement, Event], ...]:
    """The agreements put to this party for signing, oldest first, each with its proposal."""
    return tuple(
        (agreement, proposed)
        for agreement in record.agreements
        if party in agreement.signatories and (proposed := force.proposal(record, agreement)) is not None
    )


def _agreement(
    record: Record,
    agreement: Agreement,
    proposed: Event,
    party: str,
    number: int,
    sources: Mapping[int, str],
) -> AgreementView:
    signed = force.signatures(record, agreement)
    asked = b""
    if not any(event.by == party for event in signed):
        asked = agreement_statement(
            record.partnership.id,
            party,
            number,
            agreement.version,
            agreement.digest,
            agreement.people,
            seen_digest(proposed, party),
        )
    return AgreementView(
        agreement=agreement,
        source=sources.get(agreement.version, ""),
        proposed=proposed.at,
        event=proposed.id,
        signatures=tuple(Signature(e.by, e.number, e.at, e.strength, e.id) for e in signed),
        missing=force.missing(record, agreement),
        statement=asked,
    )


def _adviser(agreement: Agreement) -> str:
    adviser = agreement.clauses.get("adviser")
    return str(adviser.get("party", "")) if isinstance(adviser, Mapping) else ""


def _names(
    party: str, people: People, agreements: tuple[AgreementView, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The people this party knows from what they are asked to sign: its signatories and its adviser."""
    known = {party, "coach"}
    for shown in agreements:
        known.update(shown.agreement.signatories)
        known.add(_adviser(shown.agreement))
    return tuple(
        (other, tuple(person.name for person in people.of(other))) for other in sorted(known) if people.of(other)
    )


def _shown(record: Record, events: tuple[Event, ...], recipient: str, texts: Mapping[str, Text]) -> tuple[Shown, ...]:
    found: list[Shown] = []
    for event in events:
        if event.kind != "disclosed" or recipient not in event.to:
            continue
        if disclosure_withdrawn(record, event, recipient) is not None or not allowed_then(record, event):
            continue
        found += [
            _show(record, event, exact, recipient, texts[exact.commitment])
            for exact in event.sections
            if exact.commitment in texts
        ]
    return tuple(found)


def _show(record: Record, event: Event, exact: Exact, recipient: str, text: Text) -> Shown:
    return Shown(
        event=event.id,
        at=event.at,
        to=recipient,
        by=event.by,
        what=exact.what,
        form=event.form or Form.NONE,
        attribution=event.attribution or Attribution.NONE,
        channel=event.channel,
        subject=exact.subject,
        text=text,
        agreement=event.agreement,
        clauses=_clauses(record, event),
        terms=event.terms,
    )


def _clauses(record: Record, event: Event) -> tuple[int, ...]:
    agreement = record.agreement(event.agreement)
    return tuple(agreement.clause_number(term) for term in event.terms) if agreement else ()


def _entry(record: Record, event: Event, party: str) -> Entry:
    return Entry(
        event=event.id,
        kind=event.kind,
        at=event.at,
        by=event.by,
        to=event.to if party == CLIENT else tuple(t for t in event.to if t == party) or event.to[:0],
        what=event.what,
        form=event.form,
        channel=event.channel,
        agreement=event.agreement,
        clauses=_clauses(record, event),
        terms=event.terms,
        withdrawn=_withdrawn_at(record, event, party),
    )


def _withdrawn_at(record: Record, event: Event, party: str) -> datetime | None:
    """When a disclosure ended; for the client as soon as it ended for anybody it was addressed to."""
    if event.kind != "disclosed":
        return None
    readers = event.to if party == CLIENT else (party,)
    times = [w.at for reader in readers if (w := disclosure_withdrawn(record, event, reader)) is not None]
    return min(times, default=None)


def _others(
    record: Record, events: tuple[Event, ...], texts: Mapping[str, Text]
) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    """For the client: what each other party can read about her; nothing that points to a source (S-04)."""
    about_her = tuple(
        e
        for e in events
        if e.kind == "disclosed" and CLIENT in audience(e, record) and not reveals_source(e)
    )  # fmt: skip
    readers = sorted({to for event in about_her for to in event.to} - {CLIENT, "coach"})
    return tuple((reader, _shown(record, about_her, reader, texts)) for reader in readers)
