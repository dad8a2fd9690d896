"""Every address the portal has, tried by everybody who has no business there: no page, no change, never a fault."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from confide.portal.app import OWN, SOURCES
from confide.portal.outgoing import Words
from confide.portal.settings import Settings
from confide.portal.tries import Tries
from confide.portal.typed import Touch
from confide.vault import locked
from tests.portal.circle import ADDRESS, ask_circle
from tests.portal.conftest import Clock
from tests.portal.offers import TOLD, offers
from tests.portal.practice import ASK, CANARY, CLIENT, NOBODY, PAYER, READERS, Practice
from tests.portal.visitor import ORIGIN, Visitor

WORDS = "a passphrase that nobody else would ever choose"
OWN_PAGE = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
# What the variable parts of an address may be.
PARTS = {"ask": ASK, "form": "withdraw", "target": TOLD, "address:path": "agreement/"}


def places(reader: str, other: str) -> Iterator[tuple[str, str]]:
    """Every route as `(method, address)` below a reader's own, and below a circle's."""
    for routes, start in ((OWN, f"/r/{reader}/"), (SOURCES, f"/s/{other}/")):
        for method, path, _ in routes:
            yield method, start + re.sub(r"\{([^}]+)\}", lambda found: PARTS[found[1]], path)


@pytest.fixture
def inside(practice: Practice, app: Starlette, clock: Clock) -> Visitor:
    """The payer has logged in; the client has pages with the canary on them, offers, and a circle is asked."""
    calm = {"index.html": b"<h1>Mine</h1>", "agreement/index.html": b"<h1>Mine</h1>"}
    for party in (CLIENT, PAYER):
        practice.service.enrol(READERS[party], practice.invite(party, clock.at), clock.at, WORDS)
    practice.publish(CLIENT, clock.at, 1, offers=offers())
    practice.publish(PAYER, clock.at, 1, calm)
    ask_circle(practice)
    visitor = Visitor(app, PAYER)
    visitor.unlock(WORDS)
    return visitor


def test_every_place_of_every_other_reader(inside: Visitor, practice: Practice) -> None:
    """With a session of one's own, its cookie under the other's name, and its form's secret: nothing of theirs."""
    mine, theirs = READERS[PAYER], READERS[CLIENT]
    form, token = inside.form("_/logout"), inside.cookies[f"__Host-{mine}"]
    before = practice.everything()
    for name in (theirs, ADDRESS):
        inside.client.cookies.set(f"__Host-{name}", token)
    for method, place in places(theirs, ADDRESS):
        fields = {"form": form, "agreed": "yes", "words": WORDS[:-1], "text": "x", "attribution": "none"}
        data = fields if method == "POST" else None
        answer = inside.client.request(method, place, data=data, headers=OWN_PAGE)
        assert answer.status_code in (200, 303, 403, 404), place
        assert CANARY not in answer.text
        assert "Traceback" not in answer.text
    assert practice.everything() == before


def test_every_form_from_elsewhere(inside: Visitor, practice: Practice) -> None:
    """Another site's form, or one without its secret, changes nothing anywhere."""
    before = practice.everything()
    form = inside.form("_/logout")
    strange = (
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {},
    )
    for method, place in places(READERS[PAYER], ADDRESS):
        if method == "POST":
            for headers in strange:
                answer = inside.client.post(
                    place, data={"form": form, "words": WORDS, "agreed": "yes"}, headers=headers
                )
                assert answer.status_code == 403, place
    for place in ("_/write/question", f"_/sign/{ASK}", "_/passkey", "_/logout"):
        assert inside.post(place, form="x", text="x", agreed="yes", words=WORDS).status_code == 403
    assert practice.everything() == before
    assert "Mine" in inside.get().text


def test_noise(inside: Visitor) -> None:
    """Five hundred requests put together by chance, the same ones each time: refused or answered, never a fault."""
    chance = random.Random(7)
    roots = [place for _, place in places(READERS[PAYER], ADDRESS)] + ["/", "/r/", "/s/", "/portal/", "*", "/r"]
    bits = ["..", "%2e", "%00", "_", "sign", "\\", "?a=b", "#", "é", "//", "{}", "a" * 200, "-", "open", ";x", "&", "="]
    for _ in range(500):
        place = chance.choice(roots) + "".join(chance.choice(bits) for _ in range(chance.randrange(3)))
        method = chance.choice(["GET", "GET", "POST", "HEAD", "PUT", "OPTIONS", "PATCH"])
        body = bytes(chance.randrange(256) for _ in range(chance.randrange(60)))
        kind = chance.choice(["application/x-www-form-urlencoded", "text/plain", "multipart/form-data", "\x7f"])
        headers = {**OWN_PAGE, "Content-Type": kind, "X-Forwarded-For": chance.choice(bits).encode().hex()}
        answer = inside.client.request(method, place, content=body if method == "POST" else None, headers=headers)
        assert 200 <= answer.status_code < 500, (method, place)
        assert CANARY not in answer.text


