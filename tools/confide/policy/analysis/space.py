"""Every question that can make a difference: the types, the parties, and for each pair how it could be told.

Values that no term tells apart get the same answer, so one of each class is asked: of the channels that no term names
one stands for all, of the forms between two thresholds the widest. `test_answers` holds this against asking everything.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import NamedTuple, TypeVar

from confide.model.agreement import ON, Agreement, Term
from confide.model.partnership import Partnership
from confide.model.words import NINE_TYPES, PURPOSES, Attribution, Form, base_type
from confide.policy.analysis.assumed import COACH, dates_of
from confide.policy.analysis.words import ANY_OTHER

T = TypeVar("T")
CONTROLLED = "controlled"
FORMS = tuple(form for form in Form if form)


class Point(NamedTuple):
    """One way in which something could be told: who, how much, by which channel, naming whom, what for, and when."""

    sender: str
    form: Form
    channel: str = "site"
    attribution: Attribution = Attribution.NONE
    purpose: str = ""
    day: date = date.min


@dataclass(frozen=True)
class Axes:
    """The values worth asking about; their product is a grid of points. Points with `sender` told to itself are left
    out by whoever walks it."""

    senders: tuple[str, ...]
    forms: tuple[Form, ...]
    channels: tuple[str, ...]
    attributions: tuple[Attribution, ...]
    purposes: tuple[str, ...]
    days: tuple[date, ...]

    def points(self) -> Iterator[Point]:
        axes = (self.senders, self.forms, self.channels, self.attributions, self.purposes, self.days)
        return (Point(*values) for values in product(*axes))

    def widest(self) -> Axes:
        """Senders, forms and channels alone, naming no source, for no purpose, on the last day on which something new
        applies: whatever is permitted anywhere else is permitted there."""
        return replace(self, attributions=(Attribution.NONE,), purposes=("",), days=self.days[-1:])


def axes_of(terms: tuple[Term, ...], *agreements: Agreement) -> Axes:
    """The axes on which `terms`, which are those about one type and recipient, can make a difference."""
    shares = [term for term in terms if term.shares]
    every = every_axis(terms, *agreements)
    return replace(
        every,
        # A group result may come with a duty of its own, which depends on the size of the group.
        forms=_classes(
            reversed(FORMS),
            lambda form: (
                bool(shares) and form is Form.AGGREGATE,
                *(form <= (t.form or Form.NONE) if t.shares else form >= (t.form or Form.NONE) for t in terms),
            ),
        ),
        channels=_classes(
            every.channels, lambda channel: tuple(t.channel is None or channel in t.channel for t in terms)
        ),
        purposes=_classes(every.purposes, lambda purpose: tuple(purpose in t.not_for for t in shares)),
    )


def every_axis(terms: tuple[Term, ...], *agreements: Agreement) -> Axes:
    """The same without leaving out values that are answered like another one. What no term names is not asked about:
    attributions, and purposes."""
    days = {agreement.effective for agreement in agreements}
    for agreement in agreements:
        days.update(dates_of(terms, agreement))
    return Axes(
        senders=tuple(dict.fromkeys((COACH, *(sender for term in terms for sender in term.senders or ())))),
        forms=FORMS,
        channels=controlled(*agreements) or ("site",),
        attributions=tuple(Attribution) if any(t.attribution is not None for t in terms) else (Attribution.NONE,),
        purposes=("", *PURPOSES) if any(term.not_for for term in terms) else ("",),
        days=tuple(sorted(days)),
    )


def speaks(term: Term, point: Point) -> bool:
    """Whether a share term, about the right type and recipient, permits this point if nothing stands against it.

    `decide` says the same of an agreement with this term alone (`test_answers` holds that).
    """
    fits = point.form <= (term.form or Form.NONE) and point.attribution <= (term.attribution or Attribution.NONE)
    return fits and _spoken_of(term, point)


def alike(terms: tuple[Term, ...], point: Point) -> Hashable:
    """Points with the same key get the same answer from these terms: each of them fits both or neither."""
    group = point.form is Form.AGGREGATE and any(term.shares for term in terms)
    fits = tuple(
        (point.form <= (t.form or Form.NONE), _spoken_of(t, point))
        if t.shares
        else (point.form >= (t.form or Form.NONE) and (t.channel is None or point.channel in t.channel))
        for t in terms
    )
    return (point.sender, point.attribution, group, fits)


def _spoken_of(term: Term, point: Point) -> bool:
    """Whether a share term names the sender, and allows the channel, the purpose and the day."""
    return (
        point.sender in (term.senders or ())
        and (term.channel is None or point.channel in term.channel)
        and point.purpose not in term.not_for
        and first_day(term) <= point.day
    )


def first_day(term: Term) -> date:
    """The day from which a term applies; from the beginning if it names none."""
    days = [date.fromisoformat(moment.value) for moment in term.when or () if moment.kind == ON]
    return min(days, default=date.min)


def duties_of(term: Term) -> frozenset[tuple[str, str]]:
    """What has to have happened before: duties, and circumstances somebody attests, as (rule, message)."""
    duties = {(moment.kind, "") for moment in term.when or () if moment.is_duty}
    if term.circumstances is not None and not term.circumstances.always:
        duties.add(("attested", f"{term.circumstances.attested_by} attests: {term.circumstances.that}"))
    return frozenset(duties)


def _classes(values: Iterable[T], signature: Callable[[T], Hashable]) -> tuple[T, ...]:
    """The first of each class of values with the same signature."""
    found: dict[Hashable, T] = {}
    for value in values:
        found.setdefault(signature(value), value)
    return tuple(found.values())


def controlled(*agreements: Agreement) -> tuple[str, ...]:
    """The channels whose access one of the agreements says is controlled; through others everything is denied."""
    named = (c for agreement in agreements for c, access in agreement.channels.items() if access == CONTROLLED)
    return tuple(dict.fromkeys(named))


def types_of(*agreements: Agreement) -> tuple[str, ...]:
    """The nine types, those an agreement adds or names, each followed by its subtypes and, where it has some, by one
    that stands for all the others."""
    named: dict[str, None] = {}
    for agreement in agreements:
        named.update(dict.fromkeys(agreement.types))
        for term in agreement.terms:
            named.update(dict.fromkeys(term.what or ()))
        summary = agreement.clauses.get("summary") or {}
        named.update(dict.fromkeys((*summary.get("includes", ()), *summary.get("excludes", ()))))
    subtypes: dict[str, list[str]] = {base: [] for base in (*NINE_TYPES, *map(base_type, named))}
    for what in named:
        if what not in subtypes:
            subtypes[base_type(what)].append(what)
    return tuple(what for base, subs in subtypes.items() for what in _family(base, subs))


def _family(base: str, subs: list[str]) -> Iterator[str]:
    yield base
    yield from subs
    if subs:
        other = f"{base}/{ANY_OTHER}"
        while other in subs:
            other += "-still"
        yield other


def recipients_of(partnership: Partnership, *agreements: Agreement) -> tuple[str, ...]:
    """Everybody who could be told something: who signs, who is named, who takes part. The coach keeps the record, and
    is among them only where a term names her."""
    named: dict[str, None] = {}
    for agreement in agreements:
        named.update(dict.fromkeys(party for party in agreement.signatories if party != COACH))
        for term in agreement.terms:
            named.update(dict.fromkeys((*(term.recipients or ()), *(term.onward or ()))))
    named.update(dict.fromkeys(p.id for p in partnership.parties if p.active and p.id != COACH))
    return tuple(named)
