"""`confide inform` and `confide attest`: what some disclosures need on record before."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import options, out
from confide.cli.session import session


@click.command()
@click.argument("sections", nargs=-1, metavar="[SECTION...]")
@click.option("--about", "what", default="", metavar="TYPE", help="A type of information, instead of exact sections.")
@click.option(
    "--client", "clients", multiple=True, default=("client",), metavar="PARTY", help="Which client, if several."
)
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def inform(
    ctx: click.Context,
    sections: tuple[str, ...],
    what: str,
    clients: tuple[str, ...],
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
) -> None:
    """Record that the client was told what will be disclosed."""
    from confide.workflows.duties import inform as record

    found = session(ctx)
    partnership = found.partnership(within)
    found.practice.dry_run = dry_run
    event = record(found.practice, partnership, sections, what, words.read() if words else "", clients)
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Recorded: the client was informed of {', '.join(event.what)}.", event.id, fg="green")


@click.command()
@click.argument("clause")
@click.option("--by", default="coach", show_default=True, metavar="PARTY", help="Who attests it.")
@click.option("--denied", is_flag=True, help="They say that it has not come about.")
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def attest(
    ctx: click.Context, clause: str, by: str, denied: bool, words: TextIO | None, within: str | None, dry_run: bool
) -> None:
    """Record whether a CLAUSE's circumstances have come about."""
    from confide.workflows.duties import attest as record

    found = session(ctx)
    partnership = found.partnership(within)
    found.practice.dry_run = dry_run
    event = record(found.practice, partnership, clause, by, words.read() if words else "", denied=denied)
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Recorded: {'denied' if denied else 'attested'} for {clause}.", event.id, fg="green")


@click.command()
@click.option("--by", "party", required=True, metavar="PARTY", help="Who accepted the duty.")
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def acknowledge(ctx: click.Context, party: str, words: TextIO | None, within: str | None, dry_run: bool) -> None:
    """Record that a party accepts to keep what they learn.

    Whoever signed the agreement in force has done so by signing; this is for the others, an adviser for example.
    """
    from confide.workflows.duties import acknowledge as record

    found = session(ctx)
    partnership = found.partnership(within)
    found.practice.dry_run = dry_run
    event = record(found.practice, partnership, party, words=words.read() if words else "")
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Recorded: the {party} keeps confidential what they learn.", event.id, fg="green")
