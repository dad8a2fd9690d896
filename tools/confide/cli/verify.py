"""`confide verify`: the history, or a receipt somebody holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from confide.cli import options, out
from confide.cli.session import Session, session
from confide.model.problem import Exit, Problem

if TYPE_CHECKING:
    from confide.ledger.verification import Verification


@click.command()
@click.option("--receipt", "receipts", metavar="FILE", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
              help="A receipt to check, offline or beside the record; twice, to compare two.")  # fmt: skip
@click.option("--open", "opening", is_flag=True, help="With your keys: also that every commitment opens to its text.")
@click.option("--root", metavar="COMMIT", default="", help="The root to trust, where this clone holds none.")
@click.option("--keeper", metavar="FINGERPRINT", default="", help="The first keeper to trust, with --root.")
@options.json_output
@click.pass_context
def verify(ctx: click.Context, receipts: tuple[Path, ...], opening: bool, root: str, keeper: str, as_json: bool) -> int:
    """Verify the whole history from the pinned root.

    Needs no secret key, and works in a bare repository. With --receipt it checks what a party holds, anywhere.
    Exit 0 sound, 4 tampered with.
    """
    from confide.workflows import verifying

    if receipts:
        return _receipts(session(ctx), receipts, keeper, as_json)
    found = verifying.verified(session(ctx).path, root, keeper)
    faults = found.problems
    opened = 0
    if opening and not faults:
        opened, faults = verifying.unopened(session(ctx).practice)
    if as_json:
        out.as_json(
            {
                "head": found.head,
                "commits": found.commits,
                "events": found.events,
                "first_bad": found.first_bad if faults else None,
                "opened": opened if opening else None,
                "faults": [_plain(fault) for fault in faults],
                "notices": [_plain(notice) for notice in found.notices],
            }
        )
        return int(Exit.MALFORMED if faults else Exit.OK)
    _history(found, faults)
    if opening and not faults:
        out.row("texts", f"every commitment opens to the text of its place, {opened} looked at")
    for notice in found.notices:
        out.row("look at", notice.what, str(notice.place or ""), notice.rule)
    return int(Exit.MALFORMED if faults else Exit.OK)


def _history(found: Verification, faults: tuple[Problem, ...]) -> None:
    if not faults:
        out.heading("The history is sound.", found.head[:12], fg="green")
        out.row("commits", f"{found.commits}, each signed by a keeper of its parent")
        out.row("events", f"{found.events}, each introduced once and never changed")
        return
    out.heading("The history does not verify.", fg="red")
    if found.first_bad:
        out.row("first", f"commit {found.first_bad[:12]} is the first with something wrong")
    for fault in faults:
        out.row("fault", fault.what, str(fault.place or ""), fault.rule)
        if fault.why:
            out.row("", fault.why)


def _receipts(found: Session, paths: tuple[Path, ...], keeper: str, as_json: bool) -> int:
    from confide.workflows import receipts

    checked = receipts.examine(paths, keeper.upper())
    problems = [problem for one in checked for problem in one.problems]
    problems += receipts.beside_each_other(checked)
    practice = receipts.nearby(found.path, found.now)
    if practice is not None:
        problems += receipts.beside_the_record(practice, checked)
    if as_json:
        out.as_json(
            {
                "receipts": [
                    {
                        "partnership": one.receipt.partnership,
                        "party": one.receipt.party,
                        "keeper": one.receipt.keeper,
                        "events": [event["id"] for event in one.events],
                        "signed_commits": one.proven,
                        "texts": [{"event": s.event, "at": s.at, "section": s.section} for s in one.shown],
                    }
                    for one in checked
                ],
                "beside_the_record": practice is not None,
                "faults": [_plain(problem) for problem in problems],
            }
        )
        return int(Exit.MALFORMED if problems else Exit.OK)
    out.heading(*_verdict(len(problems), len(checked)), fg="red" if problems else "green")
    for one in checked:
        out.row("about", f"{one.receipt.party} in {one.receipt.partnership}")
        out.row("keeper", one.receipt.keeper + ("" if keeper else ": compare it with what you were given"))
        out.row("events", f"{len(one.events)} in one chain, {one.proven} with their signed commit")
        for shown in one.shown:
            clause = f", {', '.join(shown.terms)} of agreement {shown.agreement}" if shown.terms else ""
            out.row("shown", f"{shown.section} on {shown.at[:10]}, event {shown.event}{clause}")
    if practice is not None and not problems:
        out.row("record", "every event of it is there, unchanged")
    for problem in problems:
        out.row("fault", problem.what, "", problem.rule)
        if problem.why:
            out.row("", problem.why)
    return int(Exit.MALFORMED if problems else Exit.OK)


def _verdict(problems: int, receipts: int) -> tuple[str]:
    if problems:
        return ("Something does not hold.",)
    return ("The receipt holds." if receipts == 1 else "The receipts hold, and agree.",)


def _plain(found: Problem) -> dict[str, str | None]:
    return {"rule": found.rule, "what": found.what, "place": str(found.place) if found.place else None}
