"""A machine without gpg, git, a key or an identity: each is told with what mends it, and nothing is begun."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.coach import run
from tests.cli.house import House, today
from tests.cli.state import plain_git
from tests.cli.writing import NOTE


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


def test_not_a_practice(short_home: Path) -> None:
    """Any other repository is left alone."""
    assert plain_git(short_home, "init", "--quiet").returncode == 0
    for command in (("log",), (), ("new",), ("verify",), ("doctor",), ("adopt",)):
        answer = run(short_home, *command)
        assert answer.code == 5, answer
        assert answer.said[0].what == "this repository holds no practice"
        assert answer.said[0].why
        assert answer.said[0].where == "records/practice.yml"
        assert "confide init DIR" in answer.said[0].hint
    assert {path.name for path in short_home.iterdir()} == {".git"}


def test_not_a_repository(short_home: Path) -> None:
    for command in (("log",), (), ("new",)):
        answer = run(short_home, *command)
        assert answer.code == 5, answer
        assert answer.said[0].what == "this is not a Git repository"
        assert answer.said[0].why == "a practice is kept in one"
        assert "confide init" in answer.said[0].hint
    assert not list(short_home.iterdir())


def test_a_directory_that_is_not_there(short_home: Path) -> None:
    answer = run(short_home / "nowhere", "log")
    assert answer.code in (2, 5)
    assert answer.said[0].hint


@pytest.mark.parametrize("inside", [True, False])
def test_a_demo_never_takes_somebodys_directory(bare: House, inside: bool) -> None:
    """What `demo` did not make itself it does not remove, a practice least of all."""
    target = bare.practice if inside else bare.home
    bare.refuses(
        *("demo", str(target), "--no-serve"),
        code=2,
        what="that directory is there already and no demo of ours",
        why="nothing of yours is ever written over",
        hint="name a new one",
    )


def test_a_hook_that_there_is_not(running: House) -> None:
    running.refuses(
        *("hook", "post-umbrella"),
        code=2,
        what="that is not a hook of confide",
        why="",
        hint="one of: pre-commit, pre-merge-commit, commit-msg, pre-push, pre-rebase",
    )
