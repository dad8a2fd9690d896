"""Pages of a sealed site, from the memory of the session that opened it."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from confide.portal import headers
from confide.portal.gate import Stopped
from confide.portal.house import House, ToTheDoor
from confide.portal.sessions import Session
from confide.portal.table import DOWNLOAD, Found, look_up, needs_slash


async def page(house: House, request: Request) -> Response:
    """GET of anything below a reader's address that is not the portal's own."""
    session = house.session(request)
    if session is None:
        raise ToTheDoor
    return read(house, request, session, str(request.path_params["address"]))


def read(house: House, request: Request, session: Session, address: str) -> Response:
    """What stands at `address` in the session's own site."""
    site = session.visit.site
    found = look_up(address, site.files, house.assets(site.manifest.assets))
    if found is None:
        if needs_slash(address, site.files):
            return house.go(request, f"{address}/")
        raise Stopped(HTTPStatus.NOT_FOUND)
    return shared(request, found) if found.shared else private(found, site.manifest.csp.get(found.name, ()))


def private(found: Found, scripts: tuple[str, ...]) -> Response:
    """A page that nobody keeps. `scripts` are the hashes of its inline scripts."""
    answer = Response(found.data, media_type=found.media_type)
    answer.headers["Cache-Control"] = headers.NO_STORE
    answer.headers["Content-Security-Policy"] = headers.policy(scripts)
    if found.media_type == DOWNLOAD:
        answer.headers["Content-Disposition"] = "attachment"
    return answer


def shared(request: Request, found: Found) -> Response:
    """A file that is the same for everybody."""
    known = {"Cache-Control": headers.ASK_AGAIN, "ETag": found.tag, "Content-Security-Policy": headers.policy()}
    if request.headers.get("if-none-match") == found.tag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=known)
    return Response(found.data, media_type=found.media_type, headers=known)


async def receipt(house: House, request: Request) -> Response:
    """GET of what the reader can prove, as a file to keep: it lies beside the pages of their sealed site."""
    session = house.session(request)
    if session is None:
        raise ToTheDoor
    site = session.visit.site
    if not site.receipt:
        raise Stopped(HTTPStatus.NOT_FOUND)
    answer = private(Found("receipt", site.receipt), ())
    # Numbered as the site is, so that an older one is not written over: two of them say more than one.
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{site.manifest.sequence}.txt"'
    return answer


async def static(house: House, request: Request) -> Response:
    """The portal's own style, script and mark: open to everybody, they say nothing."""
    found = house.pages.static.get(f"portal/{request.path_params['name']}")
    if found is None:
        raise Stopped(HTTPStatus.NOT_FOUND)
    return shared(request, found)
