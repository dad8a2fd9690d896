"""A note and its sections: what was written, and the facets that decide who may ever see it (S-01)."""

from __future__ import annotations

from dataclasses import dataclass, field

from confide.model.problem import Place
from confide.model.words import Form


@dataclass(frozen=True)
class Facets:
    """What a section is. `what` None marks a draft: kept, encrypted, never disclosable.

    subject: whom it is about; source: who it was obtained from; owner: whose information it is (S-01, S-08).
    """

    what: str | None = None
    form: Form = Form.VERBATIM
    subject: str = "client"
    source: str = "client"
    owner: str = "client"
    flags: frozenset[str] = frozenset()
    made_from: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    @property
    def draft(self) -> bool:
        return self.what is None


@dataclass(frozen=True)
class Section:
    """One top-level level-2 heading and what follows. `ref` is `notes/2026-02-03#s2`; `text` is Markdown.

    `text` holds the heading without its attributes, a blank line and the body, LF line ends, no trailing blank.
    `commitment` is empty for a section that has no id or whose note has no secret yet.
    """

    ref: str
    id: str
    title: str
    text: str
    facets: Facets
    commitment: str = ""
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Note:
    """One session note, opened. `path` is relative to the partnership, without suffix: `notes/2026-02-03`."""

    partnership: str
    path: str
    session: str
    present: tuple[str, ...]
    sections: tuple[Section, ...]
    signer: str = ""

    def section(self, section_id: str) -> Section | None:
        return next((s for s in self.sections if s.id == section_id), None)
