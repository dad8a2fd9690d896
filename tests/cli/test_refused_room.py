"""No room, two commands at once, a wrong passphrase: nothing is half done."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from confide.vault.people import GnuPG
from tests.cli.coach import run
from tests.cli.house import House, today
from tests.cli.people import somebody

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
