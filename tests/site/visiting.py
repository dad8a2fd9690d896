"""A visit to one site in a real browser, which writes down everything that went wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, Page

from confide.site.built import BuiltSite
from tests.site.serve import served


@dataclass
class Visit:
    """A page of one site, and everything that went wrong in it."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str, until: Literal["load", "networkidle"] = "load") -> None:
        self.page.goto(self.address + path.removesuffix("index.html"), wait_until=until)


@contextmanager
def visiting(browser: Browser, site: BuiltSite, *, policy: bool = True, **context: object) -> Iterator[Visit]:
    with served(site, policy=policy) as address:
        opened = browser.new_context(**context)  # type: ignore[arg-type]
        visit = Visit(opened.new_page(), address)
        note: Callable[[str], None] = visit.wrong.append
        page = visit.page
        page.on("console", lambda said: note(f"console: {said.text}"))
        page.on("pageerror", lambda error: note(f"error: {error}"))
        page.on("dialog", lambda dialog: (note("a dialog"), dialog.dismiss()))
        page.on("response", lambda answer: note(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
        page.on(
            "request", lambda asked: None if asked.url.startswith((address, "data:")) else note(f"asked {asked.url}")
        )
        page.on("popup", lambda _: note("a window"))
        yield visit
        opened.close()
