"""What is new since the last visit: the portal says so, and its host cannot tell from it what a page says."""

from __future__ import annotations

from tests.portal.conftest import Clock
from tests.portal.practice import CLIENT, DRAFT, READERS, Practice
from tests.portal.visitor import Visitor

WORDS = "a passphrase that nobody else would ever choose"


def around(text: str, navigation: str = "") -> bytes:
    return f"<html><nav>{navigation}</nav><article class=x>{text}</article></html>".encode()


def test_what_changed_is_listed_once(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """Not at a first visit, not for another navigation; then what says something else, and after that nothing."""
    practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, clock.at), clock.at, WORDS)
    pages = {**DRAFT, "texts/index.html": around("One."), "agreement-1/index.html": around("All.")}
    practice.publish(CLIENT, clock.at, 1, pages)
    assert visitor.unlock(WORDS).headers["location"].endswith(f"{READERS[CLIENT]}/")
    pages["agreement-1/index.html"] = around("All.", "another navigation")
    pages |= {"texts/index.html": around("Two."), "others/index.html": around("New.")}
    practice.publish(CLIENT, clock.at, 2, pages)
    assert visitor.unlock(WORDS).headers["location"].endswith("_/news")
    page = visitor.get("_/news").text
    assert "What you can read" in page
    assert "What others see" in page
    assert "Agreement 1" not in page
    assert visitor.unlock(WORDS).headers["location"].endswith(f"{READERS[CLIENT]}/")
    assert "Nothing is new" in visitor.get("_/news").text


def test_marks_are_of_no_use_to_the_host(practice: Practice, clock: Clock) -> None:
    """The same page has another name and another mark for another reader, since both are keyed by a secret key."""
    seen = []
    for party in READERS:
        practice.service.enrol(READERS[party], practice.invite(party, clock.at), clock.at, WORDS)
        practice.publish(party, clock.at, 1)
        practice.service.open(READERS[party], WORDS, clock.at)
        reader = practice.store.reader(READERS[party])
        assert reader is not None
        seen.append(reader.seen)
        assert b"agreement/" not in b"".join(path.read_bytes() for path in practice.store.path.rglob("reader.json"))
    assert len(seen[0]) == len(seen[1]) == 1
    assert not {part for pair in seen[0] for part in pair} & {part for pair in seen[1] for part in pair}
