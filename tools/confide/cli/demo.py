"""`confide demo`: a fictional practice to look at and to play with."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from confide.cli import options, out
from confide.cli.serve import run
from confide.cli.session import session
from confide.model.problem import Problem, Usage

if TYPE_CHECKING:
    from confide.cli.story.stage import Reader

# Only what `demo` made itself is ever removed.
MARK = "confide-demo"


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--no-serve", is_flag=True, help="Only write it.")
@click.option("--port", default=8765, show_default=True, help="Where to serve it, on this machine only.")
@options.json_output
@click.pass_context
def demo(ctx: click.Context, directory: Path, no_serve: bool, port: int, as_json: bool) -> None:
    """Write a fictional practice and serve its review sites.

    Everybody in it is invented, its keys are thrown away with it, and it is a real practice otherwise: four months of
    signed history, made by the same commands a coach uses.
    """
    from confide.cli.story.play import Story
    from confide.cli.story.stage import raise_curtain
    from confide.portal.serve import listen

    found = session(ctx)
    listening = None if no_serve else listen("127.0.0.1", port)
    target = (found.path / directory).resolve()
    address = f"http://localhost:{port}"
    _clear(target)
    stage = raise_curtain(target, address, found.now.date())
    (stage.home / MARK).touch()
    Story(stage, lambda line: None if as_json else out.say(f"  {line}", dim=True)).tell()
    stage.practice.gpg.kill_agent()
    if as_json:
        out.as_json({"repository": str(target), "portal": {"address": address}, "readers": _plain(stage.readers)})
    else:
        _table(directory, stage.readers)
    if listening is not None:
        run(listening, stage.store, (address, f"http://127.0.0.1:{port}"))


def _clear(target: Path) -> None:
    """Take away an earlier demo; refuse to touch anything else."""
    home = target.with_name(target.name + ".keys")
    if home.exists() or (target.exists() and any(target.iterdir())):
        if not (home / MARK).is_file():
            raise Usage(
                Problem(
                    "that directory is there already and no demo of ours",
                    "nothing of yours is ever written over",
                    hint="name a new one",
                )
            )
        shutil.rmtree(home)
        if target.exists():
            shutil.rmtree(target)


def _program(directory: Path) -> str:
    """How to call `confide` from the demo: by name if the shell finds it, else by the path from there."""
    here = Path(sys.argv[0])
    if shutil.which("confide") or not here.is_file():
        return "confide"
    return os.path.relpath(here, directory)


def _plain(readers: list[Reader]) -> list[dict[str, str]]:
    keys = ("partnership", "party", "role", "name", "address", "passphrase")
    return [{key: str(asdict(reader)[key]) for key in keys} for reader in readers]


def _table(directory: Path, readers: list[Reader]) -> None:
    out.say()
    out.heading("A fictional practice, four months old.", fg="green")
    for reader in readers:
        out.say()
        out.say(f"{reader.name}, {reader.party} of {reader.partnership}", bold=True)
        out.row("address", reader.address)
        out.row("words", reader.passphrase)
        out.row("look at", reader.look_at)
    out.say()
    out.row("play", f"cd {directory} && {_program(directory)}")
    out.row("read", "git log, ls records, confide log, confide may --tell payer --about career-aspirations")
    out.row("stop", "Ctrl-C")
