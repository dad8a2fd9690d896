"""A sealed site opens for its reader only, and only if the publishing key made exactly these pages for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from confide.model.problem import Malformed, NotAllowed, Refused
from confide.model.statement import agreement_statement
from confide.vault import archive, sealed, sequoia
from confide.vault.generate import generate_secret_key
from confide.vault.locked import Cost
from confide.vault.manifest import Ask, Manifest, parse_manifest, render_manifest
from confide.vault.sequoia import SecretKey

CHEAP = Cost(memory=64, passes=1, lanes=1)
DIGEST = "sha256:" + "ab" * 32
PAGES = {"index.html": b"<h1>secret-canary</h1>", "agreement/index.html": b"<p>more"}
CODE = "7h2k-9m4n-x3qp-4r5t-w6yz"


def statement(party: str = "client", number: int = 1) -> str:
    return agreement_statement("p-k7f3", party, number, 1, DIGEST, DIGEST, DIGEST).decode()


ASK = Ask("agreement-1", "agreement", "Your agreement", statement(), "agreement/")


@pytest.fixture(scope="session")
def people(isolated_home: object) -> tuple[SecretKey, SecretKey, SecretKey]:
    """The publishing key, the reader's, and that of somebody else."""
    at = datetime(2026, 1, 2, tzinfo=UTC)
    return tuple(SecretKey.parse(generate_secret_key(name, at, faked=True)) for name in "abc")  # type: ignore[return-value]


@pytest.fixture
def publisher(people: tuple[SecretKey, ...]) -> SecretKey:
    return people[0]


@pytest.fixture
def reader(people: tuple[SecretKey, ...]) -> SecretKey:
    return people[1]


@pytest.fixture
def other(people: tuple[SecretKey, ...]) -> SecretKey:
    return people[2]


def manifest(key: str = "", **facts: Any) -> Manifest:
    made = date(2026, 2, 3)
    base = Manifest("p-k7f3", "client", 1, "c0123456c9", key, 3, made, made + timedelta(days=30), "0" * 64, (ASK,))
    return replace(base, **{"csp": {"index.html": ("sha256-" + "A" * 43 + "=",)}, **facts})


def test_for_its_reader(publisher: SecretKey, reader: SecretKey, other: SecretKey, now: datetime) -> None:
    """The reader gets manifest and pages as they were; nobody else gets anything, and the bytes show nothing."""
    about = manifest(reader.fingerprint)
    message = sealed.seal(about, PAGES, [reader.certificate], publisher, now)
    site = sealed.open_sealed(message, reader, publisher.certificate)
    assert (site.manifest, dict(site.files)) == (about, PAGES)
    assert b"canary" not in message and b"index.html" not in message
    proof = sealed.seal(about, PAGES, [reader.certificate], publisher, now, b"proof")
    with_proof = sealed.open_sealed(proof, reader, publisher.certificate)
    assert (dict(with_proof.files), with_proof.receipt, site.receipt) == (PAGES, b"proof", b"")
    with pytest.raises(Malformed, match="does not open"):
        sealed.open_sealed(message, other, publisher.certificate)


def test_by_the_publishing_key_only(publisher: SecretKey, reader: SecretKey, other: SecretKey, now: datetime) -> None:
    """Pages signed by somebody else, by the reader, or by nobody are not shown."""
    about = manifest(reader.fingerprint)
    inside = sealed.SITE + archive.pack({"manifest.json": render_manifest(about), "pages/index.html": b"false"})
    for signer in (other, reader, None):
        message = sequoia.encrypt(inside, [reader.certificate], signer, now)
        with pytest.raises(Malformed):
            sealed.open_sealed(message, reader, publisher.certificate)


def test_a_pack_opens_with_its_code(publisher: SecretKey, other: SecretKey) -> None:
    """However the code is written; another code does not, and a pack somebody else signed is refused."""
    box = sealed.seal_with_code(manifest(), PAGES, CODE, publisher, CHEAP)
    assert b"canary" not in box
    for written in (CODE, CODE.upper().replace("-", " "), CODE.replace("-", "")):
        assert dict(sealed.open_with_code(box, written, publisher.certificate).site.files) == PAGES
    with pytest.raises(NotAllowed, match="wrong"):
        sealed.open_with_code(box, CODE.replace("7", "8"), publisher.certificate)
    with pytest.raises(Malformed):
        sealed.open_with_code(box, CODE, other.certificate)


def test_a_pack_sealed_once_more(publisher: SecretKey, reader: SecretKey, other: SecretKey, now: datetime) -> None:
    """It opens with the new key, still proves who published it, and pages put in its place do not."""
    pack = sealed.open_with_code(
        sealed.seal_with_code(manifest(), PAGES, CODE, publisher, CHEAP), CODE, publisher.certificate
    )
    again = sealed.reseal(pack, reader, now)
    assert sealed.open_sealed(again, reader, publisher.certificate) == pack.site
    with pytest.raises(Malformed):
        sealed.open_sealed(again, other, publisher.certificate)
    forged = replace(pack, signed=pack.signed.replace(publisher.fingerprint.encode(), b"") + b"x")
    changed = replace(pack, signed=pack.signed[:-200] + b"x" * 200)
    for wrong in (forged, changed):
        with pytest.raises(Malformed):
            sealed.open_sealed(sealed.reseal(wrong, reader, now), reader, publisher.certificate)


