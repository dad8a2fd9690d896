"""`confide agree sign`: as the coach, with a key of one's own, on paper, or by an e-sign service."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage


@click.command()
@options.in_partnership
@options.version
@click.option("--party", default="coach", show_default=True, metavar="PARTY", help="Who signs.")
@options.person
@click.option("--statement", is_flag=True, help="Print the exact text to be signed, and change nothing.")
@click.option("--signature", type=click.File("rb"), help="A detached signature by the party's own GnuPG key.")
@click.option("--key", type=click.File("rb"), help="That key's public half, if it is not on record yet.")
@click.option("--paper", type=click.File("rb"), help="A scan of the signed printout; it is sealed.")
@click.option("--e-sign", type=click.File("rb"), help="The certificate of an e-sign service; it is sealed.")
@options.dry_run
@click.pass_context
def sign(
    ctx: click.Context,
    within: str | None,
    version: int | None,
    party: str,
    person: int,
    statement: bool,
    signature: BinaryIO | None,
    key: BinaryIO | None,
    paper: BinaryIO | None,
    e_sign: BinaryIO | None,
    dry_run: bool,
) -> None:
    """Sign as the coach, or record how another party signed.

    \b
    confide agree sign
    confide agree sign --party payer --paper scan.pdf
    confide agree sign --party client --statement | gpg --detach-sign > c.sig
    confide agree sign --party client --key client.asc --signature c.sig
    """
    from confide.workflows import signing

    found = session(ctx)
    partnership = found.partnership(within)
    practice = found.practice
    if statement:
        sys.stdout.buffer.write(signing.statement_for(practice, partnership, party, person, version)[1])
        return
    signing.open_for_signing(practice.trusted(partnership), version, party)
    ways = sum(way is not None for way in (signature, paper, e_sign))
    _check_ways(party, ways, key is not None and signature is None)
    practice.dry_run = dry_run
    if signature is not None:
        event = signing.sign_with_own_key(
            practice, partnership, party, signature.read(), person, version, key=key.read() if key is not None else None
        )
    elif paper is not None:
        event = signing.sign_on_paper(practice, partnership, party, paper.read(), "paper", person, version)
    elif e_sign is not None:
        event = signing.sign_on_paper(practice, partnership, party, e_sign.read(), "e-sign", person, version)
    else:
        event = signing.sign_as_coach(practice, partnership, version)
    if dry_run:
        out.would(practice.messages)
        return
    out.heading(f"Agreement {event.agreement}: signed by {party}, {event.strength}.", event.id, fg="green")
    out.say("Next: confide agree status")


def _check_ways(party: str, ways: int, key_alone: bool) -> None:
    """Everybody but the coach says in which one way they signed."""
    offered = "--paper SCAN, --e-sign CERTIFICATE, --signature FILE, or the portal"
    if ways > 1:
        raise Usage(Problem("that is more than one way to sign", "a signature is made in one", hint=offered))
    if key_alone:
        raise Usage(Problem("a key alone signs nothing", "it belongs to a signature", hint="add --signature FILE"))
    if not ways and party != "coach":
        raise Usage(Problem(f"how did `{party}` sign?", "nobody signs for somebody else", hint=offered))
