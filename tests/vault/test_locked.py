"""Boxes that a passphrase opens: dear to guess, closed to everybody else, harmless when hostile."""

from __future__ import annotations

import subprocess
import unicodedata

import pytest
from argon2.low_level import Type, hash_secret_raw

from confide.model.problem import Malformed, NotAllowed
from confide.vault import locked
from confide.vault.locked import COST, DEAREST, Cost, lock, stretch, unlock

CHEAP = Cost(memory=64, passes=1, lanes=1)
SECRET = b"CANARY secret key bytes\x00\xff" * 20


@pytest.fixture(scope="module")
def box() -> bytes:
    return lock(SECRET, "correct horse battery staple", CHEAP)


def test_the_passphrase_opens_it_and_nothing_else_does(box: bytes) -> None:
    """One answer for every wrong passphrase, and no word of why."""
    assert unlock(box, "correct horse battery staple") == SECRET
    for wrong in ("", "correct horse battery stapl", "Correct horse battery staple", "correct horse battery staple "):
        with pytest.raises(NotAllowed) as refusal:
            unlock(box, wrong)
        assert [str(problem) for problem in refusal.value.problems] == ["wrong passphrase"]


def test_the_cost_is_the_standard_s_second_recommendation() -> None:
    """RFC 9106, 4: Argon2id, 64 MiB, three passes, four lanes, 16 bytes of salt; said in the box itself."""
    assert (COST.memory, COST.passes, COST.lanes) == (65536, 3, 4)
    made = lock(SECRET, "passphrase")
    assert made.startswith(b"confide-locked/1 argon2id m=65536 t=3 p=4 salt=")
    assert len(made.partition(b"salt=")[2].partition(b"\n")[0]) == 32
    assert unlock(made, "passphrase") == SECRET


def test_it_is_argon2id_as_everybody_computes_it() -> None:
    """The library's own function with the same parameters gives the same text."""
    salt = bytes(range(16))
    raw = hash_secret_raw(b"passphrase", salt, time_cost=1, memory_cost=64, parallelism=1, hash_len=32, type=Type.ID)
    assert stretch("passphrase", salt, CHEAP) == raw.hex()


@pytest.mark.gpg
def test_gpg_opens_the_inside_by_hand(box: bytes) -> None:
    """With the hash as its passphrase, plain gpg reads the box: nothing depends on this program."""
    line, _, message = box.partition(b"\n")
    text = stretch("correct horse battery staple", bytes.fromhex(line.rpartition(b"=")[2].decode()), CHEAP)
    command = ["gpg", "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase-fd", "0", "--decrypt"]
    opened = subprocess.run(command, input=text.encode() + b"\n" + message, capture_output=True, check=True)
    assert opened.stdout == SECRET


def test_no_two_boxes_are_alike(box: bytes) -> None:
    """A fresh salt each time: equal passphrases do not show."""
    assert lock(SECRET, "correct horse battery staple", CHEAP) != box


def test_the_keyboard_does_not_matter() -> None:
    """A letter with an accent is one whether it was typed as one sign or as two."""
    composed, decomposed = (unicodedata.normalize(form, "Zürich à pied") for form in ("NFC", "NFD"))
    assert composed != decomposed
    assert unlock(lock(SECRET, composed, CHEAP), decomposed) == SECRET


def test_changed_boxes_do_not_open(box: bytes) -> None:
    """A bit anywhere: in the parameters, the salt, the message."""
    for at in range(0, len(box), 29):
        changed = box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :]
        with pytest.raises((NotAllowed, Malformed)):
            unlock(changed, "correct horse battery staple")


@pytest.mark.parametrize(
    "line",
    [
        b"m=262145 t=3 p=4",
        b"m=9999999 t=3 p=4",
        b"m=64 t=11 p=1",
        b"m=64 t=999 p=1",
        b"m=64 t=1 p=9",
        b"m=64 t=0 p=1",
        b"m=64 t=1 p=0",
        b"m=7 t=1 p=1",
        b"m=31 t=1 p=4",
        b"m=99999999999 t=1 p=1",
        b"m=-1 t=1 p=1",
        b"m=64 t=1",
        b"",
    ],
)
def test_a_hostile_box_cannot_choose_what_it_costs(line: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused before a single byte is hashed."""
    monkeypatch.setattr(locked, "hash_secret_raw", lambda *_: pytest.fail("it was hashed"))
    with pytest.raises(Malformed):
        unlock(b"confide-locked/1 argon2id " + line + b" salt=" + b"0" * 32 + b"\n", "passphrase")


def test_the_dearest_box_is_bearable() -> None:
    """The ceiling is four times the standard in memory: a portal on a small machine survives one."""
    assert DEAREST.memory <= 4 * COST.memory and locked._bearable(COST) and locked._bearable(DEAREST)


@pytest.mark.parametrize("inside", [b"", b"noise", b"-----BEGIN PGP MESSAGE-----\n\n"])
def test_what_is_no_box_is_malformed(inside: bytes, box: bytes) -> None:
    """A missing line, or something else behind it."""
    with pytest.raises(Malformed):
        unlock(inside, "passphrase")
    with pytest.raises(Malformed):
        unlock(box.partition(b"\n")[0] + b"\n" + inside, "passphrase")
    with pytest.raises(Malformed):
        unlock(b" " + box, "passphrase")
