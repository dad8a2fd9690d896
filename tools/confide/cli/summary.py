"""`confide summary`: the payer's summary, step by step; alone it goes on where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import click

from confide.cli import acting, given, missing, options, out
from confide.cli import summary_said as said
from confide.cli.session import Session, session
from confide.model.problem import Exit
from confide.model.words import CHANNELS

if TYPE_CHECKING:
    from confide.workflows.practice import Practice
    from confide.workflows.summary import Standing

WAYS = ("given", "declined", "waived")


@click.group(invoke_without_command=True)
@options.client
@options.in_partnership
@options.yes
@options.json_output
@click.pass_context
def summary(ctx: click.Context, client: str, within: str | None, yes: bool, as_json: bool) -> None:
    """The payer's summary: draft, share, input, release.

    Alone it says where it stands and when it has to be shown at the latest, and
    goes on from there: on a terminal with any step, with --yes with one that
    needs nobody's words.
    """
    if ctx.invoked_subcommand is not None:
        return
    from confide.workflows import summary as workflow

    found = session(ctx)
    partnership = found.partnership(within)
    client = missing.client(found.practice.record(partnership), client)
    standing = workflow.standing(found.practice, partnership, client)
    if as_json:
        out.as_json(said.as_json(standing))
        return
    said.stands(standing, partnership)
    if not _goes_on(ctx, found, partnership, standing, yes) and standing.step != workflow.DONE:
        ctx.exit(int(Exit.NOT_YET))


@summary.command()
@click.option("--file", "source", type=click.File("rb"), callback=given.text, help="The summary, from FILE or -.")
@click.option("--template", is_flag=True, help="Print the agreed headings, or the draft as it stands.")
@options.client
@options.in_partnership
@options.dry_run
@click.pass_context
def draft(
    ctx: click.Context, source: TextIO | None, template: bool, client: str, within: str | None, dry_run: bool
) -> None:
    """Write it under the agreed headings; what they leave out is refused."""
    from confide.workflows import summary as workflow

    found = session(ctx)
    partnership = found.partnership(within)
    client = missing.client(found.practice.record(partnership), client)
    practice = found.practice
    if template:
        click.echo(workflow.template(practice, partnership, client), nl=False)
        return
    practice.dry_run = dry_run
    if source is not None:
        standing = workflow.draft(practice, partnership, source.read(), client)
    else:
        standing = _edit(practice, partnership, client)
    if dry_run:
        out.would(practice.messages)
        return
    out.heading("The summary is sealed.", standing.id, fg="green")
    said.days(standing)
    out.say(f"Next: confide summary share{said.whose(client)} --in {partnership}")


@summary.command()
@click.option("--channel", type=click.Choice(CHANNELS), default="site", show_default=True, help="How she reads it.")
@options.client
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def share(ctx: click.Context, channel: str, client: str, within: str | None, dry_run: bool, yes: bool) -> None:
    """Show the client the exact text; her time to answer begins."""
    found = session(ctx)
    partnership = found.partnership(within)
    client = missing.client(found.practice.record(partnership), client)
    _share(found.practice, partnership, client, channel, yes=yes, dry_run=dry_run)


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
@options.client
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def answer(
    ctx: click.Context,
    way: str | None,
    statement: TextIO | None,
    words: TextIO | None,
    client: str,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Record the client's answer, that she declined, or why it is waived."""
    from confide.workflows import summary_out

    found = session(ctx)
    partnership = found.partnership(within)
    client = missing.client(found.practice.record(partnership), client)
    chosen = missing.one_of(
        way, WAYS, "What became of her answer", "--given, --declined or --waived", "her answer is on record"
    )
    text, hers = words.read() if words else "", statement.read() if statement else ""
    if chosen != "declined" and not (text or hers):
        text = missing.text("", "What was said", "--words FILE", "an answer, and a reason, say something; it is sealed")
    practice = found.practice
    event = acting.acted(
        practice,
        lambda: summary_out.answer(practice, partnership, chosen, text, hers, client),
        "Record this answer?",
        yes=yes,
        dry_run=dry_run,
    )
    if event is None:
        return
    out.heading(f"Recorded: her answer is {chosen}.", event.id, fg="green")
    if event.sections:
        out.row("with it", "her own words travel with the summary, unedited", sid="S-13")
    out.say(f"Next: confide summary release{said.whose(client)} --in {partnership}")


@summary.command()
@click.option("--channel", type=click.Choice(CHANNELS), default="site", show_default=True, help="How it is told.")
@options.client
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def release(ctx: click.Context, channel: str, client: str, within: str | None, dry_run: bool, yes: bool) -> None:
    """Tell the payer what the client has read, all of it or nothing."""
    found = session(ctx)
    partnership = found.partnership(within)
    client = missing.client(found.practice.record(partnership), client)
    _release(found.practice, partnership, client, channel, yes=yes, dry_run=dry_run)


def _share(practice: Practice, partnership: str, client: str, channel: str, *, yes: bool, dry_run: bool) -> None:
    from confide.workflows import summary as workflow

    done = acting.acted(
        practice,
        lambda: workflow.share(practice, partnership, channel, client),
        "Show it to the client now?",
        yes=yes,
        dry_run=dry_run,
    )
    if done is not None:
        said.shared(*done, partnership)


def _release(practice: Practice, partnership: str, client: str, channel: str, *, yes: bool, dry_run: bool) -> None:
    from confide.workflows import summary_out

    event = acting.acted(
        practice,
        lambda: summary_out.release(practice, partnership, channel, client),
        "Release it to the payer now?",
        yes=yes,
        dry_run=dry_run,
    )
    if event is not None:
        said.released(event, partnership)


def _goes_on(ctx: click.Context, found: Session, partnership: str, now: Standing, yes: bool) -> bool:
    """Take the next step; whether it could be taken. What needs somebody's words is taken on a terminal only."""
    same = {"client": now.client, "within": partnership}
    if now.step in ("share", "release") and (yes or out.on_terminal()):
        step = _share if now.step == "share" else _release
        step(found.practice, partnership, now.client, "site", yes=yes, dry_run=False)
    elif now.step == "draft" and out.on_terminal() and click.confirm("Write it now?", default=True):
        ctx.invoke(draft, source=None, template=False, dry_run=False, **same)
    elif now.step == "answer" and out.on_terminal() and click.confirm("Has she answered?", default=False):
        ctx.invoke(answer, way=None, statement=None, words=None, dry_run=False, yes=yes, **same)
    else:
        return False
    return True


def _edit(practice: Practice, partnership: str, client: str) -> Standing:
    from confide.cli.editor import edit
    from confide.workflows import summary as workflow

    offered = workflow.template(practice, partnership, client)
    missing.only_on_a_terminal("--file FILE", "the summary is written in an editor")
    return edit(
        offered,
        "summary.md",
        lambda text: workflow.draft(practice, partnership, text, client),
        lambda refused: _again(refused.problems),
    )


def _again(problems: tuple[object, ...]) -> bool:
    from confide.model.problem import Problem

    for problem in problems:
        if isinstance(problem, Problem):
            out.problem_lines(problem)
    return click.confirm("What you wrote is still there. Open it again?", default=True)
