"""Destruction: announced, waited for, certified; afterwards nothing opens, from whatever the keeper still has."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from confide.model.problem import Refused
from confide.records import event_file
from confide.vault.keystore import Keystore
from confide.workflows import destroy, key_status
from confide.workflows.practice import Practice
from tests.cli.coach import Answer
from tests.cli.house import House, today

SECOND = b"## Misplaced {what=discussions}\nZithers that belong elsewhere.\n"
DAY = "2026-01-05"
EVERY = ("everything", "notes", f"notes/{DAY}")


class _Killed(BaseException):
    """Stands in for a process that ends: nothing catches it."""


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No days have to pass in a test; that they have to is a test of its own."""
    monkeypatch.setattr(destroy, "LEAST", timedelta(0))


@pytest.fixture
def two_notes(running: House) -> House:
    """Her note, once corrected, and one that belongs to somebody else."""
    text = running.within("note", running.session, "--show", tells=True).out
    changed = text.replace("at night", "by day").encode()
    assert running.within("note", running.session, "--file", "-", stdin=changed).code == 0
    assert running.within("note", DAY, "--file", "-", stdin=SECOND).code == 0
    assert (
        running.within("refuse", "--tell", "payer", "--about", "conflicts", "--words", "-", stdin=b"Apricot?").code == 0
    )
    return running


def store(house: House) -> Path:
    return next(path for path in house.keystore.iterdir() if path.is_dir())


def over(house: House) -> House:
    """The same after the coaching has ended."""
    assert house.within("end", "--yes").code == 0
    return house


def carried_out(house: House, scope: str, *gone: str) -> Answer:
    assert house.within("destroy", "announce", scope, "--grace", "0", "--yes").code == 0
    said = [word for place in gone for word in ("--gone", place)]
    answer = house.within("destroy", "now", scope, "--confirm", house.partnership, *said)
    assert answer.code == 0, answer
    assert house.run("verify").code == 0, house.run("verify")
    assert house.run("check").code in (0, 1)
    assert "destroyed-as-announced" not in house.run("check").out
    return answer


def sealed(house: House) -> dict[str, bytes]:
    """blob → bytes of every sealed file that ever was in the partnership."""
    names = house.git("log", "--all", "--format=", "--raw", "--no-abbrev", "--", f"records/{house.partnership}")
    blobs = {line.split()[3]: line.split("\t")[1] for line in names.splitlines() if line.startswith(":")}
    found = {blob: path for blob, path in blobs.items() if path.endswith(".gpg") and set(blob) != {"0"}}
    practice = Practice.open(house.practice, today())
    return {blob: practice.repo.blob(blob) for blob in found}


def opens_with(keystore: Path, house: House, messages: dict[str, bytes]) -> set[str]:
    """Every blob that any key of this copy of the keystore opens, with the coach's own key at hand."""
    try:
        unlocked = Keystore(keystore, house.gpg).unlock()
    except Refused:
        return set()
    rings = [unlocked.ring(name) for name in (house.partnership,) if unlocked.generations(name)]
    return {blob for blob, data in messages.items() if any(ring.opens(data) for ring in rings)}


def test_after_it_nothing_opens(two_notes: House, at_once: None, short_home: Path) -> None:
    """Tried on every sealed version in the history: with the keystore, with an older copy of it, with plain gpg."""
    house = over(two_notes)
    messages, old = sealed(house), short_home / "old"
    assert opens_with(store(house), house, messages) == set(messages) and len(messages) >= 6
    shutil.copytree(store(house), old)
    answer = carried_out(house, "everything", "machine")
    assert "UNCONFIRMED" in answer.out and "copies of it from before open nothing" in answer.out
    assert opens_with(store(house), house, messages) == set()
    assert opens_with(old, house, messages) == set()
    shutil.copy(store(house).with_name(store(house).name + ".seal"), old.with_name("old.seal"))
    assert opens_with(old, house, messages) == set()
    with pytest.raises(AssertionError, match="No secret key"):
        house.gpg_plain("--decrypt", stdin=next(iter(messages.values())))
    refused = house.within("note", house.session, "--show")
    assert (refused.code, refused.said[0].what.split(" on ")[0]) == (
        *(1, f"the records of {house.partnership} were destroyed"),
    ), refused
    assert house.run().code == house.run("doctor").code == house.within("log", "--all").code == 0
    assert house.run("note", DAY, "--file", "-", "--in", house.other, stdin=SECOND).code == 0


