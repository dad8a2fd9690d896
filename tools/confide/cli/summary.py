"""`confide summary`: the payer's summary, step by step; alone it goes on where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import click

from confide.cli import given, missing, options, out
from confide.cli import summary_said as said
from confide.cli.session import Session, session
from confide.model.problem import Exit
from confide.model.words import CHANNELS

if TYPE_CHECKING:
    from confide.workflows.practice import Practice
    from confide.workflows.summary import Standing

WAYS = ("given", "declined", "waived")


@click.group(invoke_without_command=True)
@options.in_partnership
@options.yes
@options.json_output
@click.pass_context
def summary(ctx: click.Context, within: str | None, yes: bool, as_json: bool) -> None:
    """The payer's summary: draft, share, input, release.

    Alone it says where it stands and when it has to be shown at the latest; on
    a terminal, or with --yes, it takes the next step that needs nobody's words.
    """
    if ctx.invoked_subcommand is not None:
        return
    from confide.workflows import summary as workflow

    found = session(ctx)
    partnership = found.partnership(within)
    standing = workflow.standing(found.practice, partnership)
    if as_json:
        out.as_json(said.as_json(standing))
        return
    said.stands(standing, partnership)
    if _goes_on(standing, yes):
        _next(found, partnership, standing.step)
    elif standing.step != workflow.DONE:
        ctx.exit(int(Exit.NOT_YET))


@summary.command()
@click.option("--file", "source", type=click.File("rb"), callback=given.text, help="The summary, from FILE or -.")
@click.option("--template", is_flag=True, help="Print the agreed headings, or the draft as it stands.")
@options.in_partnership
@options.dry_run
@click.pass_context
def draft(ctx: click.Context, source: TextIO | None, template: bool, within: str | None, dry_run: bool) -> None:
    """Write it under the agreed headings; what they leave out is refused."""
    from confide.workflows import summary as workflow

    found = session(ctx)
    partnership = found.partnership(within)
    practice = found.practice
    if template:
        click.echo(workflow.template(practice, partnership), nl=False)
        return
    practice.dry_run = dry_run
    if source is not None:
        standing = workflow.draft(practice, partnership, source.read())
    else:
        standing = _edit(practice, partnership)
    if dry_run:
        out.would(practice.messages)
        return
    out.heading("The summary is sealed.", standing.id, fg="green")
    said.days(standing)
    out.say(f"Next: confide summary share --in {partnership}")


@summary.command()
@click.option("--channel", type=click.Choice(CHANNELS), default="site", show_default=True, help="How she reads it.")
@options.in_partnership
@options.dry_run
@click.pass_context
def share(ctx: click.Context, channel: str, within: str | None, dry_run: bool) -> None:
    """Show the client the exact text; her time to answer begins."""
    from confide.workflows import summary as workflow

    found = session(ctx)
    partnership = found.partnership(within)
    found.practice.dry_run = dry_run
    event, standing = workflow.share(found.practice, partnership, channel)
    if dry_run:
        out.would(found.practice.messages)
        return
    said.shared(event, standing, partnership)


@summary.command(name="input")
@click.option("--given", "way", flag_value="given", help="She answered; --words holds it, sealed.")
@click.option("--declined", "way", flag_value="declined", help="She does not wish to answer.")
@click.option("--waived", "way", flag_value="waived", help="It is not waited for, for the reason agreed; --words.")
@click.option(
    *("--statement", "statement"),
    type=click.File("rb"),
    callback=given.text,
    help="Her own words, to travel with it unedited, from FILE.",
)
@options.words
@options.in_partnership
@options.dry_run
@click.pass_context
def answer(
    ctx: click.Context,
    way: str | None,
    statement: TextIO | None,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
) -> None:
    """Record the client's answer, that she declined, or why it is waived."""
    from confide.workflows import summary_out

    found = session(ctx)
    partnership = found.partnership(within)
    chosen = missing.one_of(
        way, WAYS, "What became of her answer", "--given, --declined or --waived", "her answer is on record"
    )
    text, hers = words.read() if words else "", statement.read() if statement else ""
    if chosen != "declined" and not (text or hers):
        text = missing.text("", "What was said", "--words FILE", "an answer, and a reason, say something; it is sealed")
    found.practice.dry_run = dry_run
    event = summary_out.answer(found.practice, partnership, chosen, text, hers)
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"Recorded: her answer is {chosen}.", event.id, fg="green")
    if event.sections:
        out.row("with it", "her own words travel with the summary, unedited", sid="S-13")
    out.say(f"Next: confide summary release --in {partnership}")


@summary.command()
@click.option("--channel", type=click.Choice(CHANNELS), default="site", show_default=True, help="How it is told.")
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def release(ctx: click.Context, channel: str, within: str | None, dry_run: bool, yes: bool) -> None:
    """Tell the payer what the client has read, all of it or nothing."""
    from confide.workflows import summary_out

    found = session(ctx)
    partnership = found.partnership(within)
    practice = found.practice
    if out.on_terminal() and not (yes or dry_run):
        practice.dry_run = True
        event = summary_out.release(practice, partnership, channel)
        practice.dry_run = False
        practice.messages.clear()
        out.say(f"The summary, {len(event.sections)} parts, to {', '.join(event.to)}.")
        click.confirm("Record this disclosure?", default=True, abort=True)
    practice.dry_run = dry_run
    event = summary_out.release(practice, partnership, channel)
    if dry_run:
        out.would(practice.messages[-1:])
        return
    said.released(event, partnership)


def _goes_on(standing: Standing, yes: bool) -> bool:
    """Whether to take the next step now: only what needs no words of anybody can be taken here."""
    if standing.step not in ("share", "release"):
        return False
    if yes:
        return True
    asked = "Show it to the client now?" if standing.step == "share" else "Release it to the payer now?"
    return out.on_terminal() and click.confirm(asked, default=True)


def _next(found: Session, partnership: str, step: str) -> None:
    from confide.workflows import summary as workflow
    from confide.workflows import summary_out

    if step == workflow.SHARE:
        event, standing = workflow.share(found.practice, partnership)
        said.shared(event, standing, partnership)
    else:
        said.released(summary_out.release(found.practice, partnership), partnership)


def _edit(practice: Practice, partnership: str) -> Standing:
    from confide.cli.editor import edit
    from confide.workflows import summary as workflow

    offered = workflow.template(practice, partnership)
    missing.only_on_a_terminal("--file FILE", "the summary is written in an editor")
    return edit(
        offered,
        "summary.md",
        lambda text: workflow.draft(practice, partnership, text),
        lambda refused: _again(refused.problems),
    )


def _again(problems: tuple[object, ...]) -> bool:
    from confide.model.problem import Problem

    for problem in problems:
        if isinstance(problem, Problem):
            out.problem_lines(problem)
    return click.confirm("What you wrote is still there. Open it again?", default=True)
