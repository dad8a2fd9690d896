"""The server as `confide serve` runs it: begins, answers at once, says little, and ends when asked."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from confide.model.problem import Unavailable
from confide.portal.serve import listen, origins
from tests.portal.practice import CLIENT, READERS, Practice

SERVE = """
import logging, sys
from datetime import UTC, datetime
from pathlib import Path
from confide.portal.serve import listen, origins, run
from confide.portal.settings import Settings
from confide.vault.portal_store import PortalStore
logging.basicConfig(level=logging.INFO)
listening = listen("127.0.0.1", 0)
port = listening.getsockname()[1]
print(port, flush=True)
run(listening, PortalStore(Path(sys.argv[1])), lambda: datetime.now(UTC), Settings(origins("127.0.0.1", port)))
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_it_begins_and_ends(practice: Practice, ending: signal.Signals) -> None:
    """Served until asked to stop, then gone without a traceback; no line of the log names an address."""
    tools = str(Path(__file__).resolve().parents[2] / "tools")
    command = [sys.executable, "-c", SERVE, str(practice.store.path)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PYTHONPATH": tools, "PATH": ""}
    )
    assert process.stdout is not None
    port = int(process.stdout.readline())
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/r/{READERS[CLIENT]}/", timeout=20) as answer:
        assert b"This page is closed" in answer.read()
    process.send_signal(ending)
    out, err = process.communicate(timeout=20)
    assert process.returncode in (0, -ending)
    assert "Traceback" not in err
    assert READERS[CLIENT] not in out + err and "GET" not in out + err


def test_a_place_that_is_taken() -> None:
    """Said before anything else, with what helps."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Unavailable, match="cannot be used") as caught:
            listen("127.0.0.1", other.getsockname()[1])
        assert "--port" in caught.value.problems[0].hint


def test_an_answer_is_sent_at_once() -> None:
    """asyncio turns Nagle's delay off only for sockets that say they are TCP."""
    with listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_the_addresses_it_answers_to() -> None:
    """On loopback both names; beside them the public one, which comes first and decides about TLS."""
    assert origins("127.0.0.1", 80) == ("http://127.0.0.1:80", "http://localhost:80")
    assert origins("::1", 80) == ("http://[::1]:80",)
    assert origins("10.0.0.5", 80) == ("http://10.0.0.5:80",)
    assert origins("127.0.0.1", 80, "https://Portal.example/private/")[0] == "https://portal.example"
    assert origins("127.0.0.1", 80, "http://localhost:80") == ("http://localhost:80", "http://127.0.0.1:80")
