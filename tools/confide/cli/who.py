"""`confide who`: who can see a thing now, and who could ever learn it, with the way it would take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.policy.analysis import words

if TYPE_CHECKING:
    from confide.policy.analysis.closure import Known
    from confide.policy.analysis.who import May, Told, Who


@click.command()
@click.option("--about", "what", required=True, metavar="TYPE", help="A type of information: career-aspirations.")
@options.in_partnership
@options.json_output
@click.pass_context
def who(ctx: click.Context, what: str, within: str | None, as_json: bool) -> int:
    """Say who was told, who may be told, who could ever know."""
    from confide.workflows.who import about

    found = session(ctx)
    partnership = found.partnership(within)
    answers = about(found.practice, partnership, what)
    if as_json:
        out.as_json([_plain(answer) for answer in answers])
        return found.faults(partnership)
    for number, answer in enumerate(answers):
        if number:
            out.say()
        _show(answer, partnership)
    out.say()
    out.say("Nothing was recorded.", dim=True)
    return found.faults(partnership)


def _show(answer: Who, partnership: str) -> None:
    title = words.what(answer.what)
    out.heading(f"{title[:1].upper()}{title[1:]}", partnership)
    if not answer.in_force:
        out.row("note", f"agreement {answer.agreement} is not in force; this is what it would say once signed")
    out.row("has it", f"{words.parties(answer.origins)}, from the beginning")
    for told in answer.told:
        out.row("was told", _told(told), told.event)
    for may in answer.may:
        if may.party not in answer.origins:
            out.row("may learn", _may(may), _clause(may.terms))
    for known in answer.ever:
        _path("could too", known)
    for known in answer.permitted:
        out.row(
            "permitted", f"{words.party(known.party)}, if it is permitted in writing", _clause((known.path[-1].by,))
        )
    for one in answer.exempt:
        out.row("exception", f"{words.parties(one.recipients)}, under `{one.ground}`", "", "S-10")
    if answer.silent:
        out.row("nobody", f"has said anything about {words.parties(answer.silent, 'or')}: only a written permission of "
                "all it concerns would help", "", "S-03")  # fmt: skip
    for party, against in answer.never:
        out.row("never", words.party(party), _clause(against))


def _told(told: Told) -> str:
    when = f"{told.at:%d %b %Y}"
    ended = f"; withdrawn {told.withdrawn:%d %b %Y}, what was read stays known" if told.withdrawn else ""
    lapse = "" if told.allowed else "; it was not allowed"
    return f"{words.party(told.party)} on {when}, {words.form(told.form)}{ended}{lapse}"


def _may(may: May) -> str:
    once = f", once {words.listing(may.once)}" if may.once else ""
    return f"{words.party(may.party)}, {words.form(may.form)}, from {words.parties(may.senders, 'or')}{once}"


def _clause(terms: tuple[str, ...]) -> str:
    return words.clauses(terms) if terms else ""


def _path(label: str, known: Known) -> None:
    """One way as a small tree: each step below the one before."""
    out.row(label, f"{words.party(known.party)}, {words.form(known.form)}")
    for depth, step in enumerate(known.path):
        out.row("", f"{'  ' * depth}└ {step}")


def _plain(answer: Who) -> dict[str, Any]:
    return {
        "what": answer.what,
        "agreement": answer.agreement,
        "in_force": answer.in_force,
        "has": list(answer.origins),
        "told": [
            {
                "party": told.party,
                "event": told.event,
                "at": told.at.isoformat(),
                "form": told.form.word,
                "withdrawn": told.withdrawn.isoformat() if told.withdrawn else None,
                "allowed": told.allowed,
            }
            for told in answer.told
        ],
        "may": [
            {
                "party": may.party,
                "form": may.form.word,
                "from": list(may.senders),
                "clauses": list(may.terms),
                "once": list(may.once),
            }
            for may in answer.may
        ],
        "ever": [_known(known) for known in answer.ever],
        "permitted": [_known(known) for known in answer.permitted],
        "exceptions": [{"ground": one.ground, "to": list(one.recipients)} for one in answer.exempt],
        "silent": list(answer.silent),
        "never": [{"party": party, "clauses": list(against)} for party, against in answer.never],
    }


def _known(known: Known) -> dict[str, Any]:
    path = [
        {
            "from": step.sender,
            "to": step.recipient,
            "form": step.form.word,
            "kind": step.kind,
            "by": step.by,
            "against": list(step.against),
        }
        for step in known.path
    ]
    return {"party": known.party, "form": known.form.word, "path": path}
