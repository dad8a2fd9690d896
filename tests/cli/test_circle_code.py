"""One code for a circle: what comes back is feedback under the terms that stood first, from nobody in particular."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from confide.portal import circle
from confide.portal.circle import Said
from confide.portal.service import Service
from confide.portal.visit import NotOpened, Visit
from confide.vault.portal_circles import Circles, tag_of
from confide.vault.portal_store import PortalStore
from tests.cli import circles as told
from tests.cli.build import CHEAP, good
from tests.cli.house import House, today
from tests.cli.inbox_desk import Desk


class Source:
    """Somebody in the circle, at the portal."""

    def __init__(self, house: House) -> None:
        letter = json.loads(good(house.within("invite", "peers", "--circle", "--json")).out)
        self.code, self.address = letter["code"], letter["address"].rstrip("/").rpartition("/")[2]
        self.service = Service(PortalStore(house.practice / "build/portal"), CHEAP)
        self.circles = Circles(self.service.store.path)

    def visit(self) -> Visit:
        return circle.unlock(self.service, self.circles, self.address, self.code, today())

    def say(self, text: str, attribution: str = "category", receipt: str = "", name: str = "") -> str:
        said = Said(text, attribution, name, receipt)
        return circle.say(self.service, self.circles, self.visit(), said, today())

    def state(self, receipt: str) -> str:
        return self.circles.state(tag_of(receipt))


def test_from_the_code_to_the_client(signed: House) -> None:
    """Terms, feedback, intake, relay; the receipt follows, and nothing in the open tells who or when."""
    told.acknowledged(signed)
    source, desk = Source(signed), Desk(signed)
    assert "What becomes of feedback" in circle.terms(source.visit())
    receipt = source.say("She never lets the periwinkle team finish.")
    (item,) = desk.items()
    midnight = datetime.combine(today().date(), datetime.min.time(), UTC).timestamp()
    assert item.stat().st_mtime == midnight
    assert source.state(receipt) == "sent"
    answer = good(desk.run())
    assert "feedback by the circle" in answer.out
    assert source.state(receipt) == "taken in"
    assert len(told.waiting(signed)) == 1
    good(signed.within("feedback", "relay"))
    good(desk.run())
    assert source.state(receipt) == "relayed"
    source.say("It was the spring meeting.", receipt=receipt)
    good(desk.run())
    assert len(told.waiting(signed)) == 1
    told.sound(signed)


def test_what_is_not_under_its_terms(signed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other terms than were given, a wider attribution, an item of the same again: refused, or not said twice."""
    source, desk = Source(signed), Desk(signed)
    with monkeypatch.context() as patch:
        patch.setattr(circle, "terms", lambda _: "Anything goes.\n")
        source.say("Under other terms.")
    desk.refuses(what="it was not written under terms that this circle was given")
    source.say("Once.")
    (item,) = desk.items()
    kept = item.read_bytes()
    good(desk.run())
    head = signed.git("rev-parse", "HEAD")
    desk.write(item.stem, kept)
    good(desk.run())
    assert signed.git("rev-parse", "HEAD") == head


def test_a_code_that_opens_nothing(signed: House, tmp_path: Path) -> None:
    """Another code, another address, a circle that is closed: one answer."""
    source = Source(signed)
    for address, code in ((source.address, "aaaa-bbbb-cccc-dddd-eeee"), ("0123456789", source.code), ("..", "x")):
        with pytest.raises(NotOpened):
            circle.unlock(source.service, source.circles, address, code, today())
    before = signed.git("rev-parse", "HEAD")
    good(signed.within("revoke", "peers", "--circle", "--dry-run"))
    assert signed.git("rev-parse", "HEAD") == before
    good(signed.within("revoke", "peers", "--circle"))
    signed.refuses(
        *("revoke", "peers", "--circle", "--in", signed.partnership),
        code=2,
        what="that circle is not asked through the portal",
        why="nobody was given a code for it",
        hint="confide invite CIRCLE --circle",
    )
    with pytest.raises(NotOpened):
        source.visit()
    assert not source.state("aaaa-bbbb-cccc-dddd-eeee")
