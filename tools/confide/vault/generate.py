"""Keys that belong to a partnership, a practice or a party, not to a person: made by GnuPG, in memory.

By GnuPG because plain `gpg` must read every note; a key made by the in-process library promises features GnuPG 2.2 does
not have. They never expire: the library cannot open with an expired key, and what they protect must stay readable.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from confide.vault.memory import memory_dir
from confide.vault.people import GnuPG


def generate_secret_key(user_id: str, at: datetime, *, faked: bool) -> bytes:
    """A binary, unprotected secret key: Ed25519 that certifies and signs, one Cv25519 subkey that encrypts.

    `faked` dates it `at`; otherwise it bears the system's time. Whoever calls this encrypts what it returns.
    """
    with memory_dir() as home:
        return _made_in(home, user_id, at if faked else datetime.now(UTC))


def _made_in(home: Path, user_id: str, at: datetime) -> bytes:
    gpg = GnuPG(home)
    try:
        return gpg.secret_key(gpg.generate(user_id, passphrase=None, at=at))
    finally:
        gpg.kill_agent()
