"""The keystore: one unlock, entries that cannot be swapped, changed, overwritten or read without the coach."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from confide.model.problem import Malformed, NotAllowed, Unavailable, Usage
from confide.vault import sequoia
from confide.vault.keystore import Keystore, UnlockedKeystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import SecretKey
from tests.vault.conftest import PASSPHRASE, Person, revoke

pytestmark = pytest.mark.gpg

NAMES = ("p-k7f3", "p-m3x9", "publishing")


@pytest.fixture
def keystore(
    coach: Person, tmp_path: Path, now: datetime, partnership: SecretKey, other_partnership: SecretKey
) -> Keystore:
    """The coach's keystore with two partnerships and a publishing key in it."""
    keystore = Keystore.create(tmp_path / "practice", coach.gpg, coach.fingerprint, now)
    unlocked = keystore.unlock()
    for name, key in zip(NAMES, (partnership, other_partnership, other_partnership), strict=True):
        unlocked.add(name, key.armoured(), now)
    return keystore


def test_what_goes_in_comes_out(keystore: Keystore, partnership: SecretKey, coach: Person, now: datetime) -> None:
    """Kept, found again by another process, and as good as before."""
    unlocked = Keystore(keystore.path, GnuPG(coach.home)).unlock()
    assert unlocked.names() == NAMES
    key = unlocked.secret("p-k7f3")
    assert key.fingerprint == partnership.fingerprint
    message = sequoia.encrypt(b"note", [partnership.certificate], key, now)
    assert sequoia.open_signed(message, key, [key.certificate]).data == b"note"


def test_one_unlock_opens_everything(
    keystore: Keystore, coach: Person, calls: Callable[[], list[str]], now: datetime
) -> None:
    """gpg decrypts once for a whole command; reading, adding and pinning need it no more."""
    gpg = GnuPG(coach.home)
    unlocked = Keystore(keystore.path, gpg).unlock()
    for _ in range(5):
        for name in NAMES:
            unlocked.secret(name)
    unlocked.add("p-new", unlocked.secret("p-k7f3").armoured(), now)
    unlocked.set_pin("root", "sha1:0123456789abcdef")
    assert unlocked.get_pin("root") == "sha1:0123456789abcdef"
    assert [call.split()[-1] for call in calls() if "--list-config" not in call] == ["--decrypt"]


def test_one_passphrase_a_command(careful: Person, tmp_path: Path, now: datetime, partnership: SecretKey) -> None:
    """Somebody with a passphrase types it once, however many keys are then used; a wrong one opens nothing."""
    asked = careful.home / "asked"
    keystore = Keystore.create(tmp_path / "practice", careful.gpg, careful.fingerprint, now)
    asked.write_text("")
    unlocked = keystore.unlock()
    unlocked.add("p-k7f3", partnership.armoured(), now)
    for _ in range(3):
        unlocked.secret("p-k7f3")
    assert asked.read_text().count("asked") == 1
    typed = careful.home / "typed"
    try:
        typed.write_text("CANARY something else")
        with pytest.raises(Unavailable, match="wrong passphrase"):
            keystore.unlock()
    finally:
        typed.write_text(PASSPHRASE)


def test_files_are_the_owner_s_alone_and_hold_nothing_plain(keystore: Keystore, partnership_tsk: bytes) -> None:
    """Mode 0700 and 0600; no name of a key's owner, no key material, no temporary file left."""
    assert keystore.path.stat().st_mode & 0o777 == 0o700
    files = {path.name: path for path in keystore.path.iterdir()}
    assert set(files) == {"key.gpg", "key.asc", ".lock", *(f"{name}.key.gpg" for name in NAMES)}
    for path in files.values():
        assert path.stat().st_mode & 0o777 == 0o600
        content = path.read_bytes()
        assert b"PRIVATE" not in content and partnership_tsk[-60:-20] not in content and b"anary" not in content


def test_plain_gpg_recovers_every_key(
    keystore: Keystore, coach: Person, short_home: Path, partnership: SecretKey
) -> None:
    """Without this program: gpg opens key.gpg, imports what is in it, and opens an entry."""
    run = ["gpg", "--batch", "--quiet", "--homedir"]
    opened = subprocess.run(
        [*run, str(coach.home), "--decrypt", str(keystore.path / "key.gpg")], check=True, capture_output=True
    )
    subprocess.run([*run, str(short_home), "--import"], input=opened.stdout, check=True, capture_output=True)
    entry = [*run, str(short_home), "--decrypt", str(keystore.path / "p-k7f3.key.gpg")]
    opened = subprocess.run(entry, check=True, capture_output=True)
    subprocess.run([*run, str(short_home), "--import"], input=opened.stdout, check=True, capture_output=True)
    assert GnuPG(short_home).key(partnership.fingerprint).has_secret


