"""`confide restore`: a new machine gets everything back; `--test` rehearses it in memory."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from confide.cli import given, options, out
from confide.cli.session import session
from confide.model.problem import Problem, Unavailable, Usage


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.argument("directory", type=click.Path(path_type=Path), required=False)
@click.option("--test", "rehearsal", is_flag=True, help="Only rehearse, in memory: the newest backup if left out.")
@click.option(
    "--words",
    type=click.File("rb"),
    callback=given.text,
    help="The printed words, from a file or - for standard input; a terminal asks.",
)
@click.option("--keystore", type=click.Path(path_type=Path), help="Where to keep the partnerships' keys.")
@click.option("--gnupg-home", metavar="DIR", help="Use this GnuPG home instead of your own.")
@click.option("--key", default="", metavar="FINGERPRINT", help="Seal the keystore for this key: the old one is lost.")
@options.json_output
@click.pass_context
def restore(
    ctx: click.Context,
    file: Path | None,
    directory: Path | None,
    rehearsal: bool,
    words: TextIO | None,
    keystore: Path | None,
    gnupg_home: str | None,
    key: str,
    as_json: bool,
) -> None:
    """Get everything back from a backup FILE into DIRECTORY.

    With the printed words alone, on a machine that has nothing; or with your key.
    `--test` does the same in memory and removes it again: do it once a year.
    """
    if rehearsal:
        _rehearse(ctx, file, words, as_json)
        return
    if file is None or directory is None:
        raise Usage(
            Problem(
                "a backup and a new directory are needed",
                "the one is read, the other is made",
                hint="confide restore FILE DIRECTORY; to try it out: confide restore --test",
            )
        )
    from confide.vault import backup_file
    from confide.vault.people import GnuPG
    from confide.workflows.restore import restore as bring_back

    found = session(ctx)
    data = _read(found.path / file)
    home = Path(gnupg_home) if gnupg_home else None
    gpg = GnuPG(home)
    typed = _words(words, "The printed words (empty: use your key)", empty=True)
    opened = backup_file.open_with_words(data, typed) if typed else backup_file.open_with_key(data, gpg)
    back = bring_back(opened, found.path / directory, gpg, found.now, keystore=keystore, gnupg_home=home, key=key)
    if as_json:
        out.as_json(
            {
                "practice": opened.head.practice,
                "made": opened.head.made.isoformat(),
                "commit": back.found.head,
                "signing": back.signing,
            }
        )
        return
    out.heading("Everything is back, and the history is sound.", opened.head.practice, fg="green")
    out.row("where", str(directory))
    out.row("keys", str(back.keystore))
    out.row("as of", f"{out.day(opened.head.made)}, commit {back.found.head[:12]}")
    if back.unfinished:
        out.row("", f"{back.unfinished} files that were not committed lie there as they were")
    _signing(back.signing)
    out.row("if lost", "was the old machine lost or stolen? confide incident lost-laptop")
    out.say(f"Next: cd {directory}, then confide doctor")


def _rehearse(ctx: click.Context, file: Path | None, words: TextIO | None, as_json: bool) -> None:
    from confide.workflows.rehearse import newest, rehearse

    found = session(ctx)
    data = _read(found.path / file if file else newest(found.practice))
    done = rehearse(found.practice, data, _words(words, "The printed words", empty=False))
    if as_json:
        out.as_json(
            {
                "made": done.made.isoformat(),
                "partnerships": done.partnerships,
                "opened": done.opened,
                "destroyed": done.gone,
                "behind": done.behind,
            }
        )
        return
    out.heading("It all came back, from the file and the words alone.", found.practice.file.id, fg="green")
    out.row("as of", out.day(done.made) + (", and more is on record since: confide backup" if done.behind else ""))
    out.row("history", f"{done.commits} commits verify, {done.partnerships} partnerships")
    out.row("opened", f"{done.opened} sealed files" + (f"; {done.gone} are of destroyed keys" if done.gone else ""))
    _signing(done.signing)
    out.row("left", "nothing of it is left on this machine")


def _signing(how: str) -> None:
    said = {
        "here": "came back too, locked as it was",
        "card": "is on a card: without the card everything can be read, and nothing recorded",
        "elsewhere": "was not on the machine that made the backup: bring it, or name another with --key",
    }
    out.row("your key", said[how])


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise Unavailable(
            Problem("the backup cannot be read", "there is no such file, or its disk is not plugged in", hint="look")
        ) from None


def _words(given_words: TextIO | None, question: str, *, empty: bool) -> str:
    if given_words is not None:
        return given_words.read()
    if out.on_terminal():
        typed: str = click.prompt(question, default="", show_default=False, hide_input=True)
        return typed
    if empty:
        return ""
    raise Usage(
        Problem(
            "the printed words are missing",
            "a rehearsal proves that they open the backup",
            hint="a terminal asks for them; else --words FILE, or - for standard input",
        )
    )
