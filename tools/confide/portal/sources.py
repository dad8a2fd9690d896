"""The pages for sources: terms first, then what they say, then a receipt of their own. No line is ever logged here.

A log line would hold the time, and with few people in a circle the time tells who it was.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from confide.model.problem import NotAllowed
from confide.portal import circle, pages, typed
from confide.portal.circle import Said
from confide.portal.gate import Stopped, read_form
from confide.portal.house import House, address
from confide.portal.pages import up
from confide.portal.sessions import Session
from confide.portal.visit import NotOpened
from confide.vault.portal_circles import tag_of

DID_NOT_OPEN = "That did not open. Check the code you were given; it may be over by now."
NOTHING = "Please tick that you have read the terms, choose how you may be shown, and write something."
NO_RECEIPT = "Nothing was sent under that receipt code. Check what you wrote down."
LONGEST_NAME = 200
LABELS = {
    "none": "Do not say anything about who said it",
    "category": "Say which group it came from, if the group is large enough",
    "name": "You may say my name",
}
BECAME = {
    "sent": "It lies here sealed. It was not taken in yet.",
    "taken in": "It was received, and has not been passed on yet.",
    "relayed": "It was passed on, in the form the terms say.",
    "returned": "It was not passed on.",
}


async def door(house: House, request: Request) -> Response:
    """GET: the terms and the form for whoever is in; else the door."""
    session = _session(house, request)
    if session is None:
        problem = DID_NOT_OPEN if "again" in request.query_params else ""
        return house.page(request, "circle-door", problem=problem)
    receipt = session.words
    session.words = ""
    if receipt:
        return house.page(request, "circle-done", receipt=receipt)
    return house.page(
        request,
        "circle",
        form=session.form,
        terms=circle.terms(session.visit),
        choices=[(name, LABELS[name]) for name in circle.choices(session.visit) if name in LABELS],
        longest=typed.LONGEST_TEXT,
        problem=session.hear(),
    )


async def unlock(house: House, request: Request) -> Response:
    """POST of the circle's code."""
    name = house.reader(request)
    code = (await read_form(request, house.settings)).get("words", "")
    pause = house.tries.pause(f"circle {name}", address(request))
    if pause:
        problem = pages.PAUSE.format(wait=pages.wait(pause))
        return house.page(request, "circle-door", HTTPStatus.TOO_MANY_REQUESTS, problem=problem)
    try:
        visit = await house.work(circle.unlock, house.service, house.circles, name, code, house.clock())
    except NotOpened:
        return _go(house, request, "?again")
    house.tries.clear(f"circle {name}")
    house.sources.end(house.token(request))
    answer = _go(house, request, "")
    token = house.sources.open(visit, house.clock())
    answer.set_cookie(house.cookie(request), token, path="/", secure=True, httponly=True, samesite="strict")
    return answer


async def say(house: House, request: Request) -> Response:
    """POST: what they give, under the terms they have just read."""
    session = _need(house, request)
    form = await read_form(request, house.settings)
    house.check_form(session, form)
    attribution = form.get("attribution", "")
    # A name counts only where they chose to be named.
    name = typed.text(form.get("name", ""))[:LONGEST_NAME] if attribution == "name" else ""
    said = Said(typed.text(form.get("text", "")), attribution, name, form.get("receipt", "").strip())
    if form.get("agreed") != "yes" or not said.text or not said.attribution:
        session.said = NOTHING
        return _go(house, request, "")
    try:
        session.words = await house.work(circle.say, house.service, house.circles, session.visit, said, house.clock())
    except NotAllowed:
        session.said = NO_RECEIPT if said.receipt else NOTHING
    return _go(house, request, "")


async def receipt(house: House, request: Request) -> Response:
    """POST of a receipt code: what became of it. The door's counters hold here too."""
    name = house.reader(request)
    form = await read_form(request, house.settings)
    pause = house.tries.pause(f"receipt {name}", address(request))
    if pause:
        raise Stopped(HTTPStatus.TOO_MANY_REQUESTS)
    became = BECAME.get(house.circles.state(tag_of(form.get("receipt", "")[: typed.LONGEST])), "")
    return house.page(request, "circle-status", became=became, problem="" if became else NO_RECEIPT)


async def leave(house: House, request: Request) -> Response:
    """POST: closed, on both sides."""
    session = _need(house, request)
    house.check_form(session, await read_form(request, house.settings))
    house.sources.end(house.token(request))
    answer = house.page(request, "circle-left")
    answer.delete_cookie(house.cookie(request), path="/", secure=True, httponly=True, samesite="strict")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _session(house: House, request: Request) -> Session | None:
    name, token = house.reader(request), house.token(request)
    found = house.sources.find(token, name, house.clock()) if token else None
    if found and not circle.still_open(house.circles, found.visit, house.clock()):
        house.sources.end(token)
        return None
    return found


def _need(house: House, request: Request) -> Session:
    found = _session(house, request)
    if found is None:
        raise Stopped(HTTPStatus.FORBIDDEN)
    return found


def _go(house: House, request: Request, where: str) -> RedirectResponse:
    target = f"{up(request)}s/{house.reader(request)}/{where}"
    return RedirectResponse(target, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})
