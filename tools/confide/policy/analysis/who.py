"""Who can see a thing, and who could ever learn it: what was told, what may be told, and every way on from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Form, base_type
from confide.policy.analysis import words
from confide.policy.analysis.answers import Answers, Standing
from confide.policy.analysis.closure import BY_CLAUSE, PERMISSION, Closure, Known, closure
from confide.policy.analysis.exceptions import Exemption, exemptions
from confide.policy.analysis.space import recipients_of, types_of
from confide.policy.force import in_force
from confide.policy.replay import allowed_then
from confide.policy.withdrawal import disclosure_withdrawn


@dataclass(frozen=True)
class Told:
    """One party who was told: by which event, in which form. `withdrawn`: when that ended; what was read stays read.
    `allowed`: whether it was, at that moment."""

    party: str
    event: str
    at: datetime
    form: Form
    withdrawn: datetime | None
    allowed: bool


@dataclass(frozen=True)
class May:
    """One party who may be told now: how much, by whom, under which clause, and what it still waits for."""

    party: str
    form: Form
    senders: tuple[str, ...]
    terms: tuple[str, ...]
    once: tuple[str, ...]


@dataclass(frozen=True)
class Who:
    """Everybody, and one type. `ever`: who could come to know it by the agreement alone, beyond those who may be told.

    permitted: who could if the permission is given that a clause speaks of. silent: of whom nobody has said anything,
    so that only a written permission of all concerned helps. never: the others, with the clauses against it.
    in_force: whether `agreement` is; otherwise the answers are those it would give once it is signed.
    """

    what: str
    agreement: int
    in_force: bool
    origins: tuple[str, ...]
    told: tuple[Told, ...]
    may: tuple[May, ...]
    ever: tuple[Known, ...]
    permitted: tuple[Known, ...]
    exempt: tuple[Exemption, ...]
    silent: tuple[str, ...]
    never: tuple[tuple[str, tuple[str, ...]], ...]


def who(record: Record, what: str, now: datetime) -> tuple[Who, ...]:
    """The answer for `what`, and for each of its subtypes that the agreement tells apart.

    Nothing if no agreement is on record: then nobody may be told anything.
    """
    agreement = in_force(record, now) or max(record.agreements, key=lambda a: a.version, default=None)
    if agreement is None:
        return ()
    family = tuple(kind for kind in types_of(agreement) if base_type(kind) == base_type(what))
    kinds = (what,) if "/" in what or not family else family
    current = in_force(record, now) is agreement
    answers = Answers(record, agreement, now) if current else Answers.of(agreement, record.partnership)
    return tuple(_who(record, answers, kind, family, current) for kind in kinds)


def _who(record: Record, answers: Answers, what: str, family: tuple[str, ...], current: bool) -> Who:
    agreement = answers.agreement
    parties = recipients_of(record.partnership, agreement)
    known = closure(answers, what, parties)
    permits = closure(answers, what, parties, (PERMISSION,))
    may = tuple(_may(answers, what, party) for party in parties if answers.permitted(what, party))
    direct = {one.party for one in may}
    others = {party: _against(answers, what, party) for party in parties if party not in {*known, *permits, *direct}}
    exempt = tuple(one for one in exemptions(agreement) if one.recipients and one.covers(what))
    return Who(
        what=what,
        agreement=agreement.version,
        in_force=current,
        origins=tuple(party for party, one in known.items() if not one.path),
        told=tuple(_told(record, what, family)),
        may=may,
        ever=tuple(one for one in known.values() if one.path and not _is_direct(one, may)),
        permitted=tuple(one for party, one in permits.items() if _more(one, known, party)),
        exempt=exempt,
        silent=tuple(party for party, against in others.items() if not against),
        never=tuple((party, against) for party, against in others.items() if against),
    )


def _is_direct(one: Known, may: tuple[May, ...]) -> bool:
    """Whether `may` says it already: one step by a clause, no wider than that."""
    direct = len(one.path) == 1 and one.path[0].kind == BY_CLAUSE
    return direct and any(m.party == one.party and m.form >= one.form for m in may)


def _more(one: Known, known: Closure, party: str) -> bool:
    """Whether a permission would let the party know more than the agreement does by itself."""
    return bool(one.path) and (party not in known or one.form > known[party].form)


def _may(answers: Answers, what: str, party: str) -> May:
    points = answers.permitted(what, party)
    form = max(point.form for point in points)
    said = {point: one for point, one in points.items() if point.form is form}
    ready = any(one.standing is Standing.ALLOWED for one in said.values())
    easiest = min(said.values(), key=lambda one: (one.standing is Standing.OPEN, len(one.duties), one.duties))
    once = () if ready else words.duties(easiest.duties)
    needs = () if ready or easiest.standing is not Standing.OPEN else tuple(_NEEDS.get(n, n) for n in easiest.needs)
    return May(
        party,
        form,
        tuple(dict.fromkeys(point.sender for point in said)),
        tuple(dict.fromkeys(term for one in said.values() for term in (one.terms or sorted(one.able)))),
        (*needs, *once),
    )


_NEEDS = {
    "source-terms": "the terms that the source was given are on record",
    "consent": "everybody concerned has consented",
    "flagged": "the holder of the flag has waived it",
    "small-group": "the group is large enough to be named",
}


def _against(answers: Answers, what: str, party: str) -> tuple[str, ...]:
    return tuple(sorted({term for said in answers.grid(what, party).values() for term in said.withheld}))


def _told(record: Record, what: str, family: tuple[str, ...]) -> Iterator[Told]:
    """Every party who was told something of this type, in the record's order."""
    for event in record.of_kind("disclosed", "told"):
        forms = [form for kind, form in _contents(event) if _of(kind, what, family)]
        for party in event.to if forms else ():
            end = disclosure_withdrawn(record, event, party)
            allowed = event.kind == "disclosed" and allowed_then(record, event)
            yield Told(
                party, event.id, event.at, max(forms), end.at if end else None, allowed or event.kind != "disclosed"
            )


def _contents(event: Event) -> Iterator[tuple[str, Form]]:
    told = event.form or Form.VERBATIM
    if event.sections:
        yield from ((exact.what, max(exact.form, told)) for exact in event.sections)
    else:
        yield from ((kind, told) for kind in event.what)


def _of(kind: str, what: str, family: tuple[str, ...]) -> bool:
    """Whether a text of `kind` belongs under `what`, of a family of types that are told apart."""
    if words.other(what):
        return kind not in family and base_type(kind) == base_type(what)
    return kind == what or ("/" in what and kind.startswith(f"{what}/"))
