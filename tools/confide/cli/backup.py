"""`confide backup`: everything in one sealed file, and, the first time, the words to print."""

from __future__ import annotations

from pathlib import Path

import click

from confide.cli import options, out
from confide.cli.session import session


@click.command()
@click.argument("place", type=click.Path(path_type=Path), required=False)
@click.option("--new-phrase", is_flag=True, help="Make a new recovery key, and show its words.")
@options.json_output
@click.pass_context
def backup(ctx: click.Context, place: Path | None, new_phrase: bool, as_json: bool) -> None:
    """Put everything into one sealed file.

    PLACE is a directory on another disk, or a file; the place of last time if
    left out. Opens with your key, or with eight words that are shown once.
    """
    from confide.workflows.backup import backup as make
    from confide.workflows.backup import place as chosen

    found = session(ctx)
    practice = found.practice
    file = chosen(practice, place if place is None else found.path / place)
    shown: list[str] = []

    def show(words: str) -> None:
        shown.append(words)
        if not as_json:
            _print(words)

    made = make(practice, file, show, renew=new_phrase)
    if as_json:
        out.as_json(
            {"file": str(made.file), "bytes": made.size, "commit": made.commit, "words": shown[0] if shown else None}
        )
        return
    out.heading("Everything is in the backup.", practice.file.id, fg="green")
    out.row("file", str(made.file))
    out.row("holds", f"{made.partnerships} partnerships up to {made.commit[:12]}, their keys, your settings")
    if made.unfinished:
        out.row("", f"{made.unfinished} files that are not committed yet")
    if made.card:
        out.row("your key", "is on a card, and so in no backup: keep a second card")
    else:
        out.row("your key", "is in it too, locked with its own passphrase as it is here")
    if made.same_disk:
        out.row("look at", "this is the same disk as the practice: carry a copy elsewhere")
    out.say("Next: confide restore --test" if shown else "Next: confide")


def _print(words: str) -> None:
    out.heading("Write these eight words on paper. They are shown once and kept nowhere.", fg="yellow")
    out.say()
    listed = words.split("-")
    for at in range(0, len(listed), 4):
        out.say("    " + "  ".join(f"{number}. {word:<9}" for number, word in enumerate(listed[at : at + 4], at + 1)))
    out.say()
    out.row("", "Whoever has them and the file can read everything. Keep the two apart.")
    out.say()
