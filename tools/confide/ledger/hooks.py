"""Hooks and settings of one clone: written by `init` and `adopt`, because Git clones neither; checked by `doctor`.

They work for a plain `git commit` in an editor. Somebody who wants to can pass them by: `verify` cannot be passed by.
"""

from __future__ import annotations

import os
import shlex
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from confide.ledger import drivers, hook_checks, pre_commit
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins
from confide.model.problem import NotAllowed, Place, Problem, Usage
from confide.vault import durable

# On a server, where there is neither a work tree nor a key.
SERVER = "pre-receive"
NAMES = ("pre-commit", "pre-merge-commit", "commit-msg", "pre-push", "pre-rebase")

# Setting → (value, why).
SETTINGS: Mapping[str, tuple[str, str]] = {
    "commit.gpgsign": ("true", "every commit is signed by a keeper"),
    "gpg.format": ("openpgp", "parties verify with OpenPGP"),
    "pull.rebase": ("false", "a rebase breaks every signature"),
    "branch.autoSetupRebase": ("never", "a rebase breaks every signature"),
    "core.autocrlf": ("false", "changed line ends break signatures"),
    "core.logAllRefUpdates": ("true", "a branch that moved can be found again"),
    "transfer.fsckObjects": ("true", "what is fetched is checked"),
    "receive.denyNonFastForwards": ("true", "history only grows"),
    "receive.denyDeletes": ("true", "history only grows"),
}
_MARK = "# Written by confide; `confide doctor` checks it.\n"
_SCRIPT = """#!/bin/sh
{mark}# Git's environment is not the user's, so the interpreter is named. Without confide nothing passes unchecked.
python={python}
if [ -x "$python" ] && "$python" -P -c 'import confide' 2>/dev/null; then
  exec "$python" -P -m confide hook {name} "$@"
fi
if command -v confide >/dev/null 2>&1; then
  exec confide hook {name} "$@"
fi
echo 'confide was not found, so nothing could be checked; hint: install total-confidence, then `confide adopt`' >&2
exit 5
"""
_GPG = """#!/bin/sh
{mark}exec gpg --homedir {home} "$@"
"""


def run(name: str, repo: Repository, arguments: Sequence[str] = (), stdin: bytes = b"") -> tuple[Problem, ...]:
    """Everything that stands against what Git is about to do; empty lets it go on. Raises Usage for an unknown hook.

    `arguments` and `stdin` as Git gives them (githooks(5)). What is staged is read from the index that Git names in
    the environment: `git commit -a` and `git commit FILE` use another than the usual one.
    """
    if name == SERVER:
        return tuple(hook_checks.receive(repo, stdin.decode().splitlines()))
    repo = Repository.at(repo.root, index=os.environ.get("GIT_INDEX_FILE"))
    match name, list(arguments):
        case (("pre-commit" | "pre-merge-commit"), _):
            return tuple(pre_commit.check(repo))
        case "commit-msg", [file, *_]:
            return tuple(hook_checks.message(repo, repo.root / file))
        case "pre-rebase", _:
            return tuple(hook_checks.rebase())
        case "pre-push", [remote, address, *_]:
            return tuple(hook_checks.push(repo, remote, address, stdin.decode().splitlines()))
    raise Usage(
        Problem("that is not a hook of confide", "nothing would be checked", hint=f"one of: {', '.join(NAMES)}")
    )


def install(repo: Repository) -> None:
    """Write every hook. Raises NotAllowed, before writing any, where somebody else's hook is in the way."""
    directory = _directory(repo)
    foreign = [name for name in NAMES if (directory / name).exists() and not _ours(directory / name)]
    if foreign:
        raise NotAllowed(
            *(
                Problem(
                    f"a `{name}` hook is there already",
                    "it would be lost",
                    hint=f"call it from a wrapper, or move `.git/hooks/{name}` away",
                    rule="hook",
                )
                for name in foreign
            )
        )
    directory.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        _write_program(directory / name, _script(name))