def test_the_certificate_says_what_is_known_and_what_is_not(two_notes: House, at_once: None, short_home: Path) -> None:
    """One signed event: the scope, the key, the list by its digest, and each place with what could be said of it."""
    house = over(two_notes)
    house.within("keys", "export")
    files = json.loads(house.within("destroy", "plan", "--json").out)
    assert [place["place"] for place in files["places"]] == [
        *("keystore", "keystore-copy", "backup", "keyring", "machine", "site")
    ]
    carried_out(house, "everything", "backup", "keyring")
    (file,) = (house.record / "events").glob("*-destroyed-*.yml")
    event = event_file.parse_event(file.read_bytes(), str(file.relative_to(house.practice)))
    assert {one.where: one.state for one in event.copies} == {
        "keystore": "destroyed",
        "keystore-copy": "unconfirmed",
        "backup": "confirmed",
        "keyring": "confirmed",
        "machine": "unconfirmed",
        "site": "beyond-reach",
    }
    message = house.git("log", "-1", "--format=%B")
    assert message.startswith("destroyed: everything\n") and "2" not in message.splitlines()[0]
    assert "Copies: keystore destroyed, keystore-copy unconfirmed, backup confirmed" in message
    assert house.git("log", "-1", "--format=%G?").strip() in "GU"


@pytest.mark.parametrize("scope", EVERY[1:])
def test_the_rest_stays(two_notes: House, at_once: None, scope: str, short_home: Path) -> None:
    """The notes alone, or one in the wrong place: it opens no more, in no version; what is left opens as before."""
    house = two_notes if "/" in scope else over(two_notes)
    messages, old = sealed(house), short_home / "old"
    shutil.copytree(store(house), old)
    assert house.within("withdraw", f"event/{house.told}", "--by", "client", "--yes").code in (0, 1, 2)
    carried_out(house, scope)
    after = sealed(house)
    assert opens_with(store(house), house, messages) == set() == opens_with(old, house, messages)
    practice = Practice.open(house.practice, today())
    status = key_status.status(practice)
    assert status.drift == () and len(after) > len(messages)
    assert house.within("note", DAY, "--show").code == 2
    shown = house.within("note", house.session, "--show", tells=True)
    assert shown.code == (2 if scope == "notes" else 0), shown
    assert house.within("log", "--all").code == 0
    (detail,) = (house.record / "events").glob("*-refused-*.detail.yml.gpg")
    from confide.workflows.opening import opened

    path = str(detail.relative_to(house.practice))
    assert b"Apricot" in opened(practice, house.partnership, path, "the question")
    assert house.run("doctor").code == 0


def test_an_interrupted_destruction_is_finished(
    two_notes: House, at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the event, before the keys went: doctor says so, and the same command finishes, without an event."""
    house = over(two_notes)

    def killed(*_: object, **__: object) -> None:
        raise _Killed

    with monkeypatch.context() as patch, pytest.raises(_Killed):
        patch.setattr(Keystore, "renew", killed)
        carried_out(house, "everything")
    assert "still opens on this machine" in house.run("doctor").out + house.run("doctor").err
    head = house.git("rev-parse", "HEAD")
    assert house.within("destroy", "now").code == 0
    assert house.git("rev-parse", "HEAD") == head
    assert opens_with(store(house), house, sealed(house)) == set()
    assert house.run("doctor").code == 0
