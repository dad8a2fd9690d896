"""The user's own GnuPG: found, asked, believed by its status lines, and told nothing it need not know."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from confide.model.problem import Malformed, Unavailable, Usage
from confide.vault import sequoia
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate
from tests.vault.conftest import LONG_AGO, Person

pytestmark = pytest.mark.gpg


def test_without_gpg_the_way_to_get_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No gpg on the PATH: unavailable, with the command that installs it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="gpg was not found") as refusal:
        GnuPG()
    assert "apt install gnupg" in refusal.value.problems[0].hint


@pytest.mark.parametrize(
    ("version", "reason"), [("2.1.18", "gpg is too old"), ("1.4.23", "gpg is too old"), (None, "gpg did not start")]
)
def test_an_old_or_broken_gpg_is_not_used(
    version: str | None, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before 2.2 the status lines this stands on were different; a gpg that does not run is no gpg."""
    fake = tmp_path / "gpg"
    fake.write_text(f'#!/bin/sh\necho "cfg:version:{version}"\n' if version else "#!/bin/sh\nexit 2\n")
    fake.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(Unavailable, match=reason):
        GnuPG()


def test_a_missing_home_is_said(tmp_path: Path) -> None:
    """A home that is not there is not made up."""
    with pytest.raises(Unavailable, match="gpg did not start"):
        GnuPG(tmp_path / "gone")


def test_keys_are_described_without_their_words(
    coach: Person, expired: Person, revoked: Person, started: datetime
) -> None:
    """Fingerprint, end, revocation, what it can do now, whether the secret half is here."""
    key = coach.gpg.key(coach.fingerprint)
    assert (key.fingerprint, key.expires, key.revoked) == (coach.fingerprint, None, False)
    assert key.can_sign and key.can_encrypt and key.has_secret
    assert coach.gpg.key(coach.fingerprint[-16:]) == coach.gpg.key("0x" + coach.fingerprint) == key
    ended = expired.gpg.key(expired.fingerprint)
    assert ended.expires == started - LONG_AGO + timedelta(days=1)
    assert not ended.can_sign and not ended.can_encrypt and ended.has_secret and not ended.revoked
    withdrawn = revoked.gpg.key(revoked.fingerprint)
    assert withdrawn.revoked and not withdrawn.can_sign and not withdrawn.can_encrypt


def test_a_public_half_is_not_taken_for_a_secret_one(coach: Person, stranger: Person) -> None:
    """An imported certificate has no secret, and signing with it says so."""
    assert coach.gpg.import_key(stranger.certificate.armoured()) == stranger.fingerprint
    assert not coach.gpg.key(stranger.fingerprint).has_secret
    assert stranger.fingerprint not in {key.fingerprint for key in coach.gpg.secret_keys()}
    with pytest.raises(Unavailable, match="nothing was signed"):
        coach.gpg.sign_detached(b"data", stranger.fingerprint, datetime.now(UTC))


@pytest.mark.parametrize("query", ["Canary", "canary.coach@example.invalid", "", "=x", "ABCDEF12", "-" * 40, "*"])
def test_keys_are_never_found_by_words(query: str, coach: Person) -> None:
    """Words of a user id, short ids and options are not names of keys."""
    for asked in (coach.gpg.key, coach.gpg.public_key):
        with pytest.raises(Usage):
            asked(query)
    with pytest.raises(Usage):
        coach.gpg.sign_detached(b"data", query, datetime.now(UTC))


def test_a_missing_key_is_said(coach: Person, now: datetime) -> None:
    """Neither listed, exported nor used to sign."""
    for asked in (coach.gpg.key, coach.gpg.public_key, coach.gpg.secret_key):
        with pytest.raises(Unavailable, match="GnuPG has no key"):
            asked("A" * 40)
    with pytest.raises(Unavailable, match=r"nothing was signed .*(not here|not found)"):
        coach.gpg.sign_detached(b"data", "A" * 40, now)


def test_an_unusable_signer_is_never_replaced_by_another(coach: Person, expired: Person, now: datetime) -> None:
    """gpg would quietly sign with another key if it were only asked by `--default-key`."""
    coach.gpg.import_key(expired.gpg.secret_key(expired.fingerprint))
    for sign in (
        lambda: coach.gpg.sign_detached(b"data", expired.fingerprint, now),
        lambda: coach.gpg.sign_and_encrypt(b"data", expired.fingerprint, coach.certificate.armoured(), now),
    ):
        with pytest.raises(Unavailable, match=r"nothing was (signed|encrypted)") as refusal:
            sign()
        assert "expired" in refusal.value.problems[0].hint


