"""A session ends when it should: idle, too long, revoked, replaced, restarted; and what it leaves in a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.applications import Starlette

from confide.portal.app import make_app
from confide.portal.sessions import MOST_PER_READER, Sessions
from confide.portal.settings import Settings
from confide.vault import sealed
from tests.portal.conftest import Clock
from tests.portal.practice import ASK, CANARY, CLIENT, DRAFT, READERS, Practice, ask
from tests.portal.visitor import Visitor

PAGES = ("", "index.html", "agreement/", "_/key", f"_/sign/{ASK}")


@pytest.fixture
def words(practice: Practice, clock: Clock) -> str:
    """The passphrase of an enrolled reader with a published site."""
    made = practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, clock.at), clock.at)
    practice.publish(CLIENT, clock.at, 1)
    return made.passphrase


def closed(visitor: Visitor) -> bool:
    """Whether every page leads to the door."""
    return all(CANARY not in (answer := visitor.get(page)).text and answer.status_code in (200, 303) for page in PAGES)


def test_the_cookie(visitor: Visitor, words: str) -> None:
    """Bound to this host and to TLS, out of reach for scripts and other sites, gone with the browser."""
    cookie = visitor.unlock(words).headers["set-cookie"]
    name, *attributes = cookie.split("; ")
    assert name.startswith(f"__Host-{READERS[CLIENT]}=")
    assert len(name.partition("=")[2]) >= 43
    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=strict", "Secure"]


def test_idle_for_a_while(visitor: Visitor, words: str, clock: Clock) -> None:
    """Fifteen minutes without a request close the page; any request before that keeps it open."""
    visitor.unlock(words)
    for _ in range(5):
        clock.pass_(minutes=14)
        assert CANARY in visitor.get().text
    clock.pass_(minutes=15)
    answer = visitor.get()
    assert "some time has passed" in answer.text
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert closed(visitor)


def test_open_all_day(visitor: Visitor, words: str, clock: Clock) -> None:
    """Eight hours are the end, however busy somebody was."""
    visitor.unlock(words)
    for _ in range(8 * 6 - 1):
        clock.pass_(minutes=10)
        assert CANARY in visitor.get().text
    clock.pass_(minutes=10)
    assert closed(visitor)


@pytest.mark.parametrize("event", ["revoked", "published", "invited again", "record gone", "record changed", "over"])
def test_at_once(visitor: Visitor, words: str, clock: Clock, practice: Practice, event: str) -> None:
    """The next request after a revocation, a new publication, a new letter or the last day sees the door."""
    visitor.unlock(words)
    assert CANARY in visitor.get().text
    match event:
        case "revoked":
            practice.store.revoke(READERS[CLIENT])
        case "published":
            practice.publish(CLIENT, clock.at, 2)
        case "invited again":
            practice.invite(CLIENT, clock.at)
        case "record gone":
            (practice.store.path / "readers" / READERS[CLIENT] / "reader.json").unlink()
        case "record changed":
            (practice.store.path / "readers" / READERS[CLIENT] / "reader.json").write_text("{}")
        case "over":
            # The session itself would still be good: only the site's last day has passed.
            visitor.client.app.state.house.sessions._idle *= 10_000  # type: ignore[attr-defined]
            visitor.client.app.state.house.sessions._longest *= 10_000  # type: ignore[attr-defined]
            clock.pass_(days=91)
    assert closed(visitor)


def test_revoked_between_reading_and_signing(visitor: Visitor, words: str, practice: Practice, clock: Clock) -> None:
    """A form that was open when the key was revoked signs nothing."""
    visitor.unlock(words)
    form = visitor.form(f"_/sign/{ASK}")
    before = practice.store.inbox.items()
    practice.store.revoke(READERS[CLIENT])
    assert visitor.post(f"_/sign/{ASK}", form=form, agreed="yes", words=words).status_code == 303
    assert practice.store.inbox.items() == before


def test_another_text_under_the_same_name(
    visitor: Visitor, words: str, practice: Practice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not shown is not signed: a new publication between the check and the signature changes the text."""
    visitor.unlock(words)
    form = visitor.form(f"_/sign/{ASK}")
    house = visitor.client.app.state.house  # type: ignore[attr-defined]
    practice.publish(CLIENT, clock.at, 2, asks=(ask(CLIENT, ASK, version=2),))
    monkeypatch.setattr(house.service, "still_open", lambda *_: True)
    before = practice.store.inbox.items()
    visitor.post(f"_/sign/{ASK}", form=form, agreed="yes", words=words)
    assert practice.store.inbox.items() == before


