"""`confide permit`: somebody permits in writing what is theirs; what is only said narrows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from confide.cli import missing, options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage
from confide.model.words import CHANNELS, Attribution, Form

if TYPE_CHECKING:
    from confide.model.event import Event
    from confide.workflows.permit import Wish
    from confide.workflows.practice import Practice

FORMS = tuple(form.word for form in Form if form)


@click.command()
@click.option("--by", default="client", show_default=True, metavar="PARTY", help="Whose permission it is.")
@click.option("--to", multiple=True, metavar="PARTY", help="Who may learn it; repeat it.")
@click.option("--section", "refs", multiple=True, metavar="SECTION", help="An exact text: 2026-02-03#s2; repeat it.")
@click.option("--about", "types", multiple=True, metavar="TYPE", help="A whole type of information instead.")
@click.option("--form", type=click.Choice(FORMS), help="How much of it, at most.")
@click.option("--channel", type=click.Choice(CHANNELS), help="Only in this way; any if left out.")
@click.option("--source", "shown", type=click.Choice([a.word for a in Attribution]), help="How far a source is shown.")
@options.person
@click.option("--statement", is_flag=True, help="Print the exact text to be signed, and change nothing.")
@click.option("--signature", type=click.File("rb"), help="Their detached signature of that text, by their own key.")
@click.option("--paper", type=click.File("rb"), help="A scan of the signed paper; it is sealed.")
@click.option("--e-sign", type=click.File("rb"), help="The certificate of an e-sign service; it is sealed.")
@click.option("--spoken", is_flag=True, help="They only said it: it narrows, and widens nothing.")
@options.words
@options.in_partnership
@options.dry_run
@options.json_output
@click.pass_context
def permit(
    ctx: click.Context,
    by: str,
    to: tuple[str, ...],
    refs: tuple[str, ...],
    types: tuple[str, ...],
    form: str | None,
    channel: str | None,
    shown: str | None,
    person: int,
    statement: bool,
    signature: BinaryIO | None,
    paper: BinaryIO | None,
    e_sign: BinaryIO | None,
    spoken: bool,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Record what somebody permits, signed, or narrows, spoken.

    \b
    confide permit --to payer --section 2026-02-03#s4 --form summary \\
      --statement | gpg --armor --detach-sign > yes.sig
    confide permit --to payer --section 2026-02-03#s4 --form summary \\
      --signature yes.sig
    confide permit --to manager --about conflicts --form topic --spoken
    """
    from confide.workflows.permit import Wish, statement_for

    found = session(ctx)
    partnership = found.partnership(within)
    _check_ways(by, statement, (signature, paper, e_sign), spoken)
    to = missing.words(to, "Who may learn it", "--to PARTY", "a permission names whoever may learn it")
    if not refs and not types:
        refs = missing.words((), "Which section (2026-02-03#s4)", "--section SECTION", "a permission is exact")
    word = missing.one_of(form, FORMS, "How much of it, at most", "--form FORM", "a permission says how much")
    wish = Wish(
        *(by, to, Form[word.upper()], refs, types, channel or ""),
        Attribution[shown.upper()] if shown else None,
        person,
    )
    if statement:
        sys.stdout.buffer.write(statement_for(found.practice, partnership, wish))
        return
    found.practice.dry_run = dry_run
    said = words.read() if words else ""
    event = _record(found.practice, partnership, wish, (signature, paper, e_sign), said)
    if as_json:
        out.as_json({"event": event.id, "by": event.by, "to": list(event.to), "recorded": not dry_run})
    elif dry_run:
        out.would(found.practice.messages)
    else:
        _told(event, partnership)


def _record(
    practice: Practice,
    partnership: str,
    wish: Wish,
    ways: tuple[BinaryIO | None, BinaryIO | None, BinaryIO | None],
    said: str,
) -> Event:
    from confide.workflows import permit as workflow

    signature, paper, e_sign = ways
    if signature is not None:
        return workflow.with_signature(practice, partnership, wish, signature.read(), said)
    if paper is not None:
        return workflow.on_paper(practice, partnership, wish, paper.read(), "paper", said)
    if e_sign is not None:
        return workflow.on_paper(practice, partnership, wish, e_sign.read(), "e-sign", said)
    return workflow.spoken(practice, partnership, wish, said)


def _check_ways(by: str, statement: bool, files: tuple[BinaryIO | None, ...], spoken: bool) -> None:
    """Exactly one way to have permitted it: nobody signs for somebody else, and silence permits nothing."""
    ways = sum((statement, spoken, *(file is not None for file in files)))
    offered = "--signature FILE, --paper SCAN, --e-sign CERTIFICATE, or --spoken"
    if ways > 1:
        raise Usage(Problem("that is more than one way to permit", "it is signed in one, or spoken", hint=offered))
    if not ways:
        raise Usage(Problem(f"how did `{by}` permit it?", "nobody signs for somebody else", hint=offered))


def _told(event: Event, partnership: str) -> None:
    form = event.form.word if event.form is not None else ""
    to = ", ".join(event.to)
    if event.strength:
        out.heading(f"Recorded: the {event.by} permits {', '.join(event.what)} to {to}.", event.id, fg="green")
        out.row("form", f"{form} at most; signed, {event.strength}")
        out.row("note", f"it can be taken back at any time: confide withdraw {event.id} --by {event.by}")
    else:
        out.heading(f"Recorded: the {event.by} narrows {', '.join(event.what)} to {form}.", event.id, fg="green")
        out.row("for", to)
        out.row("note", "it was spoken, so it only narrows; what is wider needs their signature")
    out.say(f"Next: confide may --tell {event.to[0]} --about {event.what[0]} --in {partnership}")