def test_an_existing_keystore_is_never_replaced(keystore: Keystore, coach: Person, now: datetime) -> None:
    """A second `create` would lose every key: refused, and not a byte changed."""
    before = _contents(keystore.path)
    with pytest.raises(NotAllowed, match="there is a keystore already"):
        Keystore.create(keystore.path, coach.gpg, coach.fingerprint, now)
    assert _contents(keystore.path) == before


def test_an_entry_is_never_overwritten(keystore: Keystore, partnership: SecretKey, now: datetime) -> None:
    """The same name again, even with the same key, is refused and nothing changes."""
    before = _contents(keystore.path)
    with pytest.raises(NotAllowed, match="has a key `p-k7f3` already"):
        keystore.unlock().add("p-k7f3", partnership.armoured(), now)
    assert _contents(keystore.path) == before


def test_what_is_missing_is_said(keystore: Keystore, coach: Person, tmp_path: Path) -> None:
    """No keystore, no entry: unavailable, with the commands that bring them."""
    nowhere = Keystore(tmp_path / "nowhere", coach.gpg)
    assert keystore.exists and not nowhere.exists
    with pytest.raises(Unavailable, match="there is no keystore"):
        nowhere.unlock()
    assert not nowhere.path.exists()
    with pytest.raises(Unavailable, match="has no key `p-none`") as refusal:
        keystore.unlock().secret("p-none")
    assert "confide adopt" in refusal.value.problems[0].hint


@pytest.mark.parametrize("name", ["", "a", "A-b", "../key", "p/k", "p.k", "x" * 41, "p k", "p-k7f3\n", "ñandu"])
def test_a_name_is_never_a_path(name: str, keystore: Keystore, partnership: SecretKey, now: datetime) -> None:
    """Whatever is not a plain name is a mistake before any file is touched."""
    unlocked, before = keystore.unlock(), _contents(keystore.path)
    for use in (
        lambda: unlocked.secret(name),
        lambda: unlocked.add(name, partnership.armoured(), now),
        lambda: unlocked.get_pin(name),
        lambda: unlocked.set_pin(name, "value"),
    ):
        with pytest.raises(Usage):
            use()
    assert _contents(keystore.path) == before


def test_only_whole_secret_keys_are_kept(keystore: Keystore, partnership: SecretKey, now: datetime) -> None:
    """A public key or noise is no entry."""
    unlocked = keystore.unlock()
    for wrong in (b"", b"noise", partnership.certificate.armoured()):
        with pytest.raises(Malformed):
            unlocked.add("p-new", wrong, now)
    assert unlocked.names() == NAMES


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


def test_it_is_dated_when_it_was_asked_for(coach: Person, tmp_path: Path, now: datetime) -> None:
    """A replay makes the keystore's key as of its moment; entries can be added at once."""
    at = now - timedelta(days=90)
    Keystore.create(tmp_path / "practice", coach.gpg, coach.fingerprint, at)
    pile = sequoia._pile((tmp_path / "practice/key.asc").read_bytes(), "public key")
    assert pile[0].key_created == at


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


def test_two_processes_cannot_both_add(keystore: Keystore, coach: Person) -> None:
    """Eight at once with the same name: one is kept, the others are told, and what is there opens."""
    program = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from confide.model.problem import NotAllowed
from confide.vault.keystore import Keystore
from confide.vault.people import GnuPG
unlocked = Keystore(Path(sys.argv[1]), GnuPG(Path(sys.argv[2]))).unlock()
try:
    unlocked.add("p-race", unlocked.secret("p-k7f3").armoured(), datetime.now(UTC))
except NotAllowed:
    sys.exit(7)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program, str(keystore.path), str(coach.home)]
    racers = [subprocess.Popen(command, env=environment) for _ in range(4)]
    assert sorted(racer.wait() for racer in racers) == [0, 7, 7, 7]
    unlocked = keystore.unlock()
    assert unlocked.secret("p-race").fingerprint == unlocked.secret("p-k7f3").fingerprint


def test_a_full_disk_leaves_everything_as_it_was(
    keystore: Keystore, partnership: SecretKey, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a write fails half way, no file is new, changed or left over."""
    unlocked, before = keystore.unlock(), _contents(keystore.path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="no space left on device"):
        unlocked.add("p-new", partnership.armoured(), now)
    assert _contents(keystore.path) == before


def test_an_open_keystore_shows_nothing_of_itself(keystore: Keystore) -> None:
    """Printed by accident, it is no key."""
    unlocked = keystore.unlock()
    assert isinstance(unlocked, UnlockedKeystore)
    assert "PGP" not in repr(unlocked) and "PGP" not in repr(vars(unlocked))


def _contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}
