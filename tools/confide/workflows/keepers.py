"""`keys grant` and `keys revoke`: somebody else keeps one partnership, and none of the others.

Who keeps it stands in the open, and the client reads it on her page: nobody reads along unseen (S-04). The keys go to
the new keeper in a file of their own. Whoever keeps it no more still has what they had; so the key is changed at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from confide.model.event import Event
from confide.model.problem import NotAllowed, NotYet, Problem, Usage
from confide.model.record import Record
from confide.model.words import Role
from confide.records import partnership_file, tree
from confide.vault import handover
from confide.vault.handover import Handover
from confide.vault.sequoia import Certificate
from confide.workflows import asking, fresh
from confide.workflows.opening import ring
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words
from confide.workflows.rotation import Rotated, rotate

# Another coach, or whoever advises one.
_MAY_KEEP = (Role.COACH, Role.ADVISER)


@dataclass(frozen=True)
class Granted:
    """What was recorded, and the file for the new keeper: ciphertext that they alone open."""

    event: Event
    file: bytes = field(repr=False)


@dataclass(frozen=True)
class Relieved:
    """What was recorded, the new key, and files with it for everybody who goes on keeping."""

    event: Event
    rotated: Rotated
    files: dict[str, bytes] = field(repr=False)


def granted(record: Record) -> tuple[Event, ...]:
    """The grants that stand, oldest first."""
    found: dict[str, Event] = {}
    for event in record.of_kind("granted", "relieved"):
        if event.kind == "granted":
            found[event.key] = event
        else:
            found.pop(event.key, None)
    return tuple(found.values())


def grant(practice: Practice, partnership: str, party: str, public_key: bytes, words: str = "") -> Granted:
    """Let the owner of `public_key` keep this partnership. Its fingerprint is compared with them before."""
    record = practice.trusted(partnership)
    ring(practice, partnership)
    _check_party(record, party)
    _check_accepted(record, party)
    certificate = Certificate.parse(public_key)
    certificate.check_usable(practice.now)
    _check_key(practice, record, certificate)
    keepers = (*record.partnership.keepers, certificate.fingerprint)
    event = Event(
        id=fresh.event_id(),
        kind="granted",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=(party,),
        key=certificate.fingerprint,
    )
    files: dict[str, bytes | None] = {
        tree.partnership(partnership): partnership_file.render_partnership(
            replace(record.partnership, keepers=keepers)
        ),
        tree.keeper_key(certificate.fingerprint): certificate.armoured(),
    }
    sealed = _file(practice, partnership, certificate)
    return Granted(add_with_words(practice, event, words, files), sealed)


def again(practice: Practice, partnership: str, fingerprint: str) -> bytes:
    """The file for somebody who keeps this partnership already: after a rotation, or because theirs was lost.

    A keeper of the practice brings a new key to another machine with it.
    """
    record = practice.trusted(partnership)
    if fingerprint not in practice.file.keepers:
        _standing(record, fingerprint)
    return _file(practice, partnership, practice.certificate(tree.keeper_key(fingerprint)))


def relieve(practice: Practice, partnership: str, fingerprint: str, words: str = "") -> Relieved:
    """End a grant, then change the key: two events. Run again after an interruption, it makes what is missing."""
    record = practice.trusted(partnership)
    event = _relieved_before(record, fingerprint)
    if event is None:
        before = _standing(record, fingerprint)
        keepers = tuple(one for one in record.partnership.keepers if one != fingerprint)
        event = Event(
            id=fresh.event_id(),
            kind="relieved",
            partnership=partnership,
            at=practice.now,
            by=COACH,
            to=before.to,
            key=fingerprint,
        )
        changed = partnership_file.render_partnership(replace(record.partnership, keepers=keepers))
        event = add_with_words(practice, event, words, {tree.partnership(partnership): changed})
    rotated = rotate(practice, partnership, because=() if practice.dry_run else (event.id,))
    if practice.dry_run:
        return Relieved(event, rotated, {})
    # What was read from the keystore before lacks the new key.
    staying = granted(practice.record(partnership))
    return Relieved(event, rotated, {one.key: again(practice, partnership, one.key) for one in staying})


def _relieved_before(record: Record, fingerprint: str) -> Event | None:
    """The end of this grant whose rotation was interrupted, or None."""
    ends = [event for event in record.of_kind("relieved") if event.key == fingerprint]
    rotated = {reason for event in record.of_kind("rotated") for reason in event.because}
    if not ends or ends[-1].id in rotated or any(one.key == fingerprint for one in granted(record)):
        return None
    return ends[-1]


def _standing(record: Record, fingerprint: str) -> Event:
    found = next((event for event in granted(record) if event.key == fingerprint), None)
    if found is None:
        known = ", ".join(f"{one.key} ({', '.join(one.to)})" for one in granted(record))
        raise Usage(
            Problem(
                "nobody was given this partnership with that key",
                f"it is kept by: {known}" if known else "nobody but the practice keeps it",
                hint="who reads what: confide keys status",
            )
        )
    return found


def _check_party(record: Record, party: str) -> None:
    role = asking.party_of(record, party).role
    if role not in _MAY_KEEP or party == COACH:
        raise NotAllowed(
            Problem(
                f"the records are not given to `{party}`",
                "a keeper reads everything in it, so that is another coach, a supervisor or an adviser",
                hint="a party reads what is disclosed to them: confide disclose, confide publish",
                rule="S-04",
            )
        )


def _check_accepted(record: Record, party: str) -> None:
    """Nobody learns anything before they have accepted to keep it, by signing or by an event of their own (S-21)."""
    if not any(event.by == party for event in record.of_kind("acknowledged", "signed")):
        raise NotYet(
            Problem(
                f"the {party} has not accepted to keep confidential what they learn",
                "nobody learns anything before that",
                record.partnership.place,
                f"confide acknowledge --by {party}",
                "S-21",
            )
        )


def _check_key(practice: Practice, record: Record, certificate: Certificate) -> None:
    fingerprint = certificate.fingerprint
    if fingerprint in record.partnership.keepers or fingerprint in practice.file.keepers:
        raise NotAllowed(
            Problem(
                "whoever has that key keeps this partnership already",
                "a key is given once",
                hint=f"write the file for them again: confide keys handover {fingerprint}",
            )
        )
    enrolled = {event.key for event in record.of_kind("enrolled", "signed") if event.by != COACH}
    if fingerprint in enrolled or fingerprint == practice.file.publishing_key:
        raise NotAllowed(
            Problem(
                "that key is on record as a party's, or publishes the sites",
                "whoever keeps the record could sign for them",
                hint="ask for another key",
            )
        )


def _file(practice: Practice, partnership: str, to: Certificate) -> bytes:
    whole = Handover(
        practice.file.id,
        partnership,
        practice.pins.root,
        practice.pins.keeper,
        practice.coach,
        to.fingerprint,
        () if practice.dry_run else practice.keys.ring(partnership).keys,
    )
    signed = handover.payload(whole)
    signature = practice.gpg.sign_detached(signed, practice.coach, practice.now)
    return practice.gpg.encrypt(signed + signature, to.armoured(), practice.now)
