"""Plain `gpg` and this process read each other: nothing depends on this program being there."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from confide.vault import sequoia
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate, SecretKey
from tests.vault.conftest import Person

pytestmark = pytest.mark.gpg

NOTE = "## What matters\n\nPatience; Zuversicht; 信.\n".encode() * 60


def gpg(home: Path, *arguments: str, data: bytes = b"") -> bytes:
    """Plain gpg, as somebody would call it by hand."""
    command = ["gpg", "--homedir", str(home), "--batch", "--quiet", "--trust-model", "always", *arguments]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout


@pytest.fixture
def plain_home(make_short_home: Callable[[], Path], partnership_tsk: bytes, coach: Person) -> Path:
    """A keyring with the partnership's secret key and the coach's: a keeper's, without this program."""
    home = make_short_home()
    gpg(home, "--import", data=partnership_tsk)
    gpg(home, "--import", data=coach.gpg.secret_key(coach.fingerprint))
    return home


def test_a_note_written_here_opens_with_plain_gpg(
    plain_home: Path, partnership: SecretKey, other_partnership: SecretKey, now: datetime
) -> None:
    """What this process encrypts, signed or not, gpg 2.2 decrypts once the partnership's key is imported."""
    for signer in (partnership, None):
        message = sequoia.encrypt(NOTE, [partnership.certificate, other_partnership.certificate], signer, now)
        assert gpg(plain_home, "--decrypt", data=message) == NOTE


def test_a_note_written_with_plain_gpg_opens_here(plain_home: Path, coach: Person, partnership: SecretKey) -> None:
    """`gpg -se` without any option compresses nothing for this key, so that the signature can be checked here."""
    arguments = ["--local-user", coach.fingerprint, "--recipient", partnership.fingerprint, "--sign", "--encrypt"]
    opened = sequoia.open_signed(gpg(plain_home, *arguments, data=NOTE), partnership, [coach.certificate])
    assert opened == sequoia.Opened(NOTE, coach.fingerprint)


def test_a_note_by_the_coach_s_own_gnupg_opens_here_and_there(
    plain_home: Path, coach: Person, partnership: SecretKey, now: datetime
) -> None:
    """`sign_and_encrypt` needs no partnership key in the coach's keyring, and both programs read the result."""
    recipient = partnership.certificate.armoured()
    message = coach.gpg.sign_and_encrypt(NOTE, coach.fingerprint, recipient, now)
    assert sequoia.open_signed(message, partnership, [coach.certificate]).data == NOTE
    assert gpg(plain_home, "--decrypt", data=message) == NOTE
    assert partnership.fingerprint not in gpg(coach.home, "--list-keys", "--with-colons").decode()


def test_gnupg_opens_what_this_process_wrote_to_a_person(coach: Person, partnership: SecretKey, now: datetime) -> None:
    """A message to the coach's own key is opened by the coach's own GnuPG."""
    assert coach.gpg.decrypt(sequoia.encrypt(NOTE, [coach.certificate], partnership, now)) == NOTE


def test_detached_signatures_hold_in_both_directions(
    plain_home: Path, coach: Person, partnership: SecretKey, now: datetime, tmp_path: Path
) -> None:
    """gpg verifies what was signed here; here is verified what gpg signed, with the time that was asked for."""
    data, signature = tmp_path / "data", tmp_path / "data.sig"
    data.write_bytes(NOTE)
    signature.write_bytes(sequoia.sign_detached(NOTE, partnership))
    report = gpg(plain_home, "--status-fd", "1", "--verify", str(signature), str(data)).decode("latin-1")
    assert f"VALIDSIG {partnership.fingerprint} " in report and "GOODSIG" in report
    then = now - timedelta(days=100)
    made = coach.gpg.sign_detached(NOTE, coach.fingerprint, then)
    assert sequoia.verify_detached(NOTE, made, [coach.certificate]) == sequoia.Verified(coach.fingerprint, then)


def test_a_generated_key_is_what_the_format_says(
    partnership: SecretKey, partnership_tsk: bytes, started: datetime
) -> None:
    """One primary, one encryption subkey, never expiring, dated as asked, asking nobody for newer formats."""
    listing = subprocess.run(["gpg", "--list-packets"], input=partnership_tsk, capture_output=True, check=True).stdout
    packets = [line for line in listing.decode().splitlines() if line.startswith(":")]
    assert [line.split()[0] + line.split()[1] for line in packets] == [
        *(":secretkey", ":userID"),
        *(":signaturepacket:", ":secretsub", ":signaturepacket:"),
    ]
    born = int((started - timedelta(days=200)).timestamp())
    assert listing.decode().count(f"created {born}") == 4
    assert "features: 01" in listing.decode() and "pref-zip-algos: 0)" in listing.decode()
    assert "pref-aead" not in listing.decode() and "key expires" not in listing.decode()
    assert partnership.certificate.expires is None and len(partnership.certificate.key_ids) == 2
    assert partnership.fingerprint == partnership.fingerprint.upper() and len(partnership.fingerprint) == 40


def test_rsa_keys_and_signing_subkeys_work_too(
    make_short_home: Callable[[], Path], partnership: SecretKey, now: datetime
) -> None:
    """An older RSA key with a subkey for signing: its signatures count as its owner's, its messages are read."""
    home = make_short_home()
    made = ["--passphrase", "", "--pinentry-mode", "loopback"]
    gpg(home, *made, "--quick-gen-key", "Old <old@example.invalid>", "rsa2048", "cert", "never")
    fingerprint = GnuPG(home).secret_keys()[0].fingerprint
    for usage in ("sign", "encrypt"):
        gpg(home, *made, "--quick-add-key", fingerprint, "rsa2048", usage, "never")
    person = GnuPG(home)
    certificate = Certificate.parse(person.public_key(fingerprint))
    signature = person.sign_detached(NOTE, fingerprint, now)
    assert sequoia.verify_detached(NOTE, signature, [certificate]).signer == fingerprint
    message = person.sign_and_encrypt(NOTE, fingerprint, partnership.certificate.armoured(), now)
    assert sequoia.open_signed(message, partnership, [certificate]).signer == fingerprint
    assert person.decrypt(sequoia.encrypt(NOTE, [certificate], partnership, now)) == NOTE
    assert len(certificate.key_ids) == 3
    # Its owner's GnuPG prefers compression; whatever length tells about a text, it is not told more.
    to_itself = person.sign_and_encrypt(NOTE, fingerprint, certificate.armoured(), now)
    assert len(to_itself) > len(NOTE) and b"compressed packet" not in gpg(home, "--list-packets", data=to_itself)
    assert b"compressed packet" in gpg(home, "--list-packets", data=gpg(home, "--sign", "-er", fingerprint, data=NOTE))
