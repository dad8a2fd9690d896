"""What people type, forgiven where that costs nothing: capitals and spaces in six plain words, blanks at the ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from confide.vault.passphrase import WORDS

# Longer than any passphrase anybody remembers; the rest would only be work for Argon2id's first hash.
LONGEST = 300
LONGEST_TEXT = 5000
# What a browser gives for a passkey: its name in base64url, and 32 bytes that only it can make.
_CREDENTIAL = re.compile(r"[A-Za-z0-9_-]{16,700}\Z")
_SECRET = re.compile(r"[0-9a-f]{64}\Z")
_WORD = re.compile(r"[a-z]{3,9}\Z")


def passphrase(text: str) -> str:
    """The passphrase that `text` stands for: six plain words joined by dashes however they were written, else as is."""
    words = re.split(r"[\s\-‐‑–—_.,]+", text.strip().casefold())
    return "-".join(words) if len(words) == WORDS and all(map(_WORD.match, words)) else text.strip()


@dataclass(frozen=True)
class Touch:
    """A passkey that was used: its name, and the secret it made (WebAuthn level 3, 10.1.4, `prf`)."""

    credential: str
    secret: str = field(repr=False)


# What opens a reader's key.
Opener = str | Touch


def touch(form: Mapping[str, str]) -> Touch | None:
    """The passkey in a form, if there is one."""
    credential, secret = form.get("credential", ""), form.get("secret", "")
    return Touch(credential, secret) if _CREDENTIAL.match(credential) and _SECRET.match(secret) else None


def opener(form: Mapping[str, str]) -> Opener:
    """What a form brings to open a key with: a passkey, or words."""
    return touch(form) or form.get("words", "")


def text(words: str) -> str:
    """What somebody wrote, as it is signed: lines end in one character, the ends are free of blanks."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()[:LONGEST_TEXT]
