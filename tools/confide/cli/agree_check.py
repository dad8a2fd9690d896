"""`confide agree check`: what must be settled before it can be proposed, what is worth a look, what is good to know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Exit, Place, Problem

if TYPE_CHECKING:
    from confide.policy.analysis.finding import Finding

# Longer lists are for programs: --json has everything.
MOST = 40
_LABELS = {
    "contradiction": "conflict",
    "narrowed": "narrows",
    "permission-needed": "permit",
    "said-already": "repeated",
    "withheld-already": "repeated",
    "never-applies": "dead",
    "no-permission": "dead",
    "no-channel": "stuck",
    "forbidden-duty": "duty",
    "not-promptly": "prompt",
    "empty-period": "period",
    "leak": "way round",
    "small-group": "group",
}


@click.command()
@options.in_partnership
@options.version
@options.json_output
@click.pass_context
def check(ctx: click.Context, within: str | None, version: int | None, as_json: bool) -> int:
    """Everything an agreement leaves open or gets wrong, at once.

    Only what must be settled counts for the exit code; the rest is worth knowing before anybody signs: gaps, clauses
    that contradict each other or say nothing, duties nobody can meet, ways round a clause, small groups, exceptions.
    """
    from confide.policy.analysis.finding import Level
    from confide.workflows import agreements, analysing

    found = session(ctx)
    partnership = found.partnership(within)
    problems = agreements.check(found.practice, partnership, version)
    findings = analysing.look(found.practice, partnership, version)
    if as_json:
        out.as_json([*map(_error, problems), *map(_plain, findings)])
        return int(Exit.NO if problems else Exit.OK)
    if problems:
        out.heading(f"{len(problems)} to settle before it can be proposed.", partnership, fg="red")
        for problem in problems:
            out.row("open", problem.what, str(problem.place or ""), problem.rule)
            if problem.hint:
                out.row("", problem.hint)
    else:
        out.heading("Every type has an answer, and every answer can be obeyed.", partnership, fg="green")
    for event in agreements.replaced(found.practice, partnership, version):
        who = f"person {event.number} as {event.to[0]} was replaced on {out.day(event.at)}"
        out.row("people", f"{who}; that is why it names another schedule of people", event.id)
    for level in Level:
        _group(level.value, [finding for finding in findings if finding.level is level])
    return int(Exit.NO if problems else Exit.OK)


def _group(title: str, findings: list[Finding]) -> None:
    if not findings:
        return
    out.say()
    out.heading(f"{title[0].upper()}{title[1:]}: {len(findings)}")
    said: set[str] = set()
    for finding in findings[:MOST]:
        out.row(_LABELS.get(finding.kind, finding.kind), finding.sentence, _where(finding.place), finding.sid)
        if finding.kind == "contradiction":
            out.row("", f"asked: {finding.example}")
        if finding.hint and finding.hint not in said:
            out.row("", finding.hint)
        said.add(finding.hint)
    if len(findings) > MOST:
        out.row("", f"and {len(findings) - MOST} more: confide agree check --json")


def _where(place: Place | None) -> str:
    """The line of a clause; a finding about the whole agreement needs no place."""
    return f"{place.file.rpartition('/')[2]}:{place.line}" if place and place.line else ""


def _error(problem: Problem) -> dict[str, object]:
    place = str(problem.place)
    return {"what": problem.what, "why": problem.why, "place": place, "rule": problem.rule, "level": "must settle"}


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "what": finding.sentence,
        "why": finding.example,
        "place": str(finding.place) if finding.place else None,
        "rule": finding.kind,
        "level": finding.level.value,
        "sid": finding.sid,
        "hint": finding.hint,
        "clauses": _listed(finding.terms),
        "types": _listed(finding.types),
        "parties": _listed(finding.parties),
    }


def _listed(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
