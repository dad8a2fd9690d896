"""The portal's store: one code, one use; one address, one person; only newer; and nothing readable for others."""

from __future__ import annotations

import shutil
import stat
import threading
from pathlib import Path

import pytest

from confide.model.problem import Malformed, NotAllowed, Refused, Unavailable, Usage
from confide.vault import durable
from confide.vault.portal_inbox import Item
from confide.vault.portal_store import PortalStore
from confide.vault.reader_state import PartyKey, Sent, parse, render
from tests.vault.store_sample import AT, END, KEY, OTHER, READER, again, contents, enrol, make, publish, send, sent


@pytest.fixture
def store(tmp_path: Path) -> PortalStore:
    """A store with one open invitation."""
    return make(tmp_path / "portal")


def test_a_code_is_used_once(store: PortalStore) -> None:
    """Of two who enrol with the same code at the same time exactly one gets through, and one item is sent."""
    found = store.reader(READER)
    assert found is not None and found.invitation is not None
    file, outcomes = found.invitation.file, []

    def run(number: int) -> None:
        key = PartyKey(f"{number}" * 40, b"locked", "public", AT)
        try:
            PortalStore(store.path).enrolled(READER, file, key, b"site", sent("enrolment", f"{number}" * 16), b"x")
        except NotAllowed:
            outcomes.append("refused")
        else:
            outcomes.append("enrolled")

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["enrolled", *["refused"] * 7]
    assert len(store.inbox.items()) == 1
    assert not any(b"pack" in data for data in contents(store.path).values())
    assert "sealed:pack" not in contents(store.path)


@pytest.mark.parametrize("cause", ["expired", "revoked", "replaced"])
def test_an_invitation_that_is_over(store: PortalStore, cause: str) -> None:
    """Nobody enrols with a code that ended while they were reading; nothing is written."""
    found = store.reader(READER)
    assert found is not None and found.invitation is not None
    late = sent("enrolment")
    if cause == "expired":
        late = Sent("enrolment", late.item, END, late.digest)
    elif cause == "revoked":
        store.revoke(READER)
    else:
        again(store)
    before = contents(store.path)
    with pytest.raises(NotAllowed, match="no longer open"):
        store.enrolled(READER, found.invitation.file, KEY, b"site", late, b"message")
    assert contents(store.path) == before


def test_only_newer_and_only_for_this_key(store: PortalStore) -> None:
    """A site replaces an older one, for the key that is enrolled; a new letter keeps the count."""
    with pytest.raises(NotAllowed, match="another key"):
        publish(store)
    enrol(store)
    publish(store)
    for sequence in (4, 5):
        with pytest.raises(NotAllowed, match="newer"):
            store.publish(READER, b"older", sequence=sequence, key=KEY.fingerprint)
    with pytest.raises(NotAllowed, match="another key"):
        store.publish(READER, b"x", sequence=6, key="B" * 40)
    again(store)
    enrol(store)
    found = store.reader(READER)
    assert found is not None and (found.sequence, found.floor) == (5, 0)
    with pytest.raises(NotAllowed, match="newer"):
        publish(store)


def test_an_address_belongs_to_one_person(store: PortalStore) -> None:
    """An address that was given to somebody is never given to somebody else."""
    with pytest.raises(Usage, match="somebody else"):
        store.invite(READER, "p-k7f3", "payer", 1, b"pack", END)
    for wrong in ("", "C0123456C9", "../../etc", "c0123456c", "c0123456c99", "c0123456c\n"):
        with pytest.raises(Usage, match="ten letters"):
            store.invite(wrong, "p-k7f3", "client", 1, b"pack", END)
        assert store.reader(wrong) is None


def test_what_was_sent_once(store: PortalStore) -> None:
    """An ask is sent once; with a key that is gone, not at all."""
    enrol(store)
    send(store)
    with pytest.raises(NotAllowed, match="already"):
        send(store)
    with pytest.raises(NotAllowed, match="no longer"):
        store.send(READER, "B" * 40, sent("agreement-2", "0" * 16), b"x")
    assert [item.message for item in store.inbox.items()] == [b"message", b"signature"]


def test_the_inbox_is_emptied(store: PortalStore) -> None:
    """An item that was taken in is gone, and taking it away again is no error; names lead nowhere else."""
    enrol(store)
    (item,) = store.inbox.items()
    assert (item.id, item.partnership, item.message) == ("0123456789abcdef", "p-k7f3", b"message")
    store.inbox.remove(item)
    store.inbox.remove(item)
    assert PortalStore(store.path).inbox.items() == ()


def test_a_refused_item_is_kept_aside(store: PortalStore) -> None:
    """What was refused is asked once, and is still there to be looked at."""
    enrol(store)
    (item,) = store.inbox.items()
    store.inbox.set_aside(item)
    store.inbox.set_aside(item)
    assert store.inbox.items() == ()
    assert [path.read_bytes() for path in store.inbox.path.rglob("*.gpg")] == [b"message"]
    for wrong in (Item("../../publisher", "p-k7f3", b""), Item(item.id, "..", b"")):
        for do in (store.inbox.set_aside, store.inbox.remove):
            with pytest.raises(Usage, match="not an item"):
                do(wrong)


@pytest.mark.parametrize("field", ["state", "floor", "site", "reader", "format", "number", "partnership"])
def test_a_record_changed_by_hand(store: PortalStore, field: str) -> None:
    """A record that contradicts itself is refused, never guessed at."""
    found = store.reader(READER)
    assert found is not None
    data = render(found)
    assert parse(data) == found
    wrong = {"state": b'"enrolled"', "floor": b"7", "site": b'"../../x"', "reader": b'"x"', "format": b'"2"'}
    lines = [
        line.partition(b": ")[0] + b": " + wrong.get(field, b'"anna"') + b"," if f'"{field}"'.encode() in line else line
        for line in data.split(b"\n")
    ]
    with pytest.raises(Malformed):
        parse(b"\n".join(lines))


def test_a_record_in_another_place(store: PortalStore) -> None:
    """One reader's record, copied to another one's place, opens nothing there."""
    store.invite(OTHER, "p-k7f3", "payer", 1, b"pack", END)
    readers = store.path / "readers"
    durable.write(readers / OTHER / "reader.json", (readers / READER / "reader.json").read_bytes())
    with pytest.raises(Malformed, match="another one's place"):
        store.reader(OTHER)


def test_readable_for_its_owner_only(store: PortalStore) -> None:
    """Directories 0700, files 0600, whatever the umask."""
    enrol(store)
    for path in store.path.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_assets(store: PortalStore) -> None:
    """Kept once under their hash; changed or missing ones are not served."""
    files = {"stylesheets/main.css": b"body {}", "js/x.js": b"//"}
    named = store.shelf.put_assets(files)
    assert store.shelf.put_assets(dict(reversed(files.items()))) == named
    assert store.shelf.assets(named) == files
    other = store.shelf.put_assets({"js/x.js": b"evil()"})
    shutil.copy(store.path / "assets" / f"{other}.zip", store.path / "assets" / f"{named}.zip")
    with pytest.raises(Malformed, match="changed"):
        store.shelf.assets(named)
    for name in ("0" * 64, "../publisher", ""):
        with pytest.raises(Refused):
            store.shelf.assets(name)


def test_no_store_no_key(tmp_path: Path, store: PortalStore) -> None:
    """What is missing is said, with the command that brings it."""
    with pytest.raises(Unavailable, match="no portal store"):
        PortalStore(tmp_path)
    with pytest.raises(Unavailable, match="no key"):
        store.shelf.partnership("p-9mq2")
