"""Printed on A4 a page is what somebody would file: its own part, whole, in a few sheets, without the way around it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from confide.site.build import build_site
from tests.site.sample import CLIENT
from tests.site.visiting import visiting

ROOT = Path(__file__).resolve().parents[2]
# A4 less the margins of print.css, in CSS pixels: 210 mm - 2 · 16 mm.
SHEET = {"width": 672, "height": 980}
SHEETS = {"": 2, "agreement-1/": 12, "reach/": 5, "receipts/": 3}
# What the padding of a word in a frame may stand into the margin: no letter does.
OVER = 5
AROUND = ".md-header, .md-tabs, .md-sidebar, .md-footer, .tc-button"
CUT = """() => [...document.querySelectorAll('article *')].filter(one => {
  const box = one.getBoundingClientRect()
  return box.width && (box.right > innerWidth + 5 || box.left < -1) && getComputedStyle(one).overflow !== 'hidden'
}).map(one => one.outerHTML.slice(0, 90))"""

pytestmark = pytest.mark.browser


def sheets(pdf: bytes) -> int:
    return sum(map(int, re.findall(rb"/Type /Pages\s.*?/Count (\d+)", pdf, re.DOTALL)[:1]))


def test_a_page_is_printed_whole_and_alone(browser: Browser) -> None:
    """Nothing of the navigation, nothing beyond the paper's edge, at least one sheet and not more than a person files;
    a picture and a table stand on paper as they do on the screen."""
    with visiting(browser, build_site(CLIENT, ROOT), policy=False, viewport=SHEET) as visit:
        for path, most in SHEETS.items():
            visit.go(path)
            visit.page.emulate_media(media="print")
            assert visit.page.locator("article h1").first.is_visible(), path
            assert [one for one in visit.page.locator(AROUND).all() if one.is_visible()] == [], path
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= SHEET["width"] + OVER, path
            assert visit.page.evaluate(CUT) == [], path
            pdf = visit.page.pdf(format="A4", prefer_css_page_size=True)
            assert re.findall(rb"/MediaBox \[0 0 (59[45])[.\d]* (84[12])", pdf), path
            assert 1 <= sheets(pdf) <= most, (path, sheets(pdf))
