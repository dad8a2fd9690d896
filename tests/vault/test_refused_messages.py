"""What is not signed by the right person, in the right shape, is never shown."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime

import pysequoia
import pytest

from confide.model.problem import Malformed
from confide.vault import packets, sequoia
from confide.vault.sequoia import SecretKey
from tests.vault.conftest import Person
from tests.vault.test_packets import new_format

pytestmark = pytest.mark.gpg

SAID = b"CANARY: what somebody would like to slip in"
NOT_SHOWN = "does not open"


@pytest.fixture(scope="session")
def good(coach: Person, partnership: SecretKey, started: datetime) -> bytes:
    """A note by the coach to the partnership: the one message here that opens."""
    return coach.gpg.sign_and_encrypt(SAID, coach.fingerprint, partnership.certificate.armoured(), started)


@pytest.fixture
def write(coach: Person, partnership: SecretKey) -> Callable[..., bytes]:
    """Plain gpg in the coach's home, with any options, for the partnership."""

    def run(*options: str) -> bytes:
        recipient = coach.home / "recipient"
        recipient.write_bytes(partnership.certificate.armoured())
        command = ["gpg", "--homedir", str(coach.home), "--batch", "--quiet", "--local-user", coach.fingerprint]
        command += [*options, *(["--recipient-file", str(recipient)] if "--encrypt" in options else [])]
        return subprocess.run(command, input=SAID, capture_output=True, check=True).stdout

    return run


def test_the_good_one_opens(good: bytes, coach: Person, stranger: Person, partnership: SecretKey) -> None:
    """The signature is matched with whoever may sign here, among others."""
    opened = sequoia.open_signed(good, partnership, [stranger.certificate, coach.certificate])
    assert (opened.data, opened.signer) == (SAID, coach.fingerprint)


def test_unsigned_is_refused(coach: Person, partnership: SecretKey, now: datetime) -> None:
    """Encrypted to the partnership by anybody who has its public key: it opens as anonymous, never as signed."""
    for message in (
        sequoia.encrypt(SAID, [partnership.certificate], None, now),
        coach.gpg.encrypt(SAID, partnership.certificate.armoured(), now),
    ):
        with pytest.raises(Malformed, match=NOT_SHOWN):
            sequoia.open_signed(message, partnership, [coach.certificate])
        assert sequoia.open_anonymous(message, partnership) == SAID


def test_foreign_signatures_are_refused(
    good: bytes, coach: Person, stranger: Person, partnership: SecretKey, now: datetime
) -> None:
    """A good signature by somebody else is no signature; nor does an empty list of signers accept everybody."""
    foreign = stranger.gpg.sign_and_encrypt(SAID, stranger.fingerprint, partnership.certificate.armoured(), now)
    for message, signers in ((foreign, [coach.certificate]), (good, [stranger.certificate]), (good, [])):
        with pytest.raises(Malformed, match=NOT_SHOWN):
            sequoia.open_signed(message, partnership, signers)


def test_two_signatures_are_not_one(coach: Person, partnership: SecretKey, write: Callable[..., bytes]) -> None:
    """Signed by the coach and by somebody else at once: nobody could say who said it."""
    second = coach.gpg.generate("Second <second@example.invalid>", passphrase=None, at=datetime.now().astimezone())
    certificate = sequoia.Certificate.parse(coach.gpg.public_key(second))
    message = write("--local-user", second, "--sign", "--encrypt", "--compress-algo", "none")
    with pytest.raises(Malformed, match="not signed by exactly one"):
        sequoia.open_signed(message, partnership, [coach.certificate, certificate])
    for signer in (coach.certificate, certificate):
        with pytest.raises(Malformed, match=NOT_SHOWN):
            sequoia.open_signed(message, partnership, [signer])


def test_signed_only_armoured_and_surrounded_messages_are_refused(
    good: bytes, coach: Person, partnership: SecretKey, write: Callable[..., bytes]
) -> None:
    """The library opens each of these as if it had been encrypted; here the shape is wrong."""
    signed_only = write("--sign", "--compress-algo", "none")
    assert pysequoia.decrypt(signed_only, partnership._decryptor, lambda _: [coach.certificate._cert]).bytes == SAID
    armoured = write("--sign", "--encrypt", "--armor", "--compress-algo", "none")
    for message in (
        signed_only,
        write("--clearsign"),
        armoured,
        b"Dear coach,\n\n" + armoured,
        write("--store", "--compress-algo", "none"),
        new_format(8, b"\x00" + good),
        good + good,
        good + write("--store", "--compress-algo", "none"),
    ):
        for opening in (
            lambda message: sequoia.open_signed(message, partnership, [coach.certificate]),
            lambda message: sequoia.open_anonymous(message, partnership),
            coach.gpg.decrypt,
        ):
            with pytest.raises(Malformed):
                opening(message)


