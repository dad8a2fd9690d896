"""The demo is made once in a run."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from confide.model.view import View
from confide.portal.service import Service
from confide.site.build import build_site
from confide.site.built import BuiltSite
from confide.vault.portal_store import PortalStore
from confide.vault.sealed import SealedSite
from tests.demo.stage import Demo
from tests.e2e.terminal import Terminal
from tests.e2e.traces import Traces

# Their claims are to say what they compared when they fail, although their names do not begin with `test_`.
pytest.register_assert_rewrite(
    *(f"tests.demo.{room}_claims" for room in ("docs", "export", "story", "plain_gpg", "open", "receipt", "site"))
)


@pytest.fixture(scope="session")
def traces() -> Traces:
    """What lay in memory-backed storage before the demo was made."""
    return Traces((Path("/dev/shm"),))


@pytest.fixture(scope="session")
def demo(traces: Traces, make_short_home: Callable[[], Path]) -> Demo:
    """`confide demo DIR --no-serve --json`, once."""
    home, other = make_short_home(), make_short_home()
    terminal = Terminal(home, home)
    made = terminal.confide("demo", "demo", "--no-serve", "--json", "--port", "8799")
    assert made.err == ""
    here = Terminal(home, home / "demo", processes=terminal.processes)
    found = Demo(here, Terminal(other, other), json.loads(made.out), agents(home))
    found.open_everything()
    return found


@pytest.fixture(scope="session")
def sites(demo: Demo) -> dict[str, SealedSite]:
    """reader (`first payer`) → what opens at their address with their words."""
    service = Service(PortalStore(demo.path / "build/portal"))
    first = demo.partnerships[0]
    opened = {}
    for reader in demo.said["readers"]:
        name = reader["address"].rstrip("/").rpartition("/")[2]
        which = f"{'first' if reader['partnership'] == first else 'second'} {reader['party']}"
        opened[which] = service.open(name, reader["passphrase"], datetime.now(UTC)).site
    return opened


@pytest.fixture(scope="session")
def nothing(demo: Demo) -> BuiltSite:
    """The site of somebody who may see nothing: what all sites have in common."""
    return build_site(View("p-0000", "payer", "payer", (), (), (), (), (), (), ()), demo.path)


def agents(home: Path) -> list[str]:
    """The gpg-agents that run for a keyring below `home`."""
    running = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            running.append(process.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
    return [command for command in running if "gpg-agent" in command and str(home) in command]
