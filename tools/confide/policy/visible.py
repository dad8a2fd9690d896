"""What one party may see. Their site is a function of this value and of nothing else (promises 1 and 2)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from confide.model.agreement import Agreement
from confide.model.decision import Verdict
from confide.model.event import Event, Exact
from confide.model.partnership import People
from confide.model.projection import seen_digest
from confide.model.record import Record
from confide.model.statement import agreement_statement
from confide.model.view import AgreementView, Answer, Shown, Signature, Text, View
from confide.model.words import Attribution, Role
from confide.policy import force
from confide.policy.accounting import clauses, entries
from confide.policy.audience import CLIENT, audience, reveals_source
from confide.policy.decide import decide
from confide.policy.offers import offers
from confide.policy.replay import allowed_beside, allowed_then, request_for
from confide.policy.reviews import reviews
from confide.policy.withdrawal import disclosure_withdrawn


def visible(
    record: Record,
    party: str,
    texts: Mapping[str, Text],
    people: People,
    sources: Mapping[int, str],
    number: int = 1,
    kept_back: frozenset[str] = frozenset(),
    answered: tuple[Answer, ...] = (),
) -> View:
    """The view of person `number` in the role `party`. kept_back: events that a client does not read of yet.
    answered: what the coach answered to this person.

    texts: commitment → opened text, sources: agreement version → the exact text of its file. A record with a fault
    shows nothing; a disclosure whose text is missing, that was withdrawn or was not allowed then, is left out.
    """
    known = record.partnership.party(party)
    if known is None or not known.active or record.faults:
        return _nothing(record, party, number, known.role.value if known else "")
    agreements = tuple(_agreement(record, a, proposed, party, number, sources) for a, proposed in _asked(record, party))
    asked = {v.agreement.version for v in agreements}
    over = record.of_kind(*force.ENDING)
    first = reviews(record, party, texts)
    return View(
        partnership=record.partnership.id,
        party=party,
        role=known.role.value,
        names=_names(party, people, agreements),
        agreements=agreements,
        in_force_from=tuple(
            (v.agreement.version, begins)
            for v in agreements
            if (begins := force.begins_at(record, v.agreement)) is not None
        ),
        shown=tuple(
            _show(event, exact, party, texts, clauses(record, event, asked))
            for event, exact in readable(record, record.events, party)
            if exact.commitment in texts
        ),
        entries=tuple(
            entry
            for entry in entries(record, party, asked)
            if known.role is not Role.CLIENT or entry.event not in kept_back
        ),
        others=_others(record, texts, asked) if party == CLIENT else (),
        adviser=tuple(dict.fromkeys(a for v in agreements if (a := _adviser(v.agreement)))),
        ended=next((event.at for event in over if party in audience(event, record)), None),
        number=number,
        reviews=first,
        offers=offers(record, party, number, tuple(v.agreement for v in agreements), first),
        answers=answered,
    )


def _nothing(record: Record, party: str, number: int, role: str) -> View:
    return View(record.partnership.id, party, role, (), (), (), (), (), (), (), number=number)


def _asked(record: Record, party: str) -> tuple[tuple[Agreement, Event], ...]:
    """The agreements put to this party for signing, oldest first, each with its proposal."""
    return tuple(
        (agreement, proposed)
        for agreement in sorted(record.agreements, key=lambda a: a.version)
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


def readable(record: Record, events: tuple[Event, ...], recipient: str) -> Iterator[tuple[Event, Exact]]:
    """What was disclosed to `recipient`, was allowed at that moment, and was not withdrawn since (promise 1)."""
    for event in events:
        if event.kind != "disclosed" or recipient not in event.to:
            continue
        if (
            disclosure_withdrawn(record, event, recipient) is None
            and allowed_then(record, event)
            and allowed_beside(record, event)
        ):
            yield from ((event, exact) for exact in event.sections)


def _show(event: Event, exact: Exact, recipient: str, texts: Mapping[str, Text], numbers: tuple[int, ...]) -> Shown:
    return Shown(
        event=event.id,
        at=event.at,
        to=recipient,
        by=event.by,
        what=exact.what,
        form=request_for(event, exact, recipient).form,
        attribution=event.attribution or Attribution.NONE,
        channel=event.channel,
        subject=exact.subject,
        text=texts[exact.commitment],
        agreement=event.agreement,
        clauses=numbers,
        terms=event.terms,
    )


def _others(
    record: Record, texts: Mapping[str, Text], asked: Container[int]
) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    """For the client: what each other party can read about her; nothing that points to a source (S-04).

    She reads a text here only if it might have been told to herself at that moment: what somebody else was told about
    her is on her account in any case, but its words may be the manager's or the organisation's (promise 1).
    """
    about_her = tuple(e for e in record.of_kind("disclosed") if CLIENT in audience(e, record) and not reveals_source(e))
    readers = sorted({to for event in about_her for to in event.to} - {CLIENT, "coach"})
    return tuple(
        (
            reader,
            tuple(
                _show(event, exact, reader, texts, clauses(record, event, asked))
                for event, exact in readable(record, about_her, reader)
                if exact.commitment in texts and _might_be_hers(record, event, exact)
            ),
        )
        for reader in readers
    )


def _might_be_hers(record: Record, event: Event, exact: Exact) -> bool:
    request = request_for(event, exact, CLIENT)
    return decide(request, record.before(event), event.at).verdict is Verdict.ALLOW
