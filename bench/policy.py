"""Decisions a second beside cedarpy: the same clauses written for both, the same questions, and the same answers.

Cedar's policies are parsed once, outside of the measurement, and asked one by one and in a batch: the faster counts.
`decide` also reads the record at every question (who signed, what was withdrawn, which duties are open) and gives every
reason with its line. Agreements are drawn from a fixed seed; what counts is the processor's time.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bench.measure import Curve, Growth, Ratio, computed
from confide.model.agreement import Agreement, Circumstances, Moment, Term
from confide.model.commitment import digest
from confide.model.decision import Decision, Request, Verdict
from confide.model.event import Event
from confide.model.partnership import Partnership, Party
from confide.model.record import Record
from confide.model.words import PURPOSES, Effect, Form, Role, covers, role_of
from confide.policy.decide import decide

SIZES = (10, 100, 1000)
QUESTIONS = 500
P = "p-k7f3"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SIGNING = ("coach", "client", "payer", "manager", "board")
RECIPIENTS = ("client", "payer", "manager", "board", "hr", "works-council", "supervisor", "payer.finance")
SENDERS = ("coach", "client", "payer")
CHANNELS = ("site", "in-person", "phone")
FORMS = (Form.TOPIC, Form.SUMMARY, Form.VERBATIM)
# Feedback waits for the terms of its source, which Cedar knows nothing of; goals are asked about by their subtypes.
ASKED = (
    *("assessment-results", "partnership-goals/shared", "partnership-goals/private", "career-aspirations"),
    *("performance-appraisals", "conflicts", "discussions", "proprietary", "strategy"),
)
NAMED = (*ASKED, "partnership-goals")


def measure() -> Iterator[Ratio]:
    """For each size the time of a decision over Cedar's, then how it grows with the terms that can match."""
    cedarpy = import_module("cedarpy") if find_spec("cedarpy") else None
    if cedarpy is None:
        print("SKIPPED: decisions beside Cedar, because cedarpy is not installed (`make bench` installs it)")
    taken: dict[int, float] = {}
    matching: dict[int, float] = {}
    for size in SIZES:
        agreement = drawn(size)
        record, questions = signed(agreement), list(asked(agreement))
        ours = [decide(question, record, NOW).verdict is Verdict.ALLOW for question in questions]
        assert any(ours) and not all(ours), "these questions tell nothing apart"
        taken[size] = computed(partial(_all, questions, record), 5) / QUESTIONS
        matching[size] = sum(len(could_match(agreement, one)) for one in questions) / QUESTIONS
        if cedarpy is not None:
            theirs, how = _cedar(cedarpy, agreement, questions, ours)
            yield Ratio(
                f"a decision under {size} terms over Cedar's",
                taken[size] / theirs,
                "at most",
                1,
                f"{1 / taken[size]:,.0f} a second beside {1 / theirs:,.0f} ({how})",
            )
    small, large = SIZES[-2:]
    grown = (taken[large] / taken[small]) / (matching[large] / matching[small])
    yield Ratio(
        f"growth from {small} to {large} terms over that of the terms that can match",
        grown,
        "at most",
        1,
        f"{matching[small]:.1f} terms: {taken[small] * 1e6:.0f} µs; {matching[large]:.1f}: {taken[large] * 1e6:.0f} µs",
        Growth("A decision", "terms", "seconds", (Curve("decide", tuple(taken.items())),)),
    )


def _all(questions: list[Request], record: Record) -> list[Decision]:
    return [decide(question, record, NOW) for question in questions]


def drawn(size: int) -> Agreement:
    """An agreement of so many clauses, a third of which withhold."""
    draw = random.Random(size)  # noqa: S311 - the same agreement in every run; nothing secret
    return Agreement(
        partnership=P,
        version=1,
        digest=digest(b"%d" % size),
        people=digest(b"people"),
        signatories=SIGNING,
        accepted=("portal",),
        effective=date(2026, 1, 12),
        until=date(2026, 12, 31),
        time_zone="Europe/London",
        law="England and Wales",
        consent={"about-client": ("client",), "about-organisation": ("payer",)},
        terms=tuple(_term(draw, number) for number in range(size)),
        types={},
        channels=dict.fromkeys(CHANNELS, "controlled"),
        settings={},
        clauses={},
    )


def _term(draw: random.Random, number: int) -> Term:
    shares = draw.random() < 2 / 3
    facets: dict[str, Any] = {
        "what": tuple(draw.sample(NAMED, draw.choice([1, 1, 2]))),
        "recipients": tuple(draw.sample(RECIPIENTS, draw.choice([1, 2]))),
        "senders": tuple(draw.sample(SENDERS, draw.choice([1, 1, 2]))),
        "form": draw.choice(FORMS),
        "channel": draw.choice([None, ("site",), ("site", "in-person")]),
    }
    if not shares:
        facets["senders"] = draw.choice([None, facets["senders"]])
        facets["form"] = draw.choice([None, Form.VERBATIM])
        return Term(f"t-{number}", Effect.WITHHOLD, when=None, circumstances=None, **facets)
    facets["not_for"] = draw.choice([(), (), ("pay", "promotion")])
    return Term(f"t-{number}", Effect.SHARE, when=(Moment("always"),), circumstances=Circumstances(), **facets)


