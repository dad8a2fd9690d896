"""Canaries: what a person wrote, typed or is called is nowhere to be found afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from confide.model.problem import Unavailable
from confide.vault import locked, memory, sequoia
from confide.vault.generate import generate_secret_key
from confide.vault.keystore import Keystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import SecretKey
from tests.vault.conftest import LONG_AGO, Person

pytestmark = pytest.mark.gpg

NAME, WORDS, PHRASE = "Canary Vogelsang", "canary-words-in-a-note", "canary passphrase typed"
CANARIES = ("anary", "Vogelsang", "words-in-a-note", "PRIVATE KEY", "Stack backtrace", "PUBLIC KEY BLOCK")

_FAILING = """
import sys, traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path
from confide.model.problem import Refused
from confide.vault import locked, sequoia
from confide.vault.keystore import Keystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate, SecretKey

home, words, phrase = Path(sys.argv[1]), b"canary-words-in-a-note", "canary passphrase typed"
now = datetime.now(UTC)
gpg = GnuPG(home)
coach = gpg.secret_keys()[0].fingerprint
public = Certificate.parse(gpg.public_key(coach))
mine = SecretKey.parse(gpg.secret_key(coach))
cheap = locked.Cost(64, 1, 1)
message = sequoia.encrypt(words, [public], mine, now)
failures = [
    lambda: Certificate.parse(mine.armoured()),
    lambda: Certificate.parse(public.armoured()[:-90]),
    lambda: Certificate.parse(public.armoured() * 2),
    lambda: SecretKey.parse(mine.armoured()[:-90]),
    lambda: sequoia.open_signed(message[:-9], mine, [public]),
    lambda: sequoia.open_signed(message, mine, []),
    lambda: sequoia.open_anonymous(message[:-9] + b"canaryxyz", mine),
    lambda: sequoia.verify_detached(words, sequoia.sign_detached(b"other", mine), [public]),
    lambda: sequoia.verify_detached(words, message, [public]),
    lambda: locked.unlock(locked.lock(words, phrase, cheap), phrase + "!"),
    lambda: locked.unlock(phrase.encode(), phrase),
    lambda: gpg.decrypt(message[:-9] + b"canaryxyz"),
    lambda: gpg.decrypt(words),
    lambda: gpg.key("Canary Vogelsang"),
    lambda: gpg.generate("Canary\\nVogelsang", passphrase=phrase, at=now),
    lambda: gpg.sign_detached(words, coach, now - timedelta(days=3000)),
    lambda: gpg.sign_and_encrypt(words, "B" * 40, public.armoured(), now),
    lambda: gpg.import_key(words),
    lambda: Keystore(home / "none", gpg).unlock(),
]
for number, failure in enumerate(failures):
    try:
        failure()
    except Refused:
        print(number, traceback.format_exc())
    else:
        sys.exit(f"{number} did not fail")
print("ALL FAILED")
"""


def test_errors_tell_nothing_even_with_backtraces(new_person: Callable[..., Person]) -> None:
    """Each refusal is printed whole, with RUST_BACKTRACE=1: no note, name, passphrase, key or foreign text in it."""
    person = new_person(f"{NAME} <canary@example.invalid>")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "RUST_BACKTRACE": "1"}
    command = [sys.executable, "-c", _FAILING, str(person.home)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.endswith("ALL FAILED\n"), done.stderr
    # Tracebacks quote lines of source; the program above came by `-c`, so its own lines are not in them.
    shown = done.stdout + done.stderr
    assert [canary for canary in CANARIES if canary in shown] == []


def test_arguments_tell_nothing(
    coach: Person, short_home: Path, partnership: SecretKey, now: datetime, calls: Callable[[], list[str]]
) -> None:
    """Every process on a machine can read the arguments of every other: they hold options and fingerprints."""
    gpg = GnuPG(short_home)
    fingerprint = gpg.generate(f"{NAME} <canary@example.invalid>", passphrase=None, at=now - LONG_AGO)
    message = gpg.sign_and_encrypt(WORDS.encode(), fingerprint, gpg.public_key(fingerprint), now)
    gpg.decrypt_signed(message)
    gpg.sign_detached(WORDS.encode(), fingerprint, now - LONG_AGO / 2)
    gpg.key(fingerprint)
    Keystore.create(short_home / "practice", gpg, fingerprint, now).unlock().add("p-k7f3", partnership.armoured(), now)
    shown = "\n".join(calls())
    assert "--decrypt" in shown and fingerprint in shown and "--gen-key" in shown
    assert [canary for canary in (*CANARIES, "example.invalid", "keystore@") if canary in shown] == []


def test_no_file_and_no_agent_is_left(
    coach: Person, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After keys were made and messages written: the temporary directories are as empty as before, the agents gone."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = _ours()
    key = SecretKey.parse(generate_secret_key(NAME, now, faked=False))
    message = coach.gpg.sign_and_encrypt(WORDS.encode(), coach.fingerprint, key.certificate.armoured(), now)
    assert sequoia.open_signed(message, key, [coach.certificate]).data == WORDS.encode()
    assert sequoia.open_anonymous(coach.gpg.encrypt(b"x", key.certificate.armoured(), now), key) == b"x"
    assert locked.unlock(locked.lock(WORDS.encode(), PHRASE, locked.Cost(64, 1, 1)), PHRASE) == WORDS.encode()
    assert list(tmp_path.iterdir()) == [] and _ours() == before
    # An agent is told to end, and does so by itself; how long that takes is its own business.
    deadline = time.monotonic() + 20
    while _agents() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _agents() == []


def test_the_agent_is_told_to_end_even_after_a_failure(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """An agent that outlives its home keeps a key in memory for nobody."""
    told: list[Path | None] = []

    def fail(gpg: GnuPG, _: str) -> bytes:
        raise Unavailable("the disk of this test is full")

    monkeypatch.setattr(GnuPG, "kill_agent", lambda gpg: told.append(gpg.home))
    generate_secret_key(NAME, now, faked=False)
    monkeypatch.setattr(GnuPG, "secret_key", fail)
    with pytest.raises(Unavailable, match="of this test"):
        generate_secret_key(NAME, now, faked=False)
    assert len(told) == 2 and not any(home is None or home.exists() for home in told)


def test_what_is_written_shows_no_word_and_no_name(coach: Person, partnership: SecretKey, now: datetime) -> None:
    """Neither message nor signature holds the text, or the signer's user id."""
    for data in (
        coach.gpg.sign_and_encrypt(WORDS.encode() * 50, coach.fingerprint, partnership.certificate.armoured(), now),
        sequoia.encrypt(WORDS.encode() * 50, [partnership.certificate], partnership, now),
        coach.gpg.sign_detached(WORDS.encode(), coach.fingerprint, now),
        sequoia.sign_detached(WORDS.encode(), partnership),
        locked.lock(WORDS.encode(), PHRASE, locked.Cost(64, 1, 1)),
    ):
        assert WORDS.encode() not in data and b"anary" not in data


def _ours() -> list[Path]:
    return sorted(path for root in memory._candidates() for path in root.glob(f"confide-{os.getpid()}-*"))


def _agents() -> list[str]:
    found = []
    for process in Path("/proc").iterdir():
        try:
            arguments = (process / "cmdline").read_bytes() if process.name.isdigit() else b""
        except OSError:
            continue
        if b"gpg-agent" in arguments and f"confide-{os.getpid()}-".encode() in arguments:
            found.append(process.name)
    return found
