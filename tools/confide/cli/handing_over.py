"""Files with keys in them for somebody else: where they are written, and whose key they are sealed for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from confide.cli import out
from confide.model.problem import NotAllowed, Problem, Usage

if TYPE_CHECKING:
    from confide.workflows.rotation import Rotated

F = TypeVar("F", bound=Callable[..., Any])


def out_file(function: F) -> F:
    """--out FILE"""
    return click.option(
        "--out",
        "file",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Where to write it; at home if left out.",
    )(function)


def target(chosen: Path | None, name: str) -> Path:
    """Where the file goes: at home, where nobody has chosen. Nothing is written over, and nothing into a repository."""
    path = chosen.absolute() if chosen else _unused(Path.home() / name)
    if path.exists():
        raise Usage(Problem("that file is there already", "nothing is written over", hint="name another: --out FILE"))
    if not path.parent.is_dir():
        raise Usage(Problem("there is no such directory", "the file could not be written", hint="--out FILE"))
    if any((above / ".git").exists() for above in path.parents):
        raise Usage(
            Problem(
                "the file would lie inside a repository",
                "what is once committed can never be destroyed",
                hint="write it somewhere else: --out FILE",
            )
        )
    return path


def _unused(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}-{number}") for number in range(2, 1000))
    return path if not path.exists() else next(one for one in numbered if not one.exists())


def confirmed(public: bytes, said: str, party: str) -> None:
    """Raise NotAllowed unless the fingerprint of the key was compared with its owner."""
    from confide.vault.sequoia import Certificate

    fingerprint = Certificate.parse(public).fingerprint
    if not said and out.on_terminal():
        out.row("key", fingerprint)
        if click.confirm(f"Did the {party} tell you this fingerprint, in person or by telephone?"):
            return
    if said.replace(" ", "").upper() != fingerprint:
        raise NotAllowed(
            Problem(
                "the fingerprint of the key is not confirmed",
                f"the file holds the key {fingerprint}",
                hint=f"compare it with them by telephone or in person, then add --confirm {fingerprint}",
            )
        )


def rotated(found: Rotated) -> None:
    """What became of the sealed files."""
    out.row("key", found.event.key)
    out.row("again", f"{found.again} files sealed for it, signed as they were")
    if found.fixed:
        out.row("as before", f"{found.fixed} files whose bytes events fix; the old key stays in the keystore for them")
    out.row("history", "earlier versions open with the old key, for whoever has it")
