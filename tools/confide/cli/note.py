"""`confide note`: write, read and list session notes. Plaintext stays in memory."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from confide.cli import given, options, out
from confide.cli.session import session
from confide.model.problem import Problem, Refused, Usage
from confide.model.terminal import harmless
from confide.model.words import Form

if TYPE_CHECKING:
    from confide.model.note import Section
    from confide.workflows.notes import Written
    from confide.workflows.practice import Practice


@click.command()
@click.argument("session_day", metavar="[DATE]", required=False)
@options.in_partnership
@click.option(
    "--file",
    "source",
    type=click.File("rb"),
    callback=given.text,
    help="Read the note from FILE, or - for standard input.",
)
@click.option("--attach", type=click.File("rb"), help="Seal a PDF or a picture beside one of its sections.")
@click.option("--section", metavar="ID", help="The section that --attach belongs to: s2.")
@click.option("--another", is_flag=True, help="A further note of the same day.")
@click.option("--show", is_flag=True, help="Print the note instead of editing it.")
@click.option("--list", "listing", is_flag=True, help="List the notes and their sections, without any text.")
@options.dry_run
@options.json_output
@click.pass_context
def note(
    ctx: click.Context,
    session_day: str | None,
    within: str | None,
    source: TextIO | None,
    attach: BinaryIO | None,
    section: str | None,
    another: bool,
    show: bool,
    listing: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the note of a session: signed, encrypted, committed.

    Opens your editor on a file in memory. DATE is the day of the session (today if left out). Headings say what a
    section is; the editor offers them.
    """
    from confide.workflows import notes

    found = session(ctx)
    practice, partnership = found.practice, found.partnership(within)
    if listing:
        _list(practice, partnership, as_json)
        return
    name = notes.check_name(session_day or found.now.date().isoformat())
    if show:
        text = notes.shown(practice, partnership, name)
        out.say(click.style(f"decrypted: {partnership} {name}", dim=True))
        out.say(harmless(text.rstrip()))
        return
    if another:
        name = notes.next_name(practice, partnership, date.fromisoformat(name[:10]))
    practice.dry_run = dry_run
    if attach is not None:
        from confide.cli import note_attach

        note_attach.attach(practice, partnership, name, attach.read(), section, as_json=as_json, dry_run=dry_run)
        return
    if source is not None:
        written = notes.write(practice, partnership, name, source.read())
    else:
        written = _edit(practice, partnership, name)
    if as_json:
        sections = [
            {"section": s.ref, "what": s.facets.what, "form": s.facets.form.word} for s in written.note.sections
        ]
        out.as_json(
            {
                "note": name,
                "changed": written.changed,
                "sections": sections,
                "recorded": written.changed and not dry_run,
            }
        )
        return
    if dry_run and written.changed:
        out.would(practice.messages)
        return
    if not written.changed:
        out.heading("Nothing changed; nothing was encrypted again.", partnership)
        return
    out.heading(f"Note {name} is sealed and committed.", partnership, fg="green")
    _sections(written.note.sections)


class _Unchanged(Usage):
    """The editor was left without writing anything."""


def _edit(practice: Practice, partnership: str, name: str) -> Written:
    from confide.cli.editor import edit
    from confide.workflows import notes

    offered = notes.editable(practice, partnership, name, HEADINGS)

    def save(text: str) -> Written:
        if text.strip() == offered.strip():
            raise _Unchanged(Problem("the note was not changed", "there is nothing to seal", hint="confide note again"))
        return notes.write(practice, partnership, name, text)

    def again(refused: Refused) -> bool:
        if isinstance(refused, _Unchanged) or not out.on_terminal():
            return False
        for problem in refused.problems:
            out.problem_lines(problem)
        return click.confirm("What you wrote is still there. Open it again?", default=True)

    return edit(offered, f"{name}.md", save, again)


HEADINGS = (
    "Where we are {what=partnership-goals/shared}",
    "For the sponsors {what=partnership-goals/shared form=summary}",
    "What we talked about {what=discussions}",
    "To think about {draft}",
)


def _list(practice: Practice, partnership: str, as_json: bool) -> None:
    from confide.workflows import notes

    found = list(notes.each(practice, partnership))
    if as_json:
        out.as_json([{"note": n.path, "sections": [s.ref for s in n.sections if s.id]} for n in found])
        return
    out.heading(f"{len(found)} note{'' if len(found) == 1 else 's'}", partnership)
    for one in found:
        out.say(one.path.rpartition("/")[2], bold=True)
        _sections(one.sections)


def _sections(sections: tuple[Section, ...]) -> None:
    rows = []
    for section in sections:
        facets = section.facets
        kind = "draft, never disclosable" if facets.draft else f"{facets.what}"
        form = "" if facets.draft or facets.form is Form.VERBATIM else facets.form.word
        owner = "" if facets.owner == "client" else f"owner {facets.owner}"
        rows.append((f"  {section.ref.rpartition('/')[2] if section.id else '-'}", kind, form, owner))
    out.table(("  section", "what it is", "form", ""), rows)
