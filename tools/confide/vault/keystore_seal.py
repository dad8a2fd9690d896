"""The seal of a keystore: one random line in a file *beside* it, without which no copy of the keystore opens.

A keystore is copied: to a stick, by a backup of the home, by hand. Each copy would go on opening with the coach's own
key for ever, whatever is deleted here. So the keystore key is locked once more, with the seal; destroying keys makes a
new keystore key and a new seal, and copies that were made of the directory alone are noise from then on. A copy of both
is a place that destruction has to name (docs/adr/0007).
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from confide.model.problem import Malformed, Problem, Unavailable
from confide.vault import durable, sequoia

SUFFIX = ".seal"
NEXT = ".next"
# As many bits as the keys that it protects have at most.
BYTES = 32

_TEXT = re.compile(r"[0-9a-f]{64}\n\Z")


def place(keystore: Path) -> Path:
    """Where the seal of the keystore at `keystore` lies: `c-4mz8.seal` beside `c-4mz8`."""
    return keystore.with_name(keystore.name + SUFFIX)


def coming(keystore: Path) -> Path:
    """Where the seal of the next generation waits for it."""
    return keystore.with_name(keystore.name + SUFFIX + NEXT)


def fresh() -> str:
    """A new seal."""
    return secrets.token_hex(BYTES)


def kept(keystore: Path) -> str | None:
    """The seal that lies there, or None."""
    path = place(keystore)
    text = path.read_text(encoding="ascii", errors="replace") if path.is_file() else ""
    return text.strip() if _TEXT.match(text) else None


def write(path: Path, text: str) -> None:
    """One line, so that `gpg --passphrase-file` reads it."""
    durable.write(path, f"{text}\n".encode("ascii"))


def closed(key: bytes, text: str) -> bytes:
    """The keystore key, locked with the seal: an OpenPGP message for that passphrase."""
    return sequoia.lock_with_text(key, text)


def opened(message: bytes, keystore: Path) -> bytes:
    """The keystore key. Raises Unavailable without the seal, or with another one's; Malformed for no seal at all."""
    path = place(keystore)
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except OSError:
        raise Unavailable(
            Problem(
                "the seal of the keystore is not here",
                f"it is a small file beside the keystore, called `{path.name}`, and a copy without it never opens",
                hint="bring it here too, or take both out of a backup: confide restore",
            )
        ) from None
    if not _TEXT.match(text):
        raise Malformed(
            Problem("the seal of the keystore is damaged", "it is one line of 64 digits", hint="confide restore")
        )
    key = sequoia.unlock_with_text(message, text.strip())
    if key is None:
        raise Unavailable(
            Problem(
                "the seal of the keystore belongs to another copy of it",
                "the keystore was renewed since: keys were destroyed, and copies from before do not open any more",
                hint="bring the keystore and its seal from the same moment: confide restore",
            )
        )
    return key
