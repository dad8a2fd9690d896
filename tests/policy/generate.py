"""Worlds for the laws: agreements, the life of a partnership under them, and questions, as model values without files.

Small closed pools make things meet: few parties, few types, few texts, so that terms overlap, withdrawals hit and
disclosures repeat. Most lives go well, because a law about what is allowed says nothing while everything is denied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from confide.model.agreement import Agreement, Term
from confide.model.decision import Request
from confide.model.event import Event, Exact
from confide.model.partnership import Partnership, Party, People
from confide.model.record import Record
from confide.model.view import Text
from confide.model.words import Attribution, Form, Role, role_of
from tests.policy.generate_life import STEPS, sign
from tests.policy.generate_step import Life
from tests.policy.generate_terms import (
    CHANNELS,
    FORMS,
    HEADINGS,
    HERS,
    INSTRUMENTS,
    PEOPLE,
    READERS,
    ROLES,
    SECTIONS,
    SENDERS,
    SUMMARIES,
    TEXTS,
    TYPES,
    P,
    agreements,
    some,
)
from tests.policy.generate_words import promises


@dataclass(frozen=True)
class World:
    """One partnership, its opened texts, its people, its agreements' files, and a moment after all of it."""

    record: Record
    now: datetime
    texts: dict[str, Text]
    sources: dict[int, str]
    people: People = PEOPLE

    def with_agreements(self, change: Callable[[Agreement], Agreement]) -> World:
        changed = replace(self.record, agreements=tuple(change(a) for a in self.record.agreements))
        return replace(self, record=changed)


def partnership(inactive: str = "") -> Partnership:
    return Partnership(P, tuple(Party(p, role_of(p) or Role.SOURCE, p != inactive) for p in ROLES))


@st.composite
def worlds(draw: st.DrawFn, events: int = 10) -> World:
    """A life: the first version proposed and mostly signed, then disclosures, duties, withdrawals, a second version."""
    first, second = draw(agreements(1)), draw(agreements(2))
    two = draw(st.booleans())
    left = draw(some([""] * 7 + ["manager"]))
    instruments = INSTRUMENTS if draw(st.booleans()) else INSTRUMENTS[:1]
    record = Record(partnership(left), (first, second) if two else (first,), instruments=instruments)
    life = Life(record)
    promises(draw, life)
    sign(draw, life, first)
    steps = draw(st.lists(some(STEPS), min_size=2, max_size=events))
    turn = draw(st.integers(0, len(steps))) if two else -1
    for n, step in enumerate(steps):
        if n == turn:
            sign(draw, life, second)
        step(draw, life)
    texts = dict(TEXTS)
    for lost in draw(st.lists(some(sorted(TEXTS)), max_size=1)):
        del texts[lost]
    now = life.at + timedelta(hours=draw(some([1, 1, 24, 24, 24 * 40])))
    return World(life.record, now, texts, {1: "agreement: 1\n", 2: "agreement: 2\n"})


@st.composite
def requests(draw: st.DrawFn, record: Record) -> Request:
    """A question: often one that a share term, or a permission on record, seems to answer with yes; now and then one
    that has no meaning."""
    words = [e for e in record.of_kind("permitted", "public", "shown") if e.sections]
    if words and draw(some([True, False, False])):
        return draw(by_word(draw(some(words)), record))
    if draw(some([True] + [False] * 5)):
        return draw(summed_up())
    terms = [t for a in record.agreements for t in a.terms if t.shares]
    term = draw(some(terms)) if terms and draw(some([True] * 7 + [False])) else None
    fitting = [s for s in SECTIONS if term is not None and term.about(s.what) and s.form <= (term.form or Form.NONE)]
    hers = [s for s in fitting if (s.subject, s.source, s.owner, s.flags) == (*HERS, ())]
    section = draw(some([None, *hers, *hers, *(fitting or SECTIONS)]))
    if term is not None:
        whole = by_term(term, section)
        return replace(
            whole,
            recipient=draw(some(term.recipients or READERS)),
            sender=draw(some(term.senders or SENDERS)),
            form=draw(some([whole.form, whole.form, *FORMS])),
            attribution=draw(some([Attribution.NONE, Attribution.NONE, *Attribution])),
            purpose=draw(some(["", "", "", "pay"])),
            channel=draw(some([whole.channel] * 4 + ["e-mail"])),
        )
    odd = draw(some([0] * 16 + [*range(1, 9)]))
    return Request(
        what="gossip" if odd == 1 else section.what if section and odd != 2 else draw(some([*TYPES, *HEADINGS])),
        sender=draw(some(["public", "stranger"])) if odd == 3 else draw(some(["coach"] * 4 + list(SENDERS))),
        recipient=draw(some(["public", "stranger"])) if odd == 4 else draw(some(READERS)),
        form=draw(some(Form)) if odd == 5 else draw(some(FORMS)),
        attribution=draw(some([Attribution.NONE, Attribution.NONE, *Attribution])),
        purpose="gain" if odd == 6 else draw(some(["", "", "development", "pay"])),
        channel="pigeon" if odd == 7 else draw(some(["site"] * 4 + list(CHANNELS))),
        section=section,
        draft=odd == 8,
    )


@st.composite
def summed_up(draw: st.DrawFn) -> Request:
    """A question about a part of a summary: mostly as its clause would let it go."""
    section = draw(some([None, *SUMMARIES]))
    return Request(
        what=section.what if section else draw(some(HEADINGS)),
        sender=draw(some(["coach"] * 5 + ["client"])),
        recipient=draw(some(["payer"] * 5 + ["client", "manager"])),
        form=draw(some([Form.SUMMARY] * 4 + [Form.VERBATIM])),
        attribution=draw(some([Attribution.NONE] * 5 + [Attribution.CATEGORY])),
        purpose=draw(some(["", "", "", "", "pay"])),
        channel=draw(some(["site"] * 4 + ["in-person", "e-mail"])),
        section=section,
    )


@st.composite
def by_word(draw: st.DrawFn, event: Event, record: Record) -> Request:
    """A question about a text that somebody permitted, published or was shown: mostly as they had it."""
    section = event.sections[0]
    senders = [s for a in record.agreements for t in a.terms if t.shares for s in t.senders or ()]
    return Request(
        what=section.what,
        sender=draw(some(["coach", "coach", *senders])),
        recipient=draw(some([*event.to * 4, *READERS])),
        form=draw(some([section.form] * 4 + [event.form or Form.SUMMARY, *FORMS])),
        attribution=draw(some([Attribution.NONE] * 3 + [event.attribution or Attribution.NONE, Attribution.CATEGORY])),
        channel=draw(some([event.channel or "site"] * 4 + ["in-person"])),
        section=section,
    )


@st.composite
def asked(draw: st.DrawFn, least: int = 1, most: int = 1) -> tuple[World, list[Request]]:
    """A world and questions about it."""
    world = draw(worlds())
    return world, draw(st.lists(requests(world.record), min_size=least, max_size=most))


def by_term(term: Term, section: Exact | None = None) -> Request:
    """The widest question that a share term seems to answer with yes."""
    what, recipients, senders = term.what or (), term.recipients or (), term.senders or ()
    return Request(
        what=section.what if section else what[0],
        sender=senders[0],
        recipient=recipients[0],
        form=term.form or Form.NONE,
        attribution=term.attribution or Attribution.NONE,
        channel=(term.channel or ("site",))[0],
        section=section,
    )
