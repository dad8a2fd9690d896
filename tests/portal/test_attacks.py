"""What somebody with a tool instead of a browser tries: paths, headers, forms, cookies."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from urllib.parse import urlsplit

import pytest

from tests.portal.conftest import Clock
from tests.portal.practice import ASK, CANARY, CLIENT, PAYER, READERS, Practice
from tests.portal.visitor import ORIGIN, Visitor

MINE = READERS[CLIENT]
TRICKS = [
    "/r/{r}/../{o}/",
    "/r/{r}/..%2f{o}/",
    "/r/{r}/%2e%2e/{o}/",
    "/r/{r}/%252e%252e/{o}/",
    "/r/{r}/..%5c{o}/",
    "/r/{r}/..\\{o}/",
    "/r/{o}%2f",
    "/r/{o}%2findex.html",
    "/r/{r}%2f..%2f{o}/index.html",
    "/r/{r}//{o}/",
    "//r/{o}/",
    "/r/./{o}/",
    "/r/{r}/;/../{o}/",
    "/r/{o};/index.html",
    "/r/{o}#/../{r}/",
    "/r/{r}/#/../{o}/index.html",
    "/R/{o}/",
    "/r/{O}/",
    "/r/{o}%00/",
    "/r/{r}/%00",
    "/r/{r}/index.html%00.png",
    "/r/{r}/%c0%ae%c0%ae/{o}/",
    "/r/{r}/.%2e/{o}/",
    "/r/{r}/pages/index.html",
    "/r/{r}/manifest.json",
    "/r/{r}/../../../../etc/passwd",
    "/r/{r}/%2fetc%2fpasswd",
    "/r/{r}/file:///etc/passwd",
    "/r/{r}/agreement%2findex.html",
    "/r/{r}/AGREEMENT/",
    "/r/{r}/_/../index.html",
    "/r/{r}/_%2fsign%2f" + ASK,
    "/portal/../r/{o}/",
    "/portal/..%2ftemplates%2fdoor.html",
    "/portal/door.html",
    "/readers/{o}/reader.json",
    "/r/{o}/reader.json",
    "/r/{r}/" + "a" * 3000,
    "/r/{r}/" + "a/" * 1000,
    "/r/" + "9" * 9000 + "/",
    "http://elsewhere.example/r/{o}/",
    "*",
]


def ask_raw(address: str, target: str, cookie: str, *headers: str) -> tuple[int, str]:
    """One request with exactly these bytes; what came back."""
    place = urlsplit(address)
    with socket.create_connection((str(place.hostname), place.port or 80), timeout=10) as line:
        head = [f"GET {target} HTTP/1.1", f"Host: {place.netloc}", f"Cookie: {cookie}", "Connection: close", *headers]
        line.sendall("\r\n".join([*head, "", ""]).encode("latin-1"))
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    return int(answer.split(b" ", 2)[1]), answer.decode("utf-8", "replace")


@pytest.fixture
def two(practice: Practice, clock: Clock) -> dict[str, str]:
    """Two enrolled readers; the other one's pages hold the canary, the first one's do not."""
    calm = {"index.html": b"<h1>Mine</h1>", "agreement/index.html": b"<h1>Mine</h1>"}
    found = {}
    for party, files in ((CLIENT, calm), (PAYER, {name: CANARY.encode() for name in calm})):
        made = practice.service.enrol(READERS[party], practice.invite(party, clock.at, files), clock.at)
        practice.publish(party, clock.at, 1, files)
        found[party] = made.passphrase
    return found


def test_no_path_leads_to_another_reader(
    practice: Practice, two: dict[str, str], serving: Callable[[], AbstractContextManager[str]]
) -> None:
    """With a good session of one's own, no spelling of an address shows another's page, a file or a traceback."""
    import httpx

    with serving() as address:
        answer = httpx.post(f"{address}/r/{MINE}/_/open", data={"words": two[CLIENT]}, headers={"Origin": address})
        cookie = answer.headers["set-cookie"].split(";")[0]
        assert "Mine" in ask_raw(address, f"/r/{MINE}/", cookie)[1]
        for trick in TRICKS:
            target = trick.format(r=MINE, o=READERS[PAYER], O=READERS[PAYER].upper())
            status, text = ask_raw(address, target, cookie)
            assert status in (303, 400, 404), trick
            assert not any(word in text for word in (CANARY, "root:", "Traceback", "Mine", "confide/")), trick


@pytest.mark.parametrize(
    "header",
    [
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Forwarded-Uri",
        "X-Forwarded-Path",
        "X-Forwarded-Prefix",
        "X-Remote-User",
        "X-Forwarded-User",
        "X-Auth-Request-User",
        "Remote-User",
        "Authorization",
        "X-HTTP-Method-Override",
        "X-Original-Method",
        "X-Forwarded-Host",
        "Forwarded",
    ],
)
def test_no_header_says_who_somebody_is(two: dict[str, str], visitor: Visitor, header: str) -> None:
    """An address or a name in a header changes nothing: no session, no page."""
    for value in (f"/r/{READERS[PAYER]}/", READERS[PAYER], "payer", "POST", "localhost"):
        answer = visitor.get("", **{header: value})
        assert answer.text == visitor.get("").text
        assert CANARY not in answer.text
    visitor.unlock(two[CLIENT])
    assert visitor.get(f"/r/{READERS[PAYER]}/index.html", **{header: f"/r/{MINE}/"}).status_code == 303


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "portal.example:81", "portal.example.elsewhere.example", "", "[::1]"]
)
def test_another_host_is_not_answered(visitor: Visitor, host: str) -> None:
    """A name that was pointed at this machine does not reach the portal."""
    assert visitor.get("", Host=host).status_code == 404


def test_anothers_cookie_opens_nothing(two: dict[str, str], visitor: Visitor) -> None:
    """A session is for one reader: its token under another's name, or beside it, shows the door."""
    visitor.unlock(two[CLIENT])
    token = visitor.cookies[f"__Host-{MINE}"]
    for cookie in (f"__Host-{READERS[PAYER]}={token}", f"__Host-{MINE}={token}", f"session={token}"):
        visitor.client.cookies.clear()
        for page in ("", "index.html", "agreement/", "_/key", f"_/sign/{ASK}", "assets/a.css"):
            answer = visitor.get(f"/r/{READERS[PAYER]}/{page}", Cookie=cookie)
            assert CANARY not in answer.text
            assert "This page is closed" in answer.text or answer.status_code == 303


