"""A real browser reads the sites under the portal's policy: nothing is refused, nothing runs, nobody else is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from confide.model.view import Text, View
from confide.site.build import build_site
from confide.site.built import BuiltSite
from tests.site.payloads import PAYLOADS
from tests.site.sample import CLIENT, GOALS, VIEWS
from tests.site.serve import served

ROOT = Path(__file__).resolve().parents[2]
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")

ACTIVE = "iframe, object, embed, [onclick], [onerror], [onload], article :is(script, style, form, input, img, svg)"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(browser_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_path, args=list(QUIET))
        yield started
        started.close()


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


def html_pages(site: BuiltSite) -> list[str]:
    return [path for path in site.files if path.endswith(".html")]


@pytest.mark.parametrize("name", ["client", "new", "payer"])
@pytest.mark.parametrize("scripts", [True, False])
def test_every_page_reads_well_on_a_narrow_phone(browser: Browser, name: str, scripts: bool) -> None:
    """320 pixels, with and without scripts: no message, no foreign request, nothing wider than the screen."""
    site = build_site(VIEWS[name], ROOT)
    screen = {"width": 320, "height": 640}
    with visiting(browser, site, viewport=screen, java_script_enabled=scripts) as visit:
        for path in html_pages(site):
            visit.go(path)
            assert visit.page.title() == "Private page"
            assert visit.page.locator("h1").count() == 1
            if scripts:
                assert visit.page.evaluate("document.documentElement.scrollWidth") == 320, path
        assert visit.wrong == []


def attacked() -> View:
    """A client's view in which every text, title and name tries something."""
    texts = [replace(GOALS, to="client", text=Text(payload, payload)) for payload in PAYLOADS]
    names = tuple((party, (PAYLOADS[number],)) for number, (party, _) in enumerate(CLIENT.names))
    return replace(CLIENT, shown=tuple(texts), names=names, others=(("payer", tuple(texts)),))


@pytest.mark.parametrize("policy", [True, False])
def test_nothing_in_a_note_runs_or_loads(browser: Browser, policy: bool) -> None:
    """All payloads at once, also without the policy's second fence: no dialog, no request, no element that acts."""
    site = build_site(attacked(), ROOT)
    with visiting(browser, site, policy=policy) as visit:
        for path in ("index.html", "texts/index.html", "others/index.html", "agreement-1/index.html"):
            visit.go(path, "networkidle")
            assert visit.page.locator(ACTIVE).count() == 0
            visit.page.mouse.move(200, 400)
            visit.page.wait_for_timeout(200)
            assert visit.page.url == visit.address + path.removesuffix("index.html")
        visit.page.keyboard.press("f")
        visit.page.keyboard.type("alert onerror", delay=20)
        visit.page.wait_for_selector(".md-search-result__item")
        assert visit.wrong == []


def test_search_finds_a_text_under_the_policy(browser: Browser) -> None:
    """The theme's search runs in the browser: what is looked for is sent to nobody, not even in an address."""
    with visiting(browser, build_site(CLIENT, ROOT)) as visit:
        visit.go("index.html")
        visit.page.keyboard.press("f")
        visit.page.keyboard.type("delegat", delay=20)
        found = visit.page.locator(".md-search-result__link").first
        found.wait_for()
        assert "delegat" not in str(found.get_attribute("href"))
        assert visit.wrong == []


def test_colours_follow_the_device(browser: Browser) -> None:
    """Dark where the device is dark, and what was chosen by hand stays."""
    with visiting(browser, build_site(CLIENT, ROOT), color_scheme="dark") as visit:
        visit.go("index.html")
        assert visit.page.get_attribute("body", "data-md-color-scheme") == "slate"
        assert visit.wrong == []


def test_a_signature_is_two_steps_away(browser: Browser) -> None:
    """From the first page to the agreement, and from its end to the portal's page for signing."""
    with visiting(browser, build_site(VIEWS["new"], ROOT)) as visit:
        visit.go("index.html")
        visit.page.get_by_role("link", name="Read the agreement").click()
        link = visit.page.get_by_role("link", name="Sign this agreement")
        assert link.evaluate("link => link.href") == visit.address + "_/sign/agreement-1"


@pytest.mark.parametrize(("policy", "noticed"), [(False, "a dialog"), (True, "console: ")])
def test_a_script_would_be_noticed(browser: Browser, policy: bool, noticed: str) -> None:
    """The watch is able to fail: a planted script runs where nothing stops it, and the policy alone stops it."""
    site = build_site(CLIENT, ROOT)
    planted = site.files["index.html"].replace(b"</article>", b"<script>alert(1)</script></article>")
    with visiting(browser, replace(site, files={**site.files, "index.html": planted}), policy=policy) as visit:
        visit.go("index.html")
        assert [wrong for wrong in visit.wrong if wrong.startswith(noticed)] != []
        assert ("a dialog" in visit.wrong) is not policy
