"""`confide duty`: what the law or a threat requires, as a case, step by step."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import click

from confide.cli import acting, missing, options, out
from confide.cli.duty_file import stands
from confide.cli.duty_hold import hold, lift
from confide.cli.duty_options import CHANNEL, case, file_or_prompt, prose
from confide.cli.duty_steps import adviser, close, delay, recipient, second
from confide.cli.handing_out import hand_out, outside
from confide.cli.session import session
from confide.model.case import GROUNDS
from confide.policy.legal import COMPELLED


@click.group()
def duty() -> None:
    """A legal duty: open, extract, tell, disclose, close a case.

    It may pass what the agreement withholds, never what nobody may do. Each
    step is recorded and sealed; in the open nobody sees what it is about.
    """


for _step in (adviser, close, delay, hold, lift, recipient, second):
    duty.add_command(_step)


@duty.command("open")
@click.option("--ground", type=click.Choice(GROUNDS), help="What requires it.")
@prose("--facts", "What was seen or heard, and by whom.")
@click.option("--to", "recipient", default="", metavar="PARTY", help="Who has to be told.")
@prose("--why", "Why that recipient and no other.")
@prose("--belief", "The belief acted on, where there is no order.")
@click.option("--order", type=click.File("rb"), help="The order of a court or regulator; it is sealed.")
@click.option("--named", is_flag=True, help="The order names whole records.")
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def open_(
    ctx: click.Context,
    ground: str | None,
    facts: TextIO | None,
    recipient: str,
    why: TextIO | None,
    belief: TextIO | None,
    order: BinaryIO | None,
    named: bool,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Open a case: the ground, the facts, and who would be told."""
    from confide.workflows.duty import open_case

    found = session(ctx)
    partnership = found.partnership(within)
    ground = missing.one_of(ground, GROUNDS, "What requires it", "--ground GROUND", "an exception needs a ground")
    known: dict[str, Any] = {
        "ground": ground,
        "facts": file_or_prompt(facts, "What was seen or heard", "--facts FILE", "a case rests on facts"),
        "recipient": recipient,
        "why": why.read().strip() if why else "",
        "authority": belief.read().strip() if belief else "",
        "named": "yes" if named else "",
    }
    document = order.read() if order else b""
    event = acting.acted(
        found.practice,
        lambda: open_case(found.practice, partnership, known, document),
        "Open this case?",
        yes=yes,
        dry_run=dry_run,
    )
    if event is not None:
        out.heading("A case is open. Nothing has left.", event.id, fg="green")
        if ground == COMPELLED:
            acting.next_step(
                "Keep everything while the order stands?",
                f"confide duty hold --in {partnership}",
                lambda: ctx.invoke(hold, words=None, within=partnership, dry_run=False),
            )
        stands(ctx, within, event.id)


@duty.command("show")
@case
@options.in_partnership
@click.pass_context
def show(ctx: click.Context, case: str, within: str | None) -> int:
    """Show what is on record in a case, and what still stands against it."""
    return stands(ctx, within, case)


@duty.command("extract")
@click.argument("section")
@click.option(
    "--sentences", "choice", metavar="NUMBERS", help="Which sentences: 1,3-4. Listed and asked for if left out."
)
@click.option("--whole", is_flag=True, help="The whole text, where an order names whole records.")
@case
@options.in_partnership
@options.dry_run
@click.pass_context
def extract(
    ctx: click.Context, section: str, choice: str | None, whole: bool, case: str, within: str | None, dry_run: bool
) -> None:
    """Choose what would leave, sentence by sentence.

    On a terminal the sentences of SECTION are listed with their numbers.
    """
    from confide.workflows import extracts
    from confide.workflows.duty import choose

    found = session(ctx)
    partnership = found.partnership(within)
    if choice is None and not whole and out.on_terminal():
        for number, sentence in enumerate(extracts.numbered(found.practice, partnership, section), 1):
            out.row(str(number), sentence)
    if not whole:
        choice = missing.one_line(choice, "Which sentences", "--sentences 1,3-4", "an extract is chosen by sentence")
    refs = {section: extracts.WHOLE if whole else choice or ""}
    done = acting.acted(
        found.practice,
        lambda: choose(found.practice, partnership, case, refs, whole),
        "Record this extract?",
        yes=not out.on_terminal(),
        dry_run=dry_run,
    )
    if done is not None:
        out.heading("Chosen. Nothing has left.", done[0].id, fg="green")
        stands(ctx, within, case)


@duty.command()
@case
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="When she was told; today if left out.")
@CHANNEL
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def tell(
    ctx: click.Context,
    case: str,
    on: datetime | None,
    channel: str,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
) -> None:
    """Record that the client was told of the case.

    From now on her account says so.
    """
    from confide.workflows.duty import tell as record

    found = session(ctx)
    partnership = found.partnership(within)
    day = (on or found.now).date()
    said = words.read() if words else ""
    events = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, case, day, channel, said),
        "Record that she was told?",
        yes=not out.on_terminal(),
        dry_run=dry_run,
    )
    if events is not None:
        out.heading("Recorded: she was told.", events[-1].id, fg="green")
        out.say(f"Next: confide publish --in {partnership}")


@duty.command()
@case
@CHANNEL
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the extract there, outside the practice."
)
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def disclose(
    ctx: click.Context, case: str, channel: str, output: Path | None, within: str | None, dry_run: bool, yes: bool
) -> None:
    """Record that the extract goes out, then hand it over.

    Refused while anything is missing. The text is printed, or written to
    --output, only after it is on record.
    """
    from confide.workflows.duty import disclose as record

    found = session(ctx)
    partnership = found.partnership(within)
    file = outside(found, output)
    done = acting.acted(
        found.practice,
        lambda: record(found.practice, partnership, case, channel),
        "Record it and hand the extract over?",
        yes=yes,
        dry_run=dry_run,
    )
    if done is None:
        return
    event, told = done
    text = "\n\n".join(part.text for part in told.parts) + "\n"
    if file is not None:
        hand_out(text, file)
        out.heading(f"Recorded: the extract goes to the {told.case.recipient}.", event.id, fg="green")
        out.row("extract", f"{file.name}: hand it over, then delete it")
        out.say("Next: confide duty close" if told.case.told else "Next: confide duty tell, when the delay ends")
    else:
        hand_out(text, None)
