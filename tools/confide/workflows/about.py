"""What an act is about: exact texts, or a type of information; never a text that does not say what it is."""

from __future__ import annotations

from dataclasses import dataclass

from confide.model.event import Exact
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.workflows import asking, notes
from confide.workflows.disclose import exact
from confide.workflows.practice import Practice


@dataclass(frozen=True)
class About:
    """Types, and the texts where exact ones are meant; without texts the types as a whole."""

    what: tuple[str, ...]
    sections: tuple[Exact, ...] = ()


def about(practice: Practice, record: Record, refs: tuple[str, ...], types: tuple[str, ...]) -> About:
    """The texts `refs` name, or the types. Raises Usage for neither or both, NotAllowed for a draft."""
    if bool(refs) == bool(types):
        raise Usage(
            Problem(
                "say what it is about",
                "it is about exact texts, or about a type of information",
                hint="--section 2026-02-03#s2, or --about TYPE",
            )
        )
    for what in types:
        asking.check_type(record, what, parts=True)
    found = tuple(notes.section(practice, record.partnership.id, ref) for ref in dict.fromkeys(refs))
    for section in found:
        if section.facets.draft:
            raise NotAllowed(
                Problem(
                    f"{section.ref.removeprefix('notes/')} is a draft",
                    "it does not say what it is, so it can never be disclosed",
                    section.place,
                    "give its heading a type, for example `what=partnership-goals/shared`",
                    "draft-section",
                )
            )
    named = (section.facets.what or "" for section in found)
    return About(tuple(dict.fromkeys((*named, *types))), tuple(exact(section) for section in found))
