"""A machine with the practice on it is lost: one runbook changes every key and address, wherever it is stopped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from confide.vault.people import GnuPG
from tests.cli.house import House
from tests.cli.inbox_desk import PASSPHRASE, Desk
from tests.cli.killing import in_a_fork

RUN = ("incident", "lost-laptop", "--yes", "--json")


@pytest.fixture(scope="module")
def lost(stages: dict[str, House], make_short_home: Callable[[], Path]) -> tuple[House, str]:
    """A coach with a second key, a client whose key is confirmed, one note. What a thief has is a copy of it all."""
    house = stages["proposed"].copied(make_short_home() / "h", make_short_home())
    desk = Desk(house)
    assert desk.run("--confirm", desk.enrol()).code == 0
    assert house.within("note", "2026-01-05", "--file", "-", stdin=b"## A {draft}\nUmbrella talk.\n").code == 0
    at = datetime.now(UTC) - timedelta(days=1)
    return house, house.gpg.generate("Second <s@example.invalid>", passphrase=None, at=at)


def test_every_key_and_every_address_is_changed(lost: tuple[House, str], make_short_home: Callable[[], Path]) -> None:
    """Afterwards nothing opens with what was on the lost machine, and what was written before still opens here."""
    before, new = lost
    house = before.copied(make_short_home() / "h")
    old_store = before.keystore
    answer = house.run(*RUN, "--new-key", new, "--words", "-", stdin=b"Stolen on the umbrella train.")
    assert answer.code == 3, answer
    said = json.loads(answer.out)
    assert {step["step"]: step["left"] for step in said["steps"]} == {
        "key": 0, "keystore": 0, "partnerships": 0, "readers": 0, "backup": 1,
    }  # fmt: skip
    assert [one["party"] for one in said["letters"]] == ["client"]
    assert house.run("verify").code == 0
    assert house.run("doctor").code == 0
    assert house.git("config", "user.signingkey").strip() == new
    assert house.coach not in (house.practice / "records/practice.yml").read_text()
    assert "umbrella" in house.within("note", "2026-01-05", "--show", tells=True).out.lower()
    assert house.within("note", "2026-01-06", "--file", "-", stdin=b"## A {draft}\nMore.\n").code == 0
    # The old key signs nothing here any more, and the old keystore opens nothing of what was written since.
    subjects = house.git("log", "--format=%s").splitlines()
    kinds = [subject.partition(":")[0] for subject in subjects[:7]]
    assert kinds == ["note", "invited", "revoked", "rotated", "practice", "practice", "note"]
    (store,) = (one for one in house.keystore.iterdir() if one.is_dir())
    shutil.rmtree(store)
    (kept,) = (one for one in old_store.iterdir() if one.is_dir())
    shutil.copytree(kept, store)
    shutil.copy(kept.with_name(f"{kept.name}.seal"), store.with_name(f"{store.name}.seal"))
    assert house.within("note", "2026-01-06", "--show").code in (4, 5)
    from confide.portal.service import NotOpened

    with pytest.raises(NotOpened):
        Desk(house).service.open(house.reader, PASSPHRASE, datetime.now(UTC))


def test_it_goes_on_where_it_was_stopped(
    lost: tuple[House, str], make_short_home: Callable[[], Path], request: pytest.FixtureRequest
) -> None:
    """Killed in the middle of a step (with --thorough: of each), the same command finishes, and does nothing twice."""
    before, new = lost
    command = (*RUN, "--new-key", new)
    whole = before.copied(make_short_home() / "h")
    writes = in_a_fork(whole, lambda: whole.run(*command).code).writes
    moved = [number for number, write in enumerate(writes) if write == "git update-ref"]
    assert len(moved) == 5
    sealed = next(n for n, write in enumerate(writes) if write.startswith("write keys") and n > moved[0])
    every = (sealed, moved[3] + 1, moved[0], moved[1], moved[2] + 1)
    for at in every if request.config.getoption("--thorough") else every[:2]:
        house = before.copied(make_short_home() / "h")
        assert in_a_fork(house, lambda h=house: h.run(*command).code, at).code == -9, writes[at]  # type: ignore[misc]
        answer = house.run(*command)
        assert answer.code == 3, answer
        assert sum(step["left"] for step in json.loads(answer.out)["steps"]) == 1
        kinds = [line.partition(":")[0] for line in house.git("log", "--format=%s").splitlines()]
        assert (kinds.count("rotated"), kinds.count("revoked"), kinds.count("invited")) == (1, 1, 2), kinds
        assert house.run("verify").code == 0
        shutil.rmtree(house.home)


def test_it_ends_with_a_backup(lost: tuple[House, str], make_short_home: Callable[[], Path]) -> None:
    """Only then it says that all is done; a second accident begins a runbook of its own."""
    before, new = lost
    house = before.copied(make_short_home() / "h")
    assert house.run(*RUN, "--new-key", new).code == 3
    assert house.run("backup", str(house.home / "b.confide-backup"), "--new-phrase").code == 0
    answer = house.run("incident", "lost-laptop", "--yes")
    assert answer.code == 0, answer
    assert answer.out.startswith("All of it is done.")
    assert "revoke the old OpenPGP key" in answer.out


def test_without_a_new_key_nothing_begins(lost: tuple[House, str], make_short_home: Callable[[], Path]) -> None:
    """The old key was on the machine: another one is named, or said to be on a card."""
    house = lost[0].copied(make_short_home() / "h")
    head = house.git("rev-parse", "HEAD")
    answer = house.run(*RUN)
    assert answer.code == 2 and "--keep-key" in answer.said[0].hint, answer
    assert house.git("rev-parse", "HEAD") == head
    answer = house.run("incident", "lost-laptop")
    assert answer.code == 2 and "add --yes" in answer.said[0].hint
    assert GnuPG(house.gnupg).key(house.coach).has_secret
