"""The whole line, played once: the coach at her terminal, the portal as a process, four people in Chromium."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser

from tests.e2e.line import Line
from tests.e2e.script import READERS

SIGNING = ("client", "payer")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def play(line: Line, chromium: Browser) -> None:
    """All acts. The portal is served from the first invitation on."""
    line.set_up()
    line.begin_records()
    line.draft()
    line.propose()
    line.invite(chromium, "client", "payer", "adviser")
    with served(line):
        for party in ("client", "payer", "adviser"):
            first_visit(line, party)
        line.take_in("inbox", "client", "payer", "adviser")
        line.sign_elsewhere()
        line.work()
        line.invite(chromium, "manager")
        first_visit(line, "manager")
        line.take_in("inbox-manager", "manager")
        line.look_back()
        for party in READERS:
            last_visit(line, party)
        search_all(line)
        knock_elsewhere(line)
        line.ran["verify-at-the-end"] = line.coach.confide("verify")
        for visitor in line.visitors.values():
            visitor.close()


def first_visit(line: Line, party: str) -> None:
    """The letter, the draft, the key; and for a signatory the signature."""
    visitor = line.visitors[party]
    if party == "client":
        line.seen["wrong-code"] = visitor.try_words("not the code on the letter")
    line.seen[f"{party}-welcome"] = visitor.try_words(line.letters[party]["code"])
    visitor.shot("welcome")
    line.seen[f"{party}-draft"] = visitor.go()
    visitor.shot("draft")
    if party in SIGNING:
        line.seen[f"{party}-agreement"] = visitor.go("agreement-1/")
        visitor.shot("agreement-draft")
    visitor.make_key()
    line.seen[f"{party}-words-again"] = visitor.go("_/enrol")
    if party in SIGNING:
        line.seen[f"{party}-signed"] = visitor.sign("agreement-1")
        visitor.shot("signed")
    line.seen[f"{party}-left"] = visitor.leave()
    if party in SIGNING:
        line.seen[f"{party}-old-code"] = visitor.try_words(line.letters[party]["code"])


def last_visit(line: Line, party: str) -> None:
    """Everything a party can get at, and what they find when they search."""
    visitor = line.visitors[party]
    if party in SIGNING:
        line.seen[f"{party}-wrong-words"] = visitor.try_words("correct horse battery staple nine ten")
    line.seen[f"{party}-home"] = visitor.try_words(visitor.passphrase)
    visitor.shot("home")
    visitor.read_everything()
    line.seen[f"{party}-texts"] = visitor.go("texts/")
    visitor.shot("texts")
    if party == "client":
        others = ("others/", *(f"others-{other}/" for other in ("payer", "manager", "adviser")))
        line.seen["client-others"] = "\n".join(visitor.go(page) for page in others)
        visitor.shot("others")


def search_all(line: Line) -> None:
    """Each reader looks for a word of their own, and for one of somebody else's."""
    for party in READERS:
        visitor = line.visitors[party]
        mine = sorted(line.script.mine(party))[0]
        line.seen[f"{party}-search-own"] = visitor.search(mine)
        line.seen[f"{party}-search-kept"] = visitor.search(line.script.texts["s6"])


def knock_elsewhere(line: Line) -> None:
    """Each reader tries every page of everybody else's site: below their own address, and where it really lies."""
    for party in READERS:
        visitor = line.visitors[party]
        line.complained[party] = list(visitor.complaints)
        visitor.go()
        for other in set(READERS) - {party}:
            theirs = line.visitors[other]
            for address in sorted({*theirs.pages, theirs.index}):
                inside = address.removeprefix(theirs.address)
                for tried in {visitor.address + inside, address} - set(visitor.files):
                    line.knocks[party, tried] = visitor.fetch(tried)


@contextmanager
def served(line: Line) -> Iterator[None]:
    """`confide serve` as a process of its own, ended as Ctrl-C ends it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "confide", "serve", "--port", str(line.port)],
        cwd=line.practice,
        env={**line.coach.environment, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_for(line.port, process)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)
        line.served = f"{said}\nexit {process.returncode}"


def _wait_for(port: int, process: subprocess.Popen[str]) -> None:
    """Until it answers; there is nothing else to wait for."""
    for _ in range(400):
        if process.poll() is not None:
            raise AssertionError(process.communicate()[0])
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the portal does not answer")
