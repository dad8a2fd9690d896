"""What a summary may hold: its headings and what it includes, in the agreed form, and no sentence from anywhere else.

The facets of a section decide. Beside them every run of eight words is looked for in the texts that the summary leaves
out: whoever copies a sentence has forgotten where it came from (S-12).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from confide.model.agreement import Agreement
from confide.model.note import Note, Section
from confide.model.problem import Problem
from confide.model.words import CLIENT_STATEMENT, Form, covers
from confide.policy import summary
from confide.policy.runs import taken_over


def problems(
    note: Note, agreement: Agreement, others: Iterable[Section], hers: Iterable[str] = (), client: str = ""
) -> Iterator[Problem]:
    """Everything in `note` that the agreement keeps out of a summary, section by section; never a word of it.

    others: all sections of notes and feedback. hers: commitments of what the client wrote to go with it.
    client: whose it is, where several are coached: then it says nothing of another.
    """
    said = summary.clause(agreement)
    if not note.sections:
        yield Problem(
            "the summary has no section",
            "each heading opens one",
            hint="confide summary draft",
            rule="summary-headings",
        )
    sources = [other for other in others if not _may_be_in(other.facets.what or "", said)]
    known = frozenset(hers)
    for section in note.sections:
        if client and section.facets.subject != client:
            yield _problem(section, f"is not about the {client}", f"one summary is of one client: subject={client}")
        if section.facets.what == CLIENT_STATEMENT:
            if section.commitment not in known:
                yield _problem(
                    section, "is the client's own, and not as she wrote it", "it travels unedited, or not at all"
                )
            continue
        yield from _facets(section, agreement, said)
        yield from _copied(section, sources)


def _facets(section: Section, agreement: Agreement, said: Mapping[str, Any]) -> Iterator[Problem]:
    what = section.facets.what or ""
    out = next((kept for kept in said.get("excludes", ()) if covers(kept, what) or covers(what, kept)), "")
    if out:
        yield _problem(section, f"is about `{what}`", f"the summary leaves {out} out", agreement)
    elif not _may_be_in(what, said):
        inside = ", ".join((*said.get("headings", ()), *said.get("includes", ())))
        found = f"is about `{what}`" if what else "does not say what it is"
        yield _problem(section, found, f"a summary holds only {inside}", agreement)
    agreed = Form[str(said.get("form", Form.SUMMARY.word)).upper()]
    if section.facets.form > agreed:
        yield _problem(
            section,
            f"is told {section.facets.form.word}",
            f"it was agreed in the form {agreed.word}: form={agreed.word}",
        )


def _copied(section: Section, sources: Iterable[Section]) -> Iterator[Problem]:
    for source in sources:
        if source.commitment and source.commitment == section.commitment:
            yield _problem(section, f"is {source.ref}, word for word", "the summary leaves that out")
            continue
        for line in taken_over(section.text, source.text):
            yield _problem(
                section,
                f"takes a sentence over from {source.ref} (line {line} of the section)",
                "what the summary leaves out is not in it in other clothes either",
            )


def _may_be_in(what: str, said: Mapping[str, Any]) -> bool:
    inside = (*said.get("headings", ()), *said.get("includes", ()), CLIENT_STATEMENT)
    return any(covers(known, what) for known in inside)


def _problem(section: Section, what: str, why: str, agreement: Agreement | None = None) -> Problem:
    where = f"; agreed in {agreement.place}" if agreement is not None else ""
    return Problem(
        f"{section.ref or 'a section'} {what}",
        f"{why}  [S-12]",
        section.place,
        f"take it out of the summary, or agree otherwise: confide agree draft{where}",
        "summary-headings",
    )
