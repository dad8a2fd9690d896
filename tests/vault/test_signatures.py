"""Detached signatures: by the right key, valid when it signed, over exactly these bytes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pysequoia.packet import PacketPile

from confide.model.problem import Malformed
from confide.vault import sequoia
from confide.vault.sequoia import Certificate, SecretKey, Verified
from tests.vault.conftest import LONG_AGO, Person, revoke

pytestmark = pytest.mark.gpg

DATA = b"confide/1 agreement\np-k7f3\n"


def test_the_signer_and_the_time_are_told(coach: Person, partnership: SecretKey, now: datetime) -> None:
    """Out of several possible signers, whoever it was; the time is the signature's own."""
    signers = [partnership.certificate, coach.certificate]
    at = now - timedelta(days=3)
    verified = sequoia.verify_detached(DATA, coach.gpg.sign_detached(DATA, coach.fingerprint, at), signers)
    assert verified == Verified(coach.fingerprint, at)
    verified = sequoia.verify_detached(DATA, sequoia.sign_detached(DATA, partnership), signers)
    assert verified.signer == partnership.fingerprint
    assert abs(verified.created - now) < timedelta(hours=1)


def test_a_time_near_the_system_s_is_not_faked(coach: Person, now: datetime) -> None:
    """Within a minute the system's own time is as good; further away gpg is given the moment."""
    moments: list[datetime] = [now]
    gpg = type(coach.gpg)(coach.home, clock=lambda: moments[0])
    assert not gpg.faked(now + timedelta(seconds=60)) and not gpg.faked(now - timedelta(seconds=60))
    assert gpg.faked(now + timedelta(seconds=61)) and gpg.faked(now - timedelta(seconds=61))
    # The clock said the moment is now: gpg was left alone, and took the system's time.
    moments[0] = now - timedelta(days=5)
    signature = gpg.sign_detached(DATA, coach.fingerprint, moments[0])
    assert sequoia.verify_detached(DATA, signature, [coach.certificate]).created >= now


def test_other_bytes_signers_and_shapes_are_refused(
    coach: Person, stranger: Person, partnership: SecretKey, now: datetime
) -> None:
    """A changed byte, a foreign key, nobody, two signatures at once, a message, noise: each is no signature."""
    good = coach.gpg.sign_detached(DATA, coach.fingerprint, now)
    binary = bytes(next(iter(PacketPile.from_bytes(good))))
    other = bytes(next(iter(PacketPile.from_bytes(sequoia.sign_detached(DATA, partnership)))))
    everybody = [coach.certificate, partnership.certificate]
    assert sequoia.verify_detached(DATA, binary, everybody).signer == coach.fingerprint
    for data, signature, signers in (
        (DATA + b" ", good, everybody),
        (DATA.replace(b"\n", b"\r\n"), good, everybody),
        (DATA, good, [stranger.certificate]),
        (DATA, good, []),
        (DATA, binary + other, everybody),
        (DATA, binary + binary, everybody),
        (DATA, sequoia.encrypt(DATA, everybody, partnership, now), everybody),
        (DATA, coach.certificate.armoured(), everybody),
        (DATA, b"", everybody),
        (DATA, b"noise", everybody),
        (DATA, good[:-60], everybody),
    ):
        with pytest.raises(Malformed):
            sequoia.verify_detached(data, signature, signers)


def test_a_text_signature_is_refused(coach: Person, now: datetime) -> None:
    """A signature over text ignores how lines end; records are signed byte for byte."""
    command = ["gpg", "--homedir", str(coach.home), "--batch", "--local-user", coach.fingerprint]
    made = subprocess.run([*command, "--textmode", "--detach-sign"], input=DATA, capture_output=True, check=True)
    with pytest.raises(Malformed, match="not a signature over the bytes of a file"):
        sequoia.verify_detached(DATA, made.stdout, [coach.certificate])


def test_what_an_expired_key_signed_before_still_holds(new_person: Callable[..., Person], now: datetime) -> None:
    """Signed while the key was valid: good for ever. Signed after: never, even if its owner renewed it elsewhere."""
    person = new_person("Ended <ended@example.invalid>", expires="1d")
    then = now - LONG_AGO + timedelta(hours=3)
    signature = person.gpg.sign_detached(DATA, person.fingerprint, then)
    assert sequoia.verify_detached(DATA, signature, [person.certificate]) == Verified(person.fingerprint, then)
    command = ["gpg", "--homedir", str(person.home), "--batch", "--quick-set-expire", person.fingerprint, "0"]
    subprocess.run(command, check=True, capture_output=True)
    late = person.gpg.sign_detached(DATA, person.fingerprint, now)
    with pytest.raises(Malformed, match="does not hold"):
        sequoia.verify_detached(DATA, late, [person.certificate])
    renewed = Certificate.parse(person.gpg.public_key(person.fingerprint))
    assert sequoia.verify_detached(DATA, late, [renewed]).created >= now


def test_what_a_revoked_key_signed_holds_no_more(new_person: Callable[..., Person], now: datetime) -> None:
    """A revocation without a harmless reason may mean that somebody else has the key: nothing it signed is believed."""
    person = new_person("Stolen <stolen@example.invalid>")
    signature = person.gpg.sign_detached(DATA, person.fingerprint, now - timedelta(days=100))
    assert sequoia.verify_detached(DATA, signature, [person.certificate])
    after = revoke(person)
    with pytest.raises(Malformed, match="does not hold"):
        sequoia.verify_detached(DATA, signature, [after.certificate])


def test_a_signature_from_the_future_is_refused(coach: Person, now: datetime) -> None:
    """Nobody signs tomorrow's agreement today."""
    signature = coach.gpg.sign_detached(DATA, coach.fingerprint, now + timedelta(days=2))
    with pytest.raises(Malformed, match="does not hold"):
        sequoia.verify_detached(DATA, signature, [coach.certificate])
