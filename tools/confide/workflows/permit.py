"""`permit`: somebody permits in writing what is theirs, exactly; what is only said narrows and never widens (S-05)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from confide.model.event import Event
from confide.model.problem import Malformed, NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.statement import permission_statement
from confide.model.words import ORGANISATIONAL_TYPES, Attribution, Form, Role, base_type, role_of
from confide.policy import force
from confide.policy.chain import linked
from confide.policy.permission import SIGNED
from confide.records import tree
from confide.vault.sequoia import verify_detached
from confide.workflows import asking, fresh, people, signing
from confide.workflows.about import about
from confide.workflows.practice import TOLERANCE, Practice
from confide.workflows.recording import add_with_document, add_with_words

# The clients of a partnership together, as a facet of a text.
TEAM = "team"


@dataclass(frozen=True)
class Wish:
    """Who permits what to whom: exact texts (`refs`) or types, in a form at most; `channel` empty for any."""

    by: str
    to: tuple[str, ...]
    form: Form
    refs: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    channel: str = ""
    attribution: Attribution | None = None
    number: int = 1


def prepare(practice: Practice, partnership: str, wish: Wish, strength: str) -> Event:
    """The event of a permission that is in order, on top of what is on record; raises what stands against it."""
    record = practice.trusted(partnership)
    return linked(record, _signed(practice, record, wish, strength))


def statement_for(practice: Practice, partnership: str, wish: Wish) -> bytes:
    """The exact bytes that they sign. Whatever they can see afterwards makes it another statement."""
    return permission_statement(prepare(practice, partnership, wish, "own-key"))


def with_signature(practice: Practice, partnership: str, wish: Wish, signature: bytes, words: str = "") -> Event:
    """A permission signed with the party's own key, which is on record."""
    event = prepare(practice, partnership, wish, "own-key")
    certificate = signing.certificate_of(practice, partnership, wish.by, wish.number)
    certificate.check_usable(practice.now)
    try:
        verified = verify_detached(permission_statement(event), signature, (certificate,))
    except Malformed as malformed:
        found = malformed.problems[0]
        raise Malformed(
            Problem(
                f"the signature of `{wish.by}` does not hold",
                found.why or found.what,
                hint="they sign exactly what the same command prints with --statement; print it again if anything was "
                "recorded since",
                rule="signature",
            )
        ) from None
    if verified.created > practice.now + TOLERANCE:
        raise NotAllowed(
            Problem(
                "the signature is dated in the future",
                "one of two clocks is wrong",
                hint="check this machine's, then ask theirs",
            )
        )
    event = replace(event, key=verified.signer, previous={})
    return add_with_words(practice, event, words, {tree.event_signature(partnership, event.name): signature})


def on_paper(
    practice: Practice, partnership: str, wish: Wish, scan: bytes, strength: str = "paper", words: str = ""
) -> Event:
    """A permission signed on paper or with an e-sign service: the scan or certificate is sealed beside it."""
    record = practice.trusted(partnership)
    return add_with_document(practice, _signed(practice, record, wish, strength), scan, words)


def spoken(practice: Practice, partnership: str, wish: Wish, words: str = "") -> Event:
    """What they only said: from now on at most this form, whatever a clause allows. It widens nothing."""
    record = practice.trusted(partnership)
    return add_with_words(practice, replace(_event(practice, record, wish), evidence="attested"), words)


def _signed(practice: Practice, record: Record, wish: Wish, strength: str) -> Event:
    people.check_person(practice, record.partnership.id, wish.by, wish.number)
    agreement = force.in_force(record, practice.now)
    if agreement is not None:
        signing.check_accepted(agreement, strength)
    return replace(_event(practice, record, wish), evidence=SIGNED, strength=strength, number=wish.number)


def _event(practice: Practice, record: Record, wish: Wish) -> Event:
    if asking.party_of(record, wish.by).role is Role.COACH:
        raise Usage(
            Problem("the coach has nothing to permit", "a permission is given by whose it is", hint="--by client")
        )
    for party in wish.to:
        _check_recipient(record, party)
    found = about(practice, record, wish.refs, wish.types)
    for exact in found.sections:
        whose = tuple(dict.fromkeys((exact.subject, exact.owner, exact.source)))
        if not (TEAM in whose and role_of(wish.by) is Role.CLIENT):
            _check_theirs(wish.by, whose, exact.section.removeprefix("notes/"))
    for what in wish.types if role_of(wish.by) is Role.CLIENT else ():
        if base_type(what) in ORGANISATIONAL_TYPES:
            _check_theirs(wish.by, _organisation(record), what)
    agreement = force.in_force(record, practice.now)
    return Event(
        id=fresh.event_id(),
        kind="permitted",
        partnership=record.partnership.id,
        at=practice.now,
        by=wish.by,
        to=tuple(dict.fromkeys(wish.to)),
        what=found.what,
        form=wish.form,
        attribution=wish.attribution,
        channel=wish.channel,
        sections=found.sections,
        agreement=agreement.version if agreement else 0,
    )


def _check_recipient(record: Record, party: str) -> None:
    if party == asking.PUBLIC:
        raise NotAllowed(
            Problem(
                "nothing about a partnership is ever made public",
                "no consent lifts that: no client lists, recommendations or testimonies  [S-06]",
                hint="name a party of this partnership",
                rule="never-public",
            )
        )
    asking.party_of(record, party)


def _organisation(record: Record) -> tuple[str, ...]:
    """Who speaks for the organisation: whoever the newest agreement names, else the payer."""
    newest = max(record.agreements, key=lambda agreement: agreement.version, default=None)
    return tuple(newest.consent.get("about-organisation", ())) if newest and newest.consent else ("payer",)


def _check_theirs(by: str, whose: tuple[str, ...], named: str) -> None:
    if by not in whose:
        raise NotAllowed(
            Problem(
                f"{named} is not `{by}`'s to permit",
                "a permission lifts only what is one's own  [S-05, S-08]",
                hint=f"theirs to permit: {', '.join(whose) or 'nobody named in the agreement'}",
                rule="not-theirs",
            )
        )