def test_a_restart_closes_everything(
    visitor: Visitor, words: str, practice: Practice, clock: Clock, settings: Settings
) -> None:
    """Sessions live in memory only."""
    visitor.unlock(words)
    after = Visitor(make_app(practice.store, clock, settings))
    after.client.cookies = visitor.client.cookies
    assert closed(after)


def test_what_is_over_leaves_the_memory(visitor: Visitor, words: str, clock: Clock, app: Starlette) -> None:
    """Nobody has to ask for a page to be forgotten."""
    visitor.unlock(words)
    sessions: Sessions = app.state.house.sessions
    assert len(sessions) == 1
    clock.pass_(hours=1)
    sessions.sweep(clock.at)
    assert len(sessions) == 0


def test_a_few_sessions_for_one_reader(app: Starlette, words: str, clock: Clock) -> None:
    """A laptop, a phone, and no more than four in all: the oldest gives way."""
    visitors = [Visitor(app) for _ in range(MOST_PER_READER + 1)]
    for visitor in visitors:
        visitor.unlock(words)
        clock.pass_(seconds=1)
    assert closed(visitors[0])
    assert all(CANARY in visitor.get().text for visitor in visitors[1:])


def test_leaving_leaves_nothing(visitor: Visitor, words: str) -> None:
    """The cookie goes, the browser is told to clear, the token opens nothing any more."""
    visitor.unlock(words)
    token = visitor.cookies[f"__Host-{READERS[CLIENT]}"]
    answer = visitor.post("_/logout", form=visitor.form("_/logout"))
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    visitor.client.cookies.clear()
    assert CANARY not in visitor.get("", Cookie=f"__Host-{READERS[CLIENT]}={token}").text


def test_a_letter_is_not_a_key(visitor: Visitor, practice: Practice, clock: Clock) -> None:
    """With the code alone: the draft, and the way to a key. No signature, no fingerprint, nothing published later."""
    visitor.unlock(practice.invite(CLIENT, clock.at))
    assert CANARY in visitor.get().text
    assert visitor.get("_/key").headers["location"].endswith(f"/r/{READERS[CLIENT]}/")
    assert visitor.post(f"_/sign/{ASK}", form=visitor.form("_/enrol"), agreed="yes", words="x").status_code == 303
    assert practice.store.inbox.items() == ()


@pytest.mark.parametrize(
    "other", [{"reader": "x0000000x9"}, {"party": "payer"}, {"number": 2}, {"partnership": "p-9mq2"}, {"sequence": 1}]
)
def test_a_site_in_the_wrong_place(
    visitor: Visitor, words: str, practice: Practice, clock: Clock, other: dict[str, object]
) -> None:
    """Somebody else's site, an older one, one for another place: refused even though key and signature are right."""
    practice.publish(CLIENT, clock.at, 2)
    right = practice.manifest(CLIENT, clock.at, key=practice.certificate(CLIENT).fingerprint, sequence=3, asks=())
    manifest = replace(right, **other)  # type: ignore[arg-type]
    message = sealed.seal(manifest, DRAFT, [practice.certificate(CLIENT)], practice.publisher, clock.at)
    found = practice.store.reader(READERS[CLIENT])
    assert found is not None
    (practice.store.path / "readers" / READERS[CLIENT] / found.site).write_bytes(message)
    assert visitor.unlock(words).headers["location"].endswith("?refused")
    assert closed(visitor)
