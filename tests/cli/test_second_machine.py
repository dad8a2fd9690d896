"""A clone on a second machine does nothing before it was adopted, and adopts nothing that does not verify."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from confide.vault import keystore_seal
from tests.cli.coach import Answer, run
from tests.cli.house import House
from tests.cli.state import hashes, plain_git

NOTE = b"## A {what=discussions}\nUmbrella talk.\n"


class Machine:
    """A fresh clone, a keystore that was brought along or not, and the coach's keyring."""

    def __init__(self, house: House, home: Path) -> None:
        self.house = house
        self.clone = home / "clone"
        done = plain_git(home, "clone", "--quiet", str(house.practice), str(self.clone))
        assert done.returncode == 0, done.stderr
        for name in ("name", "email"):
            assert plain_git(self.clone, "config", f"user.{name}", "w@canaryfeather.invalid").returncode == 0
        self.keystore = home / "brought"
        (store,) = (one for one in house.keystore.iterdir() if one.is_dir())
        shutil.copytree(store, self.keystore)
        shutil.copy(keystore_seal.place(store), keystore_seal.place(self.keystore))
        self.root = house.git("config", "confide.root").strip()

    def run(self, *arguments: str, stdin: bytes = b"") -> Answer:
        return run(self.clone, *arguments, stdin=stdin)

    def adopt(self, *arguments: str) -> Answer:
        return self.run("adopt", "--gnupg-home", str(self.house.gnupg), *arguments)

    def refuses(self, *arguments: str, code: int, what: str, why: str, hint: str, where: str = "") -> Answer:
        """As `House.refuses`, for a clone: its files, its settings and hooks, and the keystore stay as they are."""

        def state() -> tuple[dict[str, str], dict[str, str], str]:
            kept = {p: h for p, h in hashes(self.clone / ".git").items() if p.startswith(("config", "hooks", "HEAD"))}
            return hashes(self.clone, without=".git"), kept | hashes(self.keystore), self.git("rev-parse", "HEAD")

        before = state()
        answer = self.run(*arguments, stdin=NOTE)
        assert state() == before
        assert (answer.code, answer.out) == (code, ""), answer
        said = answer.said[0]
        assert what in said.what, answer
        assert why in said.why, answer
        assert hint in said.hint, answer
        assert where in said.where, answer
        assert said.why, answer
        assert said.hint, answer
        return answer

    def git(self, *arguments: str) -> str:
        return plain_git(self.clone, *arguments).stdout


@pytest.fixture
def machine(stages: dict[str, House], short_home: Path) -> Machine:
    return Machine(stages["running"], short_home)


def test_a_clone_does_nothing_before_it_was_adopted(machine: Machine) -> None:
    """Hooks, pins and signing are not cloned: without them nothing would be checked and nothing signed."""
    p, day = machine.house.partnership, machine.house.session
    for command in (
        (),
        ("log", "--in", p),
        ("may", "--tell", "payer", "--about", "conflicts", "--in", p),
        ("note", "2026-01-05", "--file", "-", "--in", p),
        ("disclose", f"{day}#s3", "--to", "client", "--in", p),
        ("verify",),
        ("check",),
        ("doctor",),
        ("new", "--people", "-"),
        ("inbox",),
        ("publish", "--all"),
    ):
        machine.refuses(
            *command,
            code=5,
            what="this clone is not set up on this machine",
            why="hooks, pins and the keystore are not cloned",
            hint="confide adopt",
        )


def test_adopting_without_the_keystore(machine: Machine) -> None:
    machine.refuses(
        *("adopt", "--gnupg-home", str(machine.house.gnupg)),
        code=5,
        what="there is no keystore of this practice on this machine",
        why="it holds the keys and the root commit to trust",
        hint="bring it here (--keystore DIR), or pin by hand: --root COMMIT --keeper FINGERPRINT",
    )


def test_adopting_with_the_keystore(machine: Machine) -> None:
    """Afterwards it is a machine like the first: green, signing, with hooks."""
    answer = machine.adopt("--keystore", str(machine.keystore))
    assert answer.code == 0, answer
    assert machine.root in answer.out
    assert machine.run("doctor").code == 0
    note = ("note", "2026-01-05", "--file", "-", "--in", machine.house.partnership)
    assert machine.run(*note, stdin=NOTE).code == 0
    assert machine.run("verify").code == 0
    assert (machine.clone / ".git/hooks/pre-commit").is_file()


