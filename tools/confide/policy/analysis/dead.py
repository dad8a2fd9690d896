"""Dead terms: a clause that changes no answer, because others say all of it, or because its time never comes (S-28).

A clause that withholds all of what another shares is a contradiction and stands in `conflicts`. Here the findings hold
together: all the share terms reported as said already can be taken out at once, and no answer changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from confide.model.agreement import EVERY, ON, PROMPTLY, Agreement, Term
from confide.policy.analysis import words
from confide.policy.analysis.answers import CROWD, Answers, Standing
from confide.policy.analysis.finding import Finding, Level
from confide.policy.analysis.shadowed import shadowed
from confide.policy.analysis.space import Point, controlled, duties_of

# What a share term promises beside the permission: who relies on it would miss it, though no answer changes.
_PROMISES = frozenset({PROMPTLY, EVERY})
# A type, a recipient, and one way of telling it.
Way = tuple[str, str, Point]


def dead(answers: Answers, types: tuple[str, ...], parties: tuple[str, ...]) -> Iterator[Finding]:
    """Share terms without effect, withhold terms that others cover, and dates outside the agreement's period."""
    agreement = answers.agreement
    if not controlled(agreement):
        yield Finding(
            "no-channel",
            "no channel is agreed whose access is controlled: nothing can ever be shared",
            sid="S-26",
            place=agreement.place,
            hint="say under `channels` which of them are controlled",
        )
        return
    gone: set[str] = set()
    for term in reversed(agreement.terms):
        if term.shares and (found := _share(answers, term, types, gone)):
            if found.kind == "said-already":
                gone.add(term.id)
            yield found
    yield from shadowed(answers, types, parties)
    yield from _dates(agreement)
    yield from _crowded(answers, types, parties)


def distinct(agreement: Agreement) -> tuple[Agreement, tuple[Finding, ...]]:
    """The agreement without clauses that say the same as an earlier one, facet by facet, and a finding for each."""
    first: dict[Term, str] = {}
    repeats = []
    for term in agreement.terms:
        same = first.setdefault(replace(term, id=""), term.id)
        if same != term.id:
            repeats.append(_said_already(term, (same,), f"clause {term.id} repeats clause {same}"))
    gone = {found.terms[0] for found in repeats}
    return replace(agreement, terms=tuple(t for t in agreement.terms if t.id not in gone)), tuple(repeats)


def _said_already(term: Term, covering: tuple[str, ...], sentence: str) -> Finding:
    return Finding(
        "said-already",
        sentence,
        terms=(term.id, *covering),
        types=term.what or (),
        parties=term.recipients or (),
        sid="S-28",
        place=term.place,
        hint="take it out, or say what it is meant to add",
    )


def _share(answers: Answers, term: Term, types: tuple[str, ...], gone: set[str]) -> Finding | None:
    """What makes a share term useless, if anything does; `gone` were found to be said already."""
    said = [
        (what, recipient, point, answer)
        for recipient in term.recipients or ()
        for what in types
        if term.about(what)
        for point, answer in answers.grid(what, recipient).items()
        if term.id in answer.able and answer.standing is not Standing.IMPOSSIBLE
    ]
    if not said:
        return _never(answers, term)
    if not any(answer.standing.permits for *_, answer in said):
        return None  # a contradiction: said in `conflicts`
    # What a permission would still open counts too; what nothing can lift does not.
    permits = [
        (what, recipient, point)
        for what, recipient, point, answer in said
        if answer.lifts or answer.standing is not Standing.WITHHELD
    ]
    covering = _covered(answers, term, permits, gone)
    if covering is None:
        return None
    all_of_it = f"{words.clauses(covering)} say{'' if len(covering) > 1 else 's'} all of it"
    return _said_already(term, covering, f"clause {term.id} adds nothing: {all_of_it}")


def _never(answers: Answers, term: Term) -> Finding | None:
    """Why a share term permits nothing even by itself."""
    agreement = answers.agreement
    days = [date.fromisoformat(moment.value) for moment in term.when or () if moment.kind == ON]
    if days and min(days) > agreement.until:
        why = f"its date, {min(days)}, comes after the agreement's last day, {agreement.until}"
    elif set(term.senders or ()) == set(term.recipients or ()) and len(term.senders or ()) == 1:
        why = f"{words.party((term.senders or ('',))[0])} would tell nobody else"
    elif absent := _absent(answers, term.senders or ()) or _absent(answers, term.recipients or ()):
        why = f"{words.parties(absent)} {'do' if len(absent) > 1 else 'does'} not take part in this partnership"
    else:
        why = "no question about it is ever answered with yes"
    return Finding(
        "never-applies",
        f"clause {term.id} never applies: {why}",
        terms=(term.id,),
        types=term.what or (),
        parties=term.recipients or (),
        sid="S-28",
        place=term.place,
    )


def _absent(answers: Answers, named: tuple[str, ...]) -> tuple[str, ...]:
    """All of the named parties, if none of them takes part."""
    known = answers.record.partnership
    return () if any((p := known.party(one)) is not None and p.active for one in named) else named


def _covered(answers: Answers, term: Term, permits: list[Way], gone: set[str]) -> tuple[str, ...] | None:
    """The other share terms that together permit all of it, with no further duty; None if something would be lost."""
    if any(answers.crowded(what, recipient) for what, recipient, _ in permits):
        return None
    duties = duties_of(term)
    no_harder = [
        other
        for other in answers.agreement.terms
        if other.shares and other is not term and other.id not in gone and duties_of(other) <= duties
    ]
    covering: dict[str, Term] = {}
    for what, recipient, point in permits:
        able = answers.grid(what, recipient)[point].able
        if not able.isdisjoint(covering):
            continue
        found = next((other for other in no_harder if other.id in able), None)
        if found is None:
            return None
        covering[found.id] = found
    promised = {m for other in covering.values() for m in other.when or () if m.kind in _PROMISES}
    onward = {party for other in covering.values() for party in other.onward or ()}
    kept = {m for m in term.when or () if m.kind in _PROMISES} <= promised and set(term.onward or ()) <= onward
    return tuple(covering) if kept else None


def _dates(agreement: Agreement) -> Iterator[Finding]:
    """A period without days, and what is due outside of it."""
    if agreement.until < agreement.effective:
        yield Finding(
            "empty-period", "it ends before it begins: it is never in force", place=agreement.place, sid="S-27"
        )
    summary = agreement.clauses.get("summary") or {}
    outside = [day for day in summary.get("due", ()) if not agreement.effective <= day <= agreement.until]
    if outside:
        days = words.listing(str(day) for day in outside)
        yield Finding(
            "empty-period",
            f"the summary is due on {days}, outside of {agreement.effective} to {agreement.until}",
            parties=summary.get("to", ()),
            sid="S-12",
            place=agreement.place,
        )


def _crowded(answers: Answers, types: tuple[str, ...], parties: tuple[str, ...]) -> Iterator[Finding]:
    crowds = [(what, party) for party in parties for what in types if answers.crowded(what, party)]
    if crowds:
        kinds = tuple(dict.fromkeys(what for what, _ in crowds))
        who = tuple(dict.fromkeys(party for _, party in crowds))
        yield Finding(
            "crowded",
            f"more than {CROWD} clauses speak of {words.whats(kinds, 'or')} to {words.parties(who, 'or')}: whether one "
            "of them says what others say was not looked at",
            Level.NOTE,
            types=kinds,
            parties=who,
            sid="S-28",
            place=answers.agreement.place,
        )
