"""A real browser prints the page: nothing is fetched, nothing is refused, nothing is cut off at the edge of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from confide.records.agreement_file import parse_agreement
from confide.workflows import draft
from tests.agree.answers import MORE
from tests.agree.test_draft import USUAL
from tests.agree.test_paper import TEXT, shown

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
# The space between the margins of an A4 sheet, in CSS pixels: 210 mm less twice 19 mm.
SHEET = round(172 / 25.4 * 96)
# As many parties as an agreement may have here.
CROWDED = draft.first(replace(USUAL, parties=("coach", "client", *MORE))).decode()

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(browser_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_path, args=list(QUIET))
        yield started
        started.close()


@pytest.mark.parametrize("text", [TEXT, CROWDED], ids=["usual", "crowded"])
def test_the_page_prints_whole(browser: Browser, short_home: Path, text: str) -> None:
    """Styled under its own policy, no request but the file itself, no complaint, no line wider than the sheet."""
    file = short_home / "page.html"
    file.write_text(shown(parse_agreement(text.encode(), "a.yml"), text), encoding="utf-8")
    page = browser.new_page(viewport={"width": SHEET, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    assert asked == [file.as_uri()]
    assert said == []
    assert page.evaluate("getComputedStyle(document.querySelector('header')).display") == "flex"
    assert page.evaluate("document.documentElement.scrollWidth") <= SHEET
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF-")
    page.close()
