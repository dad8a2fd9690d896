"""Another key for a partnership: what it seals again, what it leaves, and who can read what, seen without any key."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from confide.cli import key_table
from confide.vault import sequoia
from confide.vault.portal_shelf import Shelf
from confide.workflows import opening
from confide.workflows.key_status import Ending, Status
from confide.workflows.practice import Practice
from tests.cli.coach import run
from tests.cli.house import House, today
from tests.cli.state import plain_git
from tests.cli.test_second_machine import Machine


@pytest.fixture
def detailed(running: House) -> House:
    """With something sealed that an event fixes."""
    words = ("refuse", "--tell", "payer", "--about", "conflicts", "--words", "-")
    assert running.within(*words, stdin=b"Apricot?").code == 0
    return running


def test_notes_are_sealed_again_and_events_stay(detailed: House) -> None:
    """Another message with the same text, signed when the coach wrote it; nothing that an event fixes changes."""
    house, p = detailed, detailed.partnership
    before, events = house.note.read_bytes(), {f: f.read_bytes() for f in (house.record / "events").iterdir()}
    practice = Practice.open(house.practice, today())
    old = practice.keys.secret(p)
    text = sequoia.open_signed(before, old, practice.keepers)
    Shelf(practice.store_path).put_partnership(p, old.certificate.armoured())
    answer = house.within("keys", "rotate")
    assert answer.code == 0, answer
    assert "2 files sealed for it, signed as they were" in answer.out
    practice = Practice.open(house.practice, today())
    new = opening.current(practice, p)
    assert new.fingerprint != old.fingerprint and new.fingerprint in answer.out
    assert set(sequoia.recipients(house.note.read_bytes())) <= new.certificate.key_ids
    assert sequoia.open_signed(house.note.read_bytes(), new, practice.keepers) == text
    assert {file: file.read_bytes() for file in events} == events
    assert Shelf(practice.store_path).partnership(p) == new.certificate.armoured()
    (detail,) = (file for file in events if file.name.endswith(".detail.yml.gpg"))
    path = str(detail.relative_to(house.practice))
    assert b"Apricot?" in opening.opened(practice, p, path, "what was said")
    assert practice.keys.generations(p) == (p, f"{p}-2")
    assert house.run("verify").code == house.run("doctor").code == 0
    assert house.within("note", house.session, "--show", tells=True).code == 0


def test_plain_gpg_reads_it_with_the_exported_keys(detailed: House, short_home: Path) -> None:
    """`keys export` gives every key the partnership had: notes of today, and versions of before."""
    house, before = detailed, detailed.note.read_bytes()
    assert house.within("keys", "rotate").code == 0
    house.gpg_plain("--import", home=short_home, stdin=house.within("keys", "export").raw)
    house.gpg_plain("--import", home=short_home, stdin=house.gpg_plain("--export", house.coach))
    for message in (before, house.note.read_bytes()):
        assert b"marmalade ferry" in house.gpg_plain("--decrypt", home=short_home, stdin=message)


def test_an_interrupted_rotation_is_taken_up(detailed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key enters the keystore first; killed then, the next run uses that key and makes no other."""
    house, p = detailed, detailed.partnership

    class Killed(BaseException):
        pass

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(Practice, "add", killed)
        house.within("keys", "rotate")
    practice = Practice.open(house.practice, today())
    waiting = practice.keys.secret(f"{p}-2").fingerprint
    assert house.run("verify").code == 0 and house.within("note", house.session, "--show", tells=True).code == 0
    assert house.within("keys", "rotate").code == 0
    practice = Practice.open(house.practice, today())
    assert practice.keys.generations(p) == (p, f"{p}-2")
    assert opening.current(practice, p).fingerprint == waiting


def test_drift_is_seen_without_a_key(detailed: House, short_home: Path) -> None:
    """A note copied from another partnership, and one sealed for a key that nobody knows: now, and in the past."""
    house = detailed
    assert house.within("keys", "rotate").code == 0
    shutil.rmtree(house.keystore)
    good = house.run("keys", "status", "--json")
    assert good.code == 0 and json.loads(good.out)["drift"] == [], good
    stranger = (
        house.gpg_plain("--list-keys", "--with-colons", home=house.client).decode().split("fpr:")[1].strip(":")[:40]
    )
    foreign = house.practice / "records" / house.other / "people.yml.gpg"
    to = ("--trust-model", "always", "--encrypt", "--recipient")
    notes = {
        "2026-01-05": foreign.read_bytes(),
        "2026-01-06": house.gpg_plain(*to, stranger, home=house.client, stdin=b"x"),
    }
    for name, message in notes.items():
        (house.record / f"notes/{name}.md.gpg").write_bytes(message)
    house.commit_anyway(f"notes: {house.partnership}")
    (house.record / "notes/2026-01-06.md.gpg").unlink()
    house.commit_anyway(f"notes: {house.partnership}")
    answer = house.run("keys", "status", "--json")
    start = f"records/{house.partnership}/notes"
    assert answer.code == 1, answer
    assert json.loads(answer.out)["drift"] == [
        {"file": f"{start}/2026-01-05.md.gpg", "readers": "another partnership", "now": True},
        {"file": f"{start}/2026-01-06.md.gpg", "readers": "an unknown key", "now": False},
    ]
    shown = house.run("keys", "status")
    assert "2 sealed files can be read by others than should." in shown.out


def test_what_ends_soon_stands_first(capsys: pytest.CaptureFixture[str]) -> None:
    """A key that ends within two months is marked, with the days that are left; one that never ends is last."""
    now = today()
    ends = (("client", 20), ("payer", 400), ("publishing", None), ("manager", -3))
    found = tuple(Ending(who, "p-k7f3", "A" * 40, now + timedelta(days=n) if n else None, False) for who, n in ends)
    key_table.show(Status(found, (), (), 7), now)
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert lines["client"].rstrip().endswith("in 20 days  !") and not lines["payer"].rstrip().endswith("!")
    assert "ended" in lines["manager"] and lines["publishing"].rstrip().endswith("never")


def test_an_older_key_in_use_is_drift(detailed: House) -> None:
    """A note of before, put back after the rotation: it is sealed for a key that others may have."""
    house, before = detailed, detailed.note.read_bytes()
    assert house.within("keys", "rotate").code == 0
    house.note.write_bytes(before)
    house.commit_anyway(f"note: {house.partnership} {house.session}")
    answer = house.run("keys", "status", "--json")
    (drift,) = json.loads(answer.out)["drift"]
    assert (answer.code, drift["readers"], drift["now"]) == (1, "an older key", True)


def test_a_key_made_elsewhere_is_brought(running: House, short_home: Path) -> None:
    """Rotated on one machine, a partnership does not open on another until its new key is handed over."""
    other = Machine(running, short_home)
    assert other.adopt("--keystore", str(other.keystore)).code == 0
    assert running.within("keys", "rotate").code == 0
    assert plain_git(other.clone, "pull", "--quiet", "--no-rebase", str(running.practice), "main").returncode == 0
    show = ("note", running.session, "--show", "--in", running.partnership)
    assert other.run(*show).said[0].what.endswith("is not shown")
    file = short_home / "file"
    assert running.within("keys", "handover", running.coach, "--out", str(file)).code == 0
    given = ("--handover", str(file), "--giver", running.coach, "--keystore", str(other.keystore))
    assert other.adopt(*given).code == 0
    assert "marmalade ferry" in run(other.clone, *show, tells=True).out
