"""What a machine may lack or have in the way: each is told with what mends it, before anything is written."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from confide.vault.people import GnuPG
from tests.cli.coach import run
from tests.cli.house import House, today
from tests.cli.people import gpg, revoke, somebody
from tests.cli.state import plain_git

NOTE = b"## A {what=discussions}\nUmbrella talk.\n"
PINENTRY = """#!/bin/sh
# Stands in for a person at the keyboard.
echo "OK ready"
while read -r line; do
  case "$line" in
    GETPIN*) echo "D $(cat {typed})"; echo OK ;;
    BYE*) echo OK; exit 0 ;;
    *) echo OK ;;
  esac
done
"""
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


def test_changes_on_a_path_that_is_to_be_written(running: House) -> None:
    """A note edited by another program and not committed would be lost."""
    running.note.write_bytes(running.note.read_bytes() + b"more")
    running.refuses(
        *("note", running.session, "--file", "-", "--in", running.partnership),
        stdin=NOTE,
        code=1,
        what="the file has changes that are not committed",
        why="they would be lost",
        where="records/{p}/notes/{day}.md.gpg",
        hint="git diff HEAD -- records/{p}/notes/{day}.md.gpg",
    )


def test_changes_elsewhere_are_no_hindrance(running: House) -> None:
    """What somebody has staged or edited beside it stays exactly as it is."""
    (running.practice / "README.md").write_text("# Mine\n")
    (running.practice / "site/pages/mine.md").write_text("# Mine too\n")
    running.git("add", "site/pages/mine.md")
    before = running.git("diff", "--cached", "--raw"), running.git("status", "--porcelain")
    assert running.within("disclose", f"{running.session}#s3", "--to", "client").code == 0
    assert (running.git("diff", "--cached", "--raw"), running.git("status", "--porcelain")) == before


def test_a_detached_head(running: House) -> None:
    running.git("checkout", "--quiet", "--detach")
    refuses_all(
        running,
        code=2,
        what="HEAD is detached",
        why="a commit made here would be on no branch",
        hint="run `git switch main`",
    )


def test_a_merge_in_progress(running: House) -> None:
    running.git("branch", "aside")
    assert running.within("disclose", f"{running.session}#s6", "--to", "client").code == 0
    running.git("checkout", "--quiet", "aside")
    (running.practice / "site/pages/mine.md").write_text("# Mine\n")
    running.git("add", "--all")
    running.git("commit", "--quiet", "-m", "site")
    running.git("merge", "--quiet", "--no-commit", "--no-ff", "main")
    refuses_all(
        running,
        code=1,
        what="a merge is in progress",
        why="a commit now would become part of it",
        hint="finish it, or run `git merge --abort`",
    )


def test_an_index_that_another_command_holds(running: House) -> None:
    (running.practice / ".git/index.lock").touch()
    before = (running.practice / ".git/index.lock").stat().st_mtime_ns
    refuses_all(
        running,
        code=5,
        what="another git command holds the index",
        why="it is still running, or was killed",
        hint="remove `.git/index.lock`",
    )
    assert (running.practice / ".git/index.lock").stat().st_mtime_ns == before


def test_a_clock_behind_the_record(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time only goes forward: an event before its ancestors would never verify again."""
    turn_back(monkeypatch, timedelta(minutes=30))
    running.refuses(
        *("disclose", f"{running.session}#s3", "--to", "client", "--in", running.partnership),
        code=5,
        what="this machine's clock is behind the record",
        why="time only goes forward",
        hint="set the clock right",
    )


