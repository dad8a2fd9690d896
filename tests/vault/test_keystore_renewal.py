"""A renewed keystore: what was left out is gone, older copies are noise, and it is renewed whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from confide.model.problem import Malformed, NotAllowed, Unavailable
from confide.vault import durable, keystore_renewal, keystore_seal
from confide.vault.keystore import Keystore
from confide.vault.sequoia import SecretKey
from tests.vault.conftest import KEYSTORE_NAMES, Person

pytestmark = pytest.mark.gpg


class _Killed(BaseException):
    """Stands in for a process that ends between two steps: nothing catches it."""


def test_what_is_left_out_is_gone_and_the_rest_is_there(
    keystore: Keystore, coach: Person, now: datetime, other_partnership: SecretKey
) -> None:
    """Entries and pins open as before, under another keystore key and seal; one entry is nowhere."""
    before = keystore.unlock()
    before.set_pin("root", "0123456789abcdef")
    seal = keystore_seal.place(keystore.path).read_bytes()
    renewed = keystore.renew(before, coach.fingerprint, now, without=frozenset({"p-k7f3"}))
    for unlocked in (renewed, keystore.unlock()):
        assert unlocked.names() == ("p-m3x9", "publishing")
        assert unlocked.secret("p-m3x9").fingerprint == other_partnership.fingerprint
        assert unlocked.get_pin("root") == "0123456789abcdef"
        assert unlocked.certificate.fingerprint != before.certificate.fingerprint
    assert keystore_seal.place(keystore.path).read_bytes() != seal
    assert {path.name for path in keystore.path.iterdir()} == {
        *("key.gpg", "key.asc", ".lock", "root.pin", "p-m3x9.key.gpg", "publishing.key.gpg")
    }


def test_older_copies_open_nothing(keystore: Keystore, coach: Person, now: datetime, tmp_path: Path) -> None:
    """A copy of the directory from before, put back whole or in part, with the coach's own key at hand."""
    old = tmp_path / "old"
    shutil.copytree(keystore.path, old)
    keystore.renew(keystore.unlock(), coach.fingerprint, now, without=frozenset({"p-k7f3"}))
    with pytest.raises(Unavailable, match="the seal of the keystore is not here"):
        Keystore(old, coach.gpg).unlock()
    shutil.copy(keystore_seal.place(keystore.path), keystore_seal.place(old))
    with pytest.raises(Unavailable, match="belongs to another copy"):
        Keystore(old, coach.gpg).unlock()
    shutil.copy(old / "p-k7f3.key.gpg", keystore.path)
    with pytest.raises(Malformed, match="does not open"):
        keystore.unlock().secret("p-k7f3")


def test_a_copy_with_its_seal_is_a_place_that_still_opens(
    keystore: Keystore, coach: Person, now: datetime, tmp_path: Path
) -> None:
    """What destruction cannot reach, and has to name: both files, copied together before."""
    old = tmp_path / "old"
    shutil.copytree(keystore.path, old)
    shutil.copy(keystore_seal.place(keystore.path), keystore_seal.place(old))
    keystore.renew(keystore.unlock(), coach.fingerprint, now, without=frozenset({"p-k7f3"}))
    assert Keystore(old, coach.gpg).unlock().names() == KEYSTORE_NAMES


def test_an_entry_added_by_somebody_who_opened_it_before_is_refused(
    keystore: Keystore, coach: Person, now: datetime, partnership: SecretKey
) -> None:
    """Two commands at once: what the slower one adds would never open again, so it adds nothing."""
    slow = keystore.unlock()
    keystore.renew(keystore.unlock(), coach.fingerprint, now)
    for use in (lambda: slow.add("p-new", partnership.armoured(), now), lambda: slow.set_pin("root", "x")):
        with pytest.raises(NotAllowed, match="renewed while this command ran"):
            use()
    assert keystore.unlock().names() == KEYSTORE_NAMES


def test_killed_anywhere_it_is_the_old_keystore_or_the_new_one(
    keystore: Keystore, coach: Person, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped at every write and every move; the next to come finds every file as it was, or every file renewed."""
    seal = keystore_seal.place(keystore.path)
    old = _files(keystore)
    keystore.renew(keystore.unlock(), coach.fingerprint, now, without=frozenset({"p-k7f3"}))
    new, text = _files(keystore), seal.read_text().strip()
    listed = {path.name: data for path, data in new.items() if path != seal}
    found = []
    for steps in range(16):
        for path in new:
            path.unlink()
        for path, data in old.items():
            path.write_bytes(data)
        with monkeypatch.context() as patch, pytest.raises(_Killed):
            _stop_after(patch, steps)
            keystore_renewal.prepare(keystore.path, listed, text)
            keystore_renewal.finish(keystore.path)
            raise _Killed
        keystore._recover()
        assert not keystore_renewal.pending(keystore.path)
        found.append(_files(keystore))
        assert found[-1] in (old, new)
    assert found[0] == old and found[-1] == new


def _files(keystore: Keystore) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in keystore.files()}


def _stop_after(patch: pytest.MonkeyPatch, steps: int) -> None:
    left = [steps]

    def counted(real: Callable[..., None]) -> Callable[..., None]:
        def step(*arguments: object) -> None:
            if left[0] == 0:
                raise _Killed
            left[0] -= 1
            real(*arguments)

        return step

    for name in ("write", "move"):
        patch.setattr(durable, name, counted(getattr(durable, name)))


def test_generations_of_one_partnership_are_one_ring(
    keystore: Keystore, partnership: SecretKey, other_partnership: SecretKey, now: datetime
) -> None:
    """`p-k7f3`, then `p-k7f3-2` and, in the order of numbers, `p-k7f3-10`; another partnership's are not among them."""
    unlocked = keystore.unlock()
    assert unlocked.generations("p-k7f3") == ("p-k7f3",) and unlocked.next_generation("p-k7f3") == "p-k7f3-2"
    for name in ("p-k7f3-10", "p-k7f3-2", "p-k7f34", "p-k7f3-x"):
        unlocked.add(name, other_partnership.armoured(), now)
    assert unlocked.generations("p-k7f3") == ("p-k7f3", "p-k7f3-2", "p-k7f3-10")
    assert unlocked.next_generation("p-k7f3") == "p-k7f3-11"
    ring = unlocked.ring("p-k7f3")
    assert ring.key(partnership.fingerprint).fingerprint == partnership.fingerprint
    with pytest.raises(Unavailable, match="does not have the key that the record names"):
        ring.key("0" * 40)
