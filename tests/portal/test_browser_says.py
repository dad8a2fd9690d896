"""Everything a party can say, as they say it in Chromium: on a desk and on a phone, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from confide.portal.service import Service
from confide.portal.typed import Touch
from confide.portal.visit import NotOpened
from tests.portal.offers import TOLD, offers
from tests.portal.practice import CANARY, CHEAP, CLIENT, PAYER, READERS, Practice
from tests.portal.windows import DESK, PHONE, Serving, check, follow, send

pytestmark = pytest.mark.browser

WORDS = "a passphrase that nobody else would ever choose"
MINE = READERS[CLIENT]


@pytest.fixture
def both(practice: Practice) -> Practice:
    """The client and the payer have enrolled, and their sites were published."""
    now = datetime.now(UTC).replace(microsecond=0)
    for party in (CLIENT, PAYER):
        practice.service.enrol(READERS[party], practice.invite(party, now), now, WORDS)
        practice.publish(party, now, 1, offers=offers() if party == CLIENT else ())
    return practice


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, False)], ids=["desk", "phone without scripts"])
def test_everything_that_can_be_said(
    both: Practice, serving: Serving, window: Callable[..., Page], size: dict[str, object], scripts: bool
) -> None:
    """A question, an answer, a permission, a duty, a withdrawal: written, read once more, signed, and received."""
    with serving() as address:
        page, home = window(address, java_script_enabled=scripts, **size), f"{address}/r/{MINE}/"
        page.goto(home)
        send(page, words=WORDS)
        page.goto(f"{home}_/desk")
        check(page)
        follow(page, "main >> text=Ask a question")
        check(page)
        send(page)
        assert "Nothing was written" in page.inner_text("[role=alert]")
        send(page, text="Is the heron\nin the summary?")
        check(page)
        assert page.inner_text(".written") == "Is the heron\nin the summary?"
        assert "words: sha256:" in page.inner_text("pre")
        _sign(page)

        page.goto(f"{home}_/answer/f1r2s3t4")
        follow(page, "main >> text=I have nothing to add")
        assert "answer: declined" in page.inner_text("pre")
        page.goto(f"{home}_/write/answer-f1r2s3t4")
        page.fill("textarea", "It leaves out the spring.")
        follow(page, "button:has-text('Read it once more')")
        assert "answer: given" in page.inner_text("pre")
        _sign(page)

        for way in ("permit/0123456789abcdef", "acknowledge", f"withdraw/{TOLD}"):
            page.goto(f"{home}_/{way}")
            check(page)
            _sign(page)
        page.goto(f"{home}_/desk")
        check(page)
        assert page.locator(".said").count() == 4

        other = window(address, **size)
        other.goto(f"{address}/r/{READERS[PAYER]}/")
        send(other, words=WORDS)
        assert "being renewed" in other.inner_text("[role=alert]")
        assert CANARY not in other.inner_text("body")
    assert len(both.store.inbox.items()) == 7


def _sign(page: Page) -> None:
    page.check("[name=agreed]")
    send(page, words=WORDS)
    assert page.inner_text("h1") == "Signed."
    check(page)


@pytest.fixture
def device(window: Callable[..., Page]) -> Iterator[Callable[[str], Page]]:
    """A window with a device that holds passkeys and makes secrets from them (Chromium's virtual authenticator)."""

    def make(address: str) -> Page:
        page = window(address, **DESK)
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        facts = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True}
        more = {
            "hasUserVerification": True,
            "isUserVerified": True,
            "hasPrf": True,
            "automaticPresenceSimulation": True,
        }
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": {**facts, **more}})
        return page

    yield make


def test_a_passkey_as_a_second_lock(both: Practice, serving: Serving, device: Callable[[str], Page]) -> None:
    """It is added with the passphrase, opens and signs without it, and a secret of another device opens nothing."""
    with serving("localhost") as address:
        page, home = device(address), f"{address}/r/{MINE}/"
        page.goto(home)
        send(page, words=WORDS)
        page.goto(f"{home}_/passkey")
        check(page)
        send(page, words="wrong")
        assert "not your passphrase" in page.inner_text("[role=alert]")
        send(page, words=WORDS)
        assert "1 passkey opens" in page.inner_text("[role=status]")
        page.goto(f"{home}_/acknowledge")
        page.check("[name=agreed]")
        follow(page, "text=Sign with your passkey")
        assert page.inner_text("h1") == "Signed."
        page.goto(f"{home}_/logout")
        send(page)
        page.goto(home)
        follow(page, "text=Open with a passkey")
        assert CANARY in page.inner_text("body")
    reader = both.store.reader(MINE)
    assert reader is not None
    (passkey,) = reader.passkeys
    for wrong in (Touch(passkey.credential, "0" * 64), Touch("x" * 20, "0" * 64)):
        with pytest.raises(NotOpened):
            Service(both.store, CHEAP).open(MINE, wrong, datetime.now(UTC))
