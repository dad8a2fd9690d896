"""The line is played once in a run, by whichever test asks for it first."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.line import Line
from tests.e2e.play import free_port, play
from tests.e2e.script import Script
from tests.e2e.terminal import Terminal
from tests.e2e.traces import Traces
from tests.e2e.visitor import chromium

# Their claims are to say what they compared when they fail, although their names do not begin with `test_`.
pytest.register_assert_rewrite("tests.e2e.coach_side", "tests.e2e.readers_side", "tests.e2e.left_behind")


@pytest.fixture(scope="session")
def traces() -> Traces:
    """What lay in this machine's temporary places before anything was played."""
    return Traces((Path("/dev/shm"), Path(tempfile.gettempdir())))


@pytest.fixture(scope="session")
def line(traces: Traces, make_short_home: Callable[[], Path], browser_path: Path) -> Line:
    """Everything that happened."""
    home, manager, papers = make_short_home(), make_short_home(), make_short_home()
    played = Line(Script(), Terminal(home, home), papers, Terminal(manager, manager), free_port())
    with chromium(browser_path) as browser:
        play(played, browser)
    return played