def test_a_token_that_was_brought_along_is_never_used(two: dict[str, str], visitor: Visitor) -> None:
    """Fixation: whoever plants a cookie before somebody unlocks does not share their session."""
    planted = "planted-by-somebody-else-0123456789abcdefghi"
    answer = visitor.client.post(
        visitor.where("_/open"),
        data={"words": two[CLIENT]},
        headers={"Origin": ORIGIN, "Cookie": f"__Host-{MINE}={planted}"},
    )
    assert planted not in answer.headers["set-cookie"]
    visitor.client.cookies.clear()
    assert "Mine" not in visitor.get("", Cookie=f"__Host-{MINE}={planted}").text


def test_unlocking_again_ends_the_session_before(two: dict[str, str], visitor: Visitor) -> None:
    """Rotation: after new words the old token is worth nothing."""
    visitor.unlock(two[CLIENT])
    old = visitor.cookies[f"__Host-{MINE}"]
    visitor.unlock(two[CLIENT])
    assert visitor.cookies[f"__Host-{MINE}"] != old
    visitor.client.cookies.clear()
    assert "Mine" not in visitor.get("", Cookie=f"__Host-{MINE}={old}").text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": "none"},
        {"Origin": "http://portal.example"},
        {"Origin": f"{ORIGIN}.elsewhere.example"},
        {"Referer": f"{ORIGIN}/r/{MINE}/"},
    ],
)
def test_a_form_of_another_page_does_nothing(
    two: dict[str, str], visitor: Visitor, practice: Practice, headers: dict[str, str]
) -> None:
    """CSRF: without a sign that the form was ours nothing is unlocked, signed or closed, even with its secret."""
    assert visitor.post("_/open", headers, words=two[CLIENT]).status_code == 403
    visitor.unlock(two[CLIENT])
    form, before = visitor.form(f"_/sign/{ASK}"), practice.everything()
    sent = {"form": form, "agreed": "yes", "words": two[CLIENT]}
    assert visitor.post(f"_/sign/{ASK}", headers, **sent).status_code == 403
    assert visitor.post("_/logout", headers, form=form).status_code == 403
    assert "Mine" in visitor.get().text
    assert practice.everything() == before


@pytest.mark.parametrize("form", ["", "x", "0" * 32])
def test_a_form_without_the_sessions_secret_does_nothing(
    two: dict[str, str], visitor: Visitor, practice: Practice, form: str
) -> None:
    """CSRF once more: the secret of the session must come back, another session's is none."""
    visitor.unlock(two[CLIENT])
    before = practice.everything()
    answer = visitor.post(f"_/sign/{ASK}", form=form, agreed="yes", words=two[CLIENT])
    assert answer.status_code == 403
    assert visitor.post("_/logout", form=form).status_code == 403
    assert "Mine" in visitor.get().text
    assert practice.everything() == before


def test_only_a_small_plain_form_is_read(visitor: Visitor) -> None:
    """Too large, another type, a field twice, bytes that are no text: a calm page and no work."""
    own = {"Origin": ORIGIN}
    where = visitor.where("_/open")

    def chunks() -> Iterator[bytes]:
        for _ in range(100):
            yield b"words=" + b"x" * 1000

    plain = {**own, "Content-Type": "application/x-www-form-urlencoded"}
    for status, answer in (
        (413, visitor.post("_/open", own, words="x" * 80_000)),
        (413, visitor.client.post(where, content=chunks(), headers=plain)),
        (413, visitor.client.post(where, content=b"words=x", headers={**plain, "Content-Length": "-1"})),
        (415, visitor.client.post(where, json={"words": "x"}, headers=own)),
        (415, visitor.client.post(where, files={"words": b"x"}, headers=own)),
        (400, visitor.client.post(where, content="words=a&words=b", headers=plain)),
        (400, visitor.client.post(where, content=b"words=\xff", headers=plain)),
        (400, visitor.client.post(where, content="words=%ff", headers=plain)),
        (400, visitor.client.post(where, content="&".join(f"f{n}=1" for n in range(50)), headers=plain)),
        (405, visitor.client.put(where, headers=own)),
        (405, visitor.client.request("DELETE", visitor.where(""), headers=own)),
        (405, visitor.client.request("TRACE", visitor.where(""), headers=own)),
        (405, visitor.client.post(visitor.where(""), headers=own)),
    ):
        assert answer.status_code == status
        assert "<title>Private page</title>" in answer.text
