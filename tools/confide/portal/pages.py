"""The portal's own pages: few, calm, in plain words; templates and style lie beside this file, read once at start."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from importlib import resources
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from confide.portal import headers
from confide.portal.table import Found

ROOM = "confide.portal"
DID_NOT_OPEN = (
    "That did not open the page. Check the words on your letter; after several tries there is a short pause. "
    "A letter that was used or is over does not open it any more: ask your coach."
)
PAUSE = (
    "There is a short pause, because there were several tries. Please come back in {wait}, with your letter at hand."
)
NOT_SHOWN = "Your words are right, but the page cannot be shown as it lies here. Please tell your coach."
RENEWED = (
    "Your words are right. These pages are being renewed, and open again when that is done, usually within a day or "
    "two. If it is urgent, ask your coach."
)
CLOSED = "The page was closed: some time has passed, or there is something new on it. Your words open it again."

# One page for each way in which nothing is shown. None says more than what everybody may know.
MESSAGES: dict[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.NOT_FOUND: ("Nothing is here.", "Check the address on your letter, or go back."),
    HTTPStatus.FORBIDDEN: (
        "That did not come from this page.",
        "Please go back, open the page again and repeat what you did. Nothing was changed.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: ("That is not possible here.", "Please go back. Nothing was changed."),
    HTTPStatus.BAD_REQUEST: ("That could not be read.", "Please go back and try once more. Nothing was changed."),
    HTTPStatus.REQUEST_TIMEOUT: ("That took too long.", "Please go back and try once more. Nothing was changed."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("That was too long.", "Please go back. Nothing was changed."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("That could not be read.", "Please go back. Nothing was changed."),
    HTTPStatus.TOO_MANY_REQUESTS: ("One moment, please.", "There were several tries. Please come back in a while."),
    HTTPStatus.SERVICE_UNAVAILABLE: ("One moment, please.", "Too much at once. Please try again in a minute."),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("Something went wrong.", "Nothing was changed. Please tell your coach."),
}


class Pages:
    """All templates and static files, in memory."""

    def __init__(self) -> None:
        here = resources.files(ROOM)
        templates = {f.name: f.read_text("utf-8") for f in here.joinpath("templates").iterdir() if f.is_file()}
        self._jinja = Environment(
            loader=DictLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            auto_reload=False,
        )
        self.static = {
            f"portal/{f.name}": Found(f.name, f.read_bytes(), shared=True)
            for f in here.joinpath("static").iterdir()
            if f.is_file()
        }

    def render(
        self, request: Request, name: str, status: HTTPStatus = HTTPStatus.OK, *, session: bool = False, **values: Any
    ) -> HTMLResponse:
        """The page made from template `name`. `session` puts the way out into its head."""
        reader = request.path_params.get("reader", "")
        text = self._jinja.get_template(f"{name}.html").render(up=up(request), reader=reader, session=session, **values)
        return HTMLResponse(
            text, status, {"Cache-Control": headers.NO_STORE, "Content-Security-Policy": headers.policy()}
        )

    def message(self, request: Request, status: HTTPStatus) -> HTMLResponse:
        """The page that says why nothing else is shown."""
        title, text = MESSAGES.get(status, MESSAGES[HTTPStatus.BAD_REQUEST])
        return self.render(request, "message", status, title=title, text=text)


def up(request: Request) -> str:
    """The way from this address to the portal's root, relative: the portal may lie below another address."""
    return "../" * (str(request.scope["path"]).count("/") - 1)


def groups(fingerprint: str) -> list[str]:
    """A fingerprint as ten groups of four, to be read aloud."""
    return [fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4)]


def day(at: date) -> str:
    """`12 January 2026`: a month in words is the same date on both sides of the Atlantic."""
    return f"{at.day} {at:%B %Y}"


def wait(seconds: int) -> str:
    """`40 seconds`, `12 minutes`, `3 hours`: rounded up."""
    for size, name in ((3600, "hour"), (60, "minute")):
        if seconds > size:
            return f"{-(-seconds // size)} {name}s"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


# How a reader calls the pages of their site; a page that is not listed is called by its address.
_NAMES = {
    "texts": "What you can read",
    "others": "What others see",
    "first": "What you read before anybody else",
    "history": "The history",
    "answers": "The answer to what you wrote",
    "how": "How confidentiality works here",
    "receipts": "How to check it",
    "reach": "Who could ever learn what",
}


def page_name(address: str) -> str:
    """`texts/` as its reader calls it."""
    first, _, rest = address.rstrip("/").partition("/")
    stem, dash, number = first.rpartition("-")
    name = f"Agreement {number}" if dash and stem == "agreement" else _NAMES.get(first, first.replace("-", " "))
    return f"{name}: {rest.replace('/', ', ').replace('-', ' ')}" if rest else name
