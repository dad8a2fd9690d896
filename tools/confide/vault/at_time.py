"""A detached signature dated as asked: in this process when that is now, by GnuPG in a memory home when it is not.

Only a replay asks for another time than now (`confide demo` tells months in a minute); the key must be old enough.
"""

from __future__ import annotations

from datetime import UTC, datetime

from confide.vault import sequoia
from confide.vault.memory import memory_dir
from confide.vault.people import NEAR, GnuPG
from confide.vault.sequoia import SecretKey


def is_now(at: datetime) -> bool:
    """Whether the system's own time is as good as `at`."""
    return abs(at - datetime.now(UTC)) <= NEAR


def sign_detached_at(data: bytes, tsk: bytes, at: datetime) -> bytes:
    """An armoured detached signature over `data` by the unprotected secret key `tsk`, dated `at`."""
    if is_now(at):
        return sequoia.sign_detached(data, SecretKey.parse(tsk))
    with memory_dir() as home:
        gpg = GnuPG(home)
        try:
            return gpg.sign_detached(data, gpg.import_key(tsk), at)
        finally:
            gpg.kill_agent()
