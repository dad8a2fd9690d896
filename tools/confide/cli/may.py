"""`confide may`: may I tell X this? Answers, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage
from confide.model.words import CHANNELS, Form

if TYPE_CHECKING:
    from confide.workflows.disclose import Asked

FORMS = tuple(form.word for form in Form if form)


@click.command()
@click.option("--tell", "recipient", required=True, metavar="PARTY", help="Who would learn it.")
@click.option("--about", "what", metavar="TYPE", default="", help="A type of information, or a heading of the summary.")
@click.option("--section", "ref", metavar="SECTION", default="", help="One section: 2026-02-03#s2x.")
@click.option("--form", type=click.Choice(FORMS), help="How much of it; the widest allowed if left out.")
@click.option("--channel", type=click.Choice(CHANNELS), default="site", show_default=True, help="How it would be told.")
@click.option("--for", "purpose", metavar="PURPOSE", default="", help="What it would be used for: promotion.")
@click.option("--at", metavar="WHEN", default="", help="Answer for that day or time: 2026-10-01.")
@click.option(
    "--if", "supposed", type=click.File("rb"), metavar="FILE", help="Answer as if the terms in FILE were agreed."
)
@options.in_partnership
@options.json_output
@click.pass_context
def may(
    ctx: click.Context,
    recipient: str,
    what: str,
    ref: str,
    form: str | None,
    channel: str,
    purpose: str,
    at: str,
    supposed: BinaryIO | None,
    within: str | None,
    as_json: bool,
) -> int:
    """Ask whether PARTY may be told something. Exit 0 yes, 1 no, 3 not yet."""
    from confide.cli.answer import CODES, show
    from confide.workflows.disclose import may as ask

    if bool(what) == bool(ref):
        raise Usage(
            Problem(
                "say what it is about",
                "a question is about one type of information, or about one section",
                hint="--about TYPE, or --section 2026-02-03#s2x",
            )
        )
    found = session(ctx)
    partnership = found.partnership(within)
    asked = ask(
        found.practice,
        partnership,
        recipient,
        what=what,
        ref=ref,
        form=Form[form.upper()] if form else None,
        channel=channel,
        purpose=purpose,
        at=at,
        supposed=(supposed.read(), _name(supposed)) if supposed else None,
    )
    decision = asked.decision
    if as_json:
        out.as_json(
            {
                **_circumstances(asked),
                "verdict": decision.verdict.value,
                "agreement": decision.agreement,
                "ceiling": decision.ceiling.word,
                "terms": [term.id for term in decision.terms],
                "reasons": [
                    {
                        "rule": r.rule,
                        "sid": r.sid,
                        "message": r.message,
                        "place": str(r.place) if r.place else None,
                        "change": r.change,
                        "command": r.command,
                    }
                    for r in decision.reasons
                ],
            }
        )
    else:
        _supposing(asked)
        show(asked, partnership)
    return CODES[decision.verdict]


def _name(source: BinaryIO) -> str:
    """What messages call the file."""
    name = str(getattr(source, "name", "-"))
    return "standard input" if name in ("-", "<stdin>") else name


def _supposing(asked: Asked) -> None:
    """What the answer takes for granted; nothing for a question about here and now."""
    if asked.at is not None:
        out.row("asked for", f"{out.day(asked.at)}, {asked.at:%H:%M} ({asked.at.tzinfo}), as the record stands")
    if asked.terms:
        out.row("if", f"agreed: {', '.join(asked.terms)}")
    if asked.without:
        out.row("if", f"no longer agreed: {', '.join(asked.without)}")


def _circumstances(asked: Asked) -> dict[str, Any]:
    found: dict[str, Any] = {"at": asked.at.isoformat()} if asked.at is not None else {}
    if asked.terms or asked.without:
        found["if"] = {"terms": list(asked.terms), "without": list(asked.without)}
    return found
