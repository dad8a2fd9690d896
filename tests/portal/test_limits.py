"""Trying costs time, for each reader, known or not, and for each address; the right words clear a reader's counter."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from confide.portal.settings import Settings
from confide.portal.tries import Tries, place
from confide.portal.visit import NotOpened
from confide.vault.portal_store import MOST_ATTEMPTS
from tests.portal.conftest import MANY, Clock
from tests.portal.practice import CANARY, CHEAP, CLIENT, NOBODY, READERS, Practice
from tests.portal.visitor import ORIGIN, Visitor

FEW = Settings((ORIGIN,), cost=CHEAP, tries_per_reader="3 per minute; 5 per hour", tries_per_address=MANY)


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> Settings:
    """Few tries."""
    return FEW


def test_a_pause_after_several_tries(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """The fourth try within a minute waits, even with the right words; nothing is unlocked meanwhile."""
    code = practice.invite(CLIENT, clock.at)
    for _ in range(3):
        assert visitor.unlock("wrong").status_code == 303
    answer = visitor.unlock(code)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert "short pause" in answer.text
    assert "set-cookie" not in answer.headers


def test_an_unknown_reader_pauses_too(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """The pause tells nobody whether there is such a reader."""
    practice.invite(CLIENT, clock.at)
    seen = []
    for reader in (READERS[CLIENT], NOBODY):
        visitor.reader = reader
        answers = [visitor.unlock("wrong") for _ in range(4)]
        seen.append([(a.status_code, a.text.replace(reader, "X")) for a in answers])
    assert [status for status, _ in seen[0]] == [303, 303, 303, 429]
    assert seen[0][:3] == seen[1][:3]
    assert seen[1][3][0] == 429


def test_every_spelling_of_a_reader_is_one_reader(visitor: Visitor, practice: Practice, clock: Clock) -> None:
    """Capitals, escapes and slashes reach no second counter: they reach nothing."""
    practice.invite(CLIENT, clock.at)
    mine = READERS[CLIENT]
    for spelling in (mine.upper(), mine.replace("c", "%63"), f"/{mine}", f"{mine}%20"):
        assert visitor.post(f"/r/{spelling}/_/open", words="wrong").status_code == 404
    assert [visitor.unlock("wrong").status_code for _ in range(4)] == [303, 303, 303, 429]


def test_right_words_clear_the_counter(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """Who mistypes now and then and gets in is not shut out over the day."""
    words = practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, clock.at), clock.at).passphrase
    for _ in range(4):
        assert [visitor.unlock(each).status_code for each in ("wrong", "wrong", words)] == [303, 303, 303]
        assert CANARY in visitor.get().text


def test_signing_counts_as_trying(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """A passphrase cannot be guessed at the signature instead of at the door."""
    words = visitor.enrol(practice.invite(CLIENT, clock.at))
    for _ in range(3):
        visitor.sign("wrong")
        assert "not your passphrase" in visitor.get("_/sign/agreement-1").text
    before = practice.store.inbox.items()
    visitor.sign(words)
    assert "short pause" in visitor.get("_/sign/agreement-1").text
    assert practice.store.inbox.items() == before
    assert Visitor(visitor.client.app).unlock(words).status_code == 429  # type: ignore[arg-type]


def test_wrong_codes_end_an_invitation(practice: Practice, clock: Clock) -> None:
    """A letter that somebody keeps guessing at is void: not even the right code opens it then."""
    code = practice.invite(CLIENT, clock.at)
    for _ in range(MOST_ATTEMPTS):
        practice.service.note_failure(READERS[CLIENT], clock.at)
    found = practice.store.reader(READERS[CLIENT])
    assert found is not None and found.state == "revoked"
    with pytest.raises(NotOpened):
        practice.service.unlock(READERS[CLIENT], code, clock.at)


def test_each_wrong_code_is_counted_on_disk(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """A restart of the server gives nobody new tries at a letter."""
    practice.invite(CLIENT, clock.at)
    for _ in range(2):
        visitor.unlock("wrong")
    found = practice.store.reader(READERS[CLIENT])
    assert found is not None and found.invitation is not None and found.invitation.attempts == 2


def test_one_address_one_counter() -> None:
    """Many readers tried from one place count together; the last half of an IPv6 address is no other place."""
    tries = Tries(MANY, "3 per minute")
    for reader, address in (("a", "192.0.2.7"), ("b", "::ffff:192.0.2.7"), ("c", "192.0.2.7")):
        assert tries.pause(reader, address) == 0
    assert tries.pause("d", "192.0.2.7") > 0
    assert tries.pause("d", "192.0.2.8") == 0
    for number in range(3):
        assert tries.pause("e", f"2001:db8:1:2::{number}") == 0
    assert tries.pause("f", "2001:db8:1:2:ffff::1") > 0
    assert tries.pause("f", "2001:db8:1:3::1") == 0


@pytest.mark.parametrize(
    ("address", "expected"),
    [("192.0.2.7", "192.0.2.7"), ("fe80::1%eth0", "fe80::"), ("testclient", "unknown"), ("", "unknown")],
)
def test_places(address: str, expected: str) -> None:
    """Whatever names a client ends in one of few names."""
    assert place(address) == expected


def test_a_header_does_not_move_somebody(app: Starlette) -> None:
    """`X-Forwarded-For` is not believed: it would be a fresh counter for each try."""
    client = TestClient(app, base_url=ORIGIN, client=("192.0.2.7", 1), follow_redirects=False)
    app.state.house.tries = Tries(MANY, "3 per minute")
    statuses = [
        client.post(
            f"/r/{NOBODY}/_/open",
            data={"words": "wrong"},
            headers={"Origin": ORIGIN, "X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": f"198.51.100.{number}"},
        ).status_code
        for number in range(4)
    ]
    assert statuses == [303, 303, 303, 429]


def test_too_much_at_once(visitor: Visitor, app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    """When too many wait for an unlock the next one is asked to come back, instead of memory running out."""
    object.__setattr__(app.state.house.settings, "in_line", 0)
    answer = visitor.unlock("anything")
    object.__setattr__(app.state.house.settings, "in_line", 32)
    assert answer.status_code == 503
    assert "One moment" in answer.text
