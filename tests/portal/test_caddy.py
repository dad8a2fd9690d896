"""The portal behind the real Caddy, with the sample configuration of the documentation, over TLS."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn

from confide.portal import serve
from confide.portal.app import make_app
from confide.portal.settings import Settings
from tests.portal.conftest import MANY
from tests.portal.practice import CANARY, CHEAP, CLIENT, READERS, Practice

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "server" / "Caddyfile"
CADDY = shutil.which("caddy")
WORDS = "a passphrase that nobody else would ever choose"
HERE = f"/r/{READERS[CLIENT]}/"

pytestmark = pytest.mark.skipif(CADDY is None, reason="NOT TESTED BEHIND CADDY: apt-get install caddy")


@dataclass
class Front:
    """Caddy as it runs: where, and the file in which everything it says ends up."""

    address: str
    said: Path


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def behind(practice: Practice, home: Path) -> Iterator[Front]:
    """The portal on loopback, and Caddy in front of it with a certificate of its own making."""
    port, listening = free_port(), serve.listen("127.0.0.1", 0)
    origin = f"https://localhost:{port}"
    settings = Settings((origin,), cost=CHEAP, tries_per_reader=MANY, tries_per_address="5 per minute")
    app = make_app(practice.store, lambda: datetime.now(UTC), settings)
    server = uvicorn.Server(serve.config(app, "127.0.0.1"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    sample = SAMPLE.read_text()
    assert sample.count("portal.example.org {") == sample.count("127.0.0.1:8765") == 1
    text = sample.replace("portal.example.org {", f"localhost:{port} {{\n\ttls internal")
    text = text.replace("127.0.0.1:8765", f"127.0.0.1:{listening.getsockname()[1]}")
    # On a test's machine: no port 80, and no authority put into anybody's trust store.
    text = text.replace("\tadmin off\n", "\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n")
    (home / "Caddyfile").write_text(text)
    own = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    said = home / "said"
    with said.open("wb") as out:
        command = [str(CADDY), "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]
        caddy = subprocess.Popen(command, env=own, stdout=out, stderr=out)
        try:
            _wait_for(port, caddy)
            yield Front(origin, said)
        finally:
            caddy.terminate()
            caddy.wait()
            server.should_exit = True
            thread.join()
            listening.close()


def _wait_for(port: int, caddy: subprocess.Popen[bytes]) -> None:
    """Until Caddy has a certificate and speaks TLS with it."""
    anybody = ssl._create_unverified_context()  # noqa: S323 - the certificate is a minute old and Caddy's own
    for _ in range(600):
        assert caddy.poll() is None, "Caddy ended at once"
        try:
            with (
                socket.create_connection(("127.0.0.1", port)) as plain,
                anybody.wrap_socket(plain, server_hostname="localhost"),
            ):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("Caddy did not come up")


def test_the_sample_configuration(practice: Practice, tmp_path: Path) -> None:
    """TLS for good, one door for all, limits that no header moves, nothing too large, and nothing in any log."""
    now = datetime.now(UTC).replace(microsecond=0)
    practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, now), now, WORDS)
    practice.publish(CLIENT, now, 1)
    own = {"Origin": "null", "Sec-Fetch-Site": "same-origin", "User-Agent": "Canary/7 (Rare Phone)"}
    with behind(practice, tmp_path) as front, httpx.Client(base_url=front.address, verify=False) as client:  # noqa: S501
        door = client.get(HERE)
        assert door.status_code == 200
        assert door.headers["strict-transport-security"] == "max-age=63072000"
        opened = client.post(f"{HERE}_/open", data={"words": WORDS}, headers=own)
        assert opened.status_code == 303
        page = client.get(HERE)
        assert CANARY in page.text
        assert page.headers["cache-control"] == "no-store"
        assert "content-encoding" not in page.headers

        for path in (
            "/r/../r/x",
            f"{HERE}..%2f..%2fetc",
            f"{HERE}%5c",
            f"{HERE}a%23b",
            f"{HERE}%252e",
            "/" + "a" * 9000,
        ):
            answer = client.get(path)
            assert 400 <= answer.status_code < 500, path
            assert CANARY not in answer.text
        for forged in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example", "X-Forwarded-User": "client"}):
            with httpx.Client(base_url=front.address, verify=False) as stranger:  # noqa: S501
                assert CANARY not in stranger.get(HERE, headers=forged).text
        assert client.post(f"{HERE}_/open", data={"words": "x" * 200_000}, headers=own).status_code == 413

        statuses = []
        for number in range(6):
            forged = {"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"}
            statuses.append(client.post(f"{HERE}_/open", data={"words": "x"}, headers={**own, **forged}).status_code)
        assert statuses[-1] == 429
    said = front.said.read_text()
    for trace in ("Rare Phone", "198.51.100", READERS[CLIENT], "/r/"):
        assert trace not in said
