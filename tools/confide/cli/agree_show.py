"""`confide agree show`: who may learn what, on the screen, as data, or as the page that everybody signs."""

from __future__ import annotations

from pathlib import Path

import click

from confide.cli import options
from confide.cli.agree_status import status
from confide.cli.handed_over import hand_over
from confide.cli.session import session
from confide.cli.shown import FORMATS, table, text
from confide.model.problem import Problem, Usage

__all__ = ["show", "status"]


@click.command()
@options.in_partnership
@options.version
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to show it; a table if left out.")
@click.option("--out", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@options.json_output
@click.pass_context
def show(
    ctx: click.Context, within: str | None, version: int | None, form: str | None, target: Path | None, as_json: bool
) -> None:
    """Who may learn what: as a table, as Markdown, as JSON, or as the page to sign.

    The page holds the names of those who sign, from the sealed list of people: it needs your key, and it is not
    encrypted. Without --out it goes to standard output, so that nothing lands on a disk unless you put it there;
    on a terminal it is refused. With --out it is written where you say, readable by you alone, and never inside a
    repository. A file in memory (/dev/shm) is gone after a restart; one on a disk stays until you shred it, and so
    does what a browser or a print queue keeps. Print it, then remove it.

    \b
    confide agree show --format markdown
    confide agree show --format page --out /dev/shm/agreement.html
    """
    from confide.workflows import agreements

    if as_json and form not in (None, "json"):
        raise Usage(Problem("that is more than one format", "a command shows one", hint="leave --json or --format out"))
    form = "json" if as_json else form or "table"
    found = session(ctx)
    partnership = found.partnership(within)
    agreement, source = agreements.load(found.practice, partnership, version)
    if form == "table" and target is None:
        table(agreement)
        return
    hand_over(text(found, agreement, source, form), target, names=form == "page")
