"""Public keys as they are recorded: nothing in them but the key and what its owner says of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime

import pytest

from confide.vault import sequoia
from confide.vault.sequoia import Certificate, SecretKey
from tests.vault.conftest import Person

pytestmark = pytest.mark.gpg


def test_other_people_s_signatures_do_not_come_along(coach: Person, new_person: Callable[..., Person]) -> None:
    """Who signed a key tells whom its owner has met: left out, while the owner's own signatures stay."""
    person = new_person("Signed <signed@example.invalid>")
    coach.gpg.import_key(person.gpg.public_key(person.fingerprint))
    command = ["gpg", "--homedir", str(coach.home), "--batch", "--yes", "--local-user", coach.fingerprint]
    subprocess.run([*command, "--quick-sign-key", person.fingerprint], check=True, capture_output=True)
    signed = subprocess.run([*command[:4], "--export", person.fingerprint], check=True, capture_output=True).stdout
    assert len(sequoia._pile(signed, "public key")) == 6
    trimmed = coach.gpg.public_key(person.fingerprint)
    assert coach.certificate.fingerprint[-16:] not in _issuers(trimmed)
    assert _issuers(trimmed) == {person.fingerprint[-16:]}
    assert Certificate.parse(trimmed) == person.certificate


def test_ended_subkeys_stay_in_the_record(expired: Person) -> None:
    """GnuPG's minimal export drops them, and with them the answer to who can read an old note."""
    assert len(expired.certificate.key_ids) == 2


def test_armour_bears_no_name(coach: Person, partnership: SecretKey) -> None:
    """The library would write the user id into a comment line of the armour."""
    for armoured in (coach.certificate.armoured(), partnership.certificate.armoured(), partnership.armoured()):
        assert armoured.startswith(b"-----BEGIN PGP ") and b"Comment" not in armoured and b"Canary" not in armoured
    assert b"PRIVATE" not in partnership.certificate.armoured()


def test_a_certificate_survives_its_armour(coach: Person, revoked: Person, expired: Person) -> None:
    """Written and read again, a certificate says the same, its revocation and its end included."""
    for certificate in (coach.certificate, revoked.certificate, expired.certificate):
        assert Certificate.parse(certificate.armoured()) == certificate
    assert revoked.certificate.revoked and expired.certificate.expires and not coach.certificate.revoked


def test_representations_hold_no_user_id(coach: Person, partnership: SecretKey, now: datetime) -> None:
    """What a debugger or a log would print of a key is its fingerprint and dates."""
    shown = [repr(coach.certificate), repr(partnership), repr(coach.gpg.key(coach.fingerprint))]
    assert all("anary" not in text and "@" not in text and "PGP" not in text for text in shown)
    assert "secret words" not in repr(sequoia.Opened(b"secret words", coach.fingerprint))


def _issuers(data: bytes) -> set[str]:
    return {packet.issuer_key_id.upper() for packet in sequoia._pile(data, "public key") if packet.issuer_key_id}