@pytest.mark.parametrize(
    ("root", "keeper", "code", "what"),
    [
        ("{other}", "{keeper}", 4, "the history begins with commit"),
        ("{root}", "{nobody}", 4, "does not name the pinned keeper"),
        ("HEAD", "{keeper}", 2, "a root is 40 hexadecimal digits, and so is a keeper"),
        ("{root}", "Wilhelmina", 2, "a root is 40 hexadecimal digits, and so is a keeper"),
        ("{zeros}", "{keeper}", 4, "the history begins with commit"),
        ("{letters}", "{keeper}", 2, "a root is 40 hexadecimal digits, and so is a keeper"),
    ],
)
def test_adopting_with_a_wrong_root(machine: Machine, root: str, keeper: str, code: int, what: str) -> None:
    """A clone whose history begins elsewhere is somebody else's, or was written anew: nothing is configured."""
    words = {
        "root": machine.root,
        "other": machine.git("rev-parse", "HEAD~2").strip(),
        "keeper": machine.house.coach,
        "nobody": "0" * 40,
        "zeros": "0" * 40,
        "letters": "g" * 40,
    }
    pins = ("--root", root.format(**words), "--keeper", keeper.format(**words))
    machine.refuses(*("adopt", "--gnupg-home", str(machine.house.gnupg), *pins), code=code, what=what, why="", hint="")


def test_adopting_with_half_a_pin(machine: Machine) -> None:
    """One without the other pins nothing."""
    for half in (("--root", machine.root), ("--keeper", machine.house.coach)):
        machine.refuses(
            *("adopt", "--gnupg-home", str(machine.house.gnupg), *half),
            code=2,
            what="a root and a keeper are pinned together",
            why="they are what the whole history is checked against",
            hint="--root COMMIT --keeper FINGERPRINT",
        )


def test_adopting_by_hand(machine: Machine) -> None:
    """With the two lines that were written down a clone can be verified, though no note opens."""
    answer = machine.adopt("--root", machine.root, "--keeper", machine.house.coach)
    assert answer.code == 0, answer
    assert machine.run("verify").code == 0
    machine.refuses(
        *("note", machine.house.session, "--show", "--in", machine.house.partnership),
        code=5,
        what="this clone has no keystore",
        why="it holds the keys that open notes",
        hint="confide adopt",
    )


def test_adopting_a_history_that_was_written_anew(machine: Machine) -> None:
    """Somebody with write access to the host replaced the history; the root in the keystore says so."""
    tree = machine.git("rev-parse", "HEAD^{tree}").strip()
    new = machine.git("commit-tree", tree, "-m", "init: c-0000").strip()
    machine.git("reset", "--quiet", "--hard", new)
    machine.refuses(
        *("adopt", "--gnupg-home", str(machine.house.gnupg), "--keystore", str(machine.keystore)),
        code=4,
        what="the history begins with commit",
        why="it was rewritten, or is another practice's",
        hint="compare with the root that `confide init` printed",
    )


def test_adopting_an_unsigned_commit(machine: Machine) -> None:
    """One commit that no keeper signed is enough."""
    (machine.clone / "README.md").write_text("# Mine\n")
    machine.git("commit", "--quiet", "--all", "-m", "site")
    machine.refuses(
        *("adopt", "--gnupg-home", str(machine.house.gnupg), "--keystore", str(machine.keystore)),
        code=4,
        what="it is not signed",
        why="anybody could have written it",
        hint="compare with another clone",
    )


def test_adopting_with_another_practices_keystore(machine: Machine, bare: House) -> None:
    """Its root is not this one's."""
    where = ("--gnupg-home", str(bare.gnupg), "--keystore", str(bare.home / "stores"))
    made = _another(bare, where)
    machine.refuses(
        *("adopt", "--gnupg-home", str(machine.house.gnupg), "--keystore", str(made)),
        code=4,
        what="the history begins with commit",
        why="",
        hint="",
    )


def _another(bare: House, where: tuple[str, ...]) -> Path:
    """A second practice of the same coach; its keystore."""
    settings = bare.home / "gitconfig"
    settings.write_text("[user]\n\tname = W\n\temail = w@canaryfeather.invalid\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        assert run(bare.home, "init", "second", *where).code == 0
    (store,) = (one for one in (bare.home / "stores").iterdir() if one.is_dir())
    return store


def test_a_keystore_for_a_key_that_is_not_here(machine: Machine, make_short_home: Callable[[], Path]) -> None:
    """The keystore alone opens nothing: it is sealed for the coach's key."""
    empty = make_short_home()
    machine.refuses(
        *("adopt", "--gnupg-home", str(empty), "--keystore", str(machine.keystore)),
        code=5,
        what="the message was not opened",
        why="the secret key is not here",
        hint="import it, put the card in",
    )


def test_somebody_elses_hook_is_not_overwritten(machine: Machine) -> None:
    hook = machine.clone / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n")
    machine.refuses(
        *("adopt", "--gnupg-home", str(machine.house.gnupg), "--keystore", str(machine.keystore)),
        code=1,
        what="a `pre-commit` hook is there already",
        why="it would be lost",
        hint="move `.git/hooks/pre-commit` away",
    )


def test_adopting_twice_changes_nothing(machine: Machine) -> None:
    assert machine.adopt("--keystore", str(machine.keystore)).code == 0
    before = (machine.clone / ".git/config").read_bytes(), hashes(machine.clone / ".git/hooks")
    assert machine.adopt("--keystore", str(machine.keystore)).code == 0
    assert ((machine.clone / ".git/config").read_bytes(), hashes(machine.clone / ".git/hooks")) == before
