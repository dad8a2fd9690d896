"""One small partnership for tests that want to say one thing: everybody signed, one clause shares her goals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from confide.model.agreement import Agreement, Circumstances, Moment, Term
from confide.model.commitment import digest
from confide.model.decision import Decision, Request, Verdict
from confide.model.event import Event, Exact
from confide.model.partnership import Partnership, Party, People, Person
from confide.model.problem import Place
from confide.model.record import Record
from confide.model.view import Text, View
from confide.model.words import Effect, Form, Role, role_of
from confide.policy.chain import linked
from confide.policy.decide import decide
from confide.policy.visible import visible

P = "p-k7f3"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GOALS = Exact("notes/2026-02-03#s1", digest(b"goals"), "partnership-goals/shared", Form.SUMMARY)
TEXTS = {GOALS.commitment: Text("Goals", "CANARY-GOALS")}
PEOPLE = People(P, tuple(Person(p, 1, f"NAME-{p}") for p in ("coach", "client", "payer")), digest(b"people"))
PARTIES = ("coach", "client", "payer", "manager", "supervisor", "peers")


def share(term_id: str = "goals", **facets: Any) -> Term:
    """A share term: shared goals, from the coach to the payer, in summary, always."""
    whole: dict[str, Any] = {
        "what": ("partnership-goals/shared",),
        "recipients": ("payer",),
        "senders": ("coach",),
        "when": (Moment("always"),),
        "form": Form.SUMMARY,
        "circumstances": Circumstances(),
        "place": Place("agreements/1.yml", 20),
    }
    return Term(term_id, Effect.SHARE, **(whole | facets))


def withhold(term_id: str = "private", **facets: Any) -> Term:
    """A withhold term: everything, from everybody, by everybody, unless a facet says otherwise."""
    whole: dict[str, Any] = dict.fromkeys(("what", "recipients", "senders", "when", "form", "circumstances"))
    return Term(term_id, Effect.WITHHOLD, **(whole | {"place": Place("agreements/1.yml", 30)} | facets))


def agreement(*terms: Term, version: int = 1, **fields: Any) -> Agreement:
    whole: dict[str, Any] = {
        "partnership": P,
        "version": version,
        "digest": digest(f"agreement {version}".encode()),
        "people": digest(b"people"),
        "signatories": ("coach", "client", "payer"),
        "accepted": ("portal",),
        "effective": date(2026, 1, 1),
        "until": date(2026, 12, 31),
        "time_zone": "Europe/London",
        "law": "England and Wales",
        "consent": {"about-client": ("client",), "about-organisation": ("payer",)},
        "terms": terms or (share(),),
        "types": {},
        "channels": {"site": "controlled", "in-person": "controlled"},
        "settings": {},
        "clauses": {},
        "place": Place(f"agreements/{version}.yml", 1),
    }
    return Agreement(**(whole | fields))


def record(*agreements: Agreement, signed: bool = True) -> Record:
    """The partnership with these agreements (or the usual one), proposed, and signed by all on 10 January.

    Whoever signs nothing has promised to keep what they learn (S-21).
    """
    versions = agreements or (agreement(),)
    roles = ((party, role_of(party) or Role.SOURCE) for party in PARTIES)
    found = Record(Partnership(P, tuple(Party(*pair) for pair in roles), place=Place("partnership.yml", 1)), versions)
    at = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
    for version in versions:
        about = {"agreement": version.version, "document": version.digest}
        to = tuple(p for p in version.signatories if p != "coach")
        found = add(found, "proposed", at=at, to=to, **about)
        for party in version.signatories if signed else ():
            to = tuple(p for p in version.signatories if p != party)
            found = add(found, "signed", party, at=at, to=to, strength="portal", number=1, **about)
    signs = {party for version in versions for party in version.signatories}
    for party in PARTIES if signed else ():
        if party not in signs:
            found = add(found, "acknowledged", party, at=at, to=("coach",), evidence="signed")
    return found


def add(known: Record, kind: str, by: str = "coach", *, at: datetime | None = None, **fields: Any) -> Record:
    """The record with one more event, a day after the last unless `at` says otherwise, linked like the ledger does."""
    n = len(known.events)
    when = at or max((event.at for event in known.events), default=NOW) + timedelta(days=1)
    event_id = fields.pop("id", f"{n:08}")
    event = linked(known, Event(event_id, kind, P, when, by, place=Place(f"events/{n}.yml", 1), **fields))
    return replace(known, events=(*known.events, event))


def disclosed(known: Record, *sections: Exact, to: tuple[str, ...] = ("payer",), **fields: Any) -> Record:
    """The record with one more disclosure: of the goals to the payer by the usual clause, unless told otherwise."""
    told = sections or (GOALS,)
    whole = {
        "what": tuple(dict.fromkeys(s.what for s in told)),
        "form": max(s.form for s in told),
        "sections": told,
        "terms": ("goals",),
        "agreement": 1,
        "channel": "site",
    }
    return add(known, "disclosed", to=to, **(whole | fields))


def ask(**changes: Any) -> Request:
    """May the coach tell the payer the goals, in summary, on the site?"""
    usual = Request(GOALS.what, "coach", "payer", Form.SUMMARY, section=GOALS)
    return replace(usual, **changes)


def view(known: Record, party: str, texts: dict[str, Text] | None = None) -> View:
    sources = {a.version: f"agreement: {a.version}\n" for a in known.agreements}
    return visible(known, party, TEXTS if texts is None else texts, PEOPLE, sources)


def rules(decision: Decision) -> set[str]:
    return {reason.rule for reason in decision.reasons}


def answer(request: Request, known: Record, now: datetime = NOW) -> tuple[Verdict, set[str]]:
    decision = decide(request, known, now)
    return decision.verdict, rules(decision)
