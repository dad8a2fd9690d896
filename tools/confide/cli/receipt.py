"""`confide receipt`: what one reader can prove, as a file for them alone."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from confide.cli import options, out
from confide.cli.session import session


@click.command()
@click.argument("party")
@click.option("--person", metavar="N", type=int, default=1, help="Which person in the role, from 1.")
@click.option("--to", "target", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="Where to write it, outside the repository; standard output if left out.")  # fmt: skip
@options.in_partnership
@click.pass_context
def receipt(ctx: click.Context, party: str, person: int, target: Path | None, within: str | None) -> None:
    """Make the receipt of one reader.

    It proves to anybody, without this repository, what was recorded and shown to them, and shows later whether
    anything of it was rewritten or dropped. Check one with `confide verify --receipt FILE`.
    """
    from confide.workflows import receipts

    found = session(ctx)
    data = receipts.receipt(found.practice, found.partnership(within), party, person)
    if target is None:
        sys.stdout.buffer.write(data)
        return
    receipts.save(target, data, found.practice.root)
    out.heading("The receipt is written.", fg="green")
    out.row("hand over", "it is theirs alone: it holds in the clear what they were shown")
