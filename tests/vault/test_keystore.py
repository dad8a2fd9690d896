"""The keystore: one unlock, entries that cannot be swapped, changed, overwritten or read without the coach."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pysequoia.packet import PacketPile

from confide.model.problem import Malformed, NotAllowed, Unavailable, Usage
from confide.vault import keystore_seal, sequoia
from confide.vault.keystore import Keystore, UnlockedKeystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import SecretKey
from tests.vault.conftest import KEYSTORE_NAMES, PASSPHRASE, Person

pytestmark = pytest.mark.gpg


def test_what_goes_in_comes_out(keystore: Keystore, partnership: SecretKey, coach: Person, now: datetime) -> None:
    """Kept, found again by another process, and as good as before."""
    unlocked = Keystore(keystore.path, GnuPG(coach.home)).unlock()
    assert unlocked.names() == KEYSTORE_NAMES
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
        for name in KEYSTORE_NAMES:
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
    assert set(files) == {"key.gpg", "key.asc", ".lock", *(f"{name}.key.gpg" for name in KEYSTORE_NAMES)}
    for path in files.values():
        assert path.stat().st_mode & 0o777 == 0o600
        content = path.read_bytes()
        assert b"PRIVATE" not in content and partnership_tsk[-60:-20] not in content and b"anary" not in content


def test_plain_gpg_recovers_every_key(
    keystore: Keystore, coach: Person, short_home: Path, partnership: SecretKey
) -> None:
    """Without this program: gpg opens key.gpg, what is in it with the seal, imports that, and opens an entry."""
    run = ["gpg", "--batch", "--quiet", "--homedir"]
    opened = subprocess.run(
        [*run, str(coach.home), "--decrypt", str(keystore.path / "key.gpg")], check=True, capture_output=True
    )
    seal = ["--pinentry-mode", "loopback", "--passphrase-file", str(keystore_seal.place(keystore.path))]
    locked = opened.stdout.partition(b"\n")[2]
    opened = subprocess.run([*run, str(short_home), *seal, "--decrypt"], input=locked, check=True, capture_output=True)
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


def test_a_directory_that_is_open_to_others_is_closed(coach: Person, tmp_path: Path, now: datetime) -> None:
    """An existing directory becomes its owner's alone."""
    (tmp_path / "practice").mkdir(mode=0o755)
    Keystore.create(tmp_path / "practice", coach.gpg, coach.fingerprint, now)
    assert (tmp_path / "practice").stat().st_mode & 0o777 == 0o700


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
    assert unlocked.names() == KEYSTORE_NAMES


def test_it_is_dated_when_it_was_asked_for(coach: Person, tmp_path: Path, now: datetime) -> None:
    """A replay makes the keystore's key as of its moment; entries can be added at once."""
    at = now - timedelta(days=90)
    Keystore.create(tmp_path / "practice", coach.gpg, coach.fingerprint, at)
    pile = list(PacketPile.from_bytes((tmp_path / "practice/key.asc").read_bytes()))
    assert pile[0].key_created == at


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
