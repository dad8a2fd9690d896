"""Closed pools of parties, types and texts, and the terms and agreements drawn from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from confide.model.agreement import Agreement, Circumstances, Moment, Term
from confide.model.commitment import digest
from confide.model.event import Exact
from confide.model.instrument import Instrument
from confide.model.partnership import People, Person
from confide.model.problem import Place, Problem
from confide.model.view import Text
from confide.model.words import Attribution, Effect, Form

P = "p-k7f3"
START = datetime(2026, 1, 14, 9, 0, tzinfo=UTC)
ROLES = ("coach", "client", "payer", "manager", "supervisor", "peers", "board")
READERS = ("client", "payer", "manager", "supervisor", "peers", "board", "payer.hr")
SENDERS = ("coach", "client", "payer", "manager", "payer.hr")
TYPES = (
    "partnership-goals",
    "partnership-goals/shared",
    "partnership-goals/private",
    "career-aspirations",
    "feedback",
    "strategy",
)
HEADINGS = ("current-ability", "potential-ability", "client-statement")
CHANNELS = ("site", "site", "in-person", "in-person", "e-mail", "phone", "paper")
FAULT = Problem("a signature does not verify", place=Place("records/p-k7f3", 1), rule="bad-signature")

MOMENTS = tuple(
    [Moment("always"), Moment("promptly"), Moment("every", "month")]
    + [Moment(duty) for duty in ("client-informed", "acknowledged", "client-first", "consulted")]
    + [Moment("on", day) for day in ("2026-01-20", "2026-02-20", "2026-12-24")]
)
WHEN = st.sampled_from([(MOMENTS[0],)] * 6 + [(m,) for m in MOMENTS] + [(MOMENTS[3], MOMENTS[4]), MOMENTS[7:9]])
CIRCUMSTANCES = st.sampled_from([Circumstances()] * 3 + [Circumstances("coach", "the review takes place")])
FORMS = tuple(Form)[1:]
some = st.sampled_from


def few(*pool: str, most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the pool, each once; what stands there twice comes up more often."""
    return st.lists(some(pool), min_size=1, max_size=most, unique=True).map(tuple)


def often(likely: object, other: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.just(likely), st.just(likely), other)


share_terms: st.SearchStrategy[Term] = st.builds(
    Term,
    id=st.just("share"),
    effect=st.just(Effect.SHARE),
    what=few(*TYPES[:2], *TYPES),
    recipients=few("payer", "manager", *READERS),
    senders=some([("coach",), ("coach",), ("coach", "client"), ("payer", "manager")]),
    when=WHEN,
    form=some([Form.TOPIC, Form.SUMMARY, Form.VERBATIM, Form.VERBATIM]),
    circumstances=CIRCUMSTANCES,
    attribution=some([None, *Attribution]),
    channel=often(None, few(*CHANNELS)),
    onward=some([None, (), ("manager", "supervisor"), ("payer",)]),
    not_for=some([(), (), ("pay", "promotion")]),
)

withhold_terms: st.SearchStrategy[Term] = st.builds(
    Term,
    id=st.just("withhold"),
    effect=st.just(Effect.WITHHOLD),
    what=st.none() | few(*TYPES, most=2),
    recipients=st.none() | few(*READERS, "sources", most=2),
    senders=often(None, few(*SENDERS, most=2)),
    when=often(None, WHEN),
    form=often(None, some(FORMS)),
    circumstances=often(None, CIRCUMSTANCES),
    attribution=often(None, some(Attribution)),
    channel=often(None, few(*CHANNELS, most=2)),
    unless=some(["", "", "client-permits", "owner-permits"]),
)


def numbered(terms: list[Term], version: int) -> tuple[Term, ...]:
    """Terms with ids and lines of their own."""
    named = enumerate(terms, 1)
    return tuple(replace(t, id=f"{t.effect.value}-{n}", place=Place(f"agreements/{version}.yml", n)) for n, t in named)


@st.composite
def agreements(draw: st.DrawFn, version: int) -> Agreement:
    """One well-formed version. `until` lies close, so that lives outlast it; zones lie on both sides of UTC."""
    terms = draw(st.lists(share_terms, min_size=draw(some([1, 1, 1, 0])), max_size=4)) + draw(
        st.one_of(st.just([]), st.just([]), st.lists(withhold_terms, max_size=2))
    )
    signatories = ("coach", "client", *draw(some([("payer",), ("payer", "manager"), ("payer",), ()])))
    effective = draw(some([date(2026, 1, 5)] * 8 + [date(2026, 1, 12), date(2026, 2, 10)]))
    return Agreement(
        partnership=P,
        version=version,
        digest=digest(f"agreement {version}".encode()),
        people=digest(b"people"),
        signatories=signatories,
        accepted=("own-key", "portal"),
        effective=effective,
        until=draw(some([date(2026, 12, 31)] * 9 + [date(2026, 2, 20), date(2026, 1, 24)])),
        time_zone=draw(some(["Europe/London", "Pacific/Auckland", "America/Los_Angeles"])),
        law="England and Wales",
        consent=draw(
            some(
                [
                    {"about-client": ("client",), "about-organisation": ("payer",)},
                    {"about-client": ("client",), "about-organisation": ("payer",)},
                    {"about-client": ("client", "manager")},
                    {"about-client": (), "about-organisation": ()},
                ]
            )
        ),
        terms=numbered(draw(st.permutations(terms)), version),
        types={},
        channels=draw(
            some(
                [
                    {"site": "controlled", "in-person": "controlled", "phone": "controlled", "paper": "controlled"},
                    {"site": "controlled", "in-person": "controlled", "phone": "controlled"},
                    {"site": "controlled", "in-person": "controlled", "e-mail": "receive-only", "paper": "not-used"},
                    {"site": "controlled", "in-person": "not-used", "phone": "controlled", "paper": "controlled"},
                ]
            )
        ),
        settings=draw(some([{}, {}, {"smallest-group": 2}, {"smallest-group": 4}])),
        clauses=draw(CLAUSES),
        place=Place(f"agreements/{version}.yml"),
    )


