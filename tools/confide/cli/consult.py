"""`confide consult`: the adviser is asked, sees what is referred, and answers."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from confide.cli import acting, missing, options, out
from confide.cli.handing_out import hand_out, outside
from confide.cli.session import Session, session
from confide.model.problem import Problem, Usage
from confide.model.words import CHANNELS


@click.command()
@click.argument("sections", nargs=-1, metavar="[SECTION...]")
@click.option("--about", "types", multiple=True, metavar="TYPE", help="A type of information, instead of exact texts.")
@click.option("--sentences", "choice", metavar="NUMBERS", help="Refer these sentences of one SECTION: 1,3-4.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the extract there: .gpg sealed to the adviser's key, otherwise in the clear; printed if left out.",
)
@click.option("--channel", type=click.Choice(CHANNELS), default="in-person", show_default=True, help="How it is sent.")
@click.option("--answer", is_flag=True, help="Record what the adviser said to the newest question.")
@click.option("--adviser", default="", metavar="PARTY", help="Who was asked; the agreement's adviser if left out.")
@click.option("--by", default="coach", show_default=True, metavar="PARTY", help="Who asked.")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def consult(
    ctx: click.Context,
    sections: tuple[str, ...],
    types: tuple[str, ...],
    choice: str | None,
    output: Path | None,
    channel: str,
    answer: bool,
    adviser: str,
    by: str,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Ask the adviser about confidentiality, and record the answer.

    They are told nothing but the sentences that --sentences refers, which are
    decided on first. What was asked, and with --answer what came of it, is
    read from --words and sealed.

    \b
    confide consult --about conflicts --words question.txt
    confide consult 2026-02-03#s4 --sentences 2-3 --output extract.gpg
    confide consult --answer --words answer.txt
    """
    from confide.workflows import consult as workflow

    found = session(ctx)
    partnership = found.partnership(within)
    said = words.read() if words else ""
    if answer:
        said = missing.text(said, "What did they say, and what came of it", "--words FILE", "the outcome is recorded")
        act = lambda: workflow.answer(found.practice, partnership, said)  # noqa: E731  one of three acts
    elif choice is not None:
        _refer(found, partnership, sections, choice, output, channel, adviser, said, yes, dry_run)
        return
    else:
        if not sections and not types:
            why = "the adviser is asked about exact texts, or about a type of information"
            types = missing.words((), "About which type of information", "--about TYPE", why)
        chosen = types
        act = lambda: workflow.consult(  # noqa: E731
            found.practice, partnership, sections, chosen, by=by, adviser=adviser, words=said
        )
    event = acting.acted(found.practice, act, "Record this?", yes=yes, dry_run=dry_run)
    if event is None:
        return
    if answer:
        out.heading(f"Recorded: what the {event.to[0]} said about {', '.join(event.what)}.", event.id, fg="green")
    else:
        out.heading(f"Recorded: the {event.to[0]} was asked about {', '.join(event.what)}.", event.id, fg="green")
        out.say("Next: confide consult --answer")


def _refer(
    found: Session,
    partnership: str,
    sections: tuple[str, ...],
    choice: str,
    output: Path | None,
    channel: str,
    adviser: str,
    said: str,
    yes: bool,
    dry_run: bool,
) -> None:
    """The event first, then the extract: sealed to the adviser, or in the clear to be handed over."""
    from confide.workflows import consult as workflow

    if len(sections) != 1:
        raise Usage(
            Problem("sentences are of one section", "an extract is from one text", hint="confide consult 2026-02-03#s4")
        )
    file = outside(found, output, "the extract")
    to_seal = file is not None and file.suffix == ".gpg"
    key = workflow.key_of_adviser(found.practice, partnership, adviser) if to_seal else b""
    done = acting.acted(
        found.practice,
        lambda: workflow.refer(
            found.practice, partnership, sections[0], choice, adviser=adviser, channel=channel, words=said
        ),
        "Record it and hand the extract over?",
        yes=yes,
        dry_run=dry_run,
    )
    if done is None:
        return
    event, part = done
    if file is None:
        hand_out(f"{part.text}\n", None)
        return
    if key:
        file.write_bytes(workflow.sealed(found.practice, part, key))
    else:
        hand_out(f"{part.text}\n", file)
    out.heading(f"Recorded: the {event.to[0]} is asked about {', '.join(event.what)}.", event.id, fg="green")
    out.row("extract", f"{file.name}, {'sealed to their key' if key else 'in the clear: hand it over, then delete it'}")
    out.say("Next: confide consult --answer")
