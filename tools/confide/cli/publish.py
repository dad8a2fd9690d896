"""`confide publish`: rebuild, audit and seal what each party may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Exit

if TYPE_CHECKING:
    from confide.workflows.publish import Published


@click.command()
@options.in_partnership
@click.option("--all", "everything", is_flag=True, help="All partnerships.")
@click.option("--anew", is_flag=True, help="Also sites that would stay the same.")
@click.option(
    "--to",
    "address",
    metavar="ADDRESS",
    default="",
    help="The portal's store on another machine: a directory, or sftp://…",
)
@options.json_output
@click.pass_context
def publish(ctx: click.Context, within: str | None, everything: bool, anew: bool, address: str, as_json: bool) -> int:
    """Build, audit and seal each reader's site for the portal.

    A site that would stay the same is left as it lies. One that would leak stops its partnership; nothing of it is
    published. Exit 1 if one was stopped.

    With --to the portal's store lies elsewhere: what parties sent there is brought first, and sealed bytes alone go
    out. The address is remembered; `invite` and `inbox` go there, too.
    """
    from confide.cli.builder import SiteBuilder
    from confide.workflows.carrying import carried
    from confide.workflows.publish import publish as run

    found = session(ctx)
    practice = found.practice
    chosen = practice.ids() if everything else (found.partnership(within),)
    if out.on_terminal() and not as_json:
        practice.progress = lambda line: click.echo(f"\r\033[K  {line}", nl=False, err=True)
    with carried(practice, address):
        published = run(practice, SiteBuilder(), chosen, anew=anew)
    if out.on_terminal() and not as_json:
        click.echo("\r\033[K", nl=False, err=True)
    if as_json:
        out.as_json(
            [
                {
                    "partnership": p.reader.partnership,
                    "party": p.reader.party,
                    "sequence": p.sequence,
                    "bytes": p.size,
                    "same": p.same,
                    "problem": p.problem.what if p.problem else None,
                }
                for p in published
            ]
        )
        return _exit(published)
    made = [p for p in published if p.problem is None and not p.same]
    out.heading(f"{len(made)} site{'' if len(made) == 1 else 's'} published.", fg="green")
    rows = [
        (
            p.reader.partnership,
            p.reader.party,
            f"no. {p.sequence}" if p.sequence else "-",
            f"{p.size // 1024} KiB" if p.size else "",
            _became(p),
        )
        for p in published
    ]
    out.table(("partnership", "reader", "", "size", ""), rows)
    for p in published:
        if p.stopped and p.problem is not None:
            out.row("stopped", f"{p.reader.partnership} {p.reader.party}: {p.problem.what}")
            out.row("", f"hint: {p.problem.hint}" if p.problem.hint else "see confide verify")
    out.say("Next: confide serve")
    return _exit(published)


def _became(p: Published) -> str:
    if p.stopped:
        return "stopped"
    if p.same:
        return "the same as before: left as it lies"
    return p.problem.what if p.problem else "sealed for their key alone"


def _exit(published: tuple[Published, ...]) -> int:
    return int(Exit.NO if any(p.stopped for p in published) else Exit.OK)
