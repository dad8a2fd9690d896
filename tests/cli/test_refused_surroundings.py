"""What a machine may lack or have in the way: each is told with what mends it, before anything is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.coach import run
from tests.cli.house import House, today
from tests.cli.people import gpg, revoke

NOTE = b"## A {what=discussions}\nUmbrella talk.\n"
# Verbs that write, each in another way: a note, an event, a file that is no event.
WRITING: tuple[tuple[str, ...], ...] = (
    ("note", "2026-01-05", "--file", "-"),
    ("disclose", "{day}#s3", "--to", "client"),
    ("agree", "draft", "--yes"),
)


def refuses_all(house: House, *, code: int, what: str, why: str, hint: str, where: str = "") -> None:
    for verb in WRITING:
        filled = (part.format(day=house.session) for part in verb)
        house.refuses(
            *(*filled, "--in", house.partnership), stdin=NOTE, code=code, what=what, why=why, hint=hint, where=where
        )


@pytest.fixture
def only(short_home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A maker of machines on which only these programs are installed."""

    def install(*programs: str) -> None:
        for name in programs:
            found = shutil.which(name)
            assert found
            (short_home / name).symlink_to(found)
        monkeypatch.setenv("PATH", str(short_home))

    return install


def turn_back(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let the next commands believe that it is earlier."""

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - by  # type: ignore[arg-type]

    monkeypatch.setattr("confide.cli.session.datetime", Earlier)


def test_no_gpg(running: House, only: Callable[..., None]) -> None:
    only("git")
    for command in (
        ("note", "2026-01-05", "--file", "-"),
        ("log",),
        ("may", "--tell", "payer", "--about", "conflicts"),
    ):
        running.refuses(
            *(*command, "--in", running.partnership),
            stdin=NOTE,
            code=5,
            what="gpg was not found",
            why="notes and records are sealed and signed with it",
            hint="install GnuPG 2.2 or newer (Debian: `apt install gnupg`)",
        )


def test_no_git(running: House, monkeypatch: pytest.MonkeyPatch, short_home: Path) -> None:
    before = running.state()
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(short_home))
        answer = running.within("log")
    assert answer.code == 5
    assert answer.said[0].what == "git is not installed"
    assert answer.said[0].hint == "install git 2.28 or newer"
    assert not before.differences(running.state())


def test_no_gpg_for_init(bare: House, only: Callable[..., None]) -> None:
    only("git")
    answer = run(bare.home, "init", "another")
    assert (answer.code, answer.said[0].what) == (5, "gpg was not found")
    assert not (bare.home / "another").exists()


def test_an_empty_keyring_for_init(bare: House, short_home: Path) -> None:
    answer = run(bare.home, "init", "another", "--gnupg-home", str(short_home))
    assert answer.code == 5
    said = answer.said[0]
    assert said.what == "there is no secret key to sign with"
    assert said.why == "every record is signed by the coach"
    assert said.hint == "gpg --quick-generate-key 'Your Name <you@example.org>' future-default default 2y"
    assert not (bare.home / "another").exists()


def test_a_keyring_that_is_not_there(bare: House) -> None:
    answer = run(bare.home, "init", "another", "--gnupg-home", str(bare.home / "nowhere"))
    assert answer.code == 5
    assert "gpg did not start" in answer.said[0].what
    assert answer.said[0].hint
    assert not (bare.home / "another").exists()


def test_several_keys_for_init(copy_of: Callable[..., House]) -> None:
    """Which key signs is never guessed."""
    house = copy_of("bare", own_keys=True)
    house.gpg.generate("Umbrella <u@umbrella.invalid>", passphrase=None, at=today() - timedelta(days=9))
    answer = run(house.home, "init", "another", "--gnupg-home", str(house.gnupg))
    assert answer.code == 2
    assert answer.said[0].what == "2 secret keys could sign"
    assert answer.said[0].why == "every record bears the signature of one"
    assert answer.said[0].hint.startswith("say which: confide init DIR --key FINGERPRINT")
    assert not (house.home / "another").exists()


@pytest.mark.parametrize("key", ["ABCD", "0" * 40, "Wilhelmina", "0x"])
def test_an_unknown_key_for_init(bare: House, key: str) -> None:
    answer = run(bare.home, "init", "another", "--gnupg-home", str(bare.gnupg), "--key", key)
    assert answer.code in (2, 5)
    assert answer.said[0].why
    assert answer.said[0].hint
    assert not (bare.home / "another").exists()


def test_no_git_identity_for_init(bare: House) -> None:
    """Asked for before anything is made, and everything begun is taken away again."""
    keystores = sorted(bare.keystore.iterdir())
    where = ("--gnupg-home", str(bare.gnupg), "--keystore", str(bare.keystore))
    answer = run(bare.home, "init", "another", *where)
    assert answer.code == 5
    assert answer.said[0].what == "git does not know who you are"
    assert answer.said[0].why == "every commit names its keeper"
    assert "git config --global user.name" in answer.said[0].hint
    assert not (bare.home / "another").exists()
    assert sorted(bare.keystore.iterdir()) == keystores


def test_init_into_a_directory_that_is_not_empty(bare: House) -> None:
    """Nothing of somebody's is ever written over, the practice itself least of all."""
    where = ("--gnupg-home", str(bare.gnupg), "--keystore", str(bare.keystore))
    bare.refuses(
        *("init", str(bare.practice), *where),
        code=2,
        what="that directory is there already and not empty",
        why="nothing of yours is ever written over",
        hint="name a new directory",
    )
    file = bare.home / "umbrella.txt"
    file.write_text("mine")
    assert run(bare.home, "init", "umbrella.txt", *where).code == 2
    assert file.read_text() == "mine"


def test_no_git_identity(running: House) -> None:
    running.git("config", "--unset", "user.name")
    running.git("config", "--unset", "user.email")
    refuses_all(
        running,
        code=5,
        what="git does not know who you are",
        why="every commit names its keeper",
        hint="git config --global user.name",
    )


def test_no_signing_key(running: House) -> None:
    running.git("config", "--unset", "user.signingkey")
    refuses_all(
        running,
        code=5,
        what="no signing key is set",
        why="every record is signed by its keeper",
        hint="git config user.signingkey FINGERPRINT",
    )


def test_a_signing_key_that_is_no_keepers(copy_of: Callable[..., House]) -> None:
    house = copy_of("running", own_keys=True)
    other = house.gpg.generate("Umbrella <u@umbrella.invalid>", passphrase=None, at=today() - timedelta(days=9))
    house.git("config", "user.signingkey", other)
    refuses_all(
        house,
        code=1,
        what="the signing key of this clone is not a keeper's",
        why="only keepers record",
        where="records/practice.yml",
        hint="git config user.signingkey FINGERPRINT",
    )


def test_a_signing_key_called_by_a_name(running: House) -> None:
    """Git takes any words of a user id; anybody can write those into a key."""
    running.git("config", "user.signingkey", "Wilhelmina Canaryfeather")
    refuses_all(
        running,
        code=2,
        what="a key is named by its fingerprint",
        why="anybody can write a name into a key",
        hint="`gpg --list-secret-keys` shows it",
    )


def test_the_secret_half_is_not_here(copy_of: Callable[..., House]) -> None:
    """A card that was left at home, or a machine that has only the public half."""
    house = copy_of("running", own_keys=True)
    gpg(house.gnupg, "--delete-secret-keys", house.coach)
    refuses_all(house, code=5, what="", why="", hint="import it, put the card in, or use the machine that has it")


def test_an_expired_coach_key(copy_of: Callable[..., House], monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes still open; nothing new is signed until the key is renewed."""
    house = copy_of("running", own_keys=True)
    gpg(house.gnupg, "--quick-set-expire", house.coach, "1d")
    turn_back(monkeypatch, timedelta(days=-2))
    assert house.within("note", house.session, "--show", tells=True).code == 0
    refuses_all(
        house,
        code=5,
        what="your signing key has expired",
        why="nobody would believe what it signs now",
        hint=f"gpg --quick-set-expire {house.coach} 2y",
    )


def test_a_revoked_coach_key(copy_of: Callable[..., House]) -> None:
    house = copy_of("running", own_keys=True)
    revoke(house.gnupg, house.coach)
    refuses_all(
        house,
        code=5,
        what="your signing key is revoked",
        why="nobody would believe what it signs",
        hint="another keeper goes on: git config user.signingkey FINGERPRINT; plain gpg opens what was sealed",
    )
