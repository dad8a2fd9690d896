"""`confide init` and `confide adopt`: a practice begins, or comes to a second machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from confide.cli import out
from confide.cli.session import Session, session
from confide.model.problem import Problem, Usage

if TYPE_CHECKING:
    from confide.vault.people import GnuPG


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--key", metavar="FINGERPRINT", help="The key you sign with; needed only if you have several.")
@click.option("--portal", metavar="URL", default="http://localhost:8765", show_default=True, help="Where parties read.")
@click.option("--keystore", type=click.Path(path_type=Path), help="Where to keep the partnerships' keys.")
@click.option("--gnupg-home", metavar="DIR", help="Use this GnuPG home instead of your own.")
@click.pass_context
def init(
    ctx: click.Context, directory: Path, key: str | None, portal: str, keystore: Path | None, gnupg_home: str | None
) -> None:
    """Make a new private practice in DIRECTORY.

    Needs a secret key in GnuPG and Git's user.name and user.email.
    """
    from confide.vault.people import GnuPG
    from confide.workflows.init import Identity, coach_key
    from confide.workflows.init import init as make

    home = Path(gnupg_home) if gnupg_home else None
    gpg = GnuPG(home)
    identity = Identity(coach_key(gpg, key))
    target = session(ctx).path / directory
    made = make(target, gpg, identity, session(ctx).now, gnupg_home=home, keystore_home=keystore, portal=portal)
    out.heading("Your practice is ready.", made.practice, fg="green")
    out.row("where", str(directory))
    out.row("keys", str(made.keystore))
    out.row("", "outside the repository; a copy opens only with the .seal beside it")
    out.row("root", made.root)
    out.row("keeper", made.keeper)
    out.row("", "write these two down: another machine trusts nothing else")
    out.say()
    out.say(f"Next: cd {directory}, then confide new")


@click.command()
@click.option("--keystore", type=click.Path(path_type=Path), help="Where the keystore of this practice lies.")
@click.option("--gnupg-home", metavar="DIR", help="Use this GnuPG home instead of your own.")
@click.option("--root", default="", metavar="COMMIT", help="The root commit, if there is no keystore here.")
@click.option("--keeper", default="", metavar="FINGERPRINT", help="The first keeper, if there is no keystore here.")
@click.option("--handover", type=click.File("rb"), help="The keys of one partnership, from another keeper.")
@click.option("--giver", default="", metavar="FINGERPRINT", help="The key of that keeper, as they told it to you.")
@click.pass_context
def adopt(
    ctx: click.Context,
    keystore: Path | None,
    gnupg_home: str | None,
    root: str,
    keeper: str,
    handover: BinaryIO | None,
    giver: str,
) -> None:
    """Set up a fresh clone on this machine.

    Pins, hooks, signing and the keystore are not cloned. Nothing is set unless the whole history verifies. With a
    handover this is the clone of somebody who keeps one partnership.
    """
    from confide.vault.people import GnuPG
    from confide.workflows.adopt import adopt as take_over

    found = session(ctx)
    home = Path(gnupg_home) if gnupg_home else None
    if handover is not None:
        _with_handover(found, GnuPG(home), handover.read(), giver, keystore, home)
        return
    pins = take_over(found.path, GnuPG(home), found.now, keystore=keystore, gnupg_home=home, root=root, keeper=keeper)
    out.heading("This clone is set up.", fg="green")
    out.row("root", pins.root)
    out.row("keeper", pins.keeper)
    out.say("Next: confide doctor")


def _with_handover(
    found: Session, gpg: GnuPG, sealed: bytes, giver: str, keystore: Path | None, home: Path | None
) -> None:
    from confide.workflows.take_over import take_over

    if not giver:
        raise Usage(
            Problem(
                "--giver is missing",
                "without the fingerprint of whoever handed over, anybody could have",
                hint="ask them for it in person or by telephone: --giver FINGERPRINT",
            )
        )
    told = giver.replace(" ", "").upper()
    given = take_over(found.path, gpg, found.now, sealed, giver=told, keystore=keystore, gnupg_home=home)
    out.heading("This clone is set up, for one partnership.", given.partnership, fg="green")
    out.row("root", given.root)
    out.row("keeper", given.keeper)
    out.row("keys", f"{len(given.keys)}, of {given.partnership} alone")
    out.say("Next: confide note --list; then remove the handover file")
