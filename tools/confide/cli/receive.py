"""`confide receive`: what a payer hands over."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO, TextIO

import click

from confide.cli import given, missing, options, out
from confide.cli.session import session
from confide.model.words import CHANNELS, FLAGS


@click.command()
@click.option("--about", "what", default="", metavar="TYPE", help="What it is: performance-appraisals, strategy, …")
@click.option("--from", "source", default="payer", show_default=True, metavar="PARTY", help="Who hands it over.")
@click.option("--owner", default="", metavar="PARTY", help="Whose it is; as its type says if left out.")
@click.option("--flag", "flags", multiple=True, type=click.Choice(sorted(FLAGS)), help="Privileged and the like.")
@click.option("--channel", type=click.Choice(CHANNELS), help="How it came.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="On which day; today if left out.")
@click.option("--file", "text", type=click.File("rb"), callback=given.text, help="Its text, from FILE or -.")
@click.option("--document", type=click.File("rb"), help="The document itself; it is sealed.")
@click.option("--returned", is_flag=True, help="It was given back; --words says why.")
@options.words
@options.in_partnership
@options.dry_run
@options.json_output
@click.pass_context
def receive(
    ctx: click.Context,
    what: str,
    source: str,
    owner: str,
    flags: tuple[str, ...],
    channel: str | None,
    on: datetime | None,
    text: TextIO | None,
    document: BinaryIO | None,
    returned: bool,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take in what a payer hands over, with its owner on it.

    \b
    confide receive --about performance-appraisals --channel paper \\
      --file appraisal.txt --document appraisal.pdf
    """
    from confide.workflows import receive as workflow

    found = session(ctx)
    partnership = found.partnership(within)
    practice = found.practice
    channel = missing.one_of(channel, CHANNELS, "How did it come", "--channel CHANNEL", "how it came is on record")
    day, said = on.date() if on else practice.now.date(), words.read() if words else ""
    practice.dry_run = dry_run
    if returned:
        event, ref = workflow.returned(practice, partnership, day, channel, said), ""
    else:
        what = missing.words((what,) if what else (), "What is it", "--about TYPE", "its type says whose it is")[0]
        handed = workflow.Handed(
            *(what, day, channel, source, owner, text.read() if text else ""),
            document.read() if document else b"",
            flags,
        )
        kept = workflow.receive(practice, partnership, handed, said)
        event, ref = kept.event, kept.ref
    if as_json:
        out.as_json({"event": event.id, "section": ref or None, "recorded": not dry_run})
    elif dry_run:
        out.would(practice.messages)
    elif returned:
        out.heading("Recorded: it was given back; nothing of it is stored.", event.id, fg="green")
    else:
        out.heading("Taken in and sealed, with its owner.", event.id, fg="green")
        if ref:
            out.row("section", ref.removeprefix("notes/"))
            out.say(f"Next: confide may --tell client --section {ref.removeprefix('notes/')} --in {partnership}")