def test_compressed_inside_is_refused(coach: Person, partnership: SecretKey, write: Callable[..., bytes]) -> None:
    """The library cannot check a signature below compression; the message says no rather than being half checked."""
    message = write("--sign", "--encrypt", "--compress-algo", "zlib")
    assert packets.sealed_for_keys(message)
    with pytest.raises(Malformed, match=NOT_SHOWN):
        sequoia.open_signed(message, partnership, [coach.certificate])


def test_a_small_message_cannot_unpack_to_a_large_text(
    coach: Person, partnership: SecretKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixteen megabytes in sixteen kilobytes, from a stranger: stopped at the size of the message."""
    recipient = coach.home / "recipient"
    recipient.write_bytes(partnership.certificate.armoured())
    command = ["gpg", "--homedir", str(coach.home), "--batch", "--quiet", "--compress-algo", "zlib", "-z", "9"]
    command += ["--recipient-file", str(recipient), "--encrypt"]
    bomb = subprocess.run(command, input=bytes(1 << 24), capture_output=True, check=True).stdout
    assert len(bomb) < 1 << 15
    assert len(pysequoia.decrypt(bomb, partnership._decryptor).bytes or b"") == 1 << 24
    with pytest.raises(Malformed, match=NOT_SHOWN):
        sequoia.open_anonymous(bomb, partnership)


def test_hidden_readers_are_refused(coach: Person, partnership: SecretKey, write: Callable[..., bytes]) -> None:
    """With `throw-keyids` nobody can list who reads a blob, so it is not one of ours."""
    with pytest.raises(Malformed, match="hidden reader"):
        sequoia.open_signed(write("--sign", "--encrypt", "--throw-keyids"), partnership, [coach.certificate])


def test_every_changed_byte_is_noticed(good: bytes, coach: Person, partnership: SecretKey) -> None:
    """Each byte of a message, changed alone, makes it unreadable or leaves the text and signer as they were."""
    for at in range(len(good)):
        changed = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        try:
            opened = sequoia.open_signed(changed, partnership, [coach.certificate])
        except Malformed:
            continue
        assert (opened.data, opened.signer) == (SAID, coach.fingerprint), f"byte {at}"


def test_another_partnership_s_key_opens_nothing(
    good: bytes, coach: Person, other_partnership: SecretKey, now: datetime
) -> None:
    """Copied into another partnership, a note stays closed."""
    with pytest.raises(Malformed, match=NOT_SHOWN):
        sequoia.open_signed(good, other_partnership, [coach.certificate])


def test_a_key_that_is_not_an_open_secret_key_is_refused(
    partnership: SecretKey, partnership_tsk: bytes, careful: Person
) -> None:
    """A public key, two keys, a locked key or noise is no secret key; and a secret key is no certificate."""
    locked = careful.home / "locked"
    command = ["gpg", "--homedir", str(careful.home), "--batch", "--yes", "--output", str(locked)]
    subprocess.run([*command, "--export-secret-keys"], check=True, capture_output=True)
    # What is exported of a key whose primary half is on a card or in a safe: a stub stands in its place.
    stub = subprocess.run([*command[:4], "--export-secret-subkeys"], check=True, capture_output=True).stdout
    public = partnership.certificate.armoured()
    for wrong in (b"", b"noise", public, partnership_tsk * 2, locked.read_bytes(), stub):
        with pytest.raises(Malformed):
            SecretKey.parse(wrong)
    with pytest.raises(Malformed, match="a secret key where a public key belongs"):
        sequoia.Certificate.parse(partnership_tsk)
    with pytest.raises(Malformed, match="a secret key where a public key belongs"):
        sequoia.Certificate.parse(partnership.armoured())
    for wrong in (b"", b"noise", partnership.certificate.armoured() * 2):
        with pytest.raises(Malformed):
            sequoia.Certificate.parse(wrong)
