"""Other people's keys in tests: made once, each in a keyring of its own."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from confide.vault.people import GnuPG
from tests.cli.house import today

OLD = timedelta(days=200)


@dataclass(frozen=True)
class Somebody:
    """A person with a keyring."""

    home: Path
    fingerprint: str

    def gpg(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Plain gpg, as they type it."""
        return gpg(self.home, *arguments, stdin=stdin)

    @property
    def public(self) -> bytes:
        return self.gpg("--armor", "--export", self.fingerprint)

    def sign(self, data: bytes) -> bytes:
        return self.gpg("--armor", "--detach-sign", stdin=data)


def gpg(home: Path, *arguments: str, stdin: bytes = b"", code: int = 0) -> bytes:
    """One run of plain gpg."""
    done = subprocess.run(
        ["gpg", "--homedir", str(home), "--batch", "--yes", "--quiet", "--no-tty", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr.decode()
    return done.stdout


def somebody(home: Path, name: str = "Somebody Else <somebody@else.invalid>") -> Somebody:
    """A new person with a key that is older than the practice."""
    return Somebody(home, GnuPG(home).generate(name, passphrase=None, at=today() - OLD))


def expire(home: Path, fingerprint: str) -> None:
    """Let a key have ended some days ago, primary key and subkeys."""
    then = f"{int((today() - timedelta(days=9)).timestamp())}!"
    for subkeys in ((), ("*",)):
        gpg(home, "--faked-system-time", then, "--quick-set-expire", fingerprint, "3d", *subkeys)


def revoke(home: Path, fingerprint: str) -> None:
    """Revoke a key with the certificate that GnuPG keeps for its owner."""
    text = (home / "openpgp-revocs.d" / f"{fingerprint}.rev").read_text()
    gpg(home, "--import", stdin=re.sub(r"(?m)^:(-----BEGIN)", r"\1", text[text.index(":-----BEGIN") :]).encode())
