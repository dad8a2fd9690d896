"""`confide withdraw`: a clause or a disclosure is taken back, at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from confide.cli import acting, options, out
from confide.cli.handing_out import hand_out, outside
from confide.cli.session import Session, session

if TYPE_CHECKING:
    from confide.model.event import Event


STDOUT = Path("-")


@click.command()
@click.argument("target", metavar="CLAUSE|EVENT")
@click.option("--by", default="client", show_default=True, metavar="PARTY", help="Who withdraws their consent.")
@click.option(
    "--evidence",
    default="attested",
    type=click.Choice(["attested", "signed"]),
    show_default=True,
    help="How it is known: your word for it, or theirs, signed.",
)
@click.option(
    "--letter",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write there who already knows what: .html to print, text otherwise, - for standard output.",
)
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def withdraw(
    ctx: click.Context,
    target: str,
    by: str,
    evidence: str,
    letter: Path | None,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Take back a clause, a permission or a disclosure, at once.

    Says who already knows what, because that cannot be taken back; --letter
    puts it on paper for whoever withdraws. It names nobody.

    \b
    confide withdraw goals-to-sponsors
    confide withdraw x7k2m9qd
    """
    from confide.workflows.withdraw import withdraw as record

    found = session(ctx)
    partnership = found.partnership(within)
    file = letter if letter == STDOUT else outside(found, letter, "the letter")
    earlier = found.practice.record(partnership).event(target)
    if earlier is not None and earlier.kind == "withdrawn" and letter is not None:
        # The letter again, for somebody who lost it: nothing is withdrawn twice.
        _who_knows(found, earlier, file)
        return
    said = words.read() if words else ""
    event = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, target, by, words=said, evidence=evidence),
        f"Withdraw {target} on behalf of {by}?",
        yes=yes,
        dry_run=dry_run,
    )
    if event is None:
        return
    if letter != STDOUT:
        out.heading(f"Withdrawn: {target}.", event.id, fg="green")
        out.row("from", ", ".join(event.to))
    _who_knows(found, event, file)
    if letter != STDOUT:
        acting.next_step(
            "Rebuild their pages without it now?",
            f"confide publish --in {partnership}",
            lambda: _publish(ctx, partnership),
        )


def _publish(ctx: click.Context, partnership: str) -> None:
    from confide.cli.publish import publish

    ctx.invoke(publish, within=partnership)


def _who_knows(found: Session, event: Event, letter: Path | None) -> None:
    """On the screen in a line each; in the letter only what whoever withdraws may know of."""
    from confide.policy.knows import who_knows
    from confide.site.letter import as_page, as_text, paragraphs

    record = found.practice.record(event.partnership)
    agreement = record.agreement(event.agreement)
    zone = agreement.time_zone if agreement is not None else "UTC"
    if letter != STDOUT:
        for known in who_knows(record, event.target):
            how = f"{known.form.word}, {known.channel or 'site'}, {out.day(known.at)}"
            out.row("knows", f"{known.party}: {', '.join(known.what)}, {how}", known.event)
        out.row("note", "what they have read or heard cannot be taken back; their pages are rebuilt without it")
    if letter is None:
        return
    lines = paragraphs(event, who_knows(record, event.target, event.by), zone)
    if letter == STDOUT:
        out.say(as_text(lines).rstrip())
        return
    hand_out(as_page(lines) if letter.suffix == ".html" else as_text(lines), letter)
    out.row("letter", letter.name)
