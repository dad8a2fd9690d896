"""`confide agree`: draft, check, show, propose, sign, status."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Exit, Problem, Usage
from confide.model.words import Form

version_option = click.option("--version", "version", type=int, help="Which version; the newest if left out.")


@click.group()
def agree() -> None:
    """The agreement: draft, check, show, propose, sign, status."""


@agree.command()
@options.in_partnership
@click.option("--from", "source", type=click.File("rb"), help="Take the text from FILE, or - for standard input.")
@click.option("--effective", type=click.DateTime(["%Y-%m-%d"]), help="First day it applies.  [S-14]")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day it applies.  [S-27]")
@click.option("--time-zone", metavar="ZONE", help="Where days begin, for example Europe/London.")
@click.option("--law", metavar="TEXT", help="Whose law applies.")
@click.option(
    "--goals", type=click.Choice(["none", "topic", "summary", "verbatim"]), help="What sponsors hear.  [S-30]"
)
@click.option("--circle", "circles", multiple=True, metavar="NAME=SIZE", help="A circle of sources: peers=5.  [S-18]")
@options.yes
@click.pass_context
def draft(
    ctx: click.Context,
    within: str | None,
    source: BinaryIO | None,
    effective: object,
    until: object,
    time_zone: str | None,
    law: str | None,
    goals: str | None,
    circles: tuple[str, ...],
    yes: bool,
) -> None:
    """Draft the agreement, or the next version of it, from a few answers.

    Change the file afterwards as you like, and commit it with git; `confide agree check` says what is missing.
    """
    from confide.cli.interview import answers
    from confide.workflows import agreements, drafting

    found = session(ctx)
    partnership = found.partnership(within)
    given = {"effective": effective, "until": until, "time_zone": time_zone, "law": law, "goals": goals}
    version, data = drafting.next_version(
        found.practice,
        partnership,
        source.read() if source else None,
        lambda: answers(found, partnership, given, circles, ask=out.on_terminal() and not yes),
    )
    agreements.save_draft(found.practice, partnership, version, data)
    path = f"records/{partnership}/agreements/{version}.yml"
    out.heading(f"Draft of agreement {version} is committed.", partnership, fg="green")
    out.row("file", path)
    out.say("Next: confide agree show, then confide agree propose")


@agree.command()
@options.in_partnership
@version_option
@options.json_output
@click.pass_context
def check(ctx: click.Context, within: str | None, version: int | None, as_json: bool) -> int:
    """Everything an agreement leaves open or gets wrong, at once."""
    from confide.workflows import agreements

    found = session(ctx)
    partnership = found.partnership(within)
    problems = agreements.check(found.practice, partnership, version)
    if as_json:
        out.as_json([{"what": p.what, "why": p.why, "place": str(p.place), "rule": p.rule} for p in problems])
    elif problems:
        out.heading(f"{len(problems)} to settle before it can be proposed.", partnership, fg="red")
        for problem in problems:
            out.row("open", problem.what, str(problem.place or ""), problem.rule)
            if problem.hint:
                out.row("", problem.hint)
    else:
        out.heading("Every type has an answer, and every answer can be obeyed.", partnership, fg="green")
    return int(Exit.NO if problems else Exit.OK)


@agree.command()
@options.in_partnership
@version_option
@options.json_output
@click.pass_context
def show(ctx: click.Context, within: str | None, version: int | None, as_json: bool) -> None:
    """Who may learn what, as one table."""
    from confide.site.matrix import matrix_of
    from confide.site.words import form_title, type_title
    from confide.workflows import agreements

    found = session(ctx)
    partnership = found.partnership(within)
    agreement, _ = agreements.load(found.practice, partnership, version)
    matrix = matrix_of(agreement)
    if as_json:
        out.as_json(
            {what: {party: matrix.cells[what, party].form.word for party in matrix.parties} for what in matrix.types}
        )
        return
    out.heading(f"Agreement {agreement.version}: {agreement.effective} to {agreement.until}", partnership)
    rows = []
    for what in matrix.types:
        cells = [matrix.cells[what, party] for party in matrix.parties]
        texts = ["own" if c.own and c.form is Form.NONE else "-" if c.withheld else form_title(c.form).lower()
                 + ("*" if c.conditional else "") for c in cells]  # fmt: skip
        rows.append((type_title(what), *texts))
    out.table(("", *matrix.parties), rows)
    out.say()
    out.say("-  withheld     *  only after a duty, on a date or in stated circumstances", dim=True)


@agree.command()
@options.in_partnership
@version_option
@options.dry_run
@click.pass_context
def propose(ctx: click.Context, within: str | None, version: int | None, dry_run: bool) -> None:
    """Put a version to its signatories. From then on its text is fixed."""
    from confide.workflows import agreements

    found = session(ctx)
    partnership = found.partnership(within)
    found.practice.dry_run = dry_run
    event = agreements.propose(found.practice, partnership, version)
    out.heading(f"Agreement {event.agreement} is proposed to {', '.join(event.to)}.", event.id, fg="green")
    out.row("text", event.document)
    out.say("Next: confide agree sign, and confide invite PARTY")


@agree.command()
@options.in_partnership
@version_option
@click.option("--party", default="coach", show_default=True, metavar="PARTY", help="Who signs.")
@click.option("--person", default=1, show_default=True, help="Which person in that role.")
@click.option("--statement", is_flag=True, help="Print the exact text to be signed, and change nothing.")
@click.option("--signature", type=click.File("rb"), help="A detached signature by the party's own GnuPG key.")
@click.option("--key", type=click.File("rb"), help="That key's public half, if it is not on record yet.")
@click.option("--paper", type=click.File("rb"), help="A scan of the signed printout; it is sealed.")
@click.option("--e-sign", type=click.File("rb"), help="The certificate of an e-sign service; it is sealed.")
@options.dry_run
@click.pass_context
def sign(
    ctx: click.Context,
    within: str | None,
    version: int | None,
    party: str,
    person: int,
    statement: bool,
    signature: BinaryIO | None,
    key: BinaryIO | None,
    paper: BinaryIO | None,
    e_sign: BinaryIO | None,
    dry_run: bool,
) -> None:
    """Sign as the coach, or record how another party signed.

    \b
    confide agree sign
    confide agree sign --party payer --paper scan.pdf
    confide agree sign --party client --statement | gpg --detach-sign > c.sig
    confide agree sign --party client --key client.asc --signature c.sig
    """
    from confide.workflows import signing

    found = session(ctx)
    partnership = found.partnership(within)
    practice = found.practice
    if statement:
        sys.stdout.buffer.write(signing.statement_for(practice, partnership, party, person, version)[1])
        return
    practice.dry_run = dry_run
    if signature is not None:
        event = signing.sign_with_own_key(
            practice, partnership, party, signature.read(), person, version, key=key.read() if key else None
        )
    elif paper is not None:
        event = signing.sign_on_paper(practice, partnership, party, paper.read(), "paper", person, version)
    elif e_sign is not None:
        event = signing.sign_on_paper(practice, partnership, party, e_sign.read(), "e-sign", person, version)
    elif party == "coach":
        event = signing.sign_as_coach(practice, partnership, version)
    else:
        raise Usage(
            Problem(
                f"how did `{party}` sign?", hint="--paper SCAN, --e-sign CERTIFICATE, --signature FILE, or the portal"
            )
        )
    out.heading(f"Agreement {event.agreement}: signed by {party}, {event.strength}.", event.id, fg="green")
    out.say("Next: confide agree status")


@agree.command()
@options.in_partnership
@options.json_output
@click.pass_context
def status(ctx: click.Context, within: str | None, as_json: bool) -> None:
    """Who has signed which version, and which is in force."""
    from confide.workflows import agreements

    found = session(ctx)
    partnership = found.partnership(within)
    known = agreements.status(found.practice, partnership)
    if as_json:
        out.as_json(
            [
                {
                    "agreement": s.agreement.version,
                    "proposed": s.proposed.id if s.proposed else None,
                    "signed": [e.by for e in s.signatures],
                    "missing": list(s.missing),
                    "in_force": s.in_force,
                }
                for s in known
            ]
        )
        return
    if not known:
        raise Usage(Problem("there is no agreement yet", hint="confide agree draft"))
    for s in known:
        state = "in force" if s.in_force else "proposed" if s.proposed else "draft"
        out.heading(f"Agreement {s.agreement.version}: {state}", partnership)
        for event in s.signatures:
            out.row("signed", f"{event.by} on {event.at:%d %b %Y}, {event.strength}", event.id)
        if s.proposed and s.missing:
            out.row("missing", ", ".join(s.missing))
            out.row("next", f"confide invite {next((p for p in s.missing if p != 'coach'), 'PARTY')}")
