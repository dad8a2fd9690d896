"""Who records in the tests, and the user's own git beside them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

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


def git(repo: Repository, *arguments: str, check: bool = True, **environment: str) -> str:
    """What the user's own git says, standard error included."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=repo.root,
        env={**os.environ, **environment},
        check=check,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.stdout
