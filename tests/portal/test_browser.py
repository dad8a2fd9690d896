"""The portal as people meet it: in Chromium, on a desk and on a phone, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from confide.site.build import build_site
from tests.portal.practice import ASK, CANARY, CLIENT, PAYER, READERS, Practice
from tests.portal.windows import DESK, PHONE, Serving, check, follow, send
from tests.site.sample import NEW

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
MINE = READERS[CLIENT]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_whole_way(
    practice: Practice, serving: Serving, window: Callable[..., Page], size: dict[str, object], scripts: bool
) -> None:
    """Letter, wrong words, draft, six words, fingerprint, signature, closing, opening again."""
    code = practice.invite(CLIENT, datetime.now(UTC))
    with serving() as address:
        page, home = window(address, java_script_enabled=scripts, **size), f"{address}/r/{MINE}/"
        page.goto(home)
        check(page)
        send(page, words="not the words")
        assert "did not open" in page.inner_text("[role=alert]")
        check(page)
        send(page, words=code.upper().replace("-", " "))
        assert page.url == f"{home}_/welcome"
        check(page)
        follow(page, "text=Read the draft agreement")
        assert CANARY in page.inner_text("body")
        page.go_back()
        follow(page, "a:has-text('Make my key')")
        check(page)
        six = page.locator(".six li").all_inner_texts()
        send(page, words="these are not the six words")
        assert page.locator(".six li").all_inner_texts() == six
        check(page)
        send(page, words=" ".join(six))
        assert page.url == f"{home}_/made"
        check(page)
        groups = page.locator(".fingerprint span").all_inner_texts()
        assert "".join(groups) == practice.certificate(CLIENT).fingerprint
        assert len(groups) == 10

        page.goto(f"{home}_/sign/{ASK}")
        check(page)
        assert "agreement: agreements/1.yml" in page.inner_text("pre")
        page.check("[name=agreed]")
        send(page, words="wrong")
        assert "Nothing was signed" in page.inner_text("[role=alert]")
        page.check("[name=agreed]")
        send(page, words=" ".join(six))
        assert page.inner_text("h1") == "Signed."
        check(page)
        page.reload()
        page.goto(f"{home}_/sign/{ASK}")
        assert "already" in page.inner_text("h1")
        assert len(practice.store.inbox.items()) == 2

        follow(page, "header >> text=Leave")
        check(page)
        send(page)
        assert page.inner_text("h1") == "Closed."
        assert page.context.cookies() == []
        page.goto(f"{home}agreement/")
        assert page.url == home
        check(page)
        send(page, words=" ".join(six).title())
        assert CANARY in page.inner_text("body")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_cookie_holds_on_this_machine(
    practice: Practice, serving: Serving, window: Callable[..., Page], name: str
) -> None:
    """Over http the browser takes `__Host-` cookies on loopback under both of its names, out of reach for scripts."""
    code = practice.invite(CLIENT, datetime.now(UTC))
    with serving(name) as address:
        page = window(address)
        page.goto(f"{address}/r/{MINE}/")
        send(page, words=code)
        (cookie,) = page.context.cookies()
        assert (cookie["name"], cookie["secure"], cookie["httpOnly"]) == (f"__Host-{MINE}", True, True)
        assert (cookie["sameSite"], cookie["path"], cookie["expires"]) == ("Strict", "/", -1)
        page.goto(f"{address}/r/{MINE}/")
        assert CANARY in page.inner_text("body")
        assert page.evaluate("document.cookie") == ""


def test_going_back(practice: Practice, serving: Serving, window: Callable[..., Page]) -> None:
    """Back and forth never asks to send a form again, and after closing shows no page that was read before."""
    made = practice.service.enrol(MINE, practice.invite(CLIENT, datetime.now(UTC)), datetime.now(UTC))
    with serving() as address:
        page = window(address)
        page.goto(f"{address}/r/{MINE}/")
        for words in ("wrong", "wrong again", made.passphrase):
            send(page, words=words)
        page.goto(f"{address}/r/{MINE}/agreement/")
        for _ in range(2):
            page.go_back()
            assert CANARY in page.inner_text("body")
        page.goto(f"{address}/r/{MINE}/_/logout")
        send(page)
        for _ in range(3):
            page.go_back()
            assert CANARY not in page.content()
            assert page.inner_text("h1") in ("This page is closed.", "Closed.")


def test_showing_what_one_types(practice: Practice, serving: Serving, window: Callable[..., Page]) -> None:
    """With scripts the words can be looked at; by keyboard alone the page opens as well."""
    code = practice.invite(CLIENT, datetime.now(UTC))
    with serving() as address:
        page = window(address)
        page.goto(f"{address}/r/{MINE}/")
        field = page.get_by_label("Your words")
        assert field.get_attribute("type") == "password"
        page.get_by_role("button", name="Show").click()
        assert field.get_attribute("type") == "text"
        field.press_sequentially(code)
        page.keyboard.press("Enter")
        page.wait_for_url("**/_/welcome")


def test_a_built_site(practice: Practice, serving: Serving, window: Callable[..., Page]) -> None:
    """A site as MkDocs builds it runs under the portal's policy: style, pages, search, and the way to the signature."""
    now, site = datetime.now(UTC), build_site(NEW, ROOT)
    assets = practice.store.shelf.put_assets(site.assets)
    code = practice.invite(PAYER, now, site.files, assets=assets, csp=site.csp)
    with serving() as address:
        page, home = window(address, **DESK), f"{address}/r/{READERS[PAYER]}/"
        page.goto(home)
        send(page, words=code)
        page.goto(home)
        assert page.title() == "Private page"
        assert page.evaluate("document.styleSheets.length") >= 2
        for name in sorted(site.files):
            if name.endswith("/index.html"):
                answer = page.goto(home + name.removesuffix("index.html"))
                assert answer is not None and answer.status == 200
        page.goto(home + site.asks[0].page)
        follow(page, f"a[href*='_/sign/{site.asks[0].id}'] >> nth=0")
        assert page.url == f"{home}_/enrol"
