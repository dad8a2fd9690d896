"""`confide note DATE --attach FILE`: a document or picture beside a section, sealed as the note is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from confide.cli import missing, out
from confide.model.problem import Problem, Usage

if TYPE_CHECKING:
    from confide.workflows.practice import Practice


def attach(
    practice: Practice, partnership: str, name: str, data: bytes, section: str | None, *, as_json: bool, dry_run: bool
) -> None:
    """Ask what was not said, attach, and say what became of it."""
    from confide.records import media, tree
    from confide.workflows import attachments, notes

    if name not in notes.names(practice, partnership):
        raise Usage(
            Problem(
                f"there is no note `{name}` to attach it to",
                "an attachment goes where a section of a note goes",
                hint=f"write the note first: confide note {name}",
            )
        )
    known = [s for s in notes.load(practice, partnership, tree.note_path(name)).sections if s.id]
    if section is None and out.on_terminal():
        for one in known:
            out.row(one.id, one.title)
    chosen = missing.one_of(
        section, [s.id for s in known], "To which section", "--section ID", "an attachment belongs to one section"
    )
    usual = "Picture" if media.suffix_of(data) in media.PICTURES else "Document"
    # What it is called is prose, and stands in the sealed text: never on a command line.
    label = click.prompt("What is it called", default=usual) if out.on_terminal() and not as_json else usual
    written, reference = attachments.attach(practice, partnership, name, chosen, data, label)
    if as_json:
        recorded = written.changed and not dry_run
        out.as_json({"note": name, "section": chosen, "attachment": reference.id, "recorded": recorded})
        return
    if dry_run:
        out.would(practice.messages)
        return
    out.heading(f"Attached to {name}#{chosen} as {reference.id}.", partnership, fg="green")
    out.row("goes", "wherever that section goes, and nowhere else")
    if reference.picture:
        out.row("left out", "what the picture told of its camera, day and place")
    out.row("look at", f"gpg -d records/{partnership}/notes/{name}.{reference.id}.gpg > FILE")
