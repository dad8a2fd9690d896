"""The same world to one party, and another one to everybody else.

Who may see which event is said here once more, in the words of DESIGN.md, and not taken from `policy/`: a policy that
lets somebody see too much would otherwise be measured with its own yardstick.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from confide.model.agreement import Agreement
from confide.model.commitment import digest
from confide.model.event import Event, Exact, Site
from confide.model.partnership import Party, People, Person
from confide.model.record import Record
from confide.model.view import Text
from confide.model.words import Form, Role, base_type, role_of
from confide.policy.chain import linked
from tests.policy.generate import World
from tests.policy.generate_terms import SECTIONS

# What a decision about somebody's disclosure may rest on, though others did it.
EVIDENCE = {
    *("proposed", "signed", "ended", "informed", "attested", "acknowledged", "withdrawn"),
    *("permitted", "public", "shown", "input", "consulted", "instrument"),
}


def from_a_source(exact: Exact) -> bool:
    feedback = base_type(exact.what) == "feedback" and exact.source not in ("client", "coach")
    return feedback or role_of(exact.source) is Role.SOURCE


def theirs(event: Event, party: str, record: Record) -> bool:
    """Done by them or addressed to them; about an agreement they sign; for the client, what is about her as well."""
    if event.kind == "published":
        return False
    if event.kind == "permitted" and _is_a_sources(event):
        return party == event.by
    if party == event.by or party in event.to:
        return True
    if event.kind == "withdrawn" and party.partition(".")[0] in event.to and _takes_back(event, party, record):
        return True
    if event.kind in ("proposed", "signed", "began", "ended"):
        return any(a.version == event.agreement and party in a.signatories for a in record.agreements)
    if party != "client":
        return False
    if event.kind == "disclosed":
        return all(s.subject == "client" and not from_a_source(s) for s in event.sections)
    if event.kind in ("invited", "enrolled", "revoked"):
        return all(role_of(to) is not Role.SOURCE for to in event.to)
    if event.kind == "withdrawn" and event.target.startswith("event/"):
        told = next((e for e in record.events if f"event/{e.id}" == event.target), None)
        return told is not None and theirs(told, party, record)
    return event.kind in ("refused", "withdrawn")


def _is_a_sources(event: Event) -> bool:
    """What a source permits says who spoke and when, which is nobody else's to know (S-24)."""
    feedback = any(base_type(what) == "feedback" for what in event.what) and event.by not in ("client", "coach")
    return role_of(event.by) is Role.SOURCE or feedback or any(from_a_source(exact) for exact in event.sections)


def _takes_back(event: Event, party: str, record: Record) -> bool:
    """Whether the withdrawal is of something that was told to them before."""
    for told in record.events:
        if told.id == event.id:
            return False
        rested = {f"event/{told.id}", *(f"term/{term}" for term in told.terms)}
        if told.kind == "disclosed" and party in told.to and event.target in rested:
            return True
    return False


@dataclass(frozen=True)
class Ink:
    """What to write over whatever is not theirs: drawn once a test, so that failures shrink."""

    drop: bool
    insert: int
    word: str


inks = st.builds(Ink, drop=st.booleans(), insert=st.integers(0, 30), word=st.sampled_from(["one", "two"]))


def disturbed(world: World, party: str, ink: Ink) -> World:
    """The same world to `party`, and another one to everybody else."""
    asked = asked_versions(world.record, party)
    changed = [a if a.version in asked else _rewritten(a) for a in world.record.agreements]
    record = replace(
        world.record,
        agreements=(*changed, _foreign(changed[0], party)),
        partnership=replace(
            world.record.partnership,
            parties=(*world.record.partnership.parties, Party("team", Role.STAKEHOLDER)),
            keepers=("F" * 40,),
        ),
    )
    record = relinked(record, _events(world.record, party, ink))
    return replace(
        world,
        record=record,
        texts=_texts(world, party, ink),
        people=_people(world, party, asked),
        sources={v: text if v in asked else f"CHANGED-{ink.word}" for v, text in world.sources.items()} | {9: "draft"},
    )


def asked_versions(record: Record, party: str) -> set[int]:
    """The versions this party was asked to sign."""
    proposed = {event.agreement for event in record.of_kind("proposed")}
    return {a.version for a in record.agreements if party in a.signatories and a.version in proposed}


def _rewritten(agreement: Agreement) -> Agreement:
    """Another order of clauses, other law, adviser, people: all that does not decide what may be told."""
    return replace(
        agreement,
        terms=tuple(reversed(agreement.terms)),
        people=digest(b"others"),
        law="elsewhere",
        clauses={**agreement.clauses, "adviser": {"party": "board"}},
    )


