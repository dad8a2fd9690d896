"""`confide driver`: what Git calls to show or to merge a sealed file. Not for people."""

from __future__ import annotations

from pathlib import Path

import click

from confide.cli.session import session


@click.group(hidden=True)
def driver() -> None:
    """Show or merge one sealed file, for Git."""


@driver.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def show(ctx: click.Context, file: Path) -> None:
    """Print what a sealed file says, under a line that says so."""
    from confide.ledger.repo import Repository
    from confide.workflows.showing_sealed import shown

    found = session(ctx)
    click.echo(shown(Repository.at(found.path), (found.path / file).read_bytes()), nl=False)


@driver.command()
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("path")
@click.pass_context
def merge(ctx: click.Context, base: Path, ours: Path, theirs: Path, path: str) -> None:
    """Join two versions into OURS; exit 1 leaves it whole, and a person decides."""
    from confide.ledger.repo import Repository
    from confide.vault import durable
    from confide.workflows.merging import merged

    found = session(ctx)
    old, here, there = ((found.path / file).read_bytes() for file in (base, ours, theirs))
    durable.write(found.path / ours, merged(Repository.at(found.path), path, old, here, there, found.now))
