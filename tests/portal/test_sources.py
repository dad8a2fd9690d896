"""Sources at the portal: the terms stand before everything, and nothing is kept that tells one from another."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page
from starlette.applications import Starlette

from confide.portal.outgoing import HEAD
from confide.vault.sequoia import open_anonymous
from tests.portal.circle import ADDRESS, TERMS, ask_circle
from tests.portal.practice import NOBODY, Practice
from tests.portal.visitor import FORM, Visitor
from tests.portal.windows import DESK, PHONE, Serving, check, follow, send

HERE = f"/s/{ADDRESS}/"
AGENT = {"User-Agent": "Canary/7 (Rare Phone)", "Origin": "null", "Sec-Fetch-Site": "same-origin"}


def unlocked(app: Starlette, code: str) -> Visitor:
    visitor = Visitor(app)
    visitor.reader = ADDRESS
    assert visitor.post(f"{HERE}open", AGENT, words=code).status_code == 303
    return visitor


def give(visitor: Visitor, **form: str) -> str:
    """Say something; the page that comes."""
    found = FORM.search(visitor.get(HERE).text)
    assert found
    fields = {"form": found[1], "agreed": "yes", "attribution": "category", "text": "She listens.", **form}
    assert visitor.post(f"{HERE}say", AGENT, **fields).status_code == 303
    return visitor.get(HERE).text


def test_nothing_identifying_is_kept(practice: Practice, app: Starlette, caplog: pytest.LogCaptureFixture) -> None:
    """No address, no agent, no hour: not in the store, not in a name or date of a file, not in a log line."""
    caplog.set_level(logging.DEBUG)
    code = ask_circle(practice)
    page = give(unlocked(app, code), name="Ottoline Canary")
    assert "receipt code" in page
    (item,) = practice.store.inbox.items()
    text = open_anonymous(item.message, practice.partnership)
    facts = json.loads(text[len(HEAD) :])
    assert (facts["text"], facts["name"], facts["on"]) == ("She listens.", "", datetime.now(UTC).date().isoformat())
    assert set(facts) == {
        *("kind", "id", "partnership", "circle", "address", "on", "terms", "attribution", "name", "adds-to"),
        *("receipt", "text"),
    }
    assert facts["terms"] == TERMS
    everything = practice.everything() + text
    for word in (b"testclient", b"Canary", b"Rare Phone", b"127.0.0.1", datetime.now(UTC).strftime("T%H:").encode()):
        assert word not in everything
    for path in practice.store.path.glob("**/*"):
        if path.is_file() and path.parts[-2] in ("receipts", item.partnership):
            assert path.stat().st_mtime % 86400 == 0
    assert [record for record in caplog.records if record.name == "confide.portal"] == []


def test_without_the_terms_nothing_is_taken(practice: Practice, app: Starlette) -> None:
    """No tick, no choice, no words, a choice that is not offered, another's form: nothing is sent."""
    visitor = unlocked(app, ask_circle(practice))
    for wrong in ({"agreed": ""}, {"attribution": ""}, {"attribution": "all"}, {"text": " "}, {"receipt": "aaaa"}):
        assert 'role="alert"' in give(visitor, **wrong)
    stranger = Visitor(app)
    stranger.reader = ADDRESS
    assert stranger.post(f"{HERE}say", AGENT, text="x", agreed="yes", attribution="none").status_code == 403
    assert visitor.post(f"{HERE}say", AGENT, form="x", text="x", agreed="yes", attribution="none").status_code == 403
    assert practice.store.inbox.items() == ()


def test_an_unknown_circle_looks_like_a_wrong_code(practice: Practice, app: Starlette) -> None:
    code = ask_circle(practice)
    pages = []
    for reader, words in ((ADDRESS, "aaaa-bbbb-cccc-dddd-eeee"), (NOBODY, code)):
        visitor = Visitor(app)
        answer = visitor.post(f"/s/{reader}/open", AGENT, words=words)
        assert (answer.status_code, answer.cookies) == (303, {})
        pages.append(visitor.get(f"/s/{reader}/?again").text.replace(reader, "READER"))
    assert pages[0] == pages[1]


@pytest.mark.browser
@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, False)], ids=["desk", "phone without scripts"])
def test_a_source_in_chromium(
    practice: Practice, serving: Serving, window: Callable[..., Page], size: dict[str, object], scripts: bool
) -> None:
    """Code, terms, choice, words, receipt, what became of it."""
    code = ask_circle(practice)
    with serving() as address:
        page, home = window(address, java_script_enabled=scripts, **size), f"{address}{HERE}"
        page.goto(home)
        check(page)
        send(page, words=code)
        check(page)
        assert "nobody else" in page.inner_text(".written")
        page.check("[name=agreed]")
        page.check("[value=none]")
        page.fill("textarea", "She never lets anybody finish.")
        follow(page, "text=Seal it and send it")
        check(page)
        receipt = page.inner_text(".code")
        page.goto(home)
        assert receipt not in page.inner_text("body")
        follow(page, "text=Leave without saying anything")
        assert page.context.cookies() == []
        page.goto(home)
        page.click("summary:has-text('receipt code')")
        page.fill("[name=receipt]", receipt)
        follow(page, "text=What became of it?")
        check(page)
        assert "lies here sealed" in page.inner_text("main")
