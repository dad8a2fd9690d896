"""Ten thousand wrong passphrases, sent to the portal itself: the door stays shut, and shut in the same way to all."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from urllib.parse import urlencode

import pytest
from starlette.types import ASGIApp, Message

from confide.portal.settings import Settings
from confide.vault import locked
from tests.portal.conftest import Clock
from tests.portal.practice import CHEAP, CLIENT, NOBODY, READERS, Practice
from tests.portal.visitor import ORIGIN, Visitor

TRIES = 10_000
BODY = urlencode({"words": "wrong words"}).encode()


@pytest.fixture
def settings() -> Settings:
    """The limits that everybody has, at the test's price of a try."""
    return Settings((ORIGIN,), cost=CHEAP)


async def guess(app: ASGIApp, reader: str, address: str) -> int:
    """One attempt, as the server hands it over; the status of the answer."""
    path = f"/r/{reader}/_/open"
    host = ORIGIN.partition("//")[2].encode()
    headers = [
        *((b"host", host), (b"origin", ORIGIN.encode()), (b"sec-fetch-site", b"same-origin")),
        *((b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", str(len(BODY)).encode())),
    ]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": ORIGIN.partition(":")[0],
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": (address, 40000),
        "server": (host.decode(), 443),
    }
    said: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": BODY, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            said.append(message["status"])

    await app(scope, receive, send)
    return said[0]


def test_ten_thousand_wrong_passphrases(
    practice: Practice, visitor: Visitor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From as many addresses, at a reader who exists and at one who does not: hardly any is even tried, each that is
    costs the same work, and both readers get the same answers in the same order."""
    practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, clock.at), clock.at)
    work: Counter[str] = Counter()
    stretch, now = locked.stretch, [""]

    def counted(passphrase: str, salt: bytes, cost: locked.Cost = locked.COST) -> str:
        work[now[0]] += 1
        return stretch(passphrase, salt, cost)

    monkeypatch.setattr(locked, "stretch", counted)
    # All within one moment: no pause ends between one reader's turn and the other's.
    moment = time.time()
    monkeypatch.setattr(time, "time", lambda: moment)
    answers: dict[str, list[int]] = {reader: [] for reader in (READERS[CLIENT], NOBODY)}

    async def guessing() -> None:
        for number in range(TRIES // 2):
            for reader, said in answers.items():
                now[0] = reader
                address = f"198.{number >> 8 & 255}.{number & 255}.7"
                said.append(await guess(visitor.client.app, reader, address))

    asyncio.run(guessing())
    mine, nobodys = answers.values()
    assert mine == nobodys
    tried = Counter(mine)
    assert set(tried) == {303, 429}
    assert 0 < tried[303] <= 50
    assert work[READERS[CLIENT]] == work[NOBODY] == tried[303]
