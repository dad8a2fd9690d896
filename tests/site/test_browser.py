"""A real browser reads the sites under the portal's policy: nothing is refused, nothing runs, nobody else is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from confide.model.agreement import Circumstances
from confide.model.view import Text, View
from confide.site.build import build_site
from confide.site.built import BuiltSite
from tests.site.payloads import PAYLOADS
from tests.site.sample import CLIENT, FIRST, GOALS, SIGNED, VIEWS
from tests.site.sample_agreement import AGREEMENT, TERMS
from tests.site.visiting import visiting

ROOT = Path(__file__).resolve().parents[2]

# What acts or loads, wherever it stands; in a card, which holds what somebody wrote, not even a picture.
ACTIVE = (
    "iframe, object, embed, [onclick], [onerror], [onload], article :is(script, style, form, input, img), "
    ".tc-card svg, svg :is(script, style, image, use, animate, set, foreignObject)"
)
PAGES = ("", "first/", "texts/", "others/", "others-payer/", "reach/", "agreement-1/", "history/", "receipts/")

pytestmark = pytest.mark.browser


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
    """A client's view in which every text, title and name tries something, and so does the agreement's own wording."""
    texts = [replace(GOALS, to="client", text=Text(payload, payload)) for payload in PAYLOADS]
    names = tuple((party, (PAYLOADS[number],)) for number, (party, _) in enumerate(CLIENT.names))
    first = replace(FIRST, texts=tuple((GOALS.what, GOALS.form, text.text) for text in texts))
    written = [replace(t, circumstances=Circumstances("coach", p)) for t, p in zip(TERMS, PAYLOADS, strict=False)]
    clauses = {**AGREEMENT.clauses, "remarks": [{f"note-{n}": payload} for n, payload in enumerate(PAYLOADS)]}
    agreement = replace(AGREEMENT, terms=tuple(written), clauses=clauses, law=PAYLOADS[0])
    return replace(
        CLIENT,
        shown=tuple(texts),
        names=names,
        others=(("payer", tuple(texts)),),
        reviews=(first,),
        agreements=(replace(SIGNED, agreement=agreement, source="\n".join(PAYLOADS)),),
    )


@pytest.mark.parametrize("policy", [True, False])
def test_nothing_in_a_note_runs_or_loads(browser: Browser, policy: bool) -> None:
    """All payloads at once, also without the policy's second fence: no dialog, no request, no element that acts."""
    site = build_site(attacked(), ROOT)
    with visiting(browser, site, policy=policy) as visit:
        for path in PAGES:
            visit.go(path, "load")
            assert visit.page.locator(ACTIVE).count() == 0
            visit.page.mouse.move(200, 400)
            visit.page.wait_for_timeout(100)
            assert visit.page.url == visit.address + path
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
