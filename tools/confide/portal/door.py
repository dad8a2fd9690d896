"""In and out: the door that looks the same for every address, and the way out.

Known, unknown, revoked, wrong words, used code: one page, one status, one piece of work.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from confide.model.problem import Refused
from confide.portal import pages, typed
from confide.portal.gate import Stopped, read_form
from confide.portal.house import House, address, log, short
from confide.portal.reading import read
from confide.portal.visit import NotOpened, NotShown, Suspended
from confide.vault.reader_state import ENROLLED, INVITED

# A form is answered by leading to a page, so that going back never asks to send it again. What that page says stands in
# its address; it is the same for every reader.
AGAIN = {"again": pages.DID_NOT_OPEN, "refused": pages.NOT_SHOWN, "renewed": pages.RENEWED}


async def home(house: House, request: Request) -> Response:
    """GET of a reader's address: their page, or the door."""
    session = house.session(request)
    if session:
        return read(house, request, session, "")
    problem = next((text for name, text in AGAIN.items() if name in request.query_params), "")
    brought = bool(house.token(request))
    notice = pages.CLOSED if brought and not problem else ""
    answer = house.page(request, "door", action="_/open", problem=problem, notice=notice)
    return house.leave(request, answer) if brought else answer


async def back_to_the_door(house: House, request: Request) -> Response:
    """GET where only words are taken: somebody came back to a pause."""
    return house.go(request, "")


async def unlock(house: House, request: Request) -> Response:
    """POST of the words."""
    reader = house.reader(request)
    opener = typed.opener(await read_form(request, house.settings))
    pause = house.tries.pause(reader, address(request))
    if pause:
        log.info("paused: %s", short(reader))
        problem = pages.PAUSE.format(wait=pages.wait(pause))
        pausing = house.page(request, "door", HTTPStatus.TOO_MANY_REQUESTS, action="open", problem=problem, notice="")
        pausing.headers["Retry-After"] = str(pause)
        return pausing
    try:
        visit = await house.work(house.service.unlock, reader, opener, house.clock())
    except NotOpened:
        log.info("not opened: %s", short(reader))
        answer = house.go(request, "?again")
        # After the answer, so that it takes no longer where there is something to count.
        answer.background = BackgroundTask(house.service.note_failure, reader, house.clock())
        return answer
    except Suspended:
        log.info("held back: %s", short(reader))
        return house.go(request, "?renewed")
    except NotShown:
        log.warning("refused a sealed site: %s", short(reader))
        return house.go(request, "?refused")
    except Refused:
        log.error("the store could not be read: %s", short(reader))
        raise Stopped(HTTPStatus.SERVICE_UNAVAILABLE) from None
    house.tries.clear(reader)
    log.info("opened: %s", short(reader))
    return house.begin(request, visit, "_/welcome" if visit.kind == INVITED else "_/news" if visit.news else "")


async def news(house: House, request: Request) -> Response:
    """GET: what is new since the last visit; then on to the pages themselves."""
    session = house.need(request, ENROLLED)
    listed = [(page, pages.page_name(page)) for page in session.visit.news]
    return house.page(request, "news", session=True, news=listed)


async def ask_to_leave(house: House, request: Request) -> Response:
    """GET: a question, since a link alone must not close anything."""
    session = house.session(request)
    if session is None:
        return house.go(request, "")
    return house.page(request, "logout", session=True, form=session.form)


async def leave(house: House, request: Request) -> Response:
    """POST: closed, on both sides."""
    form = await read_form(request, house.settings)
    session = house.session(request)
    if session is None:
        return house.go(request, "")
    house.check_form(session, form)
    answer = house.leave(request, house.page(request, "left"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
