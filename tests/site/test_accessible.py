"""Every page can be read by everybody: axe-core finds nothing at level AA, in light and dark, on a desk and a phone."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from confide.site.build import build_site
from tests.site.amended import AMENDED
from tests.site.sample import VIEWS
from tests.site.visiting import Visit, visiting

ROOT = Path(__file__).resolve().parents[2]
# WCAG 2.0, 2.1 and 2.2, levels A and AA.
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}

pytestmark = pytest.mark.browser


def violations(visit: Visit, path: str, rules: dict[str, Any]) -> list[str]:
    """What axe-core finds on one page: the rule and the element."""
    visit.go(path)
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    visit.page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = visit.page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{path}: {one['id']}: {node['html'][:120]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


# Pages that only some readers have, or that look another way for them.
CASES = [("client", None), ("amended", ["agreement-2/index.html"]), ("manager", ["texts/index.html"])]


@pytest.mark.parametrize(("name", "only"), CASES)
def test_no_page_breaks_a_rule(browser: Browser, name: str, only: list[str] | None) -> None:
    """Names, roles, order, contrast, size of what can be pressed: everything that can be held by a program."""
    site = build_site({**VIEWS, "amended": AMENDED}[name], ROOT)
    pages = only or [path for path in site.files if path.endswith(".html")]
    with visiting(browser, site, policy=False, viewport=DESK) as visit:
        rules = {"type": "tag", "values": LEVELS}
        assert [told for path in pages for told in violations(visit, path, rules)] == []


def test_contrast_and_sizes_hold_on_a_dark_phone(browser: Browser) -> None:
    """Where other rules of the style sheet are in force."""
    site = build_site(VIEWS["client"], ROOT)
    pages = ["index.html", "agreement-1/index.html", "others-payer/index.html", "reach/index.html"]
    with visiting(browser, site, policy=False, viewport=PHONE, color_scheme="dark") as visit:
        rules = {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}
        assert [told for path in pages for told in violations(visit, path, rules)] == []


def test_a_fault_would_be_found(browser: Browser) -> None:
    """The watch is able to fail: a picture without a name and pale letters on white are both found."""
    with visiting(browser, build_site(VIEWS["manager"], ROOT), policy=False) as visit:
        planted = "document.querySelector('article').innerHTML += '<img src=\"\"><p style=\"color:#ccc\">pale</p>'"
        visit.page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {planted} }})")
        found = violations(visit, "history/index.html", {"type": "tag", "values": LEVELS})
        assert {told.split(": ")[1] for told in found} == {"image-alt", "color-contrast"}


def test_the_picture_is_walked_by_keyboard(browser: Browser) -> None:
    """Each disc of the agreement's picture is reached with Tab, says what it is, and leads to its clause."""
    with visiting(browser, build_site(VIEWS["client"], ROOT), viewport=DESK) as visit:
        visit.go("agreement-1/index.html")
        first = visit.page.locator(".tc-picture a").first
        first.focus()
        assert first.get_attribute("aria-label") == "Assessment results, you: in full, clause 3"
        visit.page.keyboard.press("Tab")
        focused = visit.page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert focused == "Assessment results, your sponsor: not shared, clause 5"
        visit.page.keyboard.press("Enter")
        assert visit.page.url.endswith("#clause-5")
        assert visit.wrong == []
