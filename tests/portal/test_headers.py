"""What every answer tells a browser, whoever gave it and whatever went wrong."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from confide.model.problem import Usage
from confide.portal.app import make_app
from confide.portal.settings import Settings
from tests.portal.conftest import MANY, Clock
from tests.portal.practice import ASK, CHEAP, CLIENT, DRAFT, READERS, Practice, page
from tests.portal.visitor import ORIGIN, Visitor

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=63072000",
}
SCRIPT = "sha256-" + "B" * 43 + "="
SITE = {**DRAFT, "x.html": page("X", "<script>1</script>"), "data.bin": b"\0", "picture.svg": b"<svg/>"}


class Outline(HTMLParser):
    """Titles, and every address a page would have the browser load or go to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.addresses += [found[name] or "" for name in ("href", "src", "action", "srcset") if name in found]
        self.inline += [name for name in found if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.inline.append(tag)


@pytest.fixture
def inside(practice: Practice, visitor: Visitor, clock: Clock) -> Visitor:
    """A visitor whose page is open."""
    assets = practice.store.shelf.put_assets({"assets/main.css": b"body {}", "assets/main.js": b"//"})
    made = practice.service.enrol(READERS[CLIENT], practice.invite(CLIENT, clock.at, SITE), clock.at)
    practice.publish(CLIENT, clock.at, 1, SITE, assets=assets, csp={"x.html": (SCRIPT,)})
    visitor.unlock(made.passphrase)
    return visitor


PAGES = ["", "agreement/", "x.html", "_/key", "_/made", f"_/sign/{ASK}", "_/logout", "data.bin", "picture.svg"]
OTHERS = [
    "nowhere",
    "assets/main.css",
    "/portal/calm.css",
    "/portal/nothing.css",
    "/",
    "/favicon.ico",
    "/r/x/",
    "agreement",
]


@pytest.mark.parametrize("address", PAGES + OTHERS)
def test_every_answer(inside: Visitor, address: str) -> None:
    """The same strict headers everywhere; only files that are the same for everybody may be kept."""
    answer = inside.get(address)
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "server" not in answer.headers
    kept = address in ("assets/main.css", "/portal/calm.css")
    assert answer.headers["cache-control"] == ("private, no-cache" if kept else "no-store")
    if answer.status_code != 303:
        policy = answer.headers["content-security-policy"].split("; ")
        scripts = f"script-src 'self' '{SCRIPT}'" if address == "x.html" else "script-src 'self'"
        wanted = [
            "default-src 'none'",
            "style-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ]
        assert set(wanted) | {scripts} <= set(policy)
        assert not any("unsafe" in rule or "*" in rule or "http" in rule for rule in policy)
    if "html" in answer.headers.get("content-type", ""):
        assert "<title>Private page</title>" in answer.text


OUTSIDE = ["", "?again", "?refused", "nowhere/", "/r/x/"]
INSIDE = ["nowhere", "_/key", "_/made", f"_/sign/{ASK}", "_/logout"]


@pytest.mark.parametrize("address", [*OUTSIDE, *(f"in:{address}" for address in INSIDE)])
def test_the_portals_own_pages_load_nothing_else(inside: Visitor, address: str) -> None:
    """No third party, no inline script or style, no absolute address: they work wherever the portal stands."""
    visitor = inside if address.startswith("in:") else Visitor(inside.client.app)  # type: ignore[arg-type]
    answer = visitor.get(address.removeprefix("in:"))
    found = Outline(answer.text)
    assert all(not one.startswith(("http:", "https:", "//", "/")) for one in found.addresses)
    assert found.inline == []
    assert answer.status_code == 303 or any(one.endswith("../portal/calm.css") for one in found.addresses)


def test_a_file_nobody_knows_is_downloaded(inside: Visitor) -> None:
    """An unknown type is never shown in place."""
    answer = inside.get("data.bin")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"


def test_shared_files_are_sent_once(inside: Visitor) -> None:
    """A browser that still has the file is told so; one without a session gets none of a site's."""
    first = inside.get("assets/main.css")
    assert first.text == "body {}"
    again = inside.get("assets/main.css", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Visitor(inside.client.app).get("assets/main.css").status_code == 303  # type: ignore[arg-type]


def test_a_directory_without_its_slash(inside: Visitor) -> None:
    """`agreement` leads to `agreement/`, by a way that also holds when the portal stands below another address."""
    answer = inside.get("agreement")
    assert (answer.status_code, answer.headers["location"]) == (303, f"../../r/{READERS[CLIENT]}/agreement/")
    assert inside.get(f"/r/{READERS[CLIENT]}").headers["location"] == f"../r/{READERS[CLIENT]}/"


def test_a_page_before_an_asset(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """What a reader's own sealed site says about an address wins over the files that all share."""
    assets = practice.store.shelf.put_assets({"index.html": b"shared", "assets/a.js": b"//"})
    visitor.unlock(practice.invite(CLIENT, clock.at, assets=assets))
    assert "Your page" in visitor.get("index.html").text


def test_without_tls_no_promise_of_tls(practice: Practice, clock: Clock) -> None:
    """On loopback a browser must not be told to come by TLS for two years."""
    here = "http://localhost:8400"
    settings = Settings((here,), cost=CHEAP, tries_per_reader=MANY, tries_per_address=MANY)
    client = TestClient(make_app(practice.store, clock, settings), base_url=here)
    answer = client.get(f"/r/{READERS[CLIENT]}/")
    assert answer.status_code == 200
    assert "strict-transport-security" not in answer.headers


def test_what_an_address_is() -> None:
    """Origins are compared as browsers write them; what is none is refused at the start, not at the first form."""
    assert Settings(("https://Portal.Example/portal/", "http://localhost:8400")).origins == (
        ORIGIN,
        "http://localhost:8400",
    )
    for wrong in ((), ("portal.example",), ("ftp://portal.example",), ("https://",), ("https://me@portal.example",)):
        with pytest.raises(Usage, match="no address"):
            Settings(wrong)


def test_a_fault_nobody_foresaw(
    practice: Practice, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A page that says nothing about it, with all headers."""

    def broken(*_: object) -> None:
        raise RuntimeError("secret-canary")

    monkeypatch.setattr(practice.store.__class__, "reader", broken)
    client = TestClient(visitor.client.app, base_url=ORIGIN, raise_server_exceptions=False)
    answer = client.post(
        f"/r/{READERS[CLIENT]}/_/open", data={"words": "x"}, headers={"Origin": ORIGIN}, follow_redirects=False
    )
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "canary" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["x-frame-options"] == "DENY"
