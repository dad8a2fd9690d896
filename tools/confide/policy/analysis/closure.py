"""Onward closure: who could ever come to know a thing, and along which path (S-21 to S-23).

A fixpoint over how far a thing can travel: by the clauses that share, each for its own senders; from recipients to
those they may pass it on to; by the summary; and, kept apart, by a permission somebody may still give or an exception
of the law. Nobody passes on more than they know, so forms only shrink along a path and cycles end.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from confide.model.agreement import Agreement
from confide.model.words import ORGANISATIONAL_TYPES, Form, Role, base_type, covers, role_of
from confide.policy.analysis import words
from confide.policy.analysis.answers import CLIENT, Answers, Grid, Said
from confide.policy.analysis.assumed import COACH
from confide.policy.analysis.exceptions import Exemption, exemptions
from confide.policy.analysis.finding import Finding

BY_CLAUSE, ONWARD, SUMMARY, PERMISSION, EXCEPTION = "clause", "onward", "summary", "permission", "exception"


@dataclass(frozen=True, order=True)
class Step:
    """One way on: `sender` may tell `recipient` in `form` at most. `by` is a clause, or the name of an exception.

    against: withhold terms that forbid this very step, although a clause lets the sender pass it on.
    """

    sender: str
    recipient: str
    form: Form
    kind: str
    by: str
    against: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f"{words.party(self.sender)} to {words.party(self.recipient)}, {words.form(self.form)}"
        source = {
            BY_CLAUSE: f"clause {self.by}",
            ONWARD: f"clause {self.by} lets it be passed on",
            SUMMARY: "the agreed summary",
            PERMISSION: f"if permitted: clause {self.by}",
            EXCEPTION: f"exception `{self.by}`",
        }[self.kind]
        against = f"; against {words.clauses(self.against)}" if self.against else ""
        return f"{told} ({source}{against})"


@dataclass(frozen=True)
class Known:
    """What one party could come to know: at most in `form`, at the end of `path`; no path: known from the beginning."""

    party: str
    form: Form
    path: tuple[Step, ...]


Closure = Mapping[str, Known]


def closure(answers: Answers, what: str, parties: tuple[str, ...], extra: Iterable[str] = ()) -> Closure:
    """party → what they could come to know of `what` by the agreement itself, by the shortest of the widest paths.

    With PERMISSION or EXCEPTION in `extra` also what permissions withheld so far, or exceptions, would let through.
    """
    extra = tuple(extra)
    steps = list(steps_of(answers, what, parties))
    if PERMISSION in extra:
        steps += _permissions(answers, what, parties)
    if EXCEPTION in extra:
        steps += _exceptions(exemptions(answers.agreement), what)
    return _spread(_origins(answers.agreement, what, parties), steps)


def _spread(origins: Iterable[str], steps: Iterable[Step]) -> dict[str, Known]:
    """Widest form first, then fewest steps: each party is settled once, so cycles cost nothing."""
    onward: dict[str, list[Step]] = {}
    for step in steps:
        onward.setdefault(step.sender, []).append(step)
    found: dict[str, Known] = {}
    waiting: list[tuple[int, int, tuple[str, ...], str, tuple[Step, ...]]] = [
        (-Form.VERBATIM, 0, (), origin, ()) for origin in origins
    ]
    heapq.heapify(waiting)
    while waiting:
        form, length, order, party, path = heapq.heappop(waiting)
        if party in found:
            continue
        found[party] = Known(party, Form(-form), path)
        for step in onward.get(party, ()):
            if step.recipient not in found:
                reach = max(form, -step.form)
                label = (*order, step.recipient, step.kind, step.by)
                heapq.heappush(waiting, (reach, length + 1, label, step.recipient, (*path, step)))
    return found


def _origins(agreement: Agreement, what: str, parties: tuple[str, ...]) -> Iterator[str]:
    """Who has it before anybody tells: the coach, and whoever such information comes from."""
    yield COACH
    base = base_type(what)
    if base in ORGANISATIONAL_TYPES:
        # Whoever of the organisation may tell it knows it already.
        told_by = {
            sender for term in agreement.terms if term.shares and term.about(what) for sender in term.senders or ()
        }
        inside = (party for party in parties if role_of(party) in (Role.PAYER, Role.STAKEHOLDER))
        yield from (p for p in inside if p in told_by or (role_of(p) is Role.PAYER and "." not in p))
    elif base == "feedback":
        yield from (party for party in parties if role_of(party) is Role.SOURCE)
    else:
        yield CLIENT


def steps_of(answers: Answers, what: str, parties: tuple[str, ...]) -> Iterator[Step]:
    """Every step that the agreement itself opens."""
    for recipient in parties:
        yield from _told(answers, what, recipient)
        yield from _passed_on(answers, what, recipient)
    yield from _summarised(answers, what)


def _told(answers: Answers, what: str, recipient: str) -> Iterator[Step]:
    widest: dict[str, tuple[Form, str]] = {}
    for point, said in answers.permitted(what, recipient).items():
        if point.form > widest.get(point.sender, (Form.NONE, ""))[0]:
            widest[point.sender] = (point.form, (*said.terms, *sorted(said.able), "")[0])
    for sender, (form, by) in widest.items():
        yield Step(sender, recipient, form, BY_CLAUSE, by)


def _passed_on(answers: Answers, what: str, recipient: str) -> Iterator[Step]:
    """A recipient who is told something under a clause may tell those whom the clause lets them tell."""
    told: dict[str, Form] = {}
    for point, said in answers.permitted(what, recipient).items():
        for clause in said.able:
            told[clause] = max(point.form, told.get(clause, Form.NONE))
    # Of many clauses that let it be passed on to somebody, the widest counts; among equals the first by id.
    widest: dict[str, tuple[int, str]] = {}
    for term in answers.terms(what, recipient):
        for to in term.onward or () if term.id in told else ():
            if to != recipient:
                widest[to] = min((-told[term.id], term.id), widest.get(to, (0, "")))
    for to, (form, clause) in widest.items():
        against = _against(answers, what, recipient, to, Form(-form))
        yield Step(recipient, to, Form(-form), ONWARD, clause, against)


def _against(answers: Answers, what: str, sender: str, recipient: str, form: Form) -> tuple[str, ...]:
    """The withhold terms that forbid the sender to tell this recipient."""
    grid = answers.grid(what, recipient)
    teller = sender if any(point.sender == sender for point in grid) else COACH
    withheld = {term for said in _told_in(grid, teller, form) for term in said.withheld}
    stem = sender.partition(".")[0]
    return tuple(
        term.id
        for term in answers.terms(what, recipient)
        if term.id in withheld and (term.senders is None or not {sender, stem, "sources"}.isdisjoint(term.senders))
    )


def _told_in(grid: Grid, sender: str, form: Form) -> list[Said]:
    """The answers for a sender in that form: in the least of those asked about that is no narrower."""
    known = min((point.form for point in grid if point.form >= form), default=form)
    return [said for point, said in grid.items() if point.sender == sender and point.form == known]


def _summarised(answers: Answers, what: str) -> Iterator[Step]:
    summary = answers.agreement.clauses.get("summary") or {}
    if not any(what == one or what.startswith(f"{one}/") for one in summary.get("includes", ())):
        return
    form = Form[str(summary.get("form", Form.SUMMARY.word)).upper()]
    for recipient in summary.get("to", ()):
        if any(said.withheld for said in answers.grid(what, recipient).values()):
            continue
        for sender in summary.get("by", ()):
            yield Step(sender, recipient, form, SUMMARY, "summary")


def _permissions(answers: Answers, what: str, parties: tuple[str, ...]) -> Iterator[Step]:
    """What is withheld unless somebody permits it in writing."""
    for recipient in parties:
        seen: set[str] = set()
        for point, said in answers.grid(what, recipient).items():
            if said.lifts and point.sender not in seen and point.sender != recipient:
                seen.add(point.sender)
                yield Step(point.sender, recipient, Form.VERBATIM, PERMISSION, said.withheld[0])


def _exceptions(known: Iterable[Exemption], what: str) -> Iterator[Step]:
    for exemption in known:
        if exemption.covers(what):
            for recipient in exemption.recipients:
                yield Step(COACH, recipient, Form.VERBATIM, EXCEPTION, exemption.ground)


def leaks(answers: Answers, types: tuple[str, ...], parties: tuple[str, ...]) -> Iterator[Finding]:
    """Parties from whom something is expressly withheld, and who could come to know it from another who may be told."""
    grouped: dict[tuple[str, tuple[Step, ...], tuple[str, ...]], list[str]] = {}
    for what in types:
        known = closure(answers, what, parties)
        for party in parties:
            path = known[party].path if party in known else ()
            if len(path) > 1 or (path and path[-1].kind == ONWARD):
                against = _withheld(answers, what, party, known[party].form)
                if against:
                    grouped.setdefault((party, path, against), []).append(what)
    for (party, path, against), kinds in grouped.items():
        yield Finding(
            "leak",
            f"{words.party(party)} could come to know {words.whats(kinds)}, which {words.clauses(against)} "
            f"withhold{'' if len(against) > 1 else 's'}: from {', then from '.join(map(str, path))}",
            terms=(*against, *(step.by for step in path)),
            types=tuple(kinds),
            parties=(party,),
            sid="S-23",
            place=answers.agreement.place,
            hint="narrow `onward`, or say in the withhold clause that this is meant",
        )


def _withheld(answers: Answers, what: str, party: str, form: Form) -> tuple[str, ...]:
    """The withhold terms that keep just that from the party when the coach would tell it.

    A type left unqualified is kept back for a subtype's sake too, because it might be one; that is no leak.
    """
    said = _told_in(answers.grid(what, party), COACH, form)
    if any(one.standing.permits for one in said):
        return ()
    withheld = {term for one in said for term in one.withheld}
    return tuple(
        term.id
        for term in answers.terms(what, party)
        if term.id in withheld and (term.what is None or any(covers(known, what) for known in term.what))
    )
