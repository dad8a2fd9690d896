"""`confide keys`: who reads what with which key, who keeps a partnership, another key, and the keys for plain gpg."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO, TextIO

import click

from confide.cli import handing_over, missing, options, out
from confide.cli.session import session
from confide.model.problem import Problem, Usage


@click.group()
def keys() -> None:
    """Look at keys, change them, and share one partnership."""


@keys.command("status")
@options.json_output
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> int:
    """Show when keys end, and who can read what.

    Looks at every version of every sealed file in the history. Needs no key. Leaves with 1 when somebody can read what
    they should not.
    """
    from confide.cli.key_table import as_data, show
    from confide.workflows.key_status import status as look

    found = session(ctx)
    answer = look(found.practice)
    if as_json:
        out.as_json(as_data(answer))
    else:
        show(answer, found.now)
    return 1 if answer.drift else 0


@keys.command("grant")
@click.argument("party", required=False)
@click.option("--key", "key", type=click.File("rb"), help="Their public key, as `gpg --armor --export` writes it.")
@click.option("--confirm", default="", metavar="FINGERPRINT", help="The fingerprint as they told it.")
@handing_over.out_file
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def grant(
    ctx: click.Context,
    party: str | None,
    key: BinaryIO | None,
    confirm: str,
    file: Path | None,
    words: TextIO | None,
    within: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Let PARTY keep this partnership: another coach, a supervisor.

    They read everything in it, and record in it; the client sees that on her page. Of the other partnerships they get
    no key. Writes a file that they alone can open.
    """
    from confide.workflows.keepers import grant as record

    found = session(ctx)
    partnership = found.partnership(within)
    party = missing.words((party,) if party else (), "Who is to keep it", "PARTY", "somebody is given the keys")[0]
    if key is None:
        raise Usage(Problem("--key is missing", "the keys are sealed for its owner", hint="add --key FILE"))
    public = key.read()
    target = handing_over.target(file, f"{partnership}.{party}.handover")
    handing_over.confirmed(public, confirm, party)
    if out.on_terminal() and not (yes or dry_run):
        click.confirm(
            f"The {party} will read everything in {partnership}, and the client will see that. Go on?", abort=True
        )
    found.practice.dry_run = dry_run
    granted = record(found.practice, partnership, party, public, words.read() if words else "")
    if dry_run:
        out.would(found.practice.messages)
        return
    target.write_bytes(granted.file)
    out.heading(f"The {party} keeps this partnership.", granted.event.id, fg="green")
    out.row("file", f"{target}; only they can open it")
    out.row("not", "into the repository: what was once there can never be destroyed")
    out.row("they run", f"confide adopt --handover FILE --giver {found.practice.coach}")
    out.row("tell them", "that fingerprint in person or by telephone, not beside the file")
    out.say("Next: push, so that their clone knows them")


@keys.command("handover")
@click.argument("fingerprint")
@handing_over.out_file
@options.in_partnership
@click.pass_context
def handover(ctx: click.Context, fingerprint: str, file: Path | None, within: str | None) -> None:
    """Write the file with the keys again, for somebody who keeps this partnership already.

    With your own fingerprint it brings a new key to another machine of yours.
    """
    from confide.workflows.keepers import again

    found = session(ctx)
    partnership = found.partnership(within)
    target = handing_over.target(file, f"{partnership}.{fingerprint[-8:]}.handover")
    target.write_bytes(again(found.practice, partnership, fingerprint))
    out.heading("Written again.", partnership, fg="green")
    out.row("file", f"{target}; only they can open it")


@keys.command("revoke")
@click.argument("fingerprint", required=False)
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def revoke(
    ctx: click.Context, fingerprint: str | None, words: TextIO | None, within: str | None, dry_run: bool, yes: bool
) -> None:
    """Let somebody keep this partnership no more, and change its key.

    What they could read until now, they may still have; what is written from now on opens with the new key only.
    """
    from confide.workflows.keepers import relieve as record

    found = session(ctx)
    partnership = found.partnership(within)
    given = missing.words(
        (fingerprint,) if fingerprint else (),
        "The fingerprint of their key",
        "FINGERPRINT",
        "a key is taken off the list",
    )
    if out.on_terminal() and not (yes or dry_run):
        click.confirm("End this access, and change the key of the partnership?", abort=True)
    found.practice.dry_run = dry_run
    relieved = record(found.practice, partnership, given[0], words.read() if words else "")
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading(f"The {', '.join(relieved.event.to)} keeps this partnership no more.", relieved.event.id, fg="green")
    handing_over.rotated(relieved.rotated)
    out.row("they keep", "whatever they copied until now; nobody can take that back")
    for key, data in relieved.files.items():
        target = handing_over.target(None, f"{partnership}.{key[-8:]}.handover")
        target.write_bytes(data)
        out.row("hand on", f"{target}, to the keeper with the key {key}")
    out.say("Next: push, then confide keys status")


@keys.command("rotate")
@options.words
@options.in_partnership
@options.dry_run
@options.yes
@click.pass_context
def rotate(ctx: click.Context, words: TextIO | None, within: str | None, dry_run: bool, yes: bool) -> None:
    """Give a partnership a new key, and seal its notes again.

    Events do not change. The old key stays in the keystore, for what events fix and for the versions in the history:
    whoever has a copy of it can still read those.
    """
    from confide.workflows.carrying import carried
    from confide.workflows.keepers import again, granted
    from confide.workflows.rotation import rotate as record

    found = session(ctx)
    partnership = found.partnership(within)
    if out.on_terminal() and not (yes or dry_run):
        click.confirm("Change the key of this partnership, and seal its notes again?", abort=True)
    found.practice.dry_run = dry_run
    with carried(found.practice):
        rotated = record(found.practice, partnership, words.read() if words else "")
    if dry_run:
        out.would(found.practice.messages)
        return
    out.heading("The partnership has a new key.", rotated.event.id, fg="green")
    handing_over.rotated(rotated)
    for one in granted(found.practice.record(partnership)):
        target = handing_over.target(None, f"{partnership}.{one.key[-8:]}.handover")
        target.write_bytes(again(found.practice, partnership, one.key))
        out.row("hand on", f"{target}, to the {', '.join(one.to)}")
    out.say("Next: push, then confide keys status")


@keys.command("export")
@options.in_partnership
@click.pass_context
def export(ctx: click.Context, within: str | None) -> None:
    """Write a partnership's secret keys to a pipe, for plain gpg.

    \b
    confide keys export --in p-k7f3 | gpg --import
    """
    from confide.workflows.keys import export as secret_of

    if sys.stdout.isatty():
        raise Usage(
            Problem(
                "a secret key is not printed on a terminal",
                "it would stay in the window, for whoever looks next",
                hint="pipe it: confide keys export | gpg --import",
            )
        )
    found = session(ctx)
    sys.stdout.buffer.write(secret_of(found.practice, found.partnership(within)))
