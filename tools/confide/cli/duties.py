"""`confide inform` and `confide attest`: what some disclosures need on record before."""

from __future__ import annotations

from typing import TextIO

import click

from confide.cli import acting, missing, options, out
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
@options.yes
@click.pass_context
def inform(
    ctx: click.Context,
    sections: tuple[str, ...],
    what: str,
    clients: tuple[str, ...],
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Record that the client was told what will be disclosed."""
    from confide.workflows.duties import inform as record

    found = session(ctx)
    partnership = found.partnership(within)
    if not sections and not what and out.on_terminal():
        why = "she is informed of exact texts, or of a type of information"
        what = missing.one_line(None, "Which type of information", "--about TYPE", why)
    said = words.read() if words else ""
    event = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, sections, what, said, clients),
        "Record that she was informed?",
        yes=yes,
        dry_run=dry_run,
    )
    if event is not None:
        out.heading(f"Recorded: the client was informed of {', '.join(event.what)}.", event.id, fg="green")
        out.say(f"Next: confide may --tell PARTY --about {event.what[0]} --in {partnership}")


@click.command()
@click.argument("clause")
@click.option("--by", default="coach", show_default=True, metavar="PARTY", help="Who attests it.")
@click.option("--denied", is_flag=True, help="They say that it has not come about.")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def attest(
    ctx: click.Context,
    clause: str,
    by: str,
    denied: bool,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Record whether a CLAUSE's circumstances have come about."""
    from confide.workflows.duties import attest as record

    found = session(ctx)
    partnership = found.partnership(within)
    said = words.read() if words else ""
    event = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, clause, by, said, denied=denied),
        f"Record that it is {'denied' if denied else 'attested'}?",
        yes=yes,
        dry_run=dry_run,
    )
    if event is not None:
        out.heading(f"Recorded: {'denied' if denied else 'attested'} for {clause}.", event.id, fg="green")
        out.say(f"Next: confide agree show --in {partnership}")


@click.command()
@click.option("--by", "party", metavar="PARTY", help="Who accepted the duty.")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def acknowledge(
    ctx: click.Context, party: str | None, words: TextIO | None, within: str | None, dry_run: bool, yes: bool
) -> None:
    """Record that a party accepts to keep what they learn.

    Whoever signed the agreement in force has done so by signing; this is for
    the others: an adviser, or somebody whom the client told herself.
    """
    from confide.workflows.duties import acknowledge as record

    found = session(ctx)
    partnership = found.partnership(within)
    party = missing.one_line(party, "Who accepted the duty", "--by PARTY", "a duty is accepted by somebody")
    said = words.read() if words else ""
    event = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, party, words=said),
        f"Record that the {party} accepted the duty?",
        yes=yes,
        dry_run=dry_run,
    )
    if event is not None:
        out.heading(f"Recorded: the {party} keeps confidential what they learn.", event.id, fg="green")
        out.say(f"Next: confide may --tell {party} --about TYPE --in {partnership}")
