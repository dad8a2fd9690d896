"""The portal beside web servers that ask for a password: one page, a login, and two hundred readers at once.

Each server runs in a process of its own on loopback and is asked over one connection that stays open. nginx and Caddy
check a bcrypt hash of the least cost anybody sells (2^5, what `htpasswd -B` makes): nginx for every request, Caddy from
its cache. They serve a plain file; the portal looks a page up among those of one session.
"""

from __future__ import annotations

import base64
import http.client
import multiprocessing
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from bench.measure import Ratio, seconds
from bench.portal_store import NAMES, PAGE, WORDS, make_store
from confide.vault.locked import COST, Cost, lock, unlock

REQUESTS, ROUNDS, READERS = 400, 5, 200
CHEAP = Cost(memory=64, passes=1, lanes=1)
# bcrypt of "six plain words" at cost 5: a throw-away password of this measurement.
HASH = "$2b$05$Kk5OX.LXoulpbiezQGZbVeemRWrQkQOv4RkmgI9/J5wPoWqnb3mgm"
_BASIC = {"Authorization": "Basic " + base64.b64encode(b"reader:six plain words").decode()}
_OURS = {"Origin": "null", "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}


def measure() -> Iterator[Ratio]:
    """The rows of the design, and what two hundred open doors weigh."""
    with tempfile.TemporaryDirectory() as held, ExitStack() as running:
        home = Path(held)
        port = running.enter_context(_portal(home, CHEAP, READERS))
        yield from _pages(home, port, running)
        yield _memory(port)
    yield _login()


def _pages(home: Path, port: int, running: ExitStack) -> Iterator[Ratio]:
    cookie = _login_at(port, NAMES[0])
    ours = partial(_asking, port, f"/r/{NAMES[0]}/", {"Cookie": cookie})
    _plain_site(home)
    # Caddy remembers whom it has checked, so its price is that of a file; nginx pays for every page.
    for name, start, bound in (("nginx", _nginx, 1.0), ("caddy", _caddy, 0.5)):
        program = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
        if program is None:
            print(f"NOT MEASURED beside {name}: it is not installed (apt-get install {name})", file=sys.stderr)
            continue
        theirs = partial(_asking, running.enter_context(start(program, home)), "/", _BASIC)
        _same_page(ours(), theirs())
        pairs = [(_rate(ours), _rate(theirs)) for _ in range(ROUNDS)]
        we, they = (sorted(rates)[ROUNDS // 2] for rates in zip(*pairs, strict=True))
        detail = f"{we:,.0f} against {they:,.0f} pages a second of {len(PAGE) // 1024} KiB, over one connection"
        yield Ratio(f"portal page beside {name} with bcrypt", we / they, "at least", bound, detail)


def _same_page(*asking: Callable[[], bytes]) -> None:
    if any(ask() != PAGE for ask in asking):
        raise SystemExit("the servers do not serve the same page; nothing was measured")


def _rate(connect: Callable[[], Callable[[], bytes]]) -> float:
    """Pages a second over a new connection: an idle one would have been closed since."""
    ask = connect()
    return REQUESTS / seconds(lambda: [ask() for _ in range(REQUESTS)])


def _asking(port: int, path: str, headers: dict[str, str]) -> Callable[[], bytes]:
    """One connection; each call one page."""
    line = http.client.HTTPConnection("127.0.0.1", port)

    def ask() -> bytes:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            raise SystemExit(f"a server answered {answer.status}; nothing was measured")
        return body

    return ask


def _login_at(port: int, reader: str) -> str:
    line = http.client.HTTPConnection("127.0.0.1", port)
    line.request("POST", f"/r/{reader}/_/open", urlencode({"words": WORDS}), _OURS)
    answer = line.getresponse()
    answer.read()
    cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
    if not cookie:
        raise SystemExit("a reader could not log in; nothing was measured")
    return cookie


def _memory(port: int) -> Ratio:
    """What one open session weighs, against the pages it holds."""
    before = _resident(port)
    for name in NAMES[1:READERS]:
        _login_at(port, name)
    each = (_resident(port) - before) / (READERS - 1)
    size = len(PAGE) * 4
    detail = (
        f"{READERS} readers logged in at once: {each / 1024:,.0f} KiB a session, each with {size // 1024} KiB of pages"
    )
    return Ratio("memory of a session beside its pages", each / size, "at most", 3.0, detail)


def _resident(port: int) -> int:
    status = Path(f"/proc/{_PROCESSES[port]}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def _login() -> Ratio:
    """A login at the price the portal asks, beside that price alone."""
    with tempfile.TemporaryDirectory() as held, _portal(Path(held), COST, 1) as port:
        box = lock(b"x" * 700, WORDS)
        alone = seconds(lambda: unlock(box, WORDS), ROUNDS)
        whole = seconds(lambda: _login_at(port, NAMES[0]), ROUNDS)
    detail = f"{whole * 1000:.0f} ms a login, {alone * 1000:.0f} ms of it Argon2id ({COST.memory // 1024} MiB)"
    return Ratio("login beside Argon2id alone", whole / alone, "at most", 1.5, detail)


_PROCESSES: dict[int, int] = {}


@contextmanager
def _portal(home: Path, cost: Cost, readers: int) -> Iterator[int]:
    """The portal as `confide serve` runs it, in a process of its own; its port."""
    from confide.portal import serve
    from confide.portal.settings import Settings

    store = make_store(home / "store", readers, cost)
    listening = serve.listen("127.0.0.1", 0)
    port = int(listening.getsockname()[1])
    many = "100000 per minute"
    settings = Settings(serve.origins("127.0.0.1", port), cost=cost, tries_per_reader=many, tries_per_address=many)
    fork = multiprocessing.get_context("fork")
    process = fork.Process(target=serve.run, args=(listening, store, lambda: datetime.now(UTC), settings))
    process.start()
    _PROCESSES[port] = process.pid or 0
    _until_open(port)
    try:
        yield port
    finally:
        process.terminate()
        process.join()
        listening.close()


def _plain_site(home: Path) -> None:
    (home / "www").mkdir()
    (home / "www/index.html").write_bytes(PAGE)
    home.chmod(0o755)


@contextmanager
def _nginx(program: str, home: Path) -> Iterator[int]:
    port = _free_port()
    (home / "htpasswd").write_text(f"reader:{HASH.replace('$2b$', '$2y$')}\n")
    (home / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {home}/nginx.pid; error_log {home}/nginx.log;\n"
        "events {}\nhttp { access_log off; default_type text/html; keepalive_requests 100000;\n"
        f"client_body_temp_path {home}/t1; proxy_temp_path {home}/t2; fastcgi_temp_path {home}/t3;\n"
        f"uwsgi_temp_path {home}/t4; scgi_temp_path {home}/t5;\n"
        f"server {{ listen 127.0.0.1:{port}; root {home}/www;\n"
        f'auth_basic "private"; auth_basic_user_file {home}/htpasswd; }} }}\n'
    )
    with _running([program, "-c", f"{home}/nginx.conf", "-p", str(home)], port):
        yield port


@contextmanager
def _caddy(program: str, home: Path) -> Iterator[int]:
    port = _free_port()
    encoded = base64.b64encode(HASH.encode()).decode()
    (home / "Caddyfile").write_text(
        "{\n\tadmin off\n\tauto_https off\n\tlog {\n\t\toutput discard\n\t}\n}\n"
        f"http://127.0.0.1:{port} {{\n\troot * {home}/www\n\tfile_server\n"
        f"\tbasicauth {{\n\t\treader {encoded}\n\t}}\n}}\n"
    )
    with _running([program, "run", "--config", f"{home}/Caddyfile", "--adapter", "caddyfile"], port):
        yield port


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until_open(port)
        yield
    finally:
        process.terminate()
        process.wait()


def _until_open(port: int) -> None:
    end = datetime.now(UTC) + timedelta(seconds=60)
    while datetime.now(UTC) < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("a server did not come up; nothing was measured")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
