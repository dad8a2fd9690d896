"""Destruction is refused while anything stands against it, and then nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from confide.workflows import destroy
from tests.cli.house import House


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No days have to pass in a test; that they have to is a test of its own."""
    monkeypatch.setattr(destroy, "LEAST", timedelta(0))


def ended(house: House) -> House:
    """The same after the coaching has ended."""
    assert house.within("end", "--yes").code == 0
    return house


def dry(house: House, *command: str, says: str) -> None:
    """A dry run says what would be committed, and changes nothing."""
    before = house.state()
    answer = house.within("destroy", *command, "--dry-run")
    assert answer.code == 0 and says in answer.out, answer
    assert not before.differences(house.state())


def test_it_is_refused_while_anything_stands_against_it(running: House, at_once: None) -> None:
    """In force, under a hold, not announced, before its day, unconfirmed, called off: nothing happens at all."""
    p = running.partnership
    running.refuses(
        *("destroy", "announce", "--in", p, "--yes"),
        code=1,
        what="an agreement is in force",
        why="what it promises rests on the records",
        hint="end it first: confide end",
    )
    running.refuses(
        *("destroy", "announce", f"notes/{running.session}", "--in", p, "--yes"),
        code=1,
        what="something of this note was disclosed, and can still be read",
        why="their page could not show",
        hint=f"confide withdraw event/{running.told}",
    )
    running.refuses(
        *("destroy", "announce", "notes/2020-01-01", "--in", p, "--yes"),
        code=2,
        what="there is no `notes/2020-01-01`",
        why="it was never committed here",
        hint="confide note --list",
    )
    ended(running)
    dry(running, "announce", "--grace", "30", says="condemned: everything on ")
    held = running.within("duty", "hold", "--words", "-", stdin=b"The tribunal asked for everything.")
    assert held.code == 0 and "tribunal" not in running.git("log", "-1", "--format=%B")
    running.refuses(
        *("destroy", "announce", "--in", p, "--yes"),
        code=1,
        what="a legal hold stands",
        why="what the law may ask for is not destroyed",
        hint="when it is over: confide duty lift",
    )
    assert running.within("duty", "lift", "--words", "-", stdin=b"It is over.").code == 0
    running.refuses(
        *("destroy", "now", "--in", p, "--confirm", p),
        code=1,
        what="that was not announced",
        why="whoever signed can object",
        hint="confide destroy announce everything",
    )
    assert running.within("destroy", "announce", "--grace", "7", "--yes").code == 0
    running.refuses(
        *("destroy", "now", "--in", p, "--confirm", p),
        code=3,
        what="the day is",
        why="until then whoever objects can say so",
        hint="confide destroy spare",
    )
    dry(running, "spare", says="spared: event/")
    assert running.within("destroy", "spare").code == 0
    assert running.within("destroy", "announce", "--grace", "0", "--yes").code == 0
    dry(running, "now", "--gone", "backup", says="destroyed: everything")
    running.refuses(
        *("destroy", "now", "--in", p),
        code=1,
        what="the id of the partnership was not typed",
        why="nothing brings back what is destroyed",
        hint=f"add --confirm {p}",
    )
    running.refuses(
        *("destroy", "now", "--in", p, "--confirm", p, "--gone", "drawer"),
        code=1,
        what="one of the places is none that may hold a key",
        why="1 of 1",
        hint="one of: keystore-copy, backup, machine",
    )
    assert running.run("check").code in (0, 1)


def test_there_are_days_to_object(running: House) -> None:
    """A week at least for the records."""
    ended(running)
    running.refuses(
        *("destroy", "announce", "--grace", "6", "--in", running.partnership, "--yes"),
        code=2,
        what="there are at least 7 days to object",
        why="the records are also theirs who signed",
        hint="--grace 7 or more",
    )


def test_a_key_in_the_keepers_own_keyring_has_to_go_first(copy_of: Callable[..., House], at_once: None) -> None:
    """Somebody imported it to read with plain gpg: that is tried, and named with the command that removes it."""
    house = ended(copy_of("running", own_keys=True))
    house.gpg_plain("--import", stdin=house.within("keys", "export").raw)
    assert house.within("destroy", "announce", "--grace", "0", "--yes").code == 0
    house.refuses(
        *("destroy", "now", "--in", house.partnership, "--confirm", house.partnership),
        code=1,
        what="your own GnuPG holds the key too",
        why="it would go on opening everything",
        hint="gpg --delete-secret-and-public-key",
    )
