"""`inform`, `attest`: what has to be on record before some disclosures (S-23, S-28)."""

from __future__ import annotations

from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.words import Role, nearest
from confide.policy import force
from confide.policy.circumstances import DENIED
from confide.workflows import asking, fresh, notes
from confide.workflows.disclose import exact
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words

EVIDENCE = ("attested", "signed")


def inform(
    practice: Practice,
    partnership: str,
    refs: tuple[str, ...],
    what: str = "",
    words: str = "",
    clients: tuple[str, ...] = ("client",),
) -> Event:
    """Record that a client was told what is about to be disclosed: exact texts, or a type of information."""
    record = practice.trusted(partnership)
    for client in clients:
        _check_client(record, client)
    sections = tuple(notes.section(practice, partnership, ref) for ref in refs)
    types = tuple(dict.fromkeys([*(s.facets.what or "" for s in sections), *([what] if what else [])]))
    if what:
        asking.check_type(record, what)
    drafts = [s.ref for s in sections if s.facets.draft]
    if drafts:
        raise NotAllowed(
            Problem(
                f"{drafts[0].removeprefix('notes/')} is a draft",
                "it does not say what it is, so it can never be disclosed",
                sections[0].place,
                "give its heading a type, for example `what=partnership-goals/shared`",
                "draft-section",
            )
        )
    if not types or "" in types:
        raise Usage(
            Problem(
                "say what she was informed about",
                "she is informed of exact texts, or of a type of information",
                hint="confide inform 2026-02-03#s2, or --about TYPE",
            )
        )
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=fresh.event_id(),
        kind="informed",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=clients,
        what=types,
        sections=tuple(exact(section) for section in sections),
        evidence="attested",
        agreement=agreement.version if agreement else 0,
    )
    return add_with_words(practice, event, words)


def _check_client(record: Record, typed: str) -> None:
    if asking.party_of(record, typed).role is not Role.CLIENT:
        known = [party.id for party in record.partnership.parties if party.role is Role.CLIENT]
        raise Usage(Problem(f"`{typed}` is no client", "the clients are informed", hint=f"one of: {', '.join(known)}"))


def _offer(typed: str, asked: list[str]) -> str:
    near = nearest(typed, asked)
    if near and near != typed:
        return f"did you mean `{near}`?"
    return f"one of: {', '.join(asked)}" if asked else "this agreement needs none"


def attest(
    practice: Practice, partnership: str, term_id: str, by: str = COACH, words: str = "", *, denied: bool = False
) -> Event:
    """Record that the person a term names says that its circumstances have come about, or that they have not.

    Denied, a clause that shares under them shares nothing, and one that withholds under them withholds nothing.
    """
    record = practice.trusted(partnership)
    agreement = force.in_force(record, practice.now)
    if agreement is None:
        raise NotAllowed(
            Problem(
                "no agreement is in force",
                "there is no clause to attest anything for",
                hint="where everything stands: confide agree status",
            )
        )
    term = agreement.term(term_id)
    if term is None or term.circumstances is None or term.circumstances.always:
        asked = [t.id for t in agreement.terms if t.circumstances is not None and not t.circumstances.always]
        raise Usage(
            Problem(
                f"clause {term.id} asks nobody to attest anything" if term else "no clause has that name",
                "only circumstances that a clause names can be attested",
                term.place if term else agreement.place,
                _offer(term_id, asked),
            )
        )
    if term.circumstances.attested_by != asking.party_of(record, by).id:
        raise NotAllowed(
            Problem(
                f"`{by}` cannot attest that for clause {term_id}",
                f"the clause names {term.circumstances.attested_by}",
                term.place,
                f"if they have said so: confide attest {term_id} --by {term.circumstances.attested_by}",
            )
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
        evidence=DENIED if denied else "attested",
    )
    return add_with_words(practice, event, words)


def acknowledge(practice: Practice, partnership: str, party: str, evidence: str = "attested", words: str = "") -> Event:
    """Record that a party accepted the duty to keep confidential what they learn (S-21)."""
    record = practice.trusted(partnership)
    if asking.party_of(record, party).role is Role.COACH:
        raise Usage(
            Problem(
                "the coach accepts no duty of her own",
                "she is bound by the agreement itself",
                hint="name who learns something: --by adviser",
            )
        )
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=fresh.event_id(),
        kind="acknowledged",
        partnership=partnership,
        at=practice.now,
        by=party,
        to=(COACH,),
        evidence=evidence,
        agreement=agreement.version if agreement else 0,
    )
    return add_with_words(practice, event, words)
