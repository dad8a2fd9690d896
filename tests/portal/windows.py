"""Windows of a real Chromium for the portal's tests, and a page elsewhere that means no good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler

from playwright.sync_api import Browser, BrowserContext, Page

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}
Serving = Callable[..., AbstractContextManager[str]]


@contextmanager
def windows(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A maker of windows that fails at the end if one asked elsewhere, broke its policy or had a script error."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def make(address: str, **options: object) -> Page:
        context = chromium.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Security Policy" in line.text else None)
        page.on("request", lambda one: None if one.url.startswith((address, "data:")) else faults.append(one.url))
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


def send(page: Page, **fields: str) -> None:
    """Fill in the first form and send it."""
    for name, value in fields.items():
        page.fill(f"main form [name={name}]", value)
    follow(page, "main form button[type=submit]")


def follow(page: Page, what: str) -> None:
    """Click, and wait for the page that comes."""
    with page.expect_navigation():
        page.click(what)


def check(page: Page) -> None:
    """What holds on every page of the portal's own."""
    assert page.title() == "Private page"
    width = page.viewport_size["width"] if page.viewport_size else 0
    # Chromium lays a phone's page out wider than the window when something in it does not fit.
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("window.innerWidth") == width


class Elsewhere(BaseHTTPRequestHandler):
    """A page on another port that sends a form to the address in its query as soon as it is open."""

    def do_GET(self) -> None:
        target, _, fields = self.path.partition("?")[2].partition("&")
        inputs = "".join(
            f"<input name={name} value='{value}'>"
            for name, _, value in (one.partition("=") for one in fields.split("&"))
        )
        text = f"<form method=post action='{target}'>{inputs}</form><script>document.forms[0].submit()</script>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        return
