"""Public keys as they are recorded: nothing in them but the key and what its owner says of it."""

from __future__ import annotations

import base64
import subprocess
import zlib
from collections.abc import Callable
from datetime import datetime

import pysequoia
import pytest
from pysequoia import Profile, Tsk
from pysequoia.packet import PacketPile

from confide.model.problem import Malformed, Unavailable
from confide.vault import sequoia
from confide.vault.sequoia import Certificate, SecretKey
from tests.vault.conftest import Person
from tests.vault.test_packets import new_format

pytestmark = pytest.mark.gpg


def test_other_people_s_signatures_do_not_come_along(coach: Person, new_person: Callable[..., Person]) -> None:
    """Who signed a key tells whom its owner has met: left out, while the owner's own signatures stay."""
    person = new_person("Signed <signed@example.invalid>")
    coach.gpg.import_key(person.gpg.public_key(person.fingerprint))
    command = ["gpg", "--homedir", str(coach.home), "--batch", "--yes", "--local-user", coach.fingerprint]
    subprocess.run([*command, "--quick-sign-key", person.fingerprint], check=True, capture_output=True)
    signed = subprocess.run([*command[:4], "--export", person.fingerprint], check=True, capture_output=True).stdout
    assert len(list(PacketPile.from_bytes(signed))) == 6
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


def test_keys_of_another_kind_are_refused(now: datetime) -> None:
    """What GnuPG 2.2 could not read: version 6 keys, and messages to keys that ask for a newer format."""
    version_6 = Tsk.generate("New <new@example.invalid>", profile=Profile.RFC9580).extract_certificate()
    with pytest.raises(Malformed, match="a version other than 4"):
        Certificate.parse(bytes(version_6))
    asking = Certificate.parse(bytes(Tsk.generate("Asking <asking@example.invalid>").extract_certificate()))
    with pytest.raises(Unavailable, match="asks for a newer format") as refusal:
        sequoia.encrypt(b"note", [asking], None, now)
    assert "made by GnuPG" in refusal.value.problems[0].hint


def test_nothing_compressed_reaches_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library unpacks what it parses: a key or signature that is compressed, or has something behind it, stops."""
    for name in ("Cert", "Tsk", "Sig"):
        monkeypatch.setattr(pysequoia, name, None)
    bomb = new_format(8, b"\x01" + zlib.compress(bytes(1 << 20))[2:-4])
    armoured = (
        b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n" + base64.b64encode(bomb) + b"\n-----END PGP PUBLIC KEY BLOCK-----"
    )
    for data in (bomb, armoured, new_format(2, b"\x04") + bomb, new_format(6, b"\x04") + bomb):
        for parse in (Certificate.parse, SecretKey.parse, sequoia.fingerprint_of):
            with pytest.raises(Malformed):
                parse(data)
        with pytest.raises(Malformed):
            sequoia.verify_detached(b"data", data, [])


def _issuers(data: bytes) -> set[str]:
    return {packet.issuer_key_id.upper() for packet in list(PacketPile.from_bytes(data)) if packet.issuer_key_id}
