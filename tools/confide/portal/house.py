"""What the portal's pages share: the service, the open sessions, the counters, the clock, and how an answer is made."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any, ParamSpec, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from confide.portal.gate import Stopped
from confide.portal.pages import Pages, up
from confide.portal.service import Service
from confide.portal.sessions import MOST_PER_CIRCLE, Session, Sessions
from confide.portal.settings import Settings
from confide.portal.table import Found
from confide.portal.tries import Tries
from confide.portal.visit import Visit
from confide.vault.arrivals import Arrivals
from confide.vault.portal_circles import Circles
from confide.vault.portal_store import PortalStore
from confide.vault.reader_state import is_reader

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

log = logging.getLogger("confide.portal")


class House:
    """One portal. Everything in here lives in memory and ends with the process."""

    def __init__(self, store: PortalStore, clock: Callable[[], datetime], settings: Settings) -> None:
        self.store = store
        self.clock = clock
        self.settings = settings
        self.pages = Pages()
        self.service = Service(store, settings.cost)
        # Made now: the first unknown reader must not be the one who waits for it.
        _ = self.service.decoy
        store.settle()
        self._arrivals = Arrivals(store)
        self.sessions = Sessions(settings.idle, settings.longest)
        self.circles = Circles(store.path)
        self.sources = Sessions(settings.idle, settings.longest, MOST_PER_CIRCLE)
        self.tries = Tries(settings.tries_per_reader, settings.tries_per_address)
        self._workers = CapacityLimiter(settings.at_once)
        self._assets: dict[str, Mapping[str, Found]] = {}

    async def work(self, do: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        """Run what takes memory and time beside the requests that only read. Stopped when too many wait."""
        if self._workers.statistics().tasks_waiting >= self.settings.in_line:
            raise Stopped(HTTPStatus.SERVICE_UNAVAILABLE)
        return await anyio.to_thread.run_sync(partial(do, *args, **kwargs), limiter=self._workers)

    def reader(self, request: Request) -> str:
        """The reader in the address. Stopped unless it could be one."""
        reader = str(request.path_params["reader"])
        if not is_reader(reader):
            raise Stopped(HTTPStatus.NOT_FOUND)
        self._arrivals.take_in()
        return reader

    def session(self, request: Request) -> Session | None:
        """The open session of this browser for the reader in the address; looked at anew on every request.

        A reader who was revoked, or for whom something newer was published, is outside from this moment on.
        """
        reader, at, token = self.reader(request), self.clock(), self.token(request)
        found = self.sessions.find(token, reader, at) if token else None
        if found and not self.service.still_open(found.visit, at):
            self.sessions.end(token)
            return None
        return found

    def need(self, request: Request, kind: str) -> Session:
        """The session, of this kind. Raises ToTheDoor without one."""
        found = self.session(request)
        if found is None or found.visit.kind != kind:
            raise ToTheDoor
        return found

    def check_form(self, session: Session, form: Mapping[str, str]) -> None:
        """Hold that a form was made for this session. Stopped for one that another page put together."""
        if not secrets.compare_digest(session.form, form.get("form", "")):
            raise Stopped(HTTPStatus.FORBIDDEN)

    def begin(self, request: Request, visit: Visit, where: str) -> Response:
        """Open a session with a new token, close the one this browser had, and go to `where` below the reader."""
        self.sessions.end(self.token(request))
        token = self.sessions.open(visit, self.clock())
        answer = self.go(request, where)
        answer.set_cookie(self.cookie(request), token, path="/", secure=True, httponly=True, samesite="strict")
        return answer

    def say(self, request: Request, session: Session, what: str, where: str) -> Response:
        """Lead to a page that begins with `what`."""
        session.said = what
        return self.go(request, where)

    def leave(self, request: Request, answer: Response) -> Response:
        """Close the session and have the browser forget."""
        self.sessions.end(self.token(request))
        answer.delete_cookie(self.cookie(request), path="/", secure=True, httponly=True, samesite="strict")
        return answer

    def token(self, request: Request) -> str:
        return request.cookies.get(self.cookie(request), "")

    def cookie(self, request: Request) -> str:
        """One cookie for each reader: two pages of one practice can be open in one browser, each with its own words."""
        return f"__Host-{self.reader(request)}"

    def go(self, request: Request, where: str) -> RedirectResponse:
        """To `where` below this reader's address, by a way that also holds below another address."""
        target = f"{up(request)}r/{self.reader(request)}/{where}"
        return RedirectResponse(target, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})

    def page(
        self, request: Request, name: str, status: HTTPStatus = HTTPStatus.OK, *, session: bool = False, **values: Any
    ) -> HTMLResponse:
        return self.pages.render(request, name, status, session=session, **values)

    def assets(self, named: str) -> Mapping[str, Found]:
        """The shared assets that a sealed site calls by their hash, read once."""
        if named not in self._assets:
            files = self.store.shelf.assets(named) if named else {}
            self._assets[named] = {name: Found(name, data, shared=True) for name, data in files.items()}
        return self._assets[named]

    async def sweep_for_ever(self) -> None:
        """Pages of sessions that are over leave the memory even when nobody asks."""
        while True:
            await asyncio.sleep(30)
            for sessions in (self.sessions, self.sources):
                sessions.sweep(self.clock())


class ToTheDoor(Exception):
    """Nobody is in: the way leads to the door."""


def address(request: Request) -> str:
    """Where a request comes from, as the server itself saw it."""
    return request.client.host if request.client else ""


def short(reader: str) -> str:
    """How a log calls a reader: enough to tell two apart for an hour, too little to be an address."""
    return f"{reader[:3]}…"
