"""What every test may rely on: a home of its own, short homes for GnuPG, and a browser or a loud word without one.

The machine's own settings never reach a test: no Git configuration, keyring, editor, colour or language of whoever
runs it. Keys in tests are throw-away keys, and their agents end with the run.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import canaries

NO_BROWSER = "NO BROWSER: install chromium, or name one in CONFIDE_BROWSER"

# Timing is no test's business. CI draws the same examples every time, so that a red run can be repeated.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")

KEPT = ("CONFIDE_BROWSER",)
DROPPED = (
    *("GNUPGHOME", "GPG_AGENT_INFO", "GPG_TTY", "SSH_AUTH_SOCK", "DISPLAY", "WAYLAND_DISPLAY"),
    *("EDITOR", "VISUAL", "PAGER", "BROWSER", "COLUMNS", "LINES", "FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR"),
    *("LANGUAGE", "EMAIL", "DEBEMAIL", "PYTHONWARNINGS", "RUST_BACKTRACE"),
)
DROPPED_PREFIXES = ("GIT_", "LC_", "CONFIDE_", "XDG_")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make test ARGS=--thorough`: also what takes minutes for each command."""
    parser.addoption("--thorough", action="store_true", help="kill every command at every single write")


def _memory_backed() -> str | None:
    """Where short, memory-backed directories can be made; None leaves the choice to `tempfile` (no Linux)."""
    shm = Path("/dev/shm")
    return str(shm) if shm.is_dir() and os.access(shm, os.W_OK) else None


@pytest.fixture(scope="session")
def make_short_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Path]]:
    """A maker of new directories (mode 0700) whose paths are short enough for the sockets of gpg-agent.

    Their agents are ended and the directories removed at the end of the run, whatever happened in it.
    """
    root = Path(tempfile.mkdtemp(prefix="ct-", dir=_memory_backed()))
    homes: list[Path] = []

    def make() -> Path:
        home = root / str(len(homes))
        home.mkdir(mode=0o700)
        homes.append(home)
        return home

    yield make
    for home in homes:
        _end_agents(home)
    readable = canaries.found([root, tmp_path_factory.getbasetemp()])
    shutil.rmtree(root, ignore_errors=True)
    assert readable == [], "words of a note can be read after the run"


def _end_agents(home: Path) -> None:
    """End every GnuPG daemon that was started for `home`, or for the keyring directories in it."""
    if shutil.which("gpgconf") is None:
        return
    keyrings = {found.parent for name in ("pubring.kbx", "S.gpg-agent") for found in home.rglob(name)}
    for directory in sorted({home, *keyrings}):
        subprocess.run(
            ["gpgconf", "--homedir", str(directory), "--kill", "all"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )


@pytest.fixture
def short_home(make_short_home: Callable[[], Path]) -> Iterator[Path]:
    """One such directory for one test."""
    home = make_short_home()
    yield home
    _end_agents(home)


@pytest.fixture(scope="session", autouse=True)
def isolated_home(make_short_home: Callable[[], Path]) -> Iterator[Path]:
    """The home of the whole run: new, empty, and known to every program a test starts."""
    home = make_short_home()
    with pytest.MonkeyPatch.context() as patch:
        _isolate(patch, home)
        yield home


@pytest.fixture
def fresh_home(short_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for this test alone, for tests that keep keys or settings where a user would."""
    _isolate(monkeypatch, short_home)
    return short_home


def _isolate(patch: pytest.MonkeyPatch, home: Path) -> None:
    for name in list(os.environ):
        if name not in KEPT and (name in DROPPED or name.startswith(DROPPED_PREFIXES)):
            patch.delenv(name)
    settings = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }
    for name, value in settings.items():
        patch.setenv(name, value)


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """The Chromium to drive. Without one the test is skipped loudly, and fails where CI=true."""
    named = os.environ.get("CONFIDE_BROWSER")
    candidates = [named] if named else ["/usr/bin/chromium", shutil.which("chromium")]
    found = [Path(one) for one in candidates if one and os.access(one, os.X_OK)]
    if found and _driver_starts():
        return found[0]
    reason = f"{NO_BROWSER} (its driver does not start: libatomic is missing)" if found else NO_BROWSER
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _driver_starts() -> bool:
    """Playwright brings a driver of its own, which needs a library that a small system may not have."""
    package = importlib.util.find_spec("playwright")
    if package is None or package.origin is None:
        return False
    driver = Path(package.origin).parent / "driver" / "node"
    return subprocess.run([driver, "--version"], capture_output=True, check=False).returncode == 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once more, at the end, how many tests did not run because something is missing on this machine, and what."""
    skipped = (str(report.longrepr) for report in terminalreporter.stats.get("skipped", []))
    missing = Counter(found[0] for text in skipped if (found := re.search(r"NO [A-Z]+: [^'\")]+", text)))
    for reason, count in sorted(missing.items()):
        terminalreporter.write_line(f"WARNING: {count} tests did not run. {reason}", yellow=True, bold=True)
