"""Who can read what is written: exactly who was asked for, and nobody whose key has ended."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from confide.model.problem import NotAllowed, Refused
from confide.vault import packets, sequoia
from confide.vault.expiry import Binding, end
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate, SecretKey
from tests.vault.conftest import LONG_AGO, Person

pytestmark = pytest.mark.gpg


@pytest.fixture(params=["in this process", "by GnuPG"])
def write(
    request: pytest.FixtureRequest, coach: Person, partnership: SecretKey, now: datetime
) -> Callable[[Certificate, datetime], bytes]:
    """Sign and encrypt something for a certificate: the two ways promise the same."""
    if request.param == "by GnuPG":
        return lambda to, at: coach.gpg.sign_and_encrypt(b"note", coach.fingerprint, to.armoured(), at)
    return lambda to, at: sequoia.encrypt(b"note", [to], partnership, at)


def test_exactly_the_asked_readers(
    coach: Person, stranger: Person, partnership: SecretKey, other_partnership: SecretKey, now: datetime
) -> None:
    """Each recipient has one session key, on their encryption subkey; the signer has none."""
    message = sequoia.encrypt(b"note", [coach.certificate, partnership.certificate], other_partnership, now)
    found = sequoia.recipients(message)
    assert len(found) == 2
    assert set(found) <= coach.certificate.key_ids | partnership.certificate.key_ids
    by_gnupg = sequoia.recipients(
        coach.gpg.sign_and_encrypt(b"note", coach.fingerprint, stranger.certificate.armoured(), now)
    )
    assert len(by_gnupg) == 1 and set(by_gnupg) <= stranger.certificate.key_ids


def test_a_reader_named_twice_is_one_reader(partnership: SecretKey, now: datetime) -> None:
    """The same certificate in a list twice gets one session key."""
    message = sequoia.encrypt(b"note", [partnership.certificate] * 2, None, now)
    assert len(sequoia.recipients(message)) == 1


def test_nothing_is_encrypted_to_nobody(partnership: SecretKey, now: datetime) -> None:
    """An empty list of readers is a mistake, not a message."""
    with pytest.raises(NotAllowed, match="to nobody"):
        sequoia.encrypt(b"note", [], partnership, now)


def test_an_expired_recipient_stops_the_write(
    write: Callable[[Certificate, datetime], bytes], expired: Person, now: datetime
) -> None:
    """The library would encrypt without a word; here the refusal names the day and the way to renew."""
    with pytest.raises(NotAllowed, match=f"expired on {now - LONG_AGO + timedelta(days=1):%Y-%m-%d}") as refusal:
        write(expired.certificate, now)
    assert "--quick-set-expire" in refusal.value.problems[0].hint
    assert expired.certificate.expired(now) and not expired.certificate.revoked


def test_it_was_a_good_recipient_while_it_lasted(coach: Person, expired: Person, now: datetime) -> None:
    """A replayed moment judges the key as of then."""
    then = now - LONG_AGO + timedelta(hours=2)
    assert not expired.certificate.expired(then)
    message = coach.gpg.sign_and_encrypt(b"note", coach.fingerprint, expired.certificate.armoured(), then)
    assert expired.gpg.decrypt(message) == b"note"


def test_a_revoked_recipient_stops_the_write(
    write: Callable[[Certificate, datetime], bytes], revoked: Person, now: datetime
) -> None:
    """Revoked is for good, whatever the date: a new key is asked for."""
    for at in (now, now - timedelta(days=100)):
        with pytest.raises(NotAllowed, match="is revoked") as refusal:
            write(revoked.certificate, at)
        assert "ask its owner for a new key" in refusal.value.problems[0].hint


def test_one_bad_recipient_among_good_ones_stops_everything(
    coach: Person, expired: Person, revoked: Person, partnership: SecretKey, now: datetime
) -> None:
    """Nobody is dropped from a list quietly."""
    for bad in (expired, revoked):
        with pytest.raises(NotAllowed):
            sequoia.encrypt(b"note", [coach.certificate, bad.certificate], partnership, now)


def test_an_ended_encryption_subkey_ends_the_certificate(
    make_short_home: Callable[[], object], new_person: Callable[..., Person], now: datetime
) -> None:
    """The primary key still lives, but nothing can be encrypted to it; a renewed subkey makes it usable again."""
    person = new_person("Subkey <subkey@example.invalid>")
    subkey = _subkey(person)
    for life, ended in (("seconds=86400", True), ("0", False)):
        _set_expiry(person, subkey, life, now - LONG_AGO + timedelta(hours=1 if ended else 2))
        certificate = Certificate.parse(person.gpg.public_key(person.fingerprint))
        assert certificate.expired(now) is ended
        if ended:
            with pytest.raises(NotAllowed, match="expired on"):
                sequoia.encrypt(b"note", [certificate], None, now)
    assert sequoia.encrypt(b"note", [certificate], None, now)


def test_the_latest_binding_counts_and_the_last_subkey_to_end() -> None:
    """Renewed, shortened, a second subkey, none at all: when the certificate ends follows from all of them."""
    day = datetime(2026, 1, 1).astimezone()
    early, late = day + timedelta(days=10), day + timedelta(days=20)
    renewed = [Binding("a", day, early), Binding("a", day + timedelta(days=1), late)]
    assert end(None, renewed) == end(None, list(reversed(renewed))) == late
    assert end(None, [Binding("a", day, None), Binding("a", day + timedelta(days=1), early)]) == early
    assert end(None, [Binding("a", day, early), Binding("b", day, None)]) is None
    assert end(early, [Binding("a", day, late)]) == early
    assert end(late, [Binding("a", day, early)]) == early
    assert end(None, []) is None and end(late, []) == late


@pytest.mark.parametrize("option", ["encrypt-to {0}", "hidden-encrypt-to {0}", "recipient {0}", "hidden-recipient {0}"])
def test_a_user_s_gpg_conf_adds_no_reader(
    option: str, coach: Person, stranger: Person, partnership: SecretKey, now: datetime
) -> None:
    """`encrypt-to` and its like in gpg.conf would add a reader silently; plain gpg shows that they do."""
    coach.gpg.import_key(stranger.certificate.armoured())
    conf = coach.home / "gpg.conf"
    recipient = coach.home / "recipient"
    recipient.write_bytes(partnership.certificate.armoured())
    conf.write_text(f"{option.format(stranger.fingerprint)}\ntrust-model always\n")
    try:
        message = GnuPG(coach.home).sign_and_encrypt(b"note", coach.fingerprint, recipient.read_bytes(), now)
        plain = ["gpg", "--homedir", str(coach.home), "--batch", "--recipient-file", str(recipient), "--encrypt"]
        by_hand = subprocess.run(plain, input=b"note", capture_output=True, check=True).stdout
    finally:
        conf.unlink()
    found = sequoia.recipients(message)
    assert len(found) == 1 and set(found) <= partnership.certificate.key_ids
    listing = subprocess.run(["gpg", "--list-packets", "--list-only"], input=by_hand, capture_output=True, check=True)
    assert listing.stdout.count(b":pubkey enc packet:") == 2


def test_a_user_s_gpg_conf_adds_no_signer_and_no_armour(coach: Person, partnership: SecretKey, now: datetime) -> None:
    """`local-user`, `armor` and `throw-keyids` in gpg.conf change nothing either."""
    other = coach.gpg.generate("Other <other@example.invalid>", passphrase=None, at=now - LONG_AGO)
    conf = coach.home / "gpg.conf"
    conf.write_text(f"local-user {other}\narmor\nthrow-keyids\ncompress-algo zlib\n")
    try:
        gpg = GnuPG(coach.home)
        message = gpg.sign_and_encrypt(b"note", coach.fingerprint, partnership.certificate.armoured(), now)
        signature = gpg.sign_detached(b"data", coach.fingerprint, now)
    finally:
        conf.unlink()
    assert sequoia.open_signed(message, partnership, [coach.certificate]).signer == coach.fingerprint
    assert sequoia.verify_detached(b"data", signature, [coach.certificate]).signer == coach.fingerprint


def test_whatever_comes_out_is_looked_at_again(
    coach: Person, stranger: Person, partnership: SecretKey, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If a reader were added all the same, the message would not be handed on."""
    both = sequoia.encrypt(b"note", [stranger.certificate, partnership.certificate], None, now)
    answer = coach.gpg._run(["--version"])
    monkeypatch.setattr(GnuPG, "_run", lambda *_: type(answer)(both, (("END_ENCRYPTION", ""), ("SIG_CREATED", ""))))
    with pytest.raises(Refused, match="other readers than asked for"):
        coach.gpg.sign_and_encrypt(b"note", coach.fingerprint, partnership.certificate.armoured(), now)
    for wanted in ([partnership.certificate], [partnership.certificate, stranger.certificate, coach.certificate]):
        with pytest.raises(Refused, match="other readers than asked for"):
            packets.check_readers(both, [one.key_ids for one in wanted])


def _subkey(person: Person) -> str:
    listing = subprocess.run(
        ["gpg", "--homedir", str(person.home), "--list-keys", "--with-colons"], capture_output=True, check=True
    ).stdout
    return [line.split(b":")[9].decode() for line in listing.splitlines() if line.startswith(b"fpr:")][1]


def _set_expiry(person: Person, subkey: str, life: str, at: datetime) -> None:
    command = ["gpg", "--homedir", str(person.home), "--batch", "--faked-system-time", f"{int(at.timestamp())}!"]
    subprocess.run([*command, "--quick-set-expire", person.fingerprint, life, subkey], check=True, capture_output=True)
