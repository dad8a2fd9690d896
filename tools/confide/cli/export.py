"""`confide export`: the pack a lawyer asks for, as a folder and as one PDF."""

from __future__ import annotations

from pathlib import Path

import click

from confide.cli import options, out, register
from confide.cli.handed_over import check_place
from confide.cli.session import session
from confide.model.problem import Problem, Usage


@click.command()
@click.option("--out", "target", type=click.Path(path_type=Path, file_okay=False), help="The folder; it has to be new.")
@click.option("--no-pdf", is_flag=True, help="Only the folder.")
@options.in_partnership
@options.json_output
@click.pass_context
def export(ctx: click.Context, target: Path | None, no_pdf: bool, within: str | None, as_json: bool) -> None:
    """Hand over the record of a partnership to its lawyers.

    The folder holds names in the clear and what parties were shown. It is readable by you alone, never lies inside a
    repository, and is not encrypted: a place in memory (/dev/shm) is gone after a restart.

    \b
    confide export --out /dev/shm/for-the-lawyer
    """
    from confide.site.pack.files import files
    from confide.site.pack.pdf import pdf
    from confide.vault import durable
    from confide.workflows import account_fields, accounting
    from confide.workflows import export as workflow

    if target is None:
        raise Usage(Problem("where to?", "the pack is a folder of plain files", hint="--out /dev/shm/for-the-lawyer"))
    check_place(target / "index.html", names=True)
    if target.exists():
        raise Usage(Problem("that folder is there already", "nothing is ever mixed into a pack", hint="name a new one"))
    found = session(ctx)
    partnership = found.partnership(within)
    pack = workflow.pack(found.practice, partnership)
    lines = accounting.register(found.practice, partnership)
    full = account_fields.account(found.practice, partnership, lines, pack.people, None)
    page = register.printed(partnership, full, "for everybody", out.day(found.now))
    made, printed = files(pack, page.encode(), register.values(full).encode(), out.day(found.now))
    if not no_pdf:
        made["pack.pdf"] = pdf(printed)
    durable.folder(target, made)
    if as_json:
        out.as_json({"folder": str(target), "files": sorted(made)})
        return
    out.heading(f"{len(made)} files about {partnership}.", str(len(pack.versions)) + " agreements", fg="green")
    out.row("begin", str(target / ("index.html" if no_pdf else "pack.pdf")))
    out.row("note", "not encrypted: it names people. Hand it over, then remove it")