def _foreign(agreement: Agreement, party: str) -> Agreement:
    """A version put to others, which nobody has signed."""
    others = tuple(p for p in ("coach", "client", "payer") if p != party)
    return replace(agreement, version=9, digest=digest(b"foreign"), signatories=others)


def _events(record: Record, party: str, ink: Ink) -> list[Event]:
    last = max(
        (n for n, e in enumerate(record.events) if e.kind == "disclosed" and concerns(e, party, record)), default=-1
    )
    withdrawn = {e.target.removeprefix("event/") for e in record.of_kind("withdrawn")}
    found = []
    for n, event in enumerate(record.events):
        if n == ink.insert:
            found += list(_noise(record, party, event))
        if theirs(event, party, record):
            found.append(event)
        elif (n < last and event.kind in EVIDENCE) or event.id in withdrawn:
            found.append(replace(event, detail=digest(ink.word.encode())))
        elif not ink.drop:
            found.append(_scribbled(event, party, ink))
    if ink.insert >= len(record.events):
        found += list(_noise(record, party, record.events[-1]))
    return found


def concerns(event: Event, party: str, record: Record) -> bool:
    """Whether it shows on their page: disclosed to them, or for the client also to others."""
    return party in event.to or theirs(event, party, record)


def _scribbled(event: Event, party: str, ink: Ink) -> Event:
    """Another event of the same kind that is no more theirs than it was: other id, texts, words, readers, places."""
    sections = tuple(
        replace(s, commitment=digest(ink.word.encode()), form=Form.TOPIC, section="notes/2026-09-09#s9")
        for s in event.sections
    )
    to = event.to if party == "client" else tuple(p for p in ("manager", "client", "board") if p != party)
    return replace(
        event,
        id=f"8{event.id[1:]}",
        to=to,
        sections=sections,
        detail=digest(ink.word.encode()),
        sites=tuple(Site("r999999999", 9, digest(b"other")) for _ in event.sites),
        because=("77777777",),
    )


def _noise(record: Record, party: str, near: Event) -> tuple[Event, ...]:
    """Events that nobody showed this party: about others, to others, or about no party at all."""
    p, at = record.partnership.id, near.at
    others = tuple(o for o in ("payer", "manager") if o != party)
    about_others = replace(SECTIONS[0], subject="manager", commitment=digest(b"noise"))
    noise = [
        Event("60000001", "published", p, at, "coach", sites=(Site("r000000009", 4, digest(b"noise")),)),
        Event("60000002", "disclosed", p, at, "coach", to=others, what=(about_others.what,), form=Form.SUMMARY,
              sections=(about_others,), agreement=1, channel="site"),
        Event("60000003", "acknowledged", p, at, others[0], to=("coach",), evidence="signed"),
        Event("60000004", "invited", p, at, "coach", to=("peers",), number=3, reader="r000000007"),
        Event("60000005", "disclosed", p, at, "coach", to=others, what=("feedback",), form=Form.SUMMARY,
              sections=(SECTIONS[6],), agreement=1, channel="site"),
        Event("60000006", "attested", p, at, others[0], to=("coach",), terms=("share-77",), agreement=1),
    ]  # fmt: skip
    if party != "client":
        noise += [
            Event("60000007", "refused", p, at, "coach", to=others, what=("strategy",)),
            Event("60000008", "enrolled", p, at, "coach", to=("client",), number=2, reader="r000000008", key="B" * 40),
            Event("60000009", "withdrawn", p, at, "client", to=("nobody",), target="term/share-1", agreement=1),
        ]
    return tuple(event for event in noise if not theirs(event, party, record))


def relinked(record: Record, events: list[Event]) -> Record:
    """The record with these events, each linked anew as the ledger would have done."""
    record = replace(record, events=())
    for event in events:
        record = replace(record, events=(*record.events, linked(record, event)))
    return record


def _texts(world: World, party: str, ink: Ink) -> Mapping[str, Text]:
    """Every text that no event of theirs names is another one, or gone, and there are more."""
    named = {s.commitment for e in world.record.events if concerns(e, party, world.record) for s in e.sections}
    other = {} if ink.drop else {c: Text("CHANGED", f"CHANGED-{ink.word}") for c in world.texts if c not in named}
    return {c: t for c, t in world.texts.items() if c in named} | other | {digest(b"more"): Text("MORE", "MORE")}


def _people(world: World, party: str, asked: set[int]) -> People:
    """Everybody whom what they signed does not name is called something else."""
    knows = {party, "coach"}
    for agreement in world.record.agreements:
        if agreement.version in asked:
            knows |= {*agreement.signatories, agreement.clauses["adviser"]["party"]}
    persons = tuple(p if p.party in knows else replace(p, name="CHANGED", title="x") for p in world.people.persons)
    return People(world.people.partnership, (*persons, Person("team", 1, "NEW")), digest(b"other people"))
