"""The keystore under attack: whoever can write its files can make them useless, but never false."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from confide.model.problem import Malformed, NotAllowed, Unavailable, Usage
from confide.vault import sequoia
from confide.vault.keystore import Keystore
from confide.vault.sequoia import SecretKey
from tests.vault.conftest import Person, revoke

pytestmark = pytest.mark.gpg


def test_swapped_entries_are_noticed(keystore: Keystore) -> None:
    """One partnership's key under another's name is not opened, although every byte of it is genuine."""
    unlocked = keystore.unlock()
    (keystore.path / "p-k7f3.key.gpg").write_bytes((keystore.path / "p-m3x9.key.gpg").read_bytes())
    with pytest.raises(Malformed, match="entry `p-k7f3` is another one"):
        unlocked.secret("p-k7f3")


def test_changed_entries_are_noticed(keystore: Keystore) -> None:
    """A flipped bit, a cut, an addition, an empty file: malformed, never half a key."""
    path = keystore.path / "p-k7f3.key.gpg"
    good, unlocked = path.read_bytes(), keystore.unlock()
    for changed in (b"", good[:-1], good + b"\0", good[:150] + bytes([good[150] ^ 1]) + good[151:], b"noise"):
        path.write_bytes(changed)
        with pytest.raises(Malformed):
            unlocked.secret("p-k7f3")


def test_an_entry_by_anybody_else_is_noticed(
    keystore: Keystore, other_partnership: SecretKey, partnership: SecretKey, now: datetime
) -> None:
    """Whoever can write here and knows the public half still cannot make an entry: it lacks the signature."""
    certificate = sequoia.Certificate.parse((keystore.path / "key.asc").read_bytes())
    content = b"confide/1 keystore-entry\np-k7f3\n" + other_partnership.armoured()
    for signer in (None, other_partnership):
        (keystore.path / "p-k7f3.key.gpg").write_bytes(sequoia.encrypt(content, [certificate], signer, now))
        with pytest.raises(Malformed, match="does not open"):
            keystore.unlock().secret("p-k7f3")


def test_a_keystore_key_put_there_by_somebody_else_is_not_used(
    keystore: Keystore, coach: Person, stranger: Person, other_partnership: SecretKey, now: datetime
) -> None:
    """Encrypted to the coach by anybody, even by somebody in the coach's keyring, even replayed: not believed."""
    coach.gpg.import_key(stranger.certificate.armoured())
    home = coach.certificate.armoured()
    planted = b"confide/1 keystore-key\n" + other_partnership.armoured()
    by_stranger = stranger.gpg.sign_and_encrypt(planted, stranger.fingerprint, home, now)
    mixed_up = coach.gpg.sign_and_encrypt(other_partnership.armoured(), coach.fingerprint, home, now)
    unsigned = coach.gpg.encrypt(planted, home, now)
    for message, reason in ((by_stranger, "not put there"), (mixed_up, "not put there"), (unsigned, "not signed")):
        (keystore.path / "key.gpg").write_bytes(message)
        with pytest.raises(Malformed, match=reason):
            keystore.unlock()


def test_without_the_coach_s_key_it_stays_closed(keystore: Keystore, stranger: Person) -> None:
    """Another person's GnuPG does not open it."""
    with pytest.raises(Unavailable, match="the secret key is not here"):
        Keystore(keystore.path, stranger.gpg).unlock()


def test_a_revoked_coach_is_not_believed_and_nothing_is_sealed_to_one(
    new_person: Callable[..., Person], tmp_path: Path, now: datetime
) -> None:
    """Somebody else may have the key: the keystore is not opened on its word, and none is made for it."""
    person = new_person("Lost <lost@example.invalid>")
    keystore = Keystore.create(tmp_path / "practice", person.gpg, person.fingerprint, now)
    assert keystore.unlock().names() == ()
    revoke(person)
    with pytest.raises(Malformed, match="signed with a key that is revoked"):
        keystore.unlock()
    with pytest.raises(NotAllowed, match="is revoked"):
        Keystore.create(tmp_path / "second", person.gpg, person.fingerprint, now)
    assert not Keystore(tmp_path / "second", person.gpg).exists


def test_pins_are_signed_and_do_not_change_by_themselves(keystore: Keystore) -> None:
    """Set once; the same value again is fine; another one needs to be meant; a forged one is noticed."""
    unlocked = keystore.unlock()
    assert unlocked.get_pin("root") is None
    unlocked.set_pin("root", "one")
    unlocked.set_pin("root", "one")
    with pytest.raises(NotAllowed, match="pin `root` is set already"):
        unlocked.set_pin("root", "two")
    assert unlocked.get_pin("root") == "one"
    unlocked.set_pin("root", "two", replace=True)
    unlocked.set_pin("keeper", "three")
    assert (unlocked.get_pin("root"), unlocked.get_pin("keeper")) == ("two", "three")
    pin = keystore.path / "root.pin"
    good = pin.read_bytes()
    other = (keystore.path / "keeper.pin").read_bytes()
    for forged in (other, good.replace(b"two", b"six"), good[:-80], b"", good.replace(b"\n\n", b"\n", 1), b"two"):
        pin.write_bytes(forged)
        with pytest.raises(Malformed):
            unlocked.get_pin("root")
        with pytest.raises(Malformed):
            unlocked.set_pin("root", "two")


@pytest.mark.parametrize("value", ["", " x", "x ", "x\ny", "x" * 201, "é", "x\0"])
def test_a_pin_is_one_plain_line(value: str, keystore: Keystore) -> None:
    """Anything else could not be told from what follows it in the file."""
    with pytest.raises(Usage):
        keystore.unlock().set_pin("root", value)
    assert not (keystore.path / "root.pin").exists()
