"""Opening many notes: one unlock and this process, against `gpg -d` for each file. The same bytes are read both ways.

Every note is sealed to the partnership's key and to the coach's, whose key has a passphrase. The partnership's secret
key lies in a box that only the coach's key opens; the time of that unlock is part of the measurement.
"""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.measure import Curve, Growth, Ratio, seconds
from confide.vault.memory import memory_dir
from confide.vault.sequoia import Certificate, SecretKey, encrypt, open_signed

NOTES = 1000
FILES_FOR_GPG = 5
NOTE = ("She spoke about the two people in her team who no longer talk to each other. " * 40).encode()  # about 3 KB
PASSPHRASE = b"a passphrase of somebody who does not exist"


def measure() -> list[Ratio]:
    """`gpg -d` of one note over the share of one note in opening a thousand, the unlock included."""
    with memory_dir() as coach, memory_dir() as partnership:
        try:
            return [_measure(coach, partnership)]
        finally:
            for home in (coach, partnership):
                subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False)


def _measure(coach: Path, partnership: Path) -> Ratio:
    coach_key = Certificate.parse(_new_key(coach, PASSPHRASE))
    public = _new_key(partnership, b"")
    _gpg(coach, "--import", data=public)
    secret = SecretKey.parse(_gpg(partnership, "--export-secret-keys"))
    now = datetime.now(UTC)
    box = encrypt(secret.armoured(), [coach_key], secret, now)
    notes = [encrypt(b"%d\n" % number + NOTE, [secret.certificate, coach_key], secret, now) for number in range(NOTES)]

    def one_by_one() -> None:
        assert _decrypt(coach, notes[0]).endswith(NOTE)

    def all_at_once(several: int = NOTES) -> None:
        key = SecretKey.parse(_decrypt(coach, box))
        for number, note in enumerate(notes[:several]):
            assert open_signed(note, key, [key.certificate]).data.startswith(b"%d\n" % number)

    one_by_one()  # the agent has the passphrase from here on
    by_gpg = seconds(one_by_one, FILES_FOR_GPG)
    here = seconds(all_at_once)
    sizes = (10, 100)
    ours = Curve("here", (*((size, seconds(partial(all_at_once, size))) for size in sizes), (NOTES, here)))
    theirs = Curve("gpg -d", tuple((size, by_gpg * size) for size in (*sizes, NOTES)))
    return Ratio(
        f"open {NOTES:,} notes over `gpg -d` per file",
        by_gpg / (here / NOTES),
        "at least",
        100,
        f"gpg {by_gpg * 1000:.0f} ms a note, {FILES_FOR_GPG} taken; here {NOTES:,} in {here:.2f} s with one unlock",
        Growth("Opening notes", "notes", "seconds", (ours, theirs)),
    )


def _new_key(home: Path, passphrase: bytes) -> bytes:
    """A new key in `home`, Ed25519 with one Curve25519 subkey as partnerships have; its public half."""
    _gpg(
        home, "--quick-generate-key", "bench@bench.invalid", "future-default", "default", "never", passphrase=passphrase
    )
    return _gpg(home, "--export")


def _decrypt(home: Path, message: bytes) -> bytes:
    note = home / "message.gpg"
    note.write_bytes(message)
    return _gpg(home, "--trust-model", "always", "--decrypt", str(note), passphrase=PASSPHRASE)


def _gpg(home: Path, *arguments: str, passphrase: bytes = b"", data: bytes = b"") -> bytes:
    """Run gpg; standard input is the passphrase's line, then the data."""
    options = ["--homedir", str(home), "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase-fd", "0"]
    run = subprocess.run(
        ["gpg", *options, *arguments], input=passphrase + b"\n" + data, capture_output=True, check=True
    )
    return run.stdout
