"""The coach's own site: all partnerships, what is due, each party's site as it is; in memory, for her alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from confide.cli import coach_app
from confide.site.build import build_site
from confide.site.coach.sites import FOOT, Sites
from confide.workflows import overview, views
from confide.workflows.practice import Practice
from tests.cli.house import House, today
from tests.cli.state import hashes
from tests.site.conftest import browser as browser  # noqa: PLC0414  the fixture
from tests.site.test_accessible import DESK, LEVELS, violations
from tests.site.visiting import visiting

PORT = 8765
TOKEN = "t0ken"
BASE = f"http://127.0.0.1:{PORT}"


@pytest.fixture(scope="module")
def house(stages: dict[str, House], make_short_home: object) -> Iterator[House]:
    """Read only: one copy for all tests of this file."""
    yield stages["running"]


@pytest.fixture(scope="module")
def client(house: House) -> TestClient:
    return TestClient(coach_app.make_app(Sites(house.practice, today), TOKEN, PORT), base_url=BASE)


def read(client: TestClient, address: str) -> str:
    answer = client.get(f"/{TOKEN}/{address}")
    assert answer.status_code == 200, address
    return answer.text


def test_the_board_holds_every_partnership_and_what_is_due(client: TestClient, house: House) -> None:
    """By name, with its state; each leads to its own pages, and what is due has its command."""
    board = read(client, "")
    for partnership in (house.partnership, house.other):
        assert f'href="p/{partnership}/"' in board
    seen = overview.overview(Practice.open(house.practice, today()))
    assert seen.due
    assert all(f"<code>{one.command}</code>" in board for one in seen.due if one.command)
    assert all(name in board for standing in seen.standings for name in standing.named("client"))


def test_a_partnership_has_its_people_its_picture_and_its_timeline(client: TestClient, house: House) -> None:
    """Every event stands in the history, also those that no single party may see."""
    first = read(client, f"p/{house.partnership}/")
    assert f'href="../../as/{house.partnership}/client.1/"' in first
    assert 'id="matrix-picture-title"' in first
    history = read(client, f"p/{house.partnership}/history/")
    record = Practice.open(house.practice, today()).record(house.partnership)
    assert [event.id for event in record.events if f'id="entry-{event.id}"' not in history] == []
    assert "_/sign" not in read(client, f"p/{house.partnership}/agreement-1/")


def test_a_partys_site_is_theirs_byte_for_byte(client: TestClient, house: House) -> None:
    """`View as` is the very site that would be sealed for them; what only they can do is said, not offered."""
    practice = Practice.open(house.practice, today())
    theirs = build_site(views.view(practice, house.partnership, "client"), house.practice)
    base = f"as/{house.partnership}/client.1/"
    for path in theirs.files:
        assert client.get(f"/{TOKEN}/{base}{path}").content == theirs.files[path]
    assert "signed with their key, by them" in read(client, f"{base}_/sign/agreement-1")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("/", f"127.0.0.1:{PORT}"),
        ("/other/", f"127.0.0.1:{PORT}"),
        ("/caf%C3%A9/", f"127.0.0.1:{PORT}"),
        (f"/{TOKEN}/", "evil.example"),
        (f"/{TOKEN}/", f"evil.example:{PORT}"),
        (f"/{TOKEN}/", "127.0.0.1:1"),
        (f"/{TOKEN}/p/p-0000/", f"127.0.0.1:{PORT}"),
        (f"/{TOKEN}/as/p-0000/client.1/", f"127.0.0.1:{PORT}"),
        (f"/{TOKEN}/nothing", f"127.0.0.1:{PORT}"),
        (f"/{TOKEN}/%2e%2e/%2e%2e/etc/passwd", f"127.0.0.1:{PORT}"),
    ],
)
def test_nobody_else_finds_anything(client: TestClient, address: str, host: str) -> None:
    """Without the address that the terminal showed, under another name, or past the end of what there is."""
    answer = client.get(address, headers={"host": host})
    assert (answer.status_code, answer.text) == (404, "Not Found")


def test_nothing_is_kept_and_nothing_is_sent(client: TestClient) -> None:
    """No copy in the browser, no script but the theme's, no other host; writing is not possible at all."""
    answer = client.get(f"/{TOKEN}/")
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert client.post(f"/{TOKEN}/").status_code == 405


def test_it_follows_the_record_and_writes_nothing(running: House) -> None:
    """A new event shows at the next look; the practice's files stay as they are, decrypted things are in memory."""
    now = today()
    sites = Sites(running.practice, lambda: now)
    before = hashes(running.practice)
    address = f"p/{running.partnership}/history/"
    assert sites.find(address) is not None
    assert sites.site(f"as/{running.partnership}/client.1/") is not None
    assert hashes(running.practice) == before
    assert running.within("refuse", "--tell", "payer", "--about", "career-aspirations").code == 0
    now += timedelta(seconds=5)
    found = sites.find(address)
    assert found is not None
    assert b"asked about career plans and job hunting" in found[1]


def test_it_is_for_this_machine_only(running: House) -> None:
    """Another address to listen on is refused before anything is unlocked."""
    running.refuses(
        *("serve", "--coach", "--host", "192.0.2.1"),
        code=2,
        what="your own site is for this machine only",
        why="everything on it is decrypted",
        hint="leave out --host; from elsewhere, tunnel to it: ssh -L",
    )


def test_the_address_cannot_be_guessed() -> None:
    """128 random bits, anew each time."""
    assert len({coach_app.new_token() for _ in range(20)}) == 20
    assert re.fullmatch(r"[\w-]{22}", coach_app.new_token())
    assert Path(coach_app.__file__).is_file()


@pytest.mark.browser
def test_the_coachs_own_pages_break_no_rule(client: TestClient, house: House, browser: Browser) -> None:
    """axe-core finds nothing at level AA on the board and in a partnership; the foot says whose pages these are."""
    sites, rules = Sites(house.practice, today), {"type": "tag", "values": LEVELS}
    for where, paths in (("", [""]), (f"p/{house.partnership}/", [""])):
        site = sites.site(where)
        assert site is not None
        with visiting(browser, site, policy=False, viewport=DESK) as visit:
            assert [told for path in paths for told in violations(visit, path, rules)] == []
        foot = read(client, where).partition('<footer class="md-footer')[2]
        assert FOOT in foot
        assert "shared with you" not in foot