def test_a_key_cannot_sign_before_it_was_made(coach: Person, now: datetime) -> None:
    """Replaying a moment before the key existed is refused, not dated differently."""
    with pytest.raises(Unavailable, match="nothing was signed"):
        coach.gpg.sign_detached(b"data", coach.fingerprint, now - 2 * LONG_AGO)


def test_generated_keys_have_a_passphrase_or_none_or_an_end(new_person: Callable[..., Person], now: datetime) -> None:
    """What was asked for is what the key is; user ids of any script are kept."""
    person = new_person("Zoë O’Hara 信 <zoë@example.invalid>", expires="2y", at=now)
    listing = ["gpg", "--homedir", str(person.home), "--list-keys", "--with-colons"]
    shown = subprocess.run(listing, check=True, capture_output=True).stdout.decode()
    assert "Zoë O’Hara 信 <zoë@example.invalid>" in shown
    ends = person.certificate.expires
    assert ends is not None and timedelta(0) <= ends - now - timedelta(days=730) < timedelta(hours=1)
    assert not person.certificate.expired(now) and person.certificate.expired(now + timedelta(days=731))


@pytest.mark.parametrize("bad", ["", " x", "x ", "x\n%no-protection", "x\nExpire-Date: 1d", "x\x00y", "x\u2028y"])
def test_nothing_is_smuggled_into_key_parameters(bad: str, coach: Person, now: datetime) -> None:
    """A line break in a user id, passphrase or expiry would be an instruction to GnuPG."""
    before = coach.gpg.secret_keys()
    with pytest.raises(Usage):
        coach.gpg.generate(bad, passphrase=None, at=now)
    with pytest.raises(Usage):
        coach.gpg.generate("fine", passphrase=bad, at=now)
    with pytest.raises(Usage):
        coach.gpg.generate("fine", passphrase=None, at=now, expires=bad)
    assert coach.gpg.secret_keys() == before


def test_the_first_key_makes_the_home(fresh_home: Path, now: datetime) -> None:
    """On a new machine there is no ~/.gnupg, and gpg without its options file does not make one."""
    gpg = GnuPG()
    assert gpg.secret_keys() == ()
    fingerprint = gpg.generate("New <new@example.invalid>", passphrase=None, at=now)
    assert gpg.key(fingerprint).has_secret
    assert (fresh_home / ".gnupg").stat().st_mode & 0o777 == 0o700


def test_exactly_one_key_is_imported(stranger: Person, coach: Person, short_home: Path) -> None:
    """Several keys, a signature or noise change nothing in the keyring."""
    gpg = GnuPG(short_home)
    for data in (stranger.certificate.armoured() + coach.certificate.armoured(), b"noise", b""):
        with pytest.raises(Malformed, match=r"not exactly one OpenPGP key|damaged|not OpenPGP data"):
            gpg.import_key(data)
    with pytest.raises(Unavailable):
        gpg.key(stranger.fingerprint)
    assert gpg.import_key(stranger.certificate.armoured()) == stranger.fingerprint


def test_names_do_not_reach_the_log(coach: Person, now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    """The library would log every status line, user ids included, to whoever turns logging on."""
    with caplog.at_level(logging.DEBUG):
        gpg = GnuPG(coach.home)
        gpg.key(coach.fingerprint)
        gpg.decrypt_signed(gpg.sign_and_encrypt(b"note", coach.fingerprint, coach.certificate.armoured(), now))
    assert "anary" not in caplog.text


def test_faked_time_is_only_for_gpg(new_person: Callable[..., Person], now: datetime) -> None:
    """A key and a signature dated months ago are what a replay needs, and both are valid now."""
    at = now - timedelta(days=150)
    person = new_person("Replay <replay@example.invalid>", at=at)
    certificate = Certificate.parse(person.gpg.public_key(person.fingerprint))
    signature = person.gpg.sign_detached(b"data", person.fingerprint, at + timedelta(days=10))
    assert sequoia.verify_detached(b"data", signature, [certificate]).created == at + timedelta(days=10)
    with pytest.raises(Unavailable):
        person.gpg.sign_detached(b"data", person.fingerprint, at - timedelta(days=1))
