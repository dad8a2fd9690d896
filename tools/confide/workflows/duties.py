"""`inform`, `attest`: what has to be on record before some disclosures (S-23, S-28)."""

from __future__ import annotations

from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.policy import force
from confide.records import tree
from confide.workflows import fresh, notes
from confide.workflows.disclose import exact
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words

EVIDENCE = ("attested", "signed")


def inform(practice: Practice, partnership: str, refs: tuple[str, ...], what: str = "", words: str = "") -> Event:
    """Record that the client was told what is about to be disclosed: exact texts, or a type of information."""
    record = practice.trusted(partnership)
    sections = tuple(notes.section(practice, partnership, ref) for ref in refs)
    types = tuple(dict.fromkeys([*(s.facets.what or "" for s in sections), *([what] if what else [])]))
    if not types or "" in types:
        raise Usage(Problem("say what she was informed about", hint="confide inform 2026-02-03#s2"))
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=fresh.event_id(),
        kind="informed",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=("client",),
        what=types,
        sections=tuple(exact(section) for section in sections),
        evidence="attested",
        agreement=agreement.version if agreement else 0,
    )
    return add_with_words(practice, event, words)


def attest(practice: Practice, partnership: str, term_id: str, by: str = COACH, words: str = "") -> Event:
    """Record that the person a term names says that its circumstances have come about."""
    record = practice.trusted(partnership)
    agreement = force.in_force(record, practice.now)
    if agreement is None:
        raise NotAllowed(Problem("no agreement is in force", hint="confide agree status"))
    term = agreement.term(term_id)
    if term is None or term.circumstances is None or term.circumstances.always:
        raise Usage(
            Problem(
                f"`{term_id}` asks nobody to attest anything", place=term.place if term else tree.place("agreements")
            )
        )
    if term.circumstances.attested_by != by:
        raise NotAllowed(
            Problem(f"only `{term.circumstances.attested_by}` can attest that for `{term_id}`", place=term.place)
        )
    event = Event(
        id=fresh.event_id(),
        kind="attested",
        partnership=partnership,
        at=practice.now,
        by=by,
        to=("client",),
        terms=(term_id,),
        agreement=agreement.version,
        evidence="attested",
    )
    return add_with_words(practice, event, words)