def exact(n: int, what: str, form: Form, people: tuple[str, str, str], flags: tuple[str, ...] = ()) -> Exact:
    return Exact(f"{PLACES[n % len(PLACES)]}#s{n}", digest(f"text {n}".encode()), what, form, *people, flags)


# Before the first agreement, between two, on the days of signatures, after all of it; and without a day.
PLACES = (
    *("notes/2026-01-02", "notes/2026-01-14", "notes/2026-01-15", "notes/2026-01-16", "notes/2026-02-12"),
    *("feedback/7k2m9qd", "notes/2026-01-18-2"),
)
SUMMED_UP = "summaries/4h7m2qk"


HERS = ("client", "client", "client")
SIZES = ({"peers": 5, "reports": 3}, {"peers": 2, "reports": 2, "board": 6}, {"peers": 4, "board": 1}, {"peers": 1})
SUMMARY: dict[str, object] = {
    "to": ("payer",),
    "by": ("coach",),
    "headings": ("current-ability", "continue-coaching"),
    "includes": ("partnership-goals/shared",),
    "excludes": ("career-aspirations", "feedback"),
    "channel": ("site", "in-person"),
    "not-for": ("pay",),
}
CLAUSES: st.SearchStrategy[dict[str, object]] = st.builds(
    lambda circles, waived, summary, survives: {
        "adviser": {"party": "supervisor"},
        **({"feedback": {"unsolicited": "accept", "circles": circles}} if circles else {}),
        **({"exceptions": {"input-waived-when": "she cannot be reached"}} if waived else {}),
        **({"summary": summary} if summary else {}),
        **({"ending": {"by": ("client",), "survives": survives}} if survives else {}),
    },
    some([*SIZES, SIZES[0], None]),
    st.booleans(),
    some([None, SUMMARY, SUMMARY, SUMMARY | {"when": (Moment("client-first"),), "client-statement": "attached"}]),
    some([(), ("withheld",), ("final-summary",), ("withheld", "final-summary"), ("onward", "final-summary")]),
)


def instrument(name: str, until: date | None, *restricts: Term) -> Instrument:
    return Instrument(
        name,
        P,
        "nda",
        ("client", "payer"),
        digest(b"sealed"),
        date(2026, 1, 1),
        until,
        restricts,
        digest(name.encode()),
    )


NOTHING = dict.fromkeys(("what", "recipients", "senders", "when", "form", "circumstances"))


def restriction(name: str, **facets: object) -> Term:
    return Term(name, Effect.WITHHOLD, **(NOTHING | facets))  # type: ignore[arg-type]


INSTRUMENTS = (
    instrument("nda", None, restriction("nda-strategy", what=("strategy",), unless="owner-permits")),
    instrument("works", date(2026, 1, 20), restriction("works-feedback", what=("feedback",), recipients=("payer",))),
    instrument("house", date(2026, 12, 31), restriction("house-verbatim", recipients=("sources",), form=Form.VERBATIM)),
)
SECTIONS = tuple(
    exact(n, what, form, people, flags)
    for n, (what, form, people, flags) in enumerate(
        [
            ("partnership-goals/shared", Form.SUMMARY, HERS, ()),
            ("partnership-goals/shared", Form.VERBATIM, HERS, ()),
            ("partnership-goals/private", Form.TOPIC, HERS, ()),
            ("partnership-goals", Form.SUMMARY, ("client", "coach", "client"), ()),
            ("career-aspirations", Form.VERBATIM, HERS, ()),
            ("career-aspirations", Form.SUMMARY, ("client", "manager", "client"), ()),
            ("feedback", Form.SUMMARY, ("client", "peers", "client"), ()),
            ("feedback", Form.SUMMARY, ("client", "board", "client"), ()),
            ("strategy", Form.VERBATIM, ("payer", "client", "payer"), ()),
            ("strategy", Form.SUMMARY, ("payer", "payer", "payer"), ("trade-secret",)),
            ("career-aspirations", Form.SUMMARY, ("manager", "client", "manager"), ()),
            ("partnership-goals/shared", Form.TOPIC, HERS, ("privileged",)),
        ]
    )
) + tuple(
    replace(exact(n, what, form, people), section=f"{SUMMED_UP}#s{n}")
    for n, (what, form, people) in enumerate(
        [
            ("current-ability", Form.SUMMARY, ("client", "coach", "client")),
            ("partnership-goals/shared", Form.SUMMARY, HERS),
            ("career-aspirations", Form.SUMMARY, HERS),
        ],
        12,
    )
)
SUMMARIES = SECTIONS[12:]
TEXTS = {s.commitment: Text(f"Title {n}", f"CANARY-TEXT-{n:02}") for n, s in enumerate(SECTIONS)}
PEOPLE = People(
    P,
    tuple(Person(p, n, f"CANARY-NAME-{p}-{n}") for p in (*ROLES, "payer.hr") for n in (1, 2)),
    digest(b"people"),
)
