"""`confide check`, `confide doctor`: the rules, this machine."""

from __future__ import annotations

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Exit, Problem


@click.command()
@click.option("--in", "within", metavar="PARTNERSHIP", help="Only this partnership; all if left out.")
@options.json_output
@click.pass_context
def check(ctx: click.Context, within: str | None, as_json: bool) -> int:
    """Check every rule over every partnership.

    All violations at once. Needs no key. Exit 0 in order, 1 violations, 4 the history does not verify.
    """
    from confide.workflows.backed_up import reminders
    from confide.workflows.checking import check as examine

    practice = session(ctx).practice
    found = examine(practice, within)
    remember = tuple(reminders(practice.repo, practice.now))
    if as_json:
        out.as_json(
            {
                "partnerships": found.partnerships,
                "events": found.events,
                "violations": [
                    {"partnership": p, "rule": v.rule, "what": v.what, "place": str(v.place) if v.place else None}
                    for p, v in found.problems
                ],
                "lapses": [{"partnership": p, "what": v.what} for p, v in found.lapses],
                "reminders": [_plain(one) for one in remember],
            }
        )
    elif found.problems:
        out.heading(f"{len(found.problems)} to settle.", fg="red")
        for partnership, problem in found.problems:
            out.row(partnership, problem.what, str(problem.place or ""), problem.rule)
            if problem.hint:
                out.row("", problem.hint)
    else:
        out.heading("All in order.", fg="green")
        out.row("looked at", f"{_count(found.partnerships, 'partnership')}, {_count(found.events, 'event')}, "
                f"{_count(found.commits, 'signed commit')}")  # fmt: skip
    for partnership, lapse in () if as_json else found.lapses:
        out.row(partnership, lapse.what, str(lapse.place or ""), lapse.rule)
    for one in () if as_json else remember:
        out.row("remember", f"{one.what}: {one.why}")
        out.row("", one.hint)
    if practice.verification.problems:
        return int(Exit.MALFORMED)
    return int(Exit.NO if found.problems else Exit.OK)


def _plain(found: Problem) -> dict[str, str | None]:
    return {"rule": found.rule, "what": found.what, "place": str(found.place) if found.place else None}


@click.command()
@click.option("--mend", "mending", is_flag=True, help="Mend what can be mended without asking you anything.")
@options.json_output
@click.pass_context
def doctor(ctx: click.Context, mending: bool, as_json: bool) -> int:
    """Look whether all is in place here, and say how to mend it.

    On a terminal it offers to: settings, hooks and drivers of this clone, and what a killed command left in memory.
    Keys, records and other people's files are yours to mend; it says how.
    """
    from confide.workflows.doctor import Finding, examine, mend

    practice = session(ctx).practice

    def mended(finding: Finding) -> Finding:
        if not finding.mendable:
            return finding
        if not mending:
            if as_json or not out.on_terminal():
                return finding
            for problem in finding.problems:
                out.say(problem.what)
            if not click.confirm("Mend it now?", default=True):
                return finding
        return mend(practice, finding)

    findings = tuple(map(mended, examine(practice)))
    if as_json:
        out.as_json([{"what": f.what, "problems": [_plain(p) for p in f.problems]} for f in findings])
    for finding in () if as_json else findings:
        good = not finding.problems
        out.say(click.style("ok   " if good else "MEND ", fg="green" if good else "red") + finding.what)
        for problem in finding.problems:
            out.row("", problem.what)
            if problem.hint:
                out.row("", f"hint: {problem.hint}")
    return int(Exit.ENVIRONMENT if any(finding.problems for finding in findings) else Exit.OK)


def _count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
