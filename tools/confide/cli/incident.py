"""`confide incident lost-laptop`: one runbook, which can be stopped anywhere and goes on where it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import click

from confide.cli import options, out
from confide.cli.session import session
from confide.model.problem import Exit, Problem, Usage

if TYPE_CHECKING:
    from datetime import datetime

    from confide.workflows.incident import Step
    from confide.workflows.invite import Letter

SAYS = {
    "key": ("another key signs, and the old one is no keeper", "confide incident lost-laptop --new-key FINGERPRINT"),
    "keystore": ("the keystore has a new key and a new seal", "confide incident lost-laptop"),
    "partnerships": ("every partnership has a new key", "confide keys rotate"),
    "readers": ("old addresses are closed, new invitations are written", "confide invite PARTY"),
    "backup": ("a backup with the new keys is made, and the old ones are destroyed", "confide backup --new-phrase"),
}
BY_HAND = (
    "revoke the old OpenPGP key, and send the revocation to whoever has it",
    "end the machine's access: SSH keys and tokens at the host of the repository, the portal's host, your mail",
    "wipe it from afar where that is possible, and report the loss where the law asks for it",
    "give every party their letter by a way that only they read",
)


@click.group()
def incident() -> None:
    """Go through what an accident makes necessary."""


@incident.command("lost-laptop")
@click.option("--new-key", default="", metavar="FINGERPRINT", help="Your new key; the old one was on the machine.")
@click.option("--keep-key", is_flag=True, help="Your key is on a card that you still have.")
@options.words
@options.json_output
@options.yes
@click.pass_context
def lost_laptop(
    ctx: click.Context, new_key: str, keep_key: bool, words: TextIO | None, as_json: bool, yes: bool
) -> int:
    """New keys, closed addresses, new invitations, letters: step by step.

    For a machine with your practice on it that was lost or stolen. Run it on another one (confide restore). It can be
    stopped anywhere; run again, it goes on. Exit 3 while something is left.
    """
    from confide.cli.builder import SiteBuilder
    from confide.workflows.carrying import carried
    from confide.workflows.incident import begin, run

    practice = session(ctx).practice
    if not yes:
        if not out.on_terminal():
            raise Usage(
                Problem(
                    "this changes every key, and closes every address",
                    "nobody is there to be asked",
                    hint="add --yes",
                )
            )
        click.confirm("Change every key, close every address, and invite everybody again?", abort=True)
    since = begin(practice, keep_key=keep_key)
    letters: list[Letter] = []

    def hand(letter: Letter) -> None:
        letters.append(letter)
        if not as_json:
            _letter(letter, since.at)

    with carried(practice):
        steps = run(practice, SiteBuilder(), since, new_key, words.read() if words else "", hand)
    if as_json:
        out.as_json(
            {
                "since": since.at.isoformat(),
                "steps": [
                    {"step": s.name, "left": s.left, "problem": s.problem.what if s.problem else None} for s in steps
                ],
                "letters": [
                    {"partnership": one.partnership, "party": one.party, "address": one.address, "code": one.code}
                    for one in letters
                ],
            }
        )
    else:
        _show(steps)
    return int(Exit.NOT_YET if any(step.left for step in steps) else Exit.OK)


def _show(steps: tuple[Step, ...]) -> None:
    left = sum(step.left for step in steps)
    out.heading("All of it is done." if not left else f"{left} still to do.", fg="green" if not left else "yellow")
    for step in steps:
        said, command = SAYS[step.name]
        out.row("OPEN" if step.left else "done", said)
        if step.left:
            out.row("", f"{step.left} left: {step.problem.what if step.problem else command}")
    out.say()
    out.say("What no program can do:")
    for one in BY_HAND:
        out.row("-", one)
    out.say("Whoever has the machine keeps what was open on it, and what your passphrase")
    out.say("protects if they guess it.")


def _letter(letter: Letter, lost: datetime) -> None:
    """What this person has to know, to be copied; without a name, which the coach writes herself."""
    out.heading(f"A letter for the {letter.party}.", letter.partnership, fg="green")
    out.say(f"On {out.day(lost)} I found that a machine of mine is lost. What you told me lay")
    out.say("on it sealed. To be safe I have closed the old way to your pages: nothing opens")
    out.say("with your old words any more. Please make a new way in. Nothing that was agreed")
    out.say("has changed, and if you want to talk about it, call me.")
    out.row("address", letter.address)
    out.row("code", letter.code)
    out.row("until", f"{out.day(letter.expires)}; it works once")
    out.say()
