"""What a page elsewhere can make somebody's own browser do to the portal: nothing."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tests.portal.practice import CANARY, CLIENT, READERS, Practice
from tests.portal.windows import Elsewhere, Serving, send

pytestmark = pytest.mark.browser

MINE = READERS[CLIENT]


def test_a_form_from_elsewhere(practice: Practice, serving: Serving, chromium: Browser) -> None:
    """A page of another origin, even of the same site, can neither unlock nor close somebody's page."""
    made = practice.service.enrol(MINE, practice.invite(CLIENT, datetime.now(UTC)), datetime.now(UTC))
    other = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    try:
        with serving() as address, chromium.new_context() as context:
            page, home = context.new_page(), f"{address}/r/{MINE}/"
            attack = f"http://127.0.0.1:{other.server_port}/"
            page.goto(f"{attack}?{home}_/open&words={made.passphrase}")
            page.wait_for_url(f"{home}_/open")
            assert "did not come from this page" in page.inner_text("h1")
            assert context.cookies() == []
            page.goto(home)
            send(page, words=made.passphrase)
            page.goto(f"{home}_/logout")
            secret = page.get_attribute("[name=form]", "value")
            page.goto(f"{attack}?{home}_/logout&form={secret}")
            page.wait_for_url(f"{home}_/logout")
            assert "did not come from this page" in page.inner_text("h1")
            page.goto(home)
            assert CANARY in page.inner_text("body")
    finally:
        other.shutdown()
        other.server_close()
