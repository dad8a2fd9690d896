"""`confide instrument`: other binding documents, which only ever restrict."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import click

from confide.cli import options, out
from confide.cli.session import session

if TYPE_CHECKING:
    from confide.model.agreement import Term


@click.group()
def instrument() -> None:
    """Other binding documents: register, list."""


@instrument.command()
@click.argument("file", type=click.File("rb"))
@click.option("--document", type=click.File("rb"), required=True, help="The document itself, a scan; it is sealed.")
@options.in_partnership
@options.dry_run
@options.json_output
@click.pass_context
def add(
    ctx: click.Context, file: BinaryIO, document: BinaryIO, within: str | None, dry_run: bool, as_json: bool
) -> None:
    """Register a document. It restricts from now on, and never permits.

    FILE says what it restricts, each key on a line of its own:

    \b
    instrument: 1
    id: nda-7
    partnership: p-k7f3
    kind: nda          (contract, nda, works-agreement, policy, order)
    parties: [client, payer]
    effective: 2026-01-01
    until: 2027-12-31  (leave it out if it never ends)
    restricts:
      - {id: nda-plans, what: [strategy], with: [supervisor, adviser]}

    The line `document:` with the digest of the sealed document is added.
    """
    from confide.workflows import instruments

    found = session(ctx)
    partnership = found.partnership(within)
    found.practice.dry_run = dry_run
    event = instruments.add(found.practice, partnership, file.read(), document.read())
    if as_json:
        out.as_json({"event": event.id, "instrument": event.target, "recorded": not dry_run})
        return
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Registered: {event.target.removeprefix(instruments.TARGET)}.", event.id, fg="green")
    out.row("note", "what it restricts is denied from now on; what was told before stays on the record")
    out.say(f"Next: confide instrument list --in {partnership}")


@instrument.command("list")
@options.in_partnership
@options.json_output
@click.pass_context
def list_instruments(ctx: click.Context, within: str | None, as_json: bool) -> int:
    """What is registered, since when, until when."""
    from confide.workflows import instruments

    found = session(ctx)
    partnership = found.partnership(within)
    known = instruments.known(found.practice, partnership)
    if as_json:
        out.as_json(
            [
                {
                    "instrument": one.instrument.id,
                    "kind": one.instrument.kind,
                    "parties": list(one.instrument.parties),
                    "registered": one.registered.at.isoformat(),
                    "until": one.instrument.until.isoformat() if one.instrument.until else None,
                    "restricts": [term.id for term in one.instrument.restricts],
                    "event": one.registered.id,
                }
                for one in known
            ]
        )
        return found.faults(partnership)
    out.heading("Other binding documents", partnership)
    if not known:
        out.say("No other document is registered.")
    for one in known:
        until = f"until {out.day(one.instrument.until)}" if one.instrument.until else "without end"
        state = "over" if one.over else until
        out.row(one.instrument.kind, f"{one.instrument.id}, {state}", one.registered.id)
        out.row("", f"restricts since {out.day(one.registered.at)}: {_terms(one.instrument.restricts)}")
    return found.faults(partnership)


def _terms(restricts: tuple[Term, ...]) -> str:
    return ", ".join(term.id for term in restricts)
