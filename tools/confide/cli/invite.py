"""`confide invite`: a letter with an address and a one-time code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from confide.cli import options, out
from confide.cli.handed_over import check_place, hand_over
from confide.cli.session import Session, session
from confide.model.problem import Problem, Usage

if TYPE_CHECKING:
    from confide.workflows.invite import Letter


@click.command()
@click.argument("party")
@options.person
@options.in_partnership
@click.option("--letter", type=click.Choice(["page", "text"]), help="The whole letter, to print or to copy.")
@click.option("--out", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write the letter to this file.")
@click.option("--circle", is_flag=True, help="PARTY is a circle that is asked for feedback: one code for all of it.")
@options.json_output
@click.pass_context
def invite(
    ctx: click.Context,
    party: str,
    person: int,
    within: str | None,
    letter: str | None,
    target: Path | None,
    circle: bool,
    as_json: bool,
) -> None:
    """Invite PARTY to read the draft, make a key, and sign.

    Prints an address and a one-time code, for you to hand over; with --letter the whole letter, as a page with a QR
    code of the address, or as text. Inviting somebody again replaces their code and, once used, their key: that is how
    a lost passphrase is mended. With --circle the code opens the terms of feedback, and a place to give it.

    \b
    confide invite client --letter page --out /dev/shm/letter.html
    """
    from confide.cli.builder import SiteBuilder
    from confide.workflows.carrying import carried
    from confide.workflows.invite import invite as record

    if as_json and letter:
        raise Usage(
            Problem("that is more than one format", "a command prints one", hint="leave --json or --letter out")
        )
    letter = letter or ("page" if target else None)
    if letter:
        check_place(target, names=True)
    found = session(ctx)
    partnership = found.partnership(within)
    if circle:
        ask(found, partnership, party, as_json=as_json)
        return
    with carried(found.practice):
        made = record(found.practice, SiteBuilder(), partnership, party, person)
    if as_json:
        out.as_json(
            {
                "partnership": partnership,
                "party": party,
                "person": person,
                "address": made.address,
                "code": made.code,
                "expires": made.expires.isoformat(),
            }
        )
        return
    if letter:
        hand_over(written(found, made, letter), target, names=True)
        return
    out.heading(f"An invitation for the {party}.", partnership, fg="green")
    out.row("address", made.address)
    out.row("code", made.code)
    out.row("until", f"{made.expires:%d %B %Y}; it works once")
    out.row("give it", "in person or on paper; it is stored nowhere and shown only now")
    out.say("Next: when they have made their key, confide inbox")


def ask(found: Session, partnership: str, circle: str, *, as_json: bool) -> None:
    """Ask a circle for feedback, and print the code for all of it."""
    from confide.workflows import circles

    made = circles.invite(found.practice, partnership, circle)
    if as_json:
        facts = {"partnership": partnership, "circle": circle, "address": made.address, "code": made.code}
        out.as_json({**facts, "until": made.until.isoformat()})
        return
    out.heading(f"A code for the {circle}.", partnership, fg="green")
    out.row("address", made.address)
    out.row("code", made.code)
    out.row("until", f"{made.until:%d %B %Y}; the same for everybody in the circle, as often as they like")
    out.row("give it", "to all of them alike; who uses it is seen by nobody, and the terms stand before everything")
    out.say("Next: what they write comes with confide inbox")


def written(found: Session, made: Letter, form: str) -> str:
    """The letter, to the person whom the sealed list names."""
    from confide.site.paper import letter
    from confide.workflows import people

    persons = people.load(found.practice, made.partnership).persons
    named = {(person.party, person.number): person.name for person in persons}
    content = letter.Letter(
        made.address, made.code, made.expires, named.get((made.party, made.number), ""), named.get(("coach", 1), "")
    )
    return letter.page(content) if form == "page" else letter.text(content)
