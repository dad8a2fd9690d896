"""The portal as a web application: which address is whose work, and one calm page for whatever goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from confide.portal import desk, door, enrolling, gate, headers, passkeys, reading, signing, sources
from confide.portal.gate import EveryAnswer, Stopped
from confide.portal.house import House, ToTheDoor
from confide.portal.settings import Settings
from confide.vault.portal_store import PortalStore

Handler = Callable[[House, Request], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]
# Below a reader's address. The portal's own pages come first; a sealed site has no page whose address begins `_/`.
OWN: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "_/open", door.unlock),
    ("GET", "_/open", door.back_to_the_door),
    ("GET", "_/news", door.news),
    ("GET", "_/welcome", enrolling.welcome),
    ("GET", "_/enrol", enrolling.offer),
    ("POST", "_/enrol", enrolling.enrol),
    ("GET", "_/made", enrolling.made),
    ("GET", "_/key", enrolling.key),
    ("GET", "_/sign/{ask}", signing.show),
    ("POST", "_/sign/{ask}", signing.sign),
    ("GET", "_/signed/{ask}", signing.signed),
    ("GET", "_/desk", desk.desk),
    ("GET", "_/write/{ask}", desk.write),
    ("POST", "_/write/{ask}", desk.keep),
    ("GET", "_/receipt", reading.receipt),
    ("GET", "_/passkey", passkeys.show),
    ("POST", "_/passkey", passkeys.add),
    ("GET", "_/logout", door.ask_to_leave),
    ("POST", "_/logout", door.leave),
    ("GET", "_/{form}/{target}", desk.way),
    ("GET", "_/{form}", desk.way),
    ("GET", "", door.home),
    ("GET", "{address:path}", reading.page),
)


# Below the address of a circle.
SOURCES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "", sources.door),
    ("POST", "open", sources.unlock),
    ("POST", "say", sources.say),
    ("POST", "receipt", sources.receipt),
    ("POST", "leave", sources.leave),
)


def make_app(store: PortalStore, clock: Callable[[], datetime], settings: Settings) -> Starlette:
    """The portal over `store`. `clock` gives the moment of a request, in UTC."""
    house = House(store, clock, settings)
    routes = [Route(f"/r/{{reader}}/{path}", _answer(house, do), methods=[method]) for method, path, do in OWN]
    routes += [Route(f"/s/{{reader}}/{path}", _answer(house, do), methods=[method]) for method, path, do in SOURCES]
    routes += [
        Route("/r/{reader}", _answer(house, _with_slash), methods=["GET"]),
        Route("/portal/{name}", _answer(house, reading.static), methods=["GET"]),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(EveryAnswer, headers=headers.always(secure=settings.secure))],
        exception_handlers={HTTPException: _refused(house), Exception: _fault(house)},
        lifespan=_lifespan(house),
    )
    app.router.redirect_slashes = False
    app.state.house = house
    return app


def _answer(house: House, do: Handler) -> Endpoint:
    """`do` behind the gate; what stops it becomes a page."""

    async def endpoint(request: Request) -> Response:
        try:
            gate.check(request.scope, house.settings)
            return await do(house, request)
        except Stopped as stopped:
            return house.pages.message(request, stopped.status)
        except ToTheDoor:
            return house.go(request, "")

    return endpoint


async def _with_slash(house: House, request: Request) -> Response:
    return house.go(request, "")


def _refused(house: House) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What the framework itself refuses: no such address, no such method."""

    async def handler(request: Request, problem: Exception) -> Response:
        status = problem.status_code if isinstance(problem, HTTPException) else HTTPStatus.BAD_REQUEST
        return house.pages.message(request, HTTPStatus(status))

    return handler


def _fault(house: House) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What nobody foresaw: a page that gives nothing away. It is made outside of `EveryAnswer`."""

    async def handler(request: Request, _: Exception) -> Response:
        answer = house.pages.message(request, HTTPStatus.INTERNAL_SERVER_ERROR)
        answer.headers.update(headers.always(secure=house.settings.secure))
        return answer

    return handler


def _lifespan(house: House) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        sweeping = asyncio.create_task(house.sweep_for_ever())
        yield
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping

    return lifespan
