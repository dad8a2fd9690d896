"""A full analysis of an agreement as large as they get: nine types, ten parties, fifty terms, under half a second.

The agreement is drawn from a fixed seed, so that every run measures the same one: senders, recipients, forms, channels,
duties, dates, purposes and onward parties of every kind, sharing and withholding.
"""

from __future__ import annotations

import random
from datetime import date

from bench.measure import Ratio, computed
from confide.model.agreement import Agreement, Circumstances, Moment, Term
from confide.model.commitment import digest
from confide.model.partnership import Partnership, Party
from confide.model.words import NINE_TYPES, Attribution, Effect, Form, Role, role_of
from confide.policy.analysis.diff import diff
from confide.policy.analysis.examine import examine

TERMS = 50
BOUND = 0.5
PARTIES = ("client", "payer", "manager", "board", "hr", "works-council", "supervisor", "adviser", "peers", "reports")
P = "p-k7f3"
_ALWAYS = (Moment("always"),)
_WHEN = (
    *(_ALWAYS,) * 4,
    *((Moment(kind),) for kind in ("client-informed", "client-first", "promptly")),
    (Moment("on", "2026-06-01"),),
)


def measure() -> list[Ratio]:
    """One analysis, and one comparison with an amendment of two clauses, each over the half second they may take."""
    partnership = Partnership(P, tuple(Party(p, role_of(p) or Role.SOURCE) for p in ("coach", *PARTIES)))
    first, second = agreement(TERMS, 1), agreement(TERMS + 2, 2)
    assert examine(first, partnership)
    assert diff(first, second, partnership)
    whole = computed(lambda: examine(first, partnership), 5)
    amended = computed(lambda: diff(first, second, partnership), 5)
    size = f"{len(NINE_TYPES)} types, {len(PARTIES)} parties, {TERMS} terms"
    return [
        Ratio("a full analysis over half a second", whole / BOUND, "at most", 1, f"{size}: {whole * 1000:.0f} ms"),
        Ratio("an amendment's diff over half a second", amended / BOUND, "at most", 1, f"{amended * 1000:.0f} ms"),
    ]


def agreement(terms: int, version: int) -> Agreement:
    """The first `terms` clauses of an endless agreement."""
    draw = random.Random(1)  # noqa: S311 - the same agreement in every run; nothing secret
    return Agreement(
        partnership=P,
        version=version,
        digest=digest(b"%d" % version),
        people=digest(b"people"),
        signatories=("coach", "client", "payer", "manager"),
        accepted=("portal",),
        effective=date(2026, 1, 12),
        until=date(2026, 12, 31),
        time_zone="Europe/London",
        law="England and Wales",
        consent={"about-client": ("client",), "about-organisation": ("payer",)},
        terms=tuple(_term(draw, number) for number in range(terms)),
        types={},
        channels=dict.fromkeys(("site", "in-person", "phone"), "controlled"),
        settings={"smallest-group": 3},
        clauses={
            "adviser": {"party": "adviser"},
            "feedback": {"circles": {"peers": 5, "reports": 2}},
            "exceptions": {"threat": {"to": ("payer.hr",), "covers": ("client",)}},
        },
    )


def _term(draw: random.Random, number: int) -> Term:
    types = (*NINE_TYPES, "partnership-goals/shared", "partnership-goals/private")
    what = tuple(draw.sample(types, draw.choice([1, 1, 2, 3])))
    recipients = tuple(draw.sample(PARTIES, draw.choice([1, 2, 3])))
    if draw.random() < 0.4:
        return Term(
            id=f"t-{number}",
            effect=Effect.WITHHOLD,
            what=what,
            recipients=recipients,
            senders=draw.choice([None, None, ("coach",)]),
            when=None,
            form=draw.choice([None, None, Form.VERBATIM]),
            circumstances=None,
            unless=draw.choice(["", "client-permits"]),
        )
    return Term(
        id=f"t-{number}",
        effect=Effect.SHARE,
        what=what,
        recipients=recipients,
        senders=draw.choice([("coach",), ("coach",), ("coach", "client"), ("payer",)]),
        when=draw.choice(_WHEN),
        form=draw.choice([Form.TOPIC, Form.SUMMARY, Form.VERBATIM]),
        circumstances=Circumstances(),
        attribution=draw.choice([None, None, Attribution.CATEGORY]),
        channel=draw.choice([None, None, ("site",), ("site", "in-person")]),
        onward=draw.choice([(), ("payer",), ("manager", "board")]),
        not_for=draw.choice([(), (), ("pay", "promotion")]),
    )
