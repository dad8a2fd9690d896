"""The coach's own site as a web application: loopback only, under a secret address, read-only, kept by nobody.

What is decrypted stays in this process. Other programs on the machine may reach the port: the address holds a random
part that only the terminal has shown, and a page of another site cannot have it (`Host` is checked as well).
"""

from __future__ import annotations

import secrets
import socket
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

import anyio.to_thread
import uvicorn
from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from confide.portal import headers
from confide.portal.serve import LOOPBACK, quiet
from confide.portal.table import Found

if TYPE_CHECKING:
    from confide.site.coach.sites import Sites

TOKEN_BYTES = 16
_THEIRS = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Private page</title>
<link rel="stylesheet" href="{up}assets/confide.css"><body class="md-typeset"><h1>Only they can do this</h1>
<p>You are looking at somebody else's page. What is signed or sent there is signed with their key, by them.</p>"""


def make_app(sites: Sites, token: str, port: int) -> Starlette:
    """The application over `sites`, whose pages all lie below `/<token>/`."""
    hosts = {f"{name}:{port}" for name in LOOPBACK}
    one_at_a_time = CapacityLimiter(1)

    async def page(request: Request) -> Response:
        named = str(request.path_params["token"])
        if request.headers.get("host", "").lower() not in hosts or not secrets.compare_digest(
            named.encode(), token.encode()
        ):
            return _plain(HTTPStatus.NOT_FOUND)
        address = str(request.path_params["address"])
        if "/_/" in f"/{address}":
            return _page(Found("theirs.html", _theirs(address)), ())
        found = await anyio.to_thread.run_sync(partial(sites.find, address), limiter=one_at_a_time)
        if found is None:
            slashed = await anyio.to_thread.run_sync(partial(sites.find, f"{address}/"), limiter=one_at_a_time)
            if slashed is not None and not address.endswith("/"):
                return RedirectResponse(f"/{token}/{address}/", headers={"Cache-Control": headers.NO_STORE})
            return _plain(HTTPStatus.NOT_FOUND)
        name, data, scripts = found
        return _page(Found(name, data), scripts)

    app = Starlette(routes=[Route("/{token}/{address:path}", page, methods=["GET"])])
    app.router.redirect_slashes = False
    return app


def _theirs(address: str) -> bytes:
    return _THEIRS.replace(b"{up}", b"../" * address.count("/"))


def _page(found: Found, scripts: tuple[str, ...]) -> Response:
    kept = {
        **headers.always(secure=False),
        "Cache-Control": headers.NO_STORE,
        "Content-Security-Policy": headers.policy(scripts),
    }
    return Response(found.data, media_type=found.media_type, headers=kept)


def _plain(status: HTTPStatus) -> Response:
    kept = {**headers.always(secure=False), "Cache-Control": headers.NO_STORE}
    return Response(status.phrase, status, media_type="text/plain", headers=kept)


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def run(listening: socket.socket, sites: Sites, token: str) -> None:
    """Serve until Ctrl-C; nothing is logged."""
    quiet()
    app = make_app(sites, token, listening.getsockname()[1])
    config = uvicorn.Config(app, access_log=False, log_config=None, server_header=False, proxy_headers=False, ws="none")
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
