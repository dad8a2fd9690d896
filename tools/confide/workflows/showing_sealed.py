"""A sealed file as `git diff` and `git log -p` show it to a keeper: in the clear, with a line that says so.

Only what a keeper signed is shown, and only on the way to whoever asked: nothing is written, and the clone's settings
forbid Git to keep it. What strangers wrote may hold signs that command a terminal; they are taken out.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from confide.ledger.repo import Repository
from confide.model.problem import Malformed, Problem, Refused, Unavailable
from confide.model.terminal import harmless
from confide.records import note_text, tree
from confide.vault import sequoia
from confide.vault.keystore import Keystore, UnlockedKeystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate, SecretKey
from confide.workflows.practice import SETTING_GNUPG, SETTING_KEYSTORE

LABEL = "[decrypted to be seen: sealed in Git, and this view is kept nowhere]"


class Glass:
    """What a clone can open: its keystore, unlocked once, and the keepers it believes. Verifies no history."""

    def __init__(self, repo: Repository) -> None:
        path, home = repo.config(SETTING_KEYSTORE), repo.config(SETTING_GNUPG)
        if not path:
            raise Unavailable(Problem("this clone has no keystore", "it holds the keys", hint="confide adopt"))
        self.gpg = GnuPG(Path(home) if home else None)
        self.keys: UnlockedKeystore = Keystore(Path(path), self.gpg).unlock()
        head = repo.head()
        paths = repo.paths(head) if head else {}
        held = [blob for name, blob in paths.items() if tree.shape(name) == "keeper-key"]
        self.keepers = [Certificate.parse(repo.blob(blob)) for blob in held]

    def key(self, message: bytes) -> SecretKey:
        """The key in the keystore that opens `message`. Raises Unavailable when none does."""
        readers = set(sequoia.recipients(message))
        for name in self.keys.names():
            key = self.keys.secret(name)
            if key.certificate.key_ids & readers:
                return key
        raise Unavailable("the keystore has no key for this file")

    def opened(self, message: bytes) -> bytes:
        """What a sealed file says. Raises Malformed when no keeper signed it."""
        return sequoia.open_signed(message, self.key(message), self.keepers).data


def shown(repo: Repository, message: bytes) -> str:
    """The text to show for a sealed file; what cannot be opened is described. Never fails: Git would stop the log."""
    if not message:
        return ""
    try:
        data = Glass(repo).opened(message)
    except Malformed:
        return f"[sealed, and not by a keeper of this practice: not shown; {_described(message)}]\n"
    except Refused as refused:
        return f"[sealed: {refused.problems[0].what}; {_described(message)}]\n"
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return f"[a sealed document, {_described(data)}]\n"
    return f"{LABEL}\n{harmless(_without_secret(text))}"


def _without_secret(text: str) -> str:
    if not text.startswith("---\n"):
        return text
    try:
        return note_text.without_secret(text)
    except Malformed:
        return text


def _described(data: bytes) -> str:
    return f"{len(data)} bytes, sha256:{hashlib.sha256(data).hexdigest()[:16]}"
