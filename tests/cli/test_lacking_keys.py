"""The coach's own key: missing, foreign, expired, revoked, or behind a passphrase that was mistyped."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from confide.vault.people import GnuPG
from tests.cli.clock import turn_back
from tests.cli.coach import run
from tests.cli.house import House, today
from tests.cli.people import gpg, revoke, somebody
from tests.cli.writing import NOTE, refuses_all

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
