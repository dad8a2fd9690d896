"""Sealing again what was sealed before, for another key, with the signature of whoever wrote it left as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from confide.vault.memory import memory_dir
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate, SecretKey


class Rewrapper:
    """Seals again, for `recipient`, whatever one of its keys opens."""

    def __init__(self, gpg: GnuPG, recipient: Certificate, at: datetime) -> None:
        self._gpg = gpg
        self._recipient = recipient.armoured()
        self._at = at

    def __call__(self, message: bytes) -> bytes:
        """The message for the new key. Raises Malformed or Unavailable for one that none of the keys opens."""
        return self._gpg.rewrap(message, self._recipient, self._at)


@contextmanager
def rewrapper(keys: Iterable[SecretKey], recipient: Certificate, at: datetime) -> Iterator[Rewrapper]:
    """GnuPG in a home in memory that holds `keys`; the library alone cannot take a message out of its envelope."""
    with memory_dir() as home:
        gpg = GnuPG(home)
        try:
            for key in keys:
                gpg.import_key(key.armoured())
            yield Rewrapper(gpg, recipient, at)
        finally:
            gpg.kill_agent()