def test_a_site_is_no_pack_and_a_pack_no_site(publisher: SecretKey, reader: SecretKey, now: datetime) -> None:
    """Signed bytes of one kind cannot stand for the other: a pack names no key, a site names the one it is for."""
    with pytest.raises(Malformed, match="names a key"):
        sealed.open_with_code(
            sealed.seal_with_code(manifest(reader.fingerprint), PAGES, CODE, publisher, CHEAP),
            CODE,
            publisher.certificate,
        )
    message = sealed.seal(manifest(), PAGES, [reader.certificate], publisher, now)
    with pytest.raises(Malformed, match="another key"):
        sealed.open_sealed(message, reader, publisher.certificate)


def test_a_pack_holds_no_receipt(publisher: SecretKey, monkeypatch: pytest.MonkeyPatch) -> None:
    """What opens with a code is the draft alone: nothing was disclosed to whoever has no key yet."""
    inside = sealed._inside
    monkeypatch.setattr(sealed, "_inside", lambda about, files: inside(about, files, b"proof"))
    box = sealed.seal_with_code(manifest(), PAGES, CODE, publisher, CHEAP)
    with pytest.raises(Malformed, match="receipt"):
        sealed.open_with_code(box, CODE, publisher.certificate)


def accept(about: Manifest, **facts: Any) -> None:
    right: dict[str, Any] = {
        "reader": "c0123456c9",
        "partnership": "p-k7f3",
        "party": "client",
        "number": 1,
        "key": "A" * 40,
        "sequence": 3,
        "today": date(2026, 2, 10),
    }
    sealed.accept(about, **{**right, **facts})


def test_what_is_accepted() -> None:
    """This reader, this key, not older than the last one, up to and including the last day."""
    accept(manifest("A" * 40))
    accept(manifest("A" * 40), sequence=0, today=date(2026, 3, 5))
    accept(manifest())


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"reader": "c0123456d9"}, "another reader"),
        ({"partnership": "p-9mq2"}, "another reader"),
        ({"party": "payer"}, "another reader"),
        ({"number": 2}, "another reader"),
        ({"key": "B" * 40}, "another key"),
        ({"sequence": 4}, "older than"),
        ({"today": date(2026, 3, 6)}, "ended on 2026-03-05"),
    ],
)
def test_what_is_not_accepted(facts: dict[str, Any], reason: str) -> None:
    """Each with its reason."""
    with pytest.raises(NotAllowed, match=reason):
        accept(manifest("A" * 40), **facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"partnership": "p-anna"},
        {"party": "anna"},
        {"number": 0},
        {"reader": "../etc"},
        {"key": "a" * 40},
        {"sequence": -1},
        {"assets": "../assets"},
        {"asks": (ASK, ASK)},
        {"asks": (replace(ASK, statement=statement("payer")),)},
        {"asks": (replace(ASK, statement=statement(number=2)),)},
        {"asks": (replace(ASK, kind="withdrawal"),)},
        {"asks": (replace(ASK, kind="anything"),)},
        {"asks": (replace(ASK, id="../logout"),)},
        {"asks": (replace(ASK, page="../../other/"),)},
        {"csp": {"index.html": ("unsafe-inline",)}},
        {"csp": {"index.html": ("sha256-x; script-src *",)}},
        {"csp": {"../index.html": ()}},
    ],
)
def test_a_manifest_that_contradicts_itself(facts: dict[str, Any]) -> None:
    """It is neither written nor read: above all no ask in somebody else's name, and no script beyond the page's own."""
    with pytest.raises(Malformed):
        render_manifest(replace(manifest(), **facts))


def test_a_manifest_there_and_back() -> None:
    """Equal manifests give equal bytes, and only those bytes are read."""
    data = render_manifest(manifest())
    assert parse_manifest(data) == manifest()
    for wrong in (b"", b"{}", data + b" ", data.replace(b'"number": 1', b'"number": true'), data[:-3]):
        with pytest.raises(Refused):
            parse_manifest(wrong)


def test_no_page_in_the_portals_place(publisher: SecretKey) -> None:
    """A sealed page can never stand where somebody signs or unlocks."""
    with pytest.raises(Malformed, match="stand in for"):
        sealed.seal_with_code(manifest(csp={}), {"_/sign/agreement-1": b"<form>"}, CODE, publisher, CHEAP)
    with pytest.raises(Malformed, match="not a page"):
        sealed.seal_with_code(manifest(), {"other.html": b""}, CODE, publisher, CHEAP)


def test_assets_are_called_by_what_they_are() -> None:
    """Another byte, another name, or bytes moved from one file to the next give another hash."""
    first = sealed.assets_hash({"a.css": b"xy", "b.js": b"z"})
    assert first == sealed.assets_hash({"b.js": b"z", "a.css": b"xy"})
    others = [
        {"a.css": b"x", "b.js": b"yz"},
        {"a.css": b"xy"},
        {"a.cs": b"sxy", "b.js": b"z"},
        {"a.css": b"xy", "c.js": b"z"},
    ]
    assert len({first, *(sealed.assets_hash(files) for files in others)}) == 5
