"""The answers of `decide` to every question about one agreement, each question asked once.

Only the terms that speak of a type and a recipient are put before `decide`: the others cannot change its answer
(`test_answers` holds that), and an agreement of ten thousand terms stays within reach.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement, Term
from confide.model.decision import Decision, Reason, Request, Verdict
from confide.model.event import Exact
from confide.model.partnership import Partnership
from confide.model.record import Record
from confide.model.words import ORGANISATIONAL_TYPES, Form, base_type
from confide.policy.analysis.assumed import COACH, assumed, begins
from confide.policy.analysis.space import Axes, Point, alike, axes_of, speaks
from confide.policy.decide import decide
from confide.policy.force import starts
from confide.policy.malformed import malformed

CLIENT = "client"
SILENCE = "default-deny"
# A text without a place belongs to no day: it is one that will be written while the agreement is in force.
_PLACE = ""
# With more terms than this about one type and recipient not every combination of facets is asked about: the widest are.
CROWD = 64
# No event could ever turn these into a yes while this agreement stands.
_NEVER = frozenset(
    {"never-public", "controlled-channel", "in-force", "ended", "unknown-party", "left-party", "unknown-type"}
    | {"unknown-form", "unknown-purpose", "other-type", "draft-section", "malformed-term", "instrument-missing"}
)
# What somebody said since, who may: less than the clauses permit.
_NARROWED = "narrowed"
# Whoever took a clause back left nothing that speaks of it.
_TAKEN_BACK = "withdrawn"


class Standing(Enum):
    """What an answer rests on. The first three are what the agreement permits; the rest are ways of saying no."""

    ALLOWED = "allowed"
    AFTER = "after duties"
    OPEN = "once the people behind the text have agreed"
    NARROWER = "only in a narrower form"
    WITHHELD = "withheld"
    SILENT = "nobody has said"
    IMPOSSIBLE = "never"

    @property
    def permits(self) -> bool:
        return self in _PERMITS


_PERMITS = frozenset({Standing.ALLOWED, Standing.AFTER, Standing.OPEN})


class Said(NamedTuple):
    """One answer. duties: (rule, message) of each duty before. withheld: the withhold terms against it. lifts: what
    written permission would lift all of them. terms: the share term it rests on. needs: rules of what is not on record.
    able: every share term that speaks of it, whatever else stands against it."""

    standing: Standing
    duties: tuple[tuple[str, str], ...] = ()
    withheld: tuple[str, ...] = ()
    lifts: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    able: frozenset[str] = frozenset()


Grid = Mapping[Point, Said]


class Answers:
    """What one agreement answers on one record, from one moment on. Remembers every grid it was asked for."""

    def __init__(self, record: Record, agreement: Agreement, first: datetime) -> None:
        self.record = record
        self.agreement = agreement
        self.first = first
        self.broken = tuple(malformed(agreement))
        restricts = (term for instrument in record.instruments for term in instrument.restricts)
        self._terms = {term.id: term for term in (*restricts, *agreement.terms)}
        self._never = _NEVER | {fault.rule or "integrity" for fault in record.faults}
        self._by_type: dict[str, list[Term]] = {}
        for term in agreement.terms:
            for base in {base_type(what) for what in term.what} if term.what is not None else {""}:
                self._by_type.setdefault(base, []).append(term)
        self._first_day = first.astimezone(ZoneInfo(agreement.time_zone)).date()
        self._moments: dict[date, datetime] = {}
        self._grids: dict[tuple[str, str], Grid] = {}
        self._ways: dict[Hashable, frozenset[tuple[str, str]]] = {}
        self._slices: dict[tuple[str, str], tuple[Term, ...]] = {}

    @classmethod
    def of(cls, agreement: Agreement, partnership: Partnership) -> Answers:
        """On the record in which all have signed it and nothing else happened, from its first day."""
        return cls(assumed(agreement, partnership), agreement, starts(agreement))

    def named(self, ids: Iterable[str]) -> list[Term]:
        """The terms with these ids."""
        return [self._terms[term] for term in ids if term in self._terms]

    def terms(self, what: str, recipient: str) -> tuple[Term, ...]:
        """The terms that can matter to a question about this type and recipient."""
        if self.broken:
            return self.agreement.terms
        key = (what, recipient)
        if key not in self._slices:
            known = (*self._by_type.get(base_type(what), ()), *self._by_type.get("", ()))
            self._slices[key] = tuple(term for term in known if term.about(what) and _concerns(term, recipient))
        return self._slices[key]

    def grid(self, what: str, recipient: str) -> Grid:
        """The answer to every way of telling `recipient` about `what` that can make a difference."""
        key = (what, recipient)
        if key not in self._grids:
            terms = self.terms(what, recipient)
            axes = axes_of(terms, self.agreement)
            self._grids[key] = self.over(axes.widest() if len(terms) > CROWD else axes, what, recipient, terms)
        return self._grids[key]

    def crowded(self, what: str, recipient: str) -> bool:
        """Whether so many terms speak of this that the grid holds only the least that could be asked for.

        What is permitted at all, to whom, by whom, in which form and through which channel, is still exact.
        """
        return len(self.terms(what, recipient)) > CROWD

    def over(self, axes: Axes, what: str, recipient: str, terms: tuple[Term, ...] | None = None) -> Grid:
        """The same over given axes, or as if `terms` were the whole agreement."""
        known = self.terms(what, recipient) if terms is None else terms
        shares = tuple(term for term in known if term.shares and term.reaches(recipient))
        record = self._with(known)
        asked: dict[Hashable, Said] = {}
        grid: dict[Point, Said] = {}
        for point in axes.points():
            if point.sender == recipient:
                continue
            then = point._replace(day=self._within(point.day))
            key = alike(known, then)
            if key not in asked:
                able = frozenset(term.id for term in shares if speaks(term, then))
                asked[key] = self._ask(record, what, recipient, then)._replace(able=able)
            grid[point] = asked[key]
        return grid

    def ways(self, what: str, recipient: str, point: Point, said: Said) -> frozenset[frozenset[tuple[str, str]]]:
        """The duties of each share term by which a permitted point may be told: meeting one of the sets is enough."""
        return frozenset(self._duties(what, recipient, point, term) for term in said.able) or frozenset(
            {frozenset(said.duties)}
        )

    def _duties(self, what: str, recipient: str, point: Point, term: str) -> frozenset[tuple[str, str]]:
        key = (what, recipient, term, point.sender, point.form is Form.AGGREGATE, point.attribution)
        if key not in self._ways:
            only = tuple(one for one in self.terms(what, recipient) if not one.shares or one.id == term)
            then = point._replace(day=self._within(point.day))
            self._ways[key] = frozenset(self._ask(self._with(only), what, recipient, then).duties)
        return self._ways[key]

    def permitted(self, what: str, recipient: str) -> Mapping[Point, Said]:
        """The points of the grid at which the agreement permits it."""
        return {point: said for point, said in self.grid(what, recipient).items() if said.standing.permits}

    def own(self, what: str) -> bool:
        """Whether the client may have this as what is hers alone, without any term: a type that is hers alone."""
        if base_type(what) in ORGANISATIONAL_TYPES | {"feedback"}:
            return False
        hers = Exact(_PLACE, "", what, Form.VERBATIM)
        request = Request(what, COACH, CLIENT, Form.VERBATIM, channel=self._channel(), section=hers)
        return decide(request, self._with(self.terms(what, CLIENT)), self.first).allowed

    def _channel(self) -> str:
        return next((c for c, access in self.agreement.channels.items() if access == "controlled"), "site")

    def _with(self, terms: tuple[Term, ...]) -> Record:
        if self.broken:
            return self.record
        ours = replace(self.agreement, terms=terms)
        return replace(
            self.record, agreements=tuple(ours if a is self.agreement else a for a in self.record.agreements)
        )

    def _within(self, day: date) -> date:
        """The day itself, or the nearest one from the first moment to the agreement's last day."""
        return max(self._first_day, min(day, self.agreement.until))

    def _moment(self, day: date) -> datetime:
        """When a question of that day is asked."""
        if day not in self._moments:
            self._moments[day] = self.first if day == self._first_day else begins(self.agreement, day)
        return self._moments[day]

    def _ask(self, record: Record, what: str, recipient: str, point: Point) -> Said:
        now = self._moment(point.day)
        request = Request(what, point.sender, recipient, point.form, point.attribution, point.purpose, point.channel)
        said = self._said(decide(request, record, now))
        if said.standing is not Standing.OPEN:
            return said
        # What is not on record hides the duties; of a text without anybody else behind it they can be heard.
        plain = Exact(_PLACE, "", what, point.form, source=COACH)
        heard = self._said(decide(replace(request, section=plain), record, now))
        return said._replace(duties=heard.duties, terms=heard.terms)

    def _said(self, decision: Decision) -> Said:
        terms = tuple(term.id for term in decision.terms)
        if decision.verdict is Verdict.ALLOW:
            return Said(Standing.ALLOWED, terms=terms)
        if decision.verdict is Verdict.NOT_YET:
            return Said(Standing.AFTER, tuple(sorted((r.rule, r.message) for r in decision.reasons)), terms=terms)
        spoken = [term for reason in decision.reasons if (term := self._clause(reason)) is not None]
        rules = {reason.rule for reason in decision.reasons if self._clause(reason) is None}
        withheld = tuple(sorted(term.id for term in spoken if not term.shares))
        if rules & self._never:
            return Said(Standing.IMPOSSIBLE, withheld=withheld)
        if withheld:
            unless = {term.unless for term in spoken if not term.shares}
            return Said(Standing.WITHHELD, withheld=withheld, lifts=() if "" in unless else tuple(sorted(unless)))
        if SILENCE in rules or _TAKEN_BACK in rules:
            return Said(Standing.SILENT)
        if spoken or _NARROWED in rules:
            return Said(Standing.NARROWER)
        return Said(Standing.OPEN, needs=tuple(sorted(rules)))

    def _clause(self, reason: Reason) -> Term | None:
        """The clause that a reason is; a clause may bear the name of a rule, and stands elsewhere then."""
        term = self._terms.get(reason.rule)
        return term if term is not None and term.place == reason.place else None


def _concerns(term: Term, recipient: str) -> bool:
    """Whether the term may speak of the recipient: themselves, their department or its whole, or a kind of source."""
    stem = recipient.partition(".")[0]
    named = term.recipients
    return named is None or any(p == recipient or p.partition(".")[0] == stem or p == "sources" for p in named)
