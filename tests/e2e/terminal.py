"""The coach at her terminal: `confide`, `git` and `gpg` as programs, in a home of her own. Standard input only."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# A program that hangs is a failure; a slow machine is none.
SECONDS = 900


@dataclass(frozen=True)
class Ran:
    """What one command said, and how it ended."""

    command: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass
class Terminal:
    """A person with a home directory, a keyring in it, and nothing of anybody else's."""

    home: Path
    where: Path
    ran: list[Ran] = field(default_factory=list)
    processes: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in (".gnupg", "tmp"):
            (self.home / name).mkdir(mode=0o700, exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        home = str(self.home)
        # Compiled once instead of at every command, whatever whoever runs the tests has set.
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {
            **inherited,
            "PYTHONPYCACHEPREFIX": f"{home}/compiled",
            "HOME": home,
            "GNUPGHOME": f"{home}/.gnupg",
            "XDG_CONFIG_HOME": f"{home}/.config",
            "XDG_DATA_HOME": f"{home}/.local/share",
            "XDG_STATE_HOME": f"{home}/.local/state",
            "XDG_CACHE_HOME": f"{home}/.cache",
            "GIT_CONFIG_GLOBAL": f"{home}/.gitconfig",
            "TMPDIR": f"{home}/tmp",
            "PYTHONPATH": str(ROOT / "tools"),
        }

    def confide(self, *arguments: str, stdin: str | bytes = b"", code: int | None = 0) -> Ran:
        """Run `confide` with exactly these arguments, and hold its exit code (None: whatever it is)."""
        return self.run(sys.executable, "-m", "confide", *arguments, stdin=stdin, code=code)

    def git(self, *arguments: str, code: int | None = 0) -> Ran:
        return self.run("git", *arguments, code=code)

    def gpg(self, *arguments: str, stdin: str | bytes = b"", code: int | None = 0) -> Ran:
        return self.run("gpg", "--batch", *arguments, stdin=stdin, code=code)

    def gpg_bytes(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """The same where what comes out is no text."""
        done = self._start(("gpg", "--batch", *arguments), stdin)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def run(self, *command: str, stdin: str | bytes = b"", code: int | None = 0) -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = self._start(command, data)
        ran = Ran(command, done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode())
        self.ran.append(ran)
        assert code is None or ran.code == code, f"{' '.join(command[2:])}\nended with {ran.code}\n{ran.said}"
        return ran

    def _start(self, command: tuple[str, ...], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(command, cwd=self.where, env=self.environment, **streams) as process:  # type: ignore[call-overload]
            self.processes.append(process.pid)
            out, err = process.communicate(stdin, timeout=SECONDS)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def make_key(self, user_id: str) -> str:
        """A throw-away key without a passphrase, made the way the README says; its fingerprint."""
        how = ("future-default", "default", "1y")
        made = self.gpg("--status-fd", "1", "--passphrase", "", "--quick-generate-key", user_id, *how)
        found = re.search(r"KEY_CREATED \S+ ([0-9A-F]{40})", made.out)
        assert found, made.said
        return found[1]

    def head(self) -> str:
        return self.git("rev-parse", "HEAD").out.strip()
