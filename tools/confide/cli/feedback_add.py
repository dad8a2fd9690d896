"""`confide feedback add` and `paste`: take in what somebody said about the client."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from confide.cli import given, missing, options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage
from confide.model.words import CHANNELS, Attribution

if TYPE_CHECKING:
    from confide.workflows.feedback import Taken
    from confide.workflows.practice import Practice

F = TypeVar("F", bound=Callable[..., Any])
SHOWN = tuple(attribution.word for attribution in Attribution)
ANSWERS = ("no", "yes", "unsure")
ASK = "Does it speak of a threat, or of something illegal or unethical"


def _about(function: F) -> F:
    """What `add` and `paste` both ask."""
    asked: tuple[Callable[[Any], Any], ...] = (
        click.option("--circle", default="sources", metavar="PARTY", help="From which circle, if it is known."),
        click.option("--attribution", type=click.Choice(SHOWN), help="How far its source may be shown."),
        click.option("--threat", type=click.Choice(ANSWERS), help=f"{ASK}?"),
        click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="When it arrived; today if left out."),
        click.option("--terms", "promised", default="", metavar="EVENT", help="Given under these terms."),
        click.option(
            *("--summary", "short"),
            type=click.File("rb"),
            callback=given.text,
            help="Your own short form of it, from FILE.",
        ),
        options.client,
        options.words,
        options.in_partnership,
        options.dry_run,
        options.json_output,
    )
    for option in reversed(asked):
        function = option(function)
    return function


@click.command()
@click.option("--file", "source", type=click.File("rb"), callback=given.text, help="What was said; - for a pipe.")
@click.option("--channel", type=click.Choice(CHANNELS), help="How it came.")
@click.option("--solicited/--unsolicited", default=None, help="Whether you asked for it.")
@click.option("--who", type=click.File("rb"), callback=given.text, help="Who it was, from FILE; sealed, or nowhere.")
@click.option("--returned", is_flag=True, help="It was sent back unread or unused; --words says why.")
@click.option("--case", default="", metavar="ID", help="With --returned: one that had been taken in before.")
@_about
@click.pass_context
def add(
    ctx: click.Context,
    /,
    source: TextIO | None,
    channel: str | None,
    solicited: bool | None,
    who: TextIO | None,
    returned: bool,
    case: str,
    **about: Any,
) -> None:
    """Take in feedback about the client; it is sealed at once.

    \b
    confide feedback add --circle peers --solicited --channel phone \\
      --threat no --file said.txt
    """
    found = session(ctx)
    partnership = found.partnership(about["within"])
    practice = found.practice
    channel = missing.one_of(channel, CHANNELS, "How did it come", "--channel CHANNEL", "how it came is on record")
    if returned:
        _returned(practice, partnership, channel, case, about)
        return
    if solicited is None:
        asked = missing.one_of(None, ("yes", "no"), "Did you ask for it", "--solicited or --unsolicited", "S-16 asks")
        solicited = asked == "yes"
    text = source.read() if source else missing.text("", "What was said", "--file FILE", "there is nothing to take in")
    _take(
        practice,
        partnership,
        about,
        {"text": text, "channel": channel, "solicited": solicited, "who": who.read().strip() if who else ""},
    )


@click.command()
@click.option("--file", "source", type=click.Path(path_type=Path), help="The saved e-mail; standard input if left out.")
@click.option("--keep-sender", is_flag=True, help="Seal who sent it, to answer them; otherwise stored nowhere.")
@click.option("--keep-original", is_flag=True, help="Seal the whole e-mail too, with its headers.")
@click.option("--delete-original", is_flag=True, help="Delete FILE once it is taken in.")
@_about
@click.pass_context
def paste(
    ctx: click.Context,
    /,
    source: Path | None,
    keep_sender: bool,
    keep_original: bool,
    delete_original: bool,
    **about: Any,
) -> None:
    """Take in an e-mail that nobody asked for.

    Its words are sealed; who sent it is stored nowhere unless you say so.

    \b
    confide feedback paste --file complaint.eml --threat no --delete-original
    """
    from confide.workflows import pasted

    if delete_original and source is None:
        raise Usage(Problem("there is no file to delete", "it came through a pipe", hint="--file FILE"))
    found = session(ctx)
    partnership = found.partnership(about["within"])
    practice = found.practice
    data = source.read_bytes() if source else sys.stdin.buffer.read()
    mail = pasted.read(data)
    if about["on"] is None and mail.sent is not None and mail.sent <= practice.now.date():
        about["on"] = datetime.combine(mail.sent, datetime.min.time())
    values: dict[str, Any] = {
        "text": mail.text,
        "channel": "e-mail",
        "solicited": False,
        "who": mail.sender if keep_sender else "",
    }
    recorded = _take(practice, partnership, about, values, data if keep_original else b"")
    if not recorded:
        return
    if mail.attachments and not about["as_json"]:
        out.row("note", f"{mail.attachments} attached, not taken in: an attachment may name its author")
    if source is not None and not delete_original and out.on_terminal():
        delete_original = click.confirm("Delete the original now?", default=True)
    if source is not None and delete_original:
        source.unlink()
    if not about["as_json"]:
        out.row("original", "deleted here; " * bool(delete_original) + "the mailbox and its server still hold it")


def _returned(practice: Practice, partnership: str, channel: str, case: str, about: dict[str, Any]) -> None:
    from confide.workflows import feedback as workflow

    words = about["words"]
    practice.dry_run = about["dry_run"]
    day = about["on"].date() if about["on"] else practice.now.date()
    event = workflow.returned(practice, partnership, day, channel, words.read() if words else "", case)
    if about["as_json"]:
        out.as_json({"event": event.id, "returned": True, "recorded": not about["dry_run"]})
    elif about["dry_run"]:
        out.would(practice.messages)
    else:
        kept = "it stays sealed, and is told to nobody" if case else "nothing of it is stored"
        out.heading(f"Recorded: it was sent back; {kept}.", event.id, fg="green")


def _take(
    practice: Practice, partnership: str, about: dict[str, Any], values: dict[str, Any], original: bytes = b""
) -> bool:
    """Record it and say what is next; whether anything was recorded."""
    from confide.workflows import feedback as workflow

    threat = missing.one_of(about["threat"], ANSWERS, ASK, "--threat ANSWER", "that has a duty of its own  [S-10]")
    shown, short, words = about["attribution"], about["short"], about["words"]
    arrived = workflow.Arrival(
        **values,
        on=about["on"].date() if about["on"] else practice.now.date(),
        circle=about["circle"],
        attribution=Attribution[shown.upper()] if shown else Attribution.CATEGORY,
        summary=short.read() if short else "",
        threat=threat,
        promised=about["promised"],
        client=missing.client(practice.record(partnership), about["client"]),
    )
    practice.dry_run = about["dry_run"]
    taken = workflow.add(practice, partnership, arrived, original, words.read() if words else "")
    if about["as_json"]:
        held = not taken.promised
        out.as_json({"case": taken.case, "terms": taken.promised, "held": held, "recorded": not about["dry_run"]})
    elif about["dry_run"]:
        out.would(practice.messages)
    else:
        _told(taken, threat, partnership)
    return not about["dry_run"]


def _told(taken: Taken, threat: str, partnership: str) -> None:
    out.heading("Taken in and sealed.", taken.case, fg="green")
    if not taken.promised:
        out.row("kept", "no terms bind it yet, so it can be told to nobody", sid="S-19")
        out.row("then", "the notice for the unasked: confide feedback terms --standing")
        out.row("or", "send it back: confide feedback add --returned")
    if threat != "no":
        out.row("threat", "what the law or a danger requires is decided on its own, with the adviser", sid="S-10")
        out.row("first", "ask the adviser: confide consult --about feedback; then: confide duty open")
    if taken.promised:
        out.say(f"Next: confide feedback relay {taken.case} --in {partnership}")
