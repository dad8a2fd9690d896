"""`confide publish`: rebuild, audit and seal what each party may see."""

from __future__ import annotations

import click

from confide.cli import options, out
from confide.cli.session import session


@click.command()
@options.in_partnership
@click.option("--all", "everything", is_flag=True, help="All partnerships.")
@options.json_output
@click.pass_context
def publish(ctx: click.Context, within: str | None, everything: bool, as_json: bool) -> None:
    """Build, audit and seal each reader's site for the portal.

    A site that would leak stops its partnership; nothing of it is published.
    """
    from confide.cli.builder import SiteBuilder
    from confide.workflows.publish import publish as run

    found = session(ctx)
    practice = found.practice
    chosen = practice.ids() if everything else (found.partnership(within),)
    published = run(practice, SiteBuilder(), chosen)
    if as_json:
        out.as_json(
            [
                {
                    "partnership": p.reader.partnership,
                    "party": p.reader.party,
                    "sequence": p.sequence,
                    "bytes": p.size,
                    "problem": p.problem.what if p.problem else None,
                }
                for p in published
            ]
        )
        return
    made = [p for p in published if p.problem is None]
    out.heading(f"{len(made)} site{'' if len(made) == 1 else 's'} published.", fg="green")
    rows = [
        (
            p.reader.partnership,
            p.reader.party,
            f"no. {p.sequence}" if p.sequence else "-",
            f"{p.size // 1024} KiB" if p.size else "",
            p.problem.what if p.problem else "sealed for their key alone",
        )
        for p in published
    ]
    out.table(("partnership", "reader", "", "size", ""), rows)
    out.say("Next: confide serve")
