"""Somebody else keeps one partnership: everything in it, nothing of the rest, on record, and not longer than said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.coach import Answer, run
from tests.cli.house import House
from tests.cli.people import Somebody, somebody
from tests.cli.state import git, plain_git

NOTE = b"## Since then {what=discussions}\nZithers, and nothing but zithers.\n"


@dataclass(frozen=True)
class Keeper:
    """The supervisor's machine: her keyring, her clone, her keystore; and the coach's."""

    house: House
    person: Somebody
    home: Path

    @property
    def clone(self) -> Path:
        return self.home / "clone"

    def run(self, *arguments: str, stdin: bytes = b"", tells: bool = False) -> Answer:
        return run(self.clone, *arguments, stdin=stdin, tells=tells)

    def grant(self, *more: str) -> Answer:
        key = self.home / "key.asc"
        key.write_bytes(self.person.public)
        return self.house.within("keys", "grant", "adviser", "--key", str(key), *more)

    def adopt(self, file: Path, giver: str = "") -> Answer:
        given = ("--handover", str(file), "--giver", giver or self.house.coach)
        where = ("--gnupg-home", str(self.person.home), "--keystore", str(self.home / "keystore"))
        return self.run("adopt", *given, *where)

    def pull(self) -> None:
        done = plain_git(self.clone, "pull", "--quiet", "--no-rebase")
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def supervisor(isolated_home: Path, make_short_home: Callable[[], Path]) -> Somebody:
    return somebody(make_short_home(), "Fennimore Zithers <fennimore@zithers.invalid>")


@pytest.fixture
def keeper(running: House, supervisor: Somebody, short_home: Path) -> Keeper:
    """Granted, cloned, and not yet adopted."""
    keeper = Keeper(running, supervisor, short_home)
    assert running.within("acknowledge", "--by", "adviser").code == 0
    answer = keeper.grant("--confirm", supervisor.fingerprint, "--out", str(short_home / "file"))
    assert answer.code == 0, answer
    assert answer.err == ""
    assert plain_git(short_home, "clone", "--quiet", str(running.practice), "clone").returncode == 0
    for name, value in (("name", "Fennimore Zithers"), ("email", "fennimore@zithers.invalid")):
        git(keeper.clone, "config", f"user.{name}", value)
    return keeper


def test_a_keeper_reads_and_records_in_one_partnership(keeper: Keeper) -> None:
    """On her own machine, with her own key: the notes of one partnership; of the other there is no key."""
    house, p = keeper.house, keeper.house.partnership
    assert keeper.adopt(keeper.home / "file").code == 0
    shown = keeper.run("note", house.session, "--show", "--in", p, tells=True)
    assert "marmalade ferry" in shown.out, shown
    assert {path.name for path in (keeper.home / "keystore").iterdir()} == {
        *("key.gpg", "key.asc", ".lock", "root.pin", "keeper.pin", f"{p}.key.gpg")
    }
    other = keeper.run("keys", "export", "--in", house.other)
    assert (other.code, other.said[0].what) == (5, f"the keystore has no key `{house.other}`"), other
    written = keeper.run("note", "2026-01-05", "--file", "-", "--in", p, stdin=NOTE)
    assert written.code == 0, written
    assert keeper.run("verify").code == 0
    assert plain_git(house.practice, "pull", "--quiet", "--no-rebase", str(keeper.clone), "main").returncode == 0
    assert house.run("verify").code == 0
    assert "nothing but zithers" in house.within("note", "2026-01-05", "--show", tells=True).out


def test_it_is_on_record_and_the_client_can_see_it(keeper: Keeper) -> None:
    """No name, the key, the day; and keys status says who reads what."""
    house = keeper.house
    message = house.git("log", "-1", "--format=%B")
    assert message.startswith("granted: adviser\n") and f"Key: {keeper.person.fingerprint}" in message
    (event,) = (house.record / "events").glob("*-granted-*.yml")
    assert "client:" in event.read_text().partition("previous")[2]
    answer = house.run("keys", "status", "--json")
    assert answer.code == 0, answer
    (kept,) = (one for one in json.loads(answer.out)["partnerships"] if one["partnership"] == house.partnership)
    assert kept["keepers"] == [{"party": "adviser", "fingerprint": keeper.person.fingerprint}]
    assert json.loads(answer.out)["drift"] == []


@pytest.mark.parametrize("what", ["people", "other", "keys"])
def test_a_keeper_of_one_changes_nothing_else(keeper: Keeper, what: str) -> None:
    """Neither its people, nor its keys, nor anything of another partnership: refused before anything is recorded."""
    house, p = keeper.house, keeper.house.partnership
    assert keeper.adopt(keeper.home / "file").code == 0
    before = git(keeper.clone, "rev-parse", "HEAD")
    person = b"persons: [{party: payer, name: Ottoline Quince, title: Acting Director of Kettles}]\n"
    answers = {
        "people": lambda: keeper.run("people", "replace", "payer", "--people", "-", "--in", p, stdin=person),
        "other": lambda: keeper.run("note", "2026-01-05", "--file", "-", "--in", house.other, stdin=NOTE),
        "keys": lambda: keeper.run("keys", "rotate", "--in", p),
    }
    answer = answers[what]()
    assert answer.code in (1, 5), answer
    assert answer.said[0].what in ("this is not yours to change", f"the keystore has no key `{house.other}`"), answer
    assert git(keeper.clone, "rev-parse", "HEAD") == before
    assert keeper.run("verify").code == 0


def test_who_keeps_it_no_more_reads_nothing_new(keeper: Keeper) -> None:
    """The key changes with the end of the grant; what she had she keeps, and that is said."""
    house, p = keeper.house, keeper.house.partnership
    assert keeper.adopt(keeper.home / "file").code == 0
    for command, says in ((("revoke", keeper.person.fingerprint), "relieved: adviser"), (("rotate",), "rotated: key ")):
        before, dry = house.state(), house.within("keys", *command, "--dry-run")
        assert dry.code == 0 and says in dry.out and not before.differences(house.state()), dry
    answer = house.within("keys", "revoke", keeper.person.fingerprint)
    assert answer.code == 0, answer
    assert "nobody can take that back" in answer.out
    subjects = house.git("log", "-2", "--format=%s").splitlines()
    assert subjects[0].startswith("rotated: key ") and subjects[1] == "relieved: adviser"
    assert house.within("note", "2026-01-05", "--file", "-", stdin=NOTE).code == 0
    assert "marmalade ferry" in house.within("note", house.session, "--show", tells=True).out
    keeper.pull()
    for name in ("2026-01-05", house.session):
        shown = keeper.run("note", name, "--show", "--in", p)
        assert shown.code == 4 and "a key that is not here" in shown.said[0].why, shown
    refused = keeper.run("note", "2026-01-06", "--file", "-", "--in", p, stdin=NOTE)
    assert (refused.code, refused.said[0].what) == (1, "the signing key of this clone is not a keeper's"), refused
    assert keeper.run("verify").code == house.run("verify").code == 0
    house.refuses(
        *("keys", "revoke", keeper.person.fingerprint, "--in", p),
        code=2,
        what="nobody was given this partnership with that key",
        why="nobody but the practice keeps it",
        hint="who reads what: confide keys status",
    )


def test_an_interrupted_end_is_finished(keeper: Keeper) -> None:
    """Killed between the two events: run again, it changes the key and records no second end."""
    house = keeper.house
    assert house.within("keys", "revoke", keeper.person.fingerprint).code == 0
    house.git("reset", "--quiet", "--hard", "HEAD^")
    assert house.within("keys", "revoke", keeper.person.fingerprint).code == 0
    assert [s.split(":")[0] for s in house.git("log", "-3", "--format=%s").splitlines()] == [
        *("rotated", "relieved", "granted")
    ]
    assert house.run("verify").code == 0


def test_a_grant_is_refused_for_the_wrong_party_or_key(running: House, supervisor: Somebody, short_home: Path) -> None:
    """Not for those who are told things, not under an unconfirmed key, not for a party's own key, not twice."""
    key = short_home / "key.asc"
    key.write_bytes(supervisor.public)
    p, out = running.partnership, ("--out", str(short_home / "file"))
    confirmed = ("--confirm", supervisor.fingerprint)
    given = ("keys", "grant", "adviser", "--key", str(key), "--in", p, *out)
    running.refuses(
        *("keys", "grant", "payer", "--key", str(key), "--in", p, *confirmed, *out),
        code=1,
        what="the records are not given to `payer`",
        why="a keeper reads everything in it",
        hint="confide disclose",
    )
    running.refuses(
        *given,
        code=1,
        what="the fingerprint of the key is not confirmed",
        why=supervisor.fingerprint,
        hint=f"--confirm {supervisor.fingerprint}",
    )
    running.refuses(
        *(*given[:-1], str(running.practice / "file"), *confirmed),
        code=2,
        what="the file would lie inside a repository",
        why="can never be destroyed",
        hint="write it somewhere else",
    )
    running.refuses(
        *given,
        *confirmed,
        code=3,
        what="the adviser has not accepted to keep confidential what they learn",
        why="nobody learns anything before that",
        hint="confide acknowledge --by adviser",
    )
    assert running.within("acknowledge", "--by", "adviser").code == 0
    client = short_home / "client.asc"
    client.write_bytes(running.gpg_plain("--armor", "--export", home=running.client))
    fingerprint = running.gpg_plain("--list-keys", "--with-colons", home=running.client).decode().split("fpr:")[1]
    running.refuses(
        *("keys", "grant", "adviser", "--key", str(client), "--in", p, "--confirm", fingerprint.strip(":")[:40], *out),
        code=1,
        what="that key is on record as a party's",
        why="whoever keeps the record could sign for them",
        hint="ask for another key",
    )
    dry = running.run(*given, *confirmed, "--dry-run")
    assert dry.code == 0 and "granted: adviser" in dry.out and not (short_home / "file").exists()
    assert running.run(*given, *confirmed).code == 0
    running.refuses(
        *(*given[:-1], str(short_home / "again"), *confirmed),
        code=1,
        what="whoever has that key keeps this partnership already",
        why="a key is given once",
        hint="confide keys handover",
    )


def test_a_handover_is_believed_from_nobody_else(keeper: Keeper, stranger: Somebody) -> None:
    """Another giver than the one who was told of, or a file that somebody else could open, sets up nothing."""
    wrong = keeper.adopt(keeper.home / "file", giver=stranger.fingerprint)
    assert (wrong.code, wrong.said[0].what) == (1, "the handover is by somebody else than you expect"), wrong
    file = keeper.home / "file"
    opened = keeper.person.gpg("--decrypt", str(file)).replace(b"first-keeper: ", b"first-keeper: ")
    forged = opened.replace(keeper.house.coach.encode(), stranger.fingerprint.encode())
    keeper.person.gpg("--import", stdin=stranger.public)
    to = ("--trust-model", "always", "--recipient", keeper.person.fingerprint)
    (keeper.home / "forged").write_bytes(keeper.person.gpg("--encrypt", *to, stdin=forged))
    answer = keeper.adopt(keeper.home / "forged", giver=stranger.fingerprint)
    assert (answer.code, answer.said[0].what) == (*(2, "the clone does not have the key of whoever handed over"),), (
        answer
    )
    assert not (keeper.home / "keystore").exists() and not (keeper.home / "keystore.seal").exists()
