"""`confide new`: a partnership, from an interview or from a file that is read once and never stored in the clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage

if TYPE_CHECKING:
    from confide.model.partnership import Person

USUAL = ("payer", "manager", "adviser", "peers", "reports", "board")


@click.command()
@click.option("--party", "parties", multiple=True, metavar="PARTY", help="A party beside coach and client; repeat it.")
@click.option(
    "--people",
    "source",
    type=click.File("rb"),
    help="YAML with `persons`, from FILE or - for standard input. Names never go on the command line.",
)
@options.json_output
@options.dry_run
@click.pass_context
def new(ctx: click.Context, parties: tuple[str, ...], source: BinaryIO | None, as_json: bool, dry_run: bool) -> None:
    """Begin a partnership: a random id, a key, its people sealed."""
    from confide.workflows.new import new as make

    practice = session(ctx).practice
    practice.dry_run = dry_run
    if source is not None:
        from confide.records.persons import parse_persons

        persons = parse_persons(source.read(), "people")
        parties = (*parties, *(person.party for person in persons))
    elif out.on_terminal():
        parties, persons = _interview(parties)
    else:
        raise Usage(
            Problem(
                "who takes part is not known",
                "names are asked for on a terminal, or read from a file",
                hint="confide new --people - < people.yml",
            )
        )
    made = make(practice, tuple(dict.fromkeys(("coach", "client", *parties))), persons)
    if as_json:
        out.as_json({"partnership": made.id, "parties": list(made.parties), "recorded": not dry_run})
        return
    if dry_run:
        out.would(practice.messages)
        return
    out.heading("A new partnership.", made.id, fg="green")
    out.row("parties", ", ".join(made.parties))
    out.row("names", "sealed in people.yml.gpg, and nowhere else")
    out.say()
    out.say(f"Next: confide agree draft --in {made.id}")


def _interview(parties: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Person, ...]]:
    from confide.model.partnership import Person

    chosen = parties or tuple(p for p in USUAL if click.confirm(f"Does {p} take part?", default=p in {"payer"}))
    persons = []
    for party in ("coach", "client", *chosen):
        if party in {"peers", "reports", "board"}:
            continue
        name = click.prompt(f"Name of {party} (empty: nobody yet)", default="", show_default=False)
        if name:
            title = click.prompt("  title", default="", show_default=False)
            email = click.prompt("  e-mail", default="", show_default=False)
            persons.append(Person(party, 1, name, title, email=email))
    return chosen, tuple(persons)