def test_a_clock_behind_another_partnerships_record(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ancestors of a commit are those of the whole practice."""
    assert running.run("agree", "draft", "--yes", "--in", running.other).code == 0
    turn_back(monkeypatch, timedelta(minutes=30))
    running.refuses(
        *("agree", "propose", "--in", running.other),
        code=5,
        what="this machine's clock is behind the record",
        why="time only goes forward",
        hint="set the clock right",
    )


def test_a_clock_years_behind(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note is no event, but a signature of another year would not verify: it is refused before it is made."""
    turn_back(monkeypatch, timedelta(days=400))
    running.refuses(
        *("note", "2026-01-05", "--file", "-", "--in", running.partnership),
        stdin=NOTE,
        code=5,
        what="",
        why="",
        hint="",
    )


def turn_back(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let the next commands believe that it is earlier."""

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - by  # type: ignore[arg-type]

    monkeypatch.setattr("confide.cli.session.datetime", Earlier)


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


def test_records_that_lead_elsewhere(running: House) -> None:
    """A linked directory would carry what is written out of the repository."""
    elsewhere = running.home / "elsewhere"
    notes = running.record / "notes"
    shutil.move(notes, elsewhere)
    notes.symlink_to(elsewhere, target_is_directory=True)
    before = sorted(elsewhere.iterdir())
    running.refuses(
        *("note", "2026-01-05", "--file", "-", "--in", running.partnership),
        stdin=NOTE,
        code=1,
        what="a link stands where a directory is expected",
        why="it could lead elsewhere",
        where="records/{p}/notes/2026-01-05.md.gpg",
        hint="put the directory back",
    )
    assert sorted(elsewhere.iterdir()) == before


def test_the_whole_of_records_is_a_link(running: House) -> None:
    elsewhere = running.home / "elsewhere"
    shutil.move(running.practice / "records", elsewhere)
    (running.practice / "records").symlink_to(elsewhere, target_is_directory=True)
    running.refuses(
        *("note", "2026-01-05", "--file", "-", "--in", running.partnership),
        stdin=NOTE,
        code=1,
        what="a link stands where a directory is expected",
        why="it could lead elsewhere",
        where="records/",
        hint="put the directory back",
    )


def test_the_environment_points_git_elsewhere(running: House, bare: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Left over from another shell, it would record in another repository."""
    before = bare.state()
    monkeypatch.setenv("GIT_DIR", str(bare.practice / ".git"))
    answer = running.within("note", "2026-01-05", "--file", "-", stdin=NOTE)
    monkeypatch.delenv("GIT_DIR")
    assert answer.code == 5
    assert not before.differences(bare.state())
    assert answer.said[0].why
    assert answer.said[0].hint == "unset GIT_DIR and GIT_WORK_TREE"


def test_a_full_disk(running: House) -> None:
    """Whatever cannot be written is told with the system's own reason, and the history is as before."""
    import resource

    before = running.state()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    text = b"## A {what=discussions}\n" + os.urandom(30_000).hex().encode()
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, limits[1]))
    try:
        answer = running.within("note", "2026-01-05", "--file", "-", stdin=text)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert answer.code == 5, answer
    assert answer.said[0].why, answer
    assert answer.said[0].hint, answer
    assert not before.differences(running.state())
    assert running.run("verify").code == 0


def test_a_full_disk_for_the_keystore(running: House) -> None:
    """A record is never without its key: where the key cannot be kept, no partnership begins."""
    import resource

    before = running.state()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (256, limits[1]))
    try:
        answer = running.run("new", "--people", "-", stdin=b"persons: [{party: client, name: Anna-Smith Umbrella}]\n")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert answer.code == 5, answer
    assert not before.differences(running.state())


def test_two_commands_at_once(running: House, bare: House) -> None:
    """The second of two waits for the first, or says what to do: both never write."""
    del bare
    import subprocess
    import sys

    from tests.cli.state import TOOLS

    command = [sys.executable, "-m", "confide", "-C", str(running.practice), "note", "--file", "-"]
    environment = {**os.environ, "PYTHONPATH": str(TOOLS)}
    started = [
        subprocess.Popen(
            [*command, "--in", running.partnership, f"2026-01-0{day}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        for day in (5, 6)
    ]
    ended = [process.communicate(NOTE) for process in started]
    codes = sorted(process.returncode for process in started)
    assert codes in ([0, 0], [0, 1]), ended
    assert running.run("verify").code == 0
    assert not running.git("status", "--porcelain")


def test_somebody_elses_key_is_never_used(running: House, make_short_home: Callable[[], Path]) -> None:
    """A keyring that has other keys only cannot stand in: what opens notes is bound to the coach's."""
    other = somebody(make_short_home())
    running.git("config", "confide.gnupghome", str(other.home))
    refuses_all(running, code=5, what="", why="", hint="")


def test_a_wrong_passphrase(bare: House, make_short_home: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The coach mistypes the passphrase of her own key: nothing opens, nothing is written, and she may try again."""
    gnupg, home = make_short_home(), bare.home / "guarded"
    pinentry, typed = gnupg / "pinentry", gnupg / "typed"
    pinentry.write_text(PINENTRY.format(typed=typed))
    pinentry.chmod(0o700)
    settings = (f"pinentry-program {pinentry}", "default-cache-ttl 0", "max-cache-ttl 0", "s2k-count 65536", "")
    (gnupg / "gpg-agent.conf").write_text("\n".join(settings))
    fingerprint = GnuPG(gnupg).generate("W <w@c.invalid>", passphrase="the right one", at=today() - timedelta(days=9))
    typed.write_text("the right one")
    (bare.home / "gitconfig").write_text("[user]\n\tname = W\n\temail = w@c.invalid\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(bare.home / "gitconfig"))
    where = ("--gnupg-home", str(gnupg), "--keystore", str(home / "keys"))
    assert run(bare.home, "init", "guarded/practice", *where).code == 0
    house = replace(bare, home=home, gnupg=gnupg, coach=fingerprint)
    made = house.run("new", "--people", "-", "--json", stdin=b"persons: [{party: client, name: Umbrella}]\n")
    house = replace(house, partnership=json.loads(made.out)["partnership"])
    typed.write_text("another one")
    for command in (("note", "2026-01-05", "--file", "-"), ("agree", "draft", "--yes")):
        house.refuses(
            *(*command, "--in", house.partnership),
            stdin=NOTE,
            code=5,
            what="",
            why="wrong passphrase",
            hint="try again; `gpgconf --kill gpg-agent` makes GnuPG forget what it remembers",
        )
    typed.write_text("the right one")
    assert house.within("note", "2026-01-05", "--file", "-", stdin=NOTE).code == 0


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
