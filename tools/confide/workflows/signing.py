"""`agree sign`: by the coach, by a party's own key, through the portal, or on paper: one event each (S-27)."""

from __future__ import annotations

from confide.model.agreement import Agreement
from confide.model.commitment import digest
from confide.model.event import Event
from confide.model.problem import Malformed, NotAllowed, Problem, Usage
from confide.model.projection import seen_digest
from confide.model.record import Record
from confide.model.statement import agreement_statement
from confide.policy import force
from confide.records import tree
from confide.vault.sequoia import Certificate, Verified, verify_detached
from confide.workflows import asking, fresh, keys, people
from confide.workflows.practice import TOLERANCE, Practice
from confide.workflows.recording import COACH


def open_for_signing(record: Record, version: int | None, party: str) -> tuple[Agreement, Event]:
    """The proposed agreement that `party` has still to sign; raises what stands against it."""
    proposed = [a for a in record.agreements if force.proposal(record, a) is not None]
    agreement = record.agreement(version) if version else max(proposed, key=lambda a: a.version, default=None)
    proposal = force.proposal(record, agreement) if agreement else None
    if agreement is None or proposal is None:
        raise NotAllowed(
            Problem(
                "that agreement was not proposed yet",
                "nobody signs a text that can still change",
                hint="confide agree propose",
            )
        )
    asking.check_party(record, party)
    if party not in agreement.signatories:
        raise Usage(
            Problem(
                f"`{party}` does not sign agreement {agreement.version}",
                "its signatories are named in it",
                agreement.place,
                f"one of: {', '.join(agreement.signatories)}",
            )
        )
    if any(event.by == party for event in force.signatures(record, agreement)):
        raise NotAllowed(
            Problem(
                f"`{party}` has signed agreement {agreement.version} already",
                "a signature is given once",
                agreement.place,
                "see who is missing: confide agree status",
            )
        )
    return agreement, proposal


def check_accepted(agreement: Agreement, strength: str) -> None:
    """A signature of a kind that the agreement does not accept would be on record and count for nothing."""
    if strength not in agreement.accepted:
        raise NotAllowed(
            Problem(
                f"agreement {agreement.version} does not accept `{strength}` signatures",
                f"it says: {', '.join(agreement.accepted)}",
                agreement.place,
                "sign in one of these ways, or amend the agreement",
            )
        )


def statement_for(
    practice: Practice, partnership: str, party: str, number: int = 1, version: int | None = None
) -> tuple[Agreement, bytes]:
    """The exact bytes that `party` signs."""
    agreement, proposal = open_for_signing(practice.trusted(partnership), version, party)
    before = seen_digest(proposal, party)
    return agreement, agreement_statement(
        partnership, party, number, agreement.version, agreement.digest, agreement.people, before
    )


def sign_as_coach(practice: Practice, partnership: str, version: int | None = None) -> Event:
    """The coach's own signature, made with the key in GnuPG."""
    agreement, statement = statement_for(practice, partnership, COACH, 1, version)
    signature = practice.sign(statement, practice.now)
    return add_signature(practice, partnership, agreement, COACH, 1, signature, "own-key", practice.coach)


def sign_with_own_key(
    practice: Practice,
    partnership: str,
    party: str,
    signature: bytes,
    number: int = 1,
    version: int | None = None,
    key: bytes | None = None,
) -> Event:
    """A signature that a party made with their own key: one on record, or `key`, which is recorded with it first."""
    agreement, statement = statement_for(practice, partnership, party, number, version)
    people.check_person(practice, partnership, party, number)
    check_accepted(agreement, "own-key")
    certificate = certificate_of(practice, partnership, party, number) if key is None else _given(party, key)
    certificate.check_usable(practice.now)
    verified = _verified(agreement, party, statement, signature, certificate)
    if verified.created > practice.now + TOLERANCE:
        raise NotAllowed(
            Problem(
                "the signature is dated in the future",
                "one of two clocks is wrong",
                hint="check this machine's, then ask theirs",
            )
        )
    # The same key again is what a command that was interrupted between key and signature brings along.
    if key is not None and not keys.on_record(practice, partnership, party, number, certificate):
        keys.enrol_own(practice, partnership, party, number, certificate)
    return add_signature(practice, partnership, agreement, party, number, signature, "own-key", verified.signer)


def _given(party: str, key: bytes) -> Certificate:
    """The key that a party handed over."""
    try:
        return Certificate.parse(key)
    except Malformed as malformed:
        raise Malformed(
            Problem(
                f"the key of `{party}` cannot be used",
                malformed.problems[0].what,
                hint="they export it with: gpg --armor --export FINGERPRINT",
            )
        ) from None


def _verified(
    agreement: Agreement, party: str, statement: bytes, signature: bytes, certificate: Certificate
) -> Verified:
    """Who signed and when. Raises Malformed for anything but this party's signature under exactly this statement."""
    try:
        return verify_detached(statement, signature, (certificate,))
    except Malformed as malformed:
        found = malformed.problems[0]
        raise Malformed(
            Problem(
                f"the signature of `{party}` does not hold",
                found.why or found.what,
                agreement.place,
                f"they sign exactly what `confide agree sign --party {party} --statement` prints",
                "signature",
            )
        ) from None


def certificate_of(practice: Practice, partnership: str, party: str, number: int) -> Certificate:
    """The key on record for a party. Raises NotAllowed when there is none."""
    path = tree.party_key(partnership, party, number)
    if practice.repo.read(practice.sound().head, path) is None:
        raise NotAllowed(
            Problem(
                f"no key of `{party}` is on record",
                "a signature means something only with the key that made it",
                hint="compare its fingerprint with them, then give it too: --key FILE",
            )
        )
    return practice.certificate(path)


def sign_on_paper(
    practice: Practice,
    partnership: str,
    party: str,
    scan: bytes,
    strength: str = "paper",
    number: int = 1,
    version: int | None = None,
) -> Event:
    """A paper or e-sign signature, attested by the coach: the scan is sealed beside the agreement."""
    agreement, _ = open_for_signing(practice.trusted(partnership), version, party)
    check_accepted(agreement, strength)
    people.check_person(practice, partnership, party, number)
    public = practice.read(tree.partnership_key(partnership))
    sealed = practice.gpg.sign_and_encrypt(scan, practice.coach, public, practice.now)
    path = tree.agreement_document(partnership, agreement.version, party, number)
    event = Event(
        id=fresh.event_id(),
        kind="signed",
        partnership=partnership,
        at=practice.now,
        by=party,
        to=(COACH,),
        agreement=agreement.version,
        document=agreement.digest,
        strength=strength,
        number=number,
        detail=digest(sealed),
    )
    return practice.add(event, {path: sealed})


def add_signature(
    practice: Practice,
    partnership: str,
    agreement: Agreement,
    party: str,
    number: int,
    signature: bytes,
    strength: str,
    key: str,
) -> Event:
    """Record a verified detached signature: the file and its event in one commit."""
    check_accepted(agreement, strength)
    event = Event(
        id=fresh.event_id(),
        kind="signed",
        partnership=partnership,
        at=practice.now,
        by=party,
        to=(COACH,),
        agreement=agreement.version,
        document=agreement.digest,
        strength=strength,
        number=number,
        key=key,
    )
    return practice.add(event, {tree.agreement_signature(partnership, agreement.version, party, number): signature})