def signed(agreement: Agreement) -> Record:
    """A partnership in which all have signed, and whoever does not sign has promised to keep what they learn."""
    parties = dict.fromkeys(("coach", *SIGNING, *RECIPIENTS))
    at = datetime(2026, 1, 13, 9, 0, tzinfo=UTC)
    about: dict[str, Any] = {"agreement": 1, "document": agreement.digest}
    events = [Event("00000000", "proposed", P, at, "coach", to=SIGNING[1:], **about)]
    for n, party in enumerate(parties, 1):
        one = Event(f"{n:08}", "acknowledged", P, at, party, to=("coach",), evidence="signed")
        if party in SIGNING:
            one = replace(one, kind="signed", evidence="", strength="portal", number=1, **about)
        events.append(one)
    return Record(
        Partnership(P, tuple(Party(p, role_of(p) or Role.SOURCE) for p in parties)), (agreement,), tuple(events)
    )


def asked(agreement: Agreement) -> Iterator[Request]:
    """Half of the questions are what some share clause speaks of, the others anything."""
    draw = random.Random(agreement.digest)  # noqa: S311 - the same questions in every run
    shares = [term for term in agreement.terms if term.shares]
    for n in range(QUESTIONS):
        term = draw.choice(shares) if n % 2 else None
        whats = [w for w in ASKED if term is None or term.about(w)]
        yield Request(
            what=draw.choice(whats),
            sender=draw.choice(term.senders or SENDERS) if term else draw.choice(SENDERS),
            recipient=draw.choice(term.recipients or RECIPIENTS) if term else draw.choice(RECIPIENTS),
            form=min(draw.choice(FORMS), term.form or Form.VERBATIM) if term else draw.choice(FORMS),
            purpose=draw.choice(["", "", *PURPOSES[:3]]),
            channel=draw.choice(CHANNELS),
        )


def could_match(agreement: Agreement, question: Request) -> list[Term]:
    """The terms about this type and recipient."""
    return [t for t in agreement.terms if t.about(question.what) and t.reaches(question.recipient)]


def _cedar(cedarpy: Any, agreement: Agreement, questions: list[Request], ours: list[bool]) -> tuple[float, str]:
    """Seconds a question, the faster way of asking, and its name. The answers have to be the same as ours."""
    policies = cedarpy.PolicySet.from_str("\n".join(map(_policy, agreement.terms)))
    entities = cedarpy.Entities.from_json_str(json.dumps(_entities()))
    requests = [_request(question) for question in questions]

    def singly() -> list[Any]:
        return [cedarpy.is_authorized(request, policies, entities) for request in requests]

    def together() -> list[Any]:
        return list(cedarpy.is_authorized_batch(requests, policies, entities))

    ways: dict[str, Callable[[], list[Any]]] = {"one by one": singly, "in a batch": together}
    for answers in (way() for way in ways.values()):
        assert [answer.allowed for answer in answers] == ours, "Cedar answers otherwise: these are not the same rules"
    return min((computed(way, 5) / QUESTIONS, name) for name, way in ways.items())


def _policy(term: Term) -> str:
    """A clause in Cedar: whom it lets learn which type, and the other facets as conditions on the context."""
    types = " || ".join(f'resource in Type::"{what}"' for what in term.what or ())
    conditions = [f"({types})", f"({' || '.join(_party(term, r) for r in term.recipients or ())})"]
    if term.senders is not None:
        conditions.append(f"{_set(term.senders)}.contains(context.sender)")
    if term.form is not None:
        conditions.append(f"context.form {'<=' if term.shares else '>='} {int(term.form)}")
    if term.channel is not None:
        conditions.append(f"{_set(term.channel)}.contains(context.channel)")
    if term.not_for:
        conditions.append(f"!{_set(term.not_for)}.contains(context.purpose)")
    scope = 'principal, action == Action::"learn", resource'
    return f"{'permit' if term.shares else 'forbid'}({scope}) when {{ {' && '.join(conditions)} }};"


def _party(term: Term, recipient: str) -> str:
    """A share clause means the party itself; one that withholds means its departments too."""
    return f'principal {"==" if term.shares else "in"} Party::"{recipient}"'


def _set(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def _entities() -> list[dict[str, Any]]:
    def entity(kind: str, name: str, parents: list[str]) -> dict[str, Any]:
        above = [{"type": kind, "id": parent} for parent in parents]
        return {"uid": {"type": kind, "id": name}, "attrs": {}, "parents": above}

    return [
        *(entity("Type", w, [o for o in NAMED if o != w and covers(o, w)]) for w in NAMED),
        *(entity("Party", p, [q for q in RECIPIENTS if p.startswith(f"{q}.")]) for p in RECIPIENTS),
    ]


def _request(question: Request) -> dict[str, Any]:
    return {
        "principal": {"type": "Party", "id": question.recipient},
        "action": {"type": "Action", "id": "learn"},
        "resource": {"type": "Type", "id": question.what},
        "context": {
            "sender": question.sender,
            "form": int(question.form),
            "channel": question.channel,
            "purpose": question.purpose,
        },
    }
