"""A site is a function of the view: complete, in the reader's words, equal bytes wherever and whenever it is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from confide.site.build import build_site
from tests.site.sample import CLIENT, NEW, VIEWS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_reader_gets_their_pages(name: str) -> None:
    """Home, agreement, texts and history for everybody; what others see for the client alone; no 404, no sitemap."""
    site = build_site(VIEWS[name], ROOT)
    pages = {path for path in site.files if path.endswith(".html") and not path.startswith("how/")}
    expected = {"index.html", "agreement-1/index.html", "texts/index.html", "history/index.html"}
    assert pages == expected | ({"others/index.html"} if VIEWS[name].role == "client" else set())
    assert set(site.csp) == {path for path in site.files if path.endswith(".html")}


def test_what_is_asked_is_the_exact_statement() -> None:
    """An agreement that waits for the reader's signature is an ask; a signed one is none."""
    (ask,) = build_site(NEW, ROOT).asks
    assert (ask.id, ask.kind, ask.page) == ("agreement-1", "agreement", "agreement-1/")
    assert ask.statement.encode() == NEW.agreements[0].statement
    assert build_site(CLIENT, ROOT).asks == ()
