"""What the user's own GnuPG opens, and how it says that it cannot."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from confide.model.problem import Malformed, Unavailable
from confide.vault import sequoia
from confide.vault.sequoia import SecretKey
from tests.vault.conftest import LONG_AGO, PASSPHRASE, Person, revoke

pytestmark = pytest.mark.gpg


def test_wrong_passphrase_and_none_are_told_apart(careful: Person, partnership: SecretKey, now: datetime) -> None:
    """GnuPG asks; whatever goes wrong is said with what helps, and the right one opens."""
    message = sequoia.encrypt(b"note", [careful.certificate], partnership, now)
    typed = careful.home / "typed"
    try:
        typed.write_text("CANARY wrong passphrase")
        with pytest.raises(Unavailable, match="wrong passphrase") as refusal:
            careful.gpg.decrypt(message)
        assert "CANARY" not in str(refusal.value) and refusal.value.problems[0].hint
        with pytest.raises(Unavailable, match=r"nothing was signed .*wrong passphrase"):
            careful.gpg.sign_detached(b"data", careful.fingerprint, now)
    finally:
        typed.write_text(PASSPHRASE)
    assert careful.gpg.decrypt(message) == b"note"


def test_a_pinentry_that_cannot_ask_is_said(careful: Person, partnership: SecretKey, now: datetime) -> None:
    """No terminal and no desktop: the hint names GPG_TTY."""
    message = sequoia.encrypt(b"note", [careful.certificate], partnership, now)
    pinentry = careful.home / "pinentry"
    kept = pinentry.read_text()
    for script, reason in (
        ("#!/bin/sh\nexit 1\n", "no way to ask"),
        (kept.replace("echo asked", "echo 'ERR 83886179 cancelled'; continue; echo asked"), "was not given"),
    ):
        try:
            pinentry.write_text(script)
            with pytest.raises(Unavailable, match=reason) as refusal:
                careful.gpg.decrypt(message)
        finally:
            pinentry.write_text(kept)
        assert refusal.value.problems[0].hint


def test_a_message_for_somebody_else_is_not_opened(coach: Person, partnership: SecretKey, now: datetime) -> None:
    """Without the secret key: unavailable, not malformed, with where it may be."""
    message = sequoia.encrypt(b"note", [partnership.certificate], partnership, now)
    with pytest.raises(Unavailable, match="the secret key is not here"):
        coach.gpg.decrypt(message)


def test_a_damaged_message_is_not_half_shown(coach: Person, partnership: SecretKey, now: datetime) -> None:
    """gpg prints what it could decrypt before it notices the damage; that text is thrown away."""
    message = sequoia.encrypt(b"CANARY " * 4000, [coach.certificate], partnership, now)
    damaged = message[:-30] + bytes([message[-30] ^ 1]) + message[-29:]
    with pytest.raises(Malformed, match="the message was not opened") as refusal:
        coach.gpg.decrypt(damaged)
    assert "CANARY" not in str(refusal.value)


def test_signed_by_whom_and_opened_by_which_key(coach: Person, stranger: Person, now: datetime) -> None:
    """`decrypt_signed` tells both; unsigned, foreign and doubly signed messages are refused."""
    home = coach.certificate.armoured()
    signed = coach.gpg.decrypt_signed(coach.gpg.sign_and_encrypt(b"note", coach.fingerprint, home, now))
    assert (signed.data, signed.signer, signed.opened_by) == (b"note", coach.fingerprint, coach.fingerprint)
    assert abs(signed.created - now) < timedelta(hours=1)
    coach.gpg.import_key(stranger.certificate.armoured())
    known = SecretKey.parse(stranger.gpg.secret_key(stranger.fingerprint))
    foreign = coach.gpg.decrypt_signed(sequoia.encrypt(b"note", [coach.certificate], known, now))
    assert (foreign.signer, foreign.opened_by) == (stranger.fingerprint, coach.fingerprint)


def test_unsigned_unknown_and_revoked_signatures_are_refused(
    new_person: Callable[..., Person], coach: Person, partnership: SecretKey, now: datetime
) -> None:
    """`decrypt` would show each of these; where a signature is required none of them is."""
    home = coach.certificate.armoured()
    person = new_person("Revoking <revoking@example.invalid>")
    coach.gpg.import_key(person.gpg.secret_key(person.fingerprint))
    by_revoked = coach.gpg.sign_and_encrypt(b"note", person.fingerprint, home, now)
    assert coach.gpg.decrypt_signed(by_revoked).signer == person.fingerprint
    coach.gpg.import_key(revoke(person).certificate.armoured())
    for message, reason in (
        (coach.gpg.encrypt(b"note", home, now), "not signed as it should be"),
        (sequoia.encrypt(b"note", [coach.certificate], partnership, now), "not signed as it should be"),
        (by_revoked, "signed with a key that is revoked"),
    ):
        assert coach.gpg.decrypt(message) == b"note"
        with pytest.raises(Malformed, match=reason):
            coach.gpg.decrypt_signed(message)


def test_a_key_that_ended_since_still_signed(new_person: Callable[..., Person], now: datetime) -> None:
    """A coach whose key expired must still open what they sealed; what was signed after the end does not count."""
    person = new_person("Late <late@example.invalid>", expires="1d")
    home, then = person.certificate.armoured(), now - LONG_AGO + timedelta(hours=5)
    early = person.gpg.sign_and_encrypt(b"note", person.fingerprint, home, then)
    signed = person.gpg.decrypt_signed(early)
    assert signed.key_expired and (signed.data, signed.created) == (b"note", then)
    other_key = person.gpg.generate("Other <other@example.invalid>", passphrase=None, at=then)
    elsewhere = new_person("Elsewhere <elsewhere@example.invalid>")
    elsewhere.gpg.import_key(person.gpg.secret_key(person.fingerprint))
    renew = ["gpg", "--homedir", str(elsewhere.home), "--batch", "--quick-set-expire", person.fingerprint, "0"]
    subprocess.run(renew, check=True, capture_output=True)
    late = elsewhere.gpg.sign_and_encrypt(b"note", person.fingerprint, person.gpg.public_key(other_key), now)
    assert person.gpg.decrypt(late) == b"note"
    with pytest.raises(Malformed, match="a key that had expired"):
        person.gpg.decrypt_signed(late)