def test_ten_thousand_wrong_words(clock: Clock) -> None:
    """At one reader from anywhere, and at every reader from one place: a handful is tried, the rest is told to wait."""
    usual = Settings((ORIGIN,))
    tries = Tries(usual.tries_per_reader, usual.tries_per_address)
    at_one = sum(not tries.pause("c0123456c9", f"198.51.{n // 250}.{n % 250}") for n in range(10_000))
    from_one = sum(not tries.pause(f"r{n:08d}9", "203.0.113.7") for n in range(10_000))
    # A clock that moves on during the test lets one more minute's worth through.
    assert 6 <= at_one <= 12
    assert 20 <= from_one <= 40


def test_a_passkey_is_the_same_work_for_everybody(
    practice: Practice, app: Starlette, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody there, no passkey, another passkey, another secret: one box, one answer."""
    for party in (CLIENT, PAYER):
        practice.service.enrol(READERS[party], practice.invite(party, clock.at), clock.at, WORDS)
    practice.service.add_passkey(READERS[CLIENT], WORDS, Touch("c" * 20, "a" * 64), clock.at)
    opened: list[int] = []
    real = locked.unlock
    monkeypatch.setattr(locked, "unlock", lambda box, words: (opened.append(len(box)), real(box, words))[1])
    seen = set()
    for reader, credential in ((NOBODY, "c"), (READERS[PAYER], "c"), (READERS[CLIENT], "d"), (READERS[CLIENT], "c")):
        visitor = Visitor(app)
        visitor.reader = reader
        answer = visitor.post("_/open", credential=credential * 20, secret="b" * 64, words="")
        seen.add((answer.status_code, answer.headers["location"].rpartition("/")[2], len(opened)))
        opened.clear()
    assert seen == {(303, "?again", 1)}
    assert practice.service.open(READERS[CLIENT], Touch("c" * 20, "a" * 64), clock.at).key


def test_a_message_is_not_sent_twice_by_sending_it_twice(inside: Visitor, practice: Practice) -> None:
    """The form of a question that was signed signs nothing any more: its words are gone."""
    inside.post("_/write/question", form=inside.form("_/write/question"), text="Once?")
    form = inside.form("_/sign/question")
    for _ in range(2):
        inside.post("_/sign/question", form=form, agreed="yes", words=WORDS)
    assert len(practice.store.inbox.items()) == 3
    reader = practice.store.reader(READERS[PAYER])
    assert reader is not None
    assert sum(sent.ask.startswith("message-") for sent in reader.sent) == 1
    assert Words("question", "Once?").commitment != Words("question", "Once?").commitment


def test_the_host_cannot_tell_a_concern_from_a_question(inside: Visitor, practice: Practice) -> None:
    """In the open both are a message (S-24); whoever sent it is shown the receipt of what they sent all the same."""
    inside.post("_/write/concern", form=inside.form("_/write/concern"), text="He cut my project.")
    inside.post("_/sign/concern", form=inside.form("_/sign/concern"), agreed="yes", words=WORDS)
    assert inside.get("_/signed/concern").status_code == 200
    assert inside.get("_/signed/question").status_code == 303
    kept = b"".join(path.read_bytes() for path in practice.store.path.rglob("reader.json"))
    assert b"concern" not in kept


def test_what_is_signed_is_what_was_shown(inside: Visitor, practice: Practice) -> None:
    """Something else was written meanwhile, in another window: the form of before signs nothing."""
    inside.post("_/write/question", form=inside.form("_/write/question"), text="Mild?")
    shown = re.search(r'name="shown" value="(sha256:[0-9a-f]{64})"', inside.get("_/sign/question").text)
    assert shown is not None
    inside.post("_/write/question", form=inside.form("_/write/question"), text="Harsh!")
    form, before = inside.form("_/sign/question"), practice.everything()
    inside.post("_/sign/question", form=form, shown=shown[1], agreed="yes", words=WORDS)
    assert practice.everything() == before
    assert "says something else by now" in inside.get("_/sign/question").text
