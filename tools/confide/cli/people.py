"""`confide people`: who holds a role. Names are asked for or read from a file, and sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage

if TYPE_CHECKING:
    from confide.model.partnership import Person


@click.group()
def people() -> None:
    """The people behind the roles: replace one."""


@people.command()
@click.argument("party")
@options.person
@click.option(
    "--people",
    "source",
    type=click.File("rb"),
    help="YAML with one entry under `persons`, from FILE or -. Names never go on the command line.",
)
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def replace(
    ctx: click.Context,
    party: str,
    person: int,
    source: BinaryIO | None,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Another person takes over a role, under the same agreement.

    Whoever leaves loses their address and key at once; what they read cannot be
    taken back. The new one is invited: confide invite PARTY.
    """
    from confide.workflows.replace import another, replace_person

    found = session(ctx)
    partnership = found.partnership(within)
    new = another(_person(party, source), party, person)
    if out.on_terminal() and not (yes or dry_run):
        click.confirm(f"Replace person {person} as {party}, and close their way in?", default=True, abort=True)
    found.practice.dry_run = dry_run
    done = replace_person(found.practice, partnership, new, words.read() if words else "")
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Replaced: person {person} as {party}.", done.event.id, fg="green")
    out.row("names", "sealed in people.yml.gpg, and nowhere else")
    if done.closed is not None:
        out.row("closed", "their address opens nothing any more; what they read cannot be taken back", done.closed.id)
    out.say(f"Next: confide invite {party} --in {partnership}, and confide publish --in {partnership}")


def _person(party: str, source: BinaryIO | None) -> Person:
    """The one new person, from a file or from questions."""
    from confide.model.partnership import Person
    from confide.records.persons import parse_persons

    if source is not None:
        persons = parse_persons(source.read(), "people")
        if len(persons) != 1 or persons[0].party != party:
            raise Usage(
                Problem(
                    f"expected one person, listed as `{party}`",
                    "one person takes over one role",
                    hint=f"persons: [{{party: {party}, name: …}}]",
                )
            )
        return persons[0]
    if not out.on_terminal():
        raise Usage(
            Problem(
                "who takes over is not known",
                "names are asked for on a terminal, or read from a file",
                hint=f"confide people replace {party} --people - < people.yml",
            )
        )
    name = click.prompt(f"Name of the new {party}")
    title = click.prompt("  title", default="", show_default=False)
    email = click.prompt("  e-mail", default="", show_default=False)
    return Person(party, 1, name, title, email=email)
