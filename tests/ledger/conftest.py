"""A coach with a key, and a private repository of theirs: real GnuPG and real git, in memory."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from confide.ledger.record_commit import record
from confide.ledger.repo import Repository
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate

START = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Keeper:
    """Somebody who can sign: a key in a GnuPG home of their own."""

    gpg: GnuPG
    home: Path
    fingerprint: str
    certificate: Certificate
    public: bytes

    def sign(self, at: datetime) -> Callable[[bytes], bytes]:
        return lambda data: self.gpg.sign_detached(data, self.fingerprint, at)


@pytest.fixture(scope="session")
def new_keeper(isolated_home: Path, make_short_home: Callable[[], Path]) -> Callable[[str], Keeper]:
    """A maker of keepers whose keys are a year older than what they sign."""

    def make(name: str) -> Keeper:
        home = make_short_home()
        gpg = GnuPG(home)
        fingerprint = gpg.generate(name, passphrase=None, at=START - timedelta(days=365))
        public = gpg.public_key(fingerprint)
        return Keeper(gpg, home, fingerprint, Certificate.parse(public), public)

    return make


@pytest.fixture(scope="session")
def coach(new_keeper: Callable[[str], Keeper]) -> Keeper:
    """The coach."""
    return new_keeper("coach@confide.invalid")


@pytest.fixture(scope="session")
def stranger(new_keeper: Callable[[str], Keeper]) -> Keeper:
    """Somebody with a good key who is no keeper."""
    return new_keeper("stranger@confide.invalid")


@pytest.fixture
def repo(short_home: Path) -> Repository:
    """An empty repository whose user has a name."""
    made = Repository.init(short_home / "practice")
    made.set_config("user.name", "Morgan Reed")
    made.set_config("user.email", "morgan@example.org")
    return made


@dataclass
class Writer:
    """Records in one repository as one keeper, each commit an hour after the one before."""

    repo: Repository
    keeper: Keeper
    at: datetime = START

    def __call__(self, files: Mapping[str, bytes | None], message: str = "notes\n") -> str:
        self.at += timedelta(hours=1)
        sign = self.keeper.sign(self.at)
        return record(self.repo, files, message, self.at, sign=sign, keepers=[self.keeper.certificate])


@pytest.fixture
def write(repo: Repository, coach: Keeper) -> Writer:
    """The coach, recording."""
    return Writer(repo, coach)


def git(repo: Repository, *arguments: str, check: bool = True, **environment: str) -> str:
    """What the user's own git says, standard error included."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=repo.root,
        env={**_environment(), **environment},
        check=check,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.stdout


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)
