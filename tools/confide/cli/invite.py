"""`confide invite`: a letter with an address and a one-time code."""

from __future__ import annotations

import click

from confide.cli import options, out
from confide.cli.session import session


@click.command()
@click.argument("party")
@options.person
@options.in_partnership
@options.json_output
@click.pass_context
def invite(ctx: click.Context, party: str, person: int, within: str | None, as_json: bool) -> None:
    """Invite PARTY to read the draft, make a key, and sign.

    Prints a letter with an address and a one-time code, for you to hand over. Inviting somebody again replaces their
    code and, once used, their key.
    """
    from confide.cli.builder import SiteBuilder
    from confide.workflows.invite import invite as record

    found = session(ctx)
    partnership = found.partnership(within)
    letter = record(found.practice, SiteBuilder(), partnership, party, person)
    if as_json:
        out.as_json(
            {
                "partnership": partnership,
                "party": party,
                "person": person,
                "address": letter.address,
                "code": letter.code,
                "expires": letter.expires.isoformat(),
            }
        )
        return
    out.heading(f"An invitation for the {party}.", partnership, fg="green")
    out.row("address", letter.address)
    out.row("code", letter.code)
    out.row("until", f"{letter.expires:%d %B %Y}; it works once")
    out.row("give it", "in person or on paper; it is stored nowhere and shown only now")
    out.say("Next: when they have made their key, confide inbox")