def install_server(repo: Repository, pins: Pins) -> None:
    """Let a bare repository refuse whatever does not verify from these pins. Somebody else's hook stays."""
    file = _directory(repo) / SERVER
    if file.exists() and not _ours(file):
        raise NotAllowed(
            Problem(f"a `{SERVER}` hook is there already", "it would be lost", hint="move it away", rule="hook")
        )
    for key, value in (("confide.root", pins.root), ("confide.keeper", pins.keeper)):
        repo.set_config(key, value)
    for key in ("receive.denyNonFastForwards", "receive.denyDeletes", "receive.fsckObjects"):
        repo.set_config(key, "true")
    _directory(repo).mkdir(parents=True, exist_ok=True)
    _write_program(file, _script(SERVER))


def configure(repo: Repository) -> None:
    """Set this clone's own configuration. The signing key and the keyring are the caller's to choose before."""
    for key, (value, _) in SETTINGS.items():
        repo.set_config(key, value)
    home = repo.config("confide.gnupghome")
    if home:
        program = durable.directory(repo.common_dir / "confide") / "gpg"
        _write_program(program, _GPG.format(mark=_MARK, home=shlex.quote(home)))
        repo.set_config("gpg.program", str(program))
    drivers.configure(repo)


def settings(repo: Repository) -> Iterator[Problem]:
    """What is not set up in this clone as `configure` and `install` do it, and what could leak or break records."""
    for key, (value, why) in SETTINGS.items():
        if (repo.config(key) or "").lower() != value.lower():
            yield Problem(f"`{key}` is not `{value}`", why, hint="run `confide adopt`", rule="setting")
    if not repo.config("user.signingkey"):
        yield Problem(
            "no signing key is set",
            "every record is signed by its keeper",
            hint="`git config user.signingkey FINGERPRINT`",
            rule="setting",
        )
    if repo.config("core.hooksPath"):
        yield Problem(
            "`core.hooksPath` leads past the hooks of this repository",
            "nothing is checked before a commit or a push",
            hint="`git config --unset core.hooksPath`, in the global file too",
            rule="hook",
        )
    for name in NAMES:
        file = _directory(repo) / name
        if not file.is_file() or file.read_text(errors="replace") != _script(name) or not os.access(file, os.X_OK):
            yield Problem(
                f"the `{name}` hook is missing or changed",
                "nothing is checked without it",
                hint="run `confide adopt`",
                rule="hook",
            )
    yield from drivers.problems(repo)
    yield from _decrypted(repo)
    if not repo.run("check-attr", "text", "--", "records/p-0000/agreements/1.yml").endswith(b": text: unset\n"):
        yield Problem(
            "line ends under `records/` may be converted",
            "that breaks signatures",
            Place(".gitattributes"),
            "add the line `records/** -text`",
            "setting",
        )


def _decrypted(repo: Repository) -> Iterator[Problem]:
    """Where Git keeps decrypted text, once it was told to."""
    cached = repo.run("config", "--null", "--get-regexp", r"^diff\..*\.cachetextconv$", accept=(0, 1))
    if any(
        entry.partition(b"\n")[2].lower() in (b"", b"true", b"yes", b"on", b"1") for entry in cached.split(b"\0")[:-1]
    ):
        yield Problem(
            "git is told to cache decrypted text",
            "it would lie readable in `refs/notes/textconv`",
            hint="unset `diff.NAME.cachetextconv`",
            rule="textconv",
        )
    for reference in repo.run("for-each-ref", "--format=%(refname)", "refs/notes/textconv").decode().split():
        yield Problem(
            "git holds a cache of decrypted text",
            "it lies readable beside the record",
            hint=f"`git update-ref -d {reference}`, then `git gc --prune=now`; it may have been pushed",
            rule="textconv",
        )


def _directory(repo: Repository) -> Path:
    return repo.common_dir / "hooks"


def _script(name: str) -> str:
    return _SCRIPT.format(mark=_MARK, python=shlex.quote(sys.executable), name=name)


def _ours(file: Path) -> bool:
    return file.is_file() and _MARK in file.read_text(errors="replace")


def _write_program(file: Path, text: str) -> None:
    durable.write(file, text.encode())
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
