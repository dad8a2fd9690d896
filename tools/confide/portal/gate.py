"""The gate before everything: what is not plainly a request to this portal, by its own pages, gets no further.

- An address has letters, digits and `/ . _ -`, nothing escaped: whatever needs decoding is not ours, so no two programs
  can read it differently.
- The `Host` is one of the portal's own. No other header says who somebody is or what they ask for.
- A form comes from our own page (`Sec-Fetch-Site`; `Origin` must not contradict), is small, and arrives in time.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from confide.portal.settings import Settings

_PATH = re.compile(rb"(?!.*(?://|/\.))/[A-Za-z0-9/._-]{0,500}\Z")
_FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 12


class Stopped(Exception):
    """The request goes no further; answered with the portal's own page for `status`."""

    def __init__(self, status: HTTPStatus) -> None:
        self.status = status
        super().__init__(status.phrase)


def check(scope: Scope, settings: Settings) -> None:
    """Raise Stopped for an address, host, method or origin that is not ours."""
    headers = Headers(scope=scope)
    raw = bytes(scope.get("raw_path") or scope["path"].encode())
    if not _PATH.match(raw) or scope["path"].encode() != raw:
        raise Stopped(HTTPStatus.NOT_FOUND)
    if headers.get("host", "").lower() not in {urlsplit(origin).netloc for origin in settings.origins}:
        raise Stopped(HTTPStatus.NOT_FOUND)
    if scope["method"] not in ("GET", "HEAD", "POST"):
        raise Stopped(HTTPStatus.METHOD_NOT_ALLOWED)
    if scope["method"] == "POST" and not _from_our_page(headers, settings):
        raise Stopped(HTTPStatus.FORBIDDEN)


def _from_our_page(headers: Headers, settings: Settings) -> bool:
    """Browsers send `Origin: null` under our own referrer policy; then `Sec-Fetch-Site` has to be there and say so."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin not in (None, "null", *settings.origins):
        return False
    return site == "same-origin" if site is not None else origin in settings.origins


async def read_form(request: Request, settings: Settings) -> Mapping[str, str]:
    """The fields of a posted form. Raises Stopped when it is too large, too slow, or not a plain form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise Stopped(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > settings.largest_form:
        raise Stopped(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body = bytearray()
    try:
        async with asyncio.timeout(settings.slowest_form.total_seconds()):
            async for chunk in request.stream():
                body += chunk
                if len(body) > settings.largest_form:
                    raise Stopped(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except TimeoutError:
        raise Stopped(HTTPStatus.REQUEST_TIMEOUT) from None
    except ClientDisconnect:
        raise Stopped(HTTPStatus.BAD_REQUEST) from None
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise Stopped(HTTPStatus.BAD_REQUEST) from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Stopped(HTTPStatus.BAD_REQUEST)
    return fields


class EveryAnswer:
    """Puts the same headers on every answer, whoever gave it."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self._headers]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
