"""A person at a real terminal: a pseudo-terminal with `confide` and an editor in it, read and typed into."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.cli.state import TOOLS

# Nothing is timed: this only ends a test that would wait for ever.
PATIENCE = 60.0


class Terminal:
    """One command at work. `settings` are added to its environment."""

    def __init__(self, *arguments: str, home: Path, settings: dict[str, str]) -> None:
        ours, theirs = pty.openpty()
        self._screen, self.shown = ours, b""
        environment = {**os.environ, "PYTHONPATH": str(TOOLS), "HOME": str(home), "TERM": "xterm", **settings}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "confide", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)

    def until(self, text: bytes) -> None:
        """Read the screen until `text` has been drawn on it since the last time."""
        seen = b""
        while text not in seen:
            more = self._read()
            assert more, f"{text!r} never came; the screen shows {self.shown[-2000:]!r}"
            seen += more

    def type(self, keys: bytes) -> None:
        os.write(self._screen, keys)

    def end(self) -> int:
        """Read on until the command has ended; its exit code."""
        while self._read():
            pass
        os.close(self._screen)
        return self.process.wait(PATIENCE)

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def _read(self) -> bytes:
        ready, _, _ = select.select([self._screen], [], [], PATIENCE)
        more = b""
        with suppress(OSError):
            more = os.read(self._screen, 65536) if ready else b""
        self.shown += more
        return more
