"""Keys for the tests of the vault: made once for the run, each in a GnuPG home of its own in memory."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from confide.vault.generate import generate_secret_key
from confide.vault.keystore import Keystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate, SecretKey

LONG_AGO = timedelta(days=200)
KEYSTORE_NAMES = ("p-k7f3", "p-m3x9", "publishing")
PASSPHRASE = "only for tests: ferry lantern"

_PINENTRY = """#!/bin/sh
# Stands in for a person at the keyboard: notes that it was asked, and types what the file says.
echo "OK ready"
while read -r line; do
  case "$line" in
    GETPIN*) echo asked >> "{home}/asked"; echo "D $(cat "{home}/typed")"; echo OK ;;
    BYE*) echo OK; exit 0 ;;
    *) echo OK ;;
  esac
done
"""


@dataclass(frozen=True)
class Person:
    """Somebody with a GnuPG of their own."""

    gpg: GnuPG
    home: Path
    fingerprint: str
    certificate: Certificate


@pytest.fixture(scope="session")
def started() -> datetime:
    """When the first of these tests began: what is shared by all of them is dated by it."""
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def now() -> datetime:
    """The system's time as this test begins: the in-process library dates its signatures by it.

    Not that of the session: a key made in a later test would be younger than what it is to sign.
    """
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="session")
def new_person(isolated_home: Path, make_short_home: Callable[[], Path], started: datetime) -> Callable[..., Person]:
    """A maker of people: `name`, and what `GnuPG.generate` takes."""

    def make(
        name: str, *, passphrase: str | None = None, expires: str = "0", at: datetime = started - LONG_AGO
    ) -> Person:
        home = make_short_home()
        # A cheap derivation of passphrases, which nobody could want outside of tests.
        (home / "gpg-agent.conf").write_text("s2k-count 65536\n")
        gpg = GnuPG(home)
        fingerprint = gpg.generate(name, passphrase=passphrase, at=at, expires=expires)
        return Person(gpg, home, fingerprint, Certificate.parse(gpg.public_key(fingerprint)))

    return make


@pytest.fixture(scope="session")
def coach(new_person: Callable[..., Person]) -> Person:
    """The coach, whose key has no passphrase."""
    return new_person("Canary Coachname <canary.coach@example.invalid>")


@pytest.fixture(scope="session")
def stranger(new_person: Callable[..., Person]) -> Person:
    """Somebody with a good key who has no business here."""
    return new_person("Stranger <stranger@example.invalid>")


@pytest.fixture(scope="session")
def careful(new_person: Callable[..., Person]) -> Person:
    """A coach whose key has a passphrase; `home/typed` is what gets typed, `home/asked` counts the askings."""
    person = new_person("Careful <careful@example.invalid>", passphrase=PASSPHRASE)
    pinentry = person.home / "pinentry"
    pinentry.write_text(_PINENTRY.format(home=person.home))
    pinentry.chmod(stat.S_IRWXU)
    (person.home / "typed").write_text(PASSPHRASE)
    settings = [f"pinentry-program {pinentry}", "default-cache-ttl 0", "max-cache-ttl 0", "s2k-count 65536", ""]
    (person.home / "gpg-agent.conf").write_text("\n".join(settings))
    person.gpg.kill_agent()
    return person


@pytest.fixture(scope="session")
def partnership_tsk(isolated_home: Path, started: datetime) -> bytes:
    """The secret key of a partnership, as GnuPG made it."""
    return generate_secret_key("p-k7f3@confide.invalid", started - LONG_AGO, faked=True)


@pytest.fixture(scope="session")
def partnership(partnership_tsk: bytes) -> SecretKey:
    """A partnership's key, open."""
    return SecretKey.parse(partnership_tsk)


@pytest.fixture(scope="session")
def other_partnership(isolated_home: Path, started: datetime) -> SecretKey:
    """Another partnership's key."""
    return SecretKey.parse(generate_secret_key("p-m3x9@confide.invalid", started - LONG_AGO, faked=True))


@pytest.fixture(scope="session")
def expired(new_person: Callable[..., Person]) -> Person:
    """Somebody whose key ended a day after it was made."""
    return new_person("Expired <expired@example.invalid>", expires="1d")


@pytest.fixture(scope="session")
def revoked(new_person: Callable[..., Person]) -> Person:
    """Somebody who revoked their key."""
    return revoke(new_person("Revoked <revoked@example.invalid>"))


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Every call of gpg from here on, as the arguments another process could read."""
    log, directory = tmp_path / "calls", tmp_path / "bin"
    directory.mkdir()
    log.touch()
    real = shutil.which("gpg")
    (directory / "gpg").write_text(f'#!/bin/sh\necho "$@" >> "{log}"\nexec "{real}" "$@"\n')
    (directory / "gpg").chmod(0o700)
    monkeypatch.setenv("PATH", f"{directory}:{os.environ['PATH']}")
    return lambda: log.read_text().splitlines()


@pytest.fixture
def keystore(
    coach: Person, tmp_path: Path, now: datetime, partnership: SecretKey, other_partnership: SecretKey
) -> Keystore:
    """The coach's keystore with two partnerships and a publishing key in it."""
    keystore = Keystore.create(tmp_path / "practice", coach.gpg, coach.fingerprint, now)
    unlocked = keystore.unlock()
    for name, key in zip(KEYSTORE_NAMES, (partnership, other_partnership, other_partnership), strict=True):
        unlocked.add(name, key.armoured(), now)
    return keystore


def revoke(person: Person) -> Person:
    """The same person after their key was revoked, with the certificate that GnuPG makes for everybody."""
    certificate = (person.home / "openpgp-revocs.d" / f"{person.fingerprint}.rev").read_text()
    # GnuPG puts a colon before the first line, so that nobody imports it by accident. A revocation alone is a
    # signature, which `import_key` rightly takes for no key.
    person.gpg._run(["--import"], certificate[certificate.index(":-----BEGIN") + 1 :].encode())
    after = Certificate.parse(person.gpg.public_key(person.fingerprint))
    assert after.revoked
    return replace(person, certificate=after)
