"""The gate in the small: slow, broken and endless forms; what is an address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import anyio
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import Message

from confide.portal import gate
from confide.portal.gate import Stopped
from confide.portal.settings import Settings
from confide.portal.table import look_up, needs_slash
from tests.portal.visitor import ORIGIN

SETTINGS = replace(Settings((ORIGIN,)), slowest_form=timedelta(seconds=0.05), largest_form=100)
HOST = ORIGIN.removeprefix("https://").encode()


def posted(receive: Callable[[], Awaitable[Message]]) -> Request:
    headers = [(b"content-type", b"application/x-www-form-urlencoded"), (b"transfer-encoding", b"chunked")]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, receive)


def outcome(receive: Callable[[], Awaitable[Message]]) -> HTTPStatus | dict[str, str]:
    """The fields, or the status with which the form was stopped."""
    try:
        return dict(anyio.run(gate.read_form, posted(receive), SETTINGS))
    except Stopped as stopped:
        return stopped.status


def test_a_form_that_never_ends() -> None:
    """Byte by byte for ever: the line is freed after a while, with nothing done."""

    async def slowly() -> Message:
        await anyio.sleep(0.01)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def not_at_all() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def much() -> Message:
        return {"type": "http.request", "body": b"a=" + b"b" * 40, "more_body": True}

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def good() -> Message:
        return {"type": "http.request", "body": b"a=b%20c&d=", "more_body": False}

    assert outcome(slowly) == HTTPStatus.REQUEST_TIMEOUT
    assert outcome(not_at_all) == HTTPStatus.REQUEST_TIMEOUT
    assert outcome(much) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert outcome(gone) == HTTPStatus.BAD_REQUEST
    assert outcome(good) == {"a": "b c", "d": ""}


def stopped(path: str, raw: bytes) -> bool:
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": raw, "headers": [(b"host", HOST)]}
    try:
        gate.check(scope, SETTINGS)
    except Stopped:
        return True
    return False


def test_an_address() -> None:
    """Plain letters pass."""
    assert not stopped("/r/c0123456c9/agreement-1/index.html", b"/r/c0123456c9/agreement-1/index.html")
    assert not stopped("/r/c0123456c9/_/sign/agreement-1", b"/r/c0123456c9/_/sign/agreement-1")


@given(st.text(max_size=30))
def test_whatever_needs_decoding_is_no_address(text: str) -> None:
    """Where raw and decoded differ, or anything but plain letters is left, nothing is looked up."""
    from urllib.parse import quote

    raw = f"/r/{quote(text, safe='/')}".encode()
    plain = all(letter.isascii() and (letter.isalnum() or letter in "/._-") for letter in text)
    clean = "//" not in f"/r/{text}" and "/." not in f"/r/{text}"
    assert stopped(f"/r/{text}", raw) == (not (plain and clean))


@given(st.text(alphabet="ab/._-x", max_size=20))
def test_a_table_gives_what_is_in_it(address: str) -> None:
    """Nothing is found that the table does not hold under that very name, or under its index."""
    table = {"index.html": b"home", "a/index.html": b"a", "a/b.css": b"css"}
    found = look_up(address, table, {})
    wanted = table.get(address + "index.html" if address in ("", "a/") else address)
    assert (found.data if found else None) == wanted
    assert needs_slash(address, table) == (address == "a")
