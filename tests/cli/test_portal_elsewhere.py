"""The portal on another machine: what is published goes there sealed, what parties send is brought, nothing is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from confide.portal.service import Service
from confide.vault.arrivals import Arrivals
from confide.vault.portal_store import PortalStore
from tests.cli.build import CHEAP, good
from tests.cli.house import House, today
from tests.cli.plain_site import PlainSite

WORDS = "six words that nobody else would choose"


class Host:
    """The other machine: nothing but a directory, and the portal that serves from it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def store(self) -> PortalStore:
        store = PortalStore(self.path)
        Arrivals(store).take_in()
        return store

    @property
    def service(self) -> Service:
        return Service(self.store, CHEAP)

    def sequence(self, reader: str) -> int:
        found = self.store.reader(reader)
        assert found is not None
        return found.sequence


@pytest.fixture
def host(proposed: House, short_home: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    """The client was invited; the store was sent to an empty directory, and the way there is remembered."""
    monkeypatch.setattr("confide.cli.builder.SiteBuilder", PlainSite)
    there = short_home / "portal"
    good(proposed.run("publish", "--all", "--to", str(there)))
    return Host(there)


def enrolled(house: House, host: Host) -> None:
    fingerprint = host.service.enrol(house.reader, house.code, today(), WORDS).fingerprint
    good(house.run("inbox", "--confirm", fingerprint))
    good(house.run("publish", "--all"))


def test_a_party_enrols_reads_and_signs_over_there(proposed: House, host: Host) -> None:
    """The invitation opens there; the key, then the signature come back; the sealed site goes there and opens."""
    enrolled(proposed, host)
    assert host.sequence(proposed.reader) == 1
    service = host.service
    assert service.open(proposed.reader, WORDS, today()).site.files
    service.sign(proposed.reader, WORDS, "agreement-1", today())
    assert "recorded" in good(proposed.run("inbox")).out
    status = json.loads(proposed.within("agree", "status", "--json").out)
    assert status[0]["missing"] == ["payer"]
    assert list((host.path / "inbox").rglob("*.gpg")) == []


def test_only_sealed_things_travel(proposed: House, host: Host) -> None:
    """No word of a note, no name and no page is over there, and nothing that only one side should have."""
    enrolled(proposed, host)
    held = b"".join(path.read_bytes() for path in host.path.rglob("*") if path.is_file())
    for word in (b"Umbrella", b"Anna-Smith", b"<title>"):
        assert word not in held
    tops = {path.name for path in host.path.iterdir()}
    assert tops <= {"publisher.asc", "assets", "partnerships", "readers", "inbox", "arrivals", "receipts", "lock"}


def test_what_happens_meanwhile_over_there_is_not_lost(proposed: House, host: Host) -> None:
    """A site is published while its reader signs: both count, whichever the host writes first."""
    enrolled(proposed, host)
    assert host.sequence(proposed.reader) == 1
    good(proposed.run("publish", "--all", "--anew"))
    behind = PortalStore(host.path)
    found = behind.reader(proposed.reader)
    assert found is not None
    assert (found.sequence, len(list((host.path / "arrivals").iterdir()))) == (1, 1)
    Service(behind, CHEAP).sign(proposed.reader, WORDS, "agreement-1", today())
    good(proposed.run("publish", "--all", "--anew"))
    assert host.sequence(proposed.reader) == 3
    assert "recorded" in good(proposed.run("inbox")).out


def test_an_older_site_is_not_put_back(proposed: House, host: Host) -> None:
    """Whoever repeats an earlier change over there is ignored, and so is a file that is none."""
    enrolled(proposed, host)
    assert host.sequence(proposed.reader) == 1
    good(proposed.run("publish", "--all", "--anew"))
    (change,) = (host.path / "arrivals").iterdir()
    kept = change.read_bytes()
    good(proposed.run("publish", "--all", "--anew"))
    assert host.sequence(proposed.reader) == 3
    change.write_bytes(kept)
    (change.parent / "z.zip").write_bytes(b"no change at all")
    assert host.sequence(proposed.reader) == 3
    assert list((host.path / "arrivals").iterdir()) == []


def test_a_revoked_reader_is_outside_over_there(proposed: House, host: Host) -> None:
    """The door is closed with the next publication, and stays closed."""
    enrolled(proposed, host)
    good(proposed.within("revoke", "client", "--yes"))
    good(proposed.run("publish", "--all"))
    found = host.store.reader(proposed.reader)
    assert found is not None
    assert (found.state, found.key, found.site) == ("revoked", None, "")


def test_from_a_second_machine(proposed: House, host: Host, copy_of: Callable[..., House]) -> None:
    """A copy without the store brings it from over there, and goes on from where the host is."""
    enrolled(proposed, host)
    other = proposed.copied(host.path.parent / "second")
    shutil.rmtree(other.practice / "build")
    shutil.rmtree(other.practice / ".git/confide/host")
    good(other.run("publish", "--all", "--anew", "--to", str(host.path)))
    assert host.sequence(proposed.reader) == 2
    good(proposed.run("inbox"))
    mine = PortalStore(proposed.practice / "build/portal").reader(proposed.reader)
    assert mine is not None
    assert mine.sequence == 2


@pytest.mark.skipif(find_spec("fsspec") is None, reason="fsspec is not installed: pip install total-confidence[remote]")
def test_through_fsspec(proposed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any address that fsspec opens will do; here one in memory."""
    from fsspec.implementations.memory import MemoryFileSystem

    monkeypatch.setattr("confide.cli.builder.SiteBuilder", PlainSite)
    good(proposed.run("publish", "--all", "--to", "memory://portal"))
    files = MemoryFileSystem()
    assert f"/portal/readers/{proposed.reader}/reader.json" in files.find("/portal")
    assert not [path for path in files.find("/portal") if "/." in path]
    files.pipe_file(f"/portal/inbox/{proposed.partnership}/0123456789abcdef.gpg", b"nobody's")
    answer = proposed.run("inbox")
    assert "the item is kept aside" in answer.out
    assert [path for path in files.find("/portal/inbox") if path.endswith(".gpg")] == [
        f"/portal/inbox/{proposed.partnership}/aside/0123456789abcdef.gpg"
    ]


def test_what_cannot_be_reached_is_refused(proposed: House) -> None:
    """Without the package, or for a protocol that nobody knows: nothing is published, nothing changes."""
    proposed.refuses(
        "publish", "--all", "--to", "nowhere://x/y", code=5,
        what="`nowhere://x/y` cannot be reached from here", why="Protocol not known: nowhere",
        hint="pip install total-confidence[remote], and what that protocol needs; or mount it",
    )  # fmt: skip


def test_access_ends_over_there_with_the_same_command(proposed: House, host: Host) -> None:
    """At once means on the machine that serves: nobody waits for the next publication."""
    enrolled(proposed, host)
    tried = good(proposed.within("revoke", "client", "--dry-run"))
    assert tried.code == 0
    assert host.store.reader(proposed.reader).state == "enrolled"  # type: ignore[union-attr]
    good(proposed.within("revoke", "client", "--yes"))
    assert host.store.reader(proposed.reader).state == "revoked"  # type: ignore[union-attr]


def test_a_new_key_is_over_there_before_anybody_writes_for_the_old_one(proposed: House, host: Host) -> None:
    """What parties send is sealed for the key that lies there: an old one may be destroyed by then."""
    before = host.store.shelf.partnership(proposed.partnership)
    good(proposed.within("keys", "rotate", "--yes"))
    assert host.store.shelf.partnership(proposed.partnership) not in (b"", before)
