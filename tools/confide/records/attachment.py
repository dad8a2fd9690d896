"""What a section's text says of a document or picture beside it: `[Report](attached:a7k2 "sha256:…")`.

The digest stands in the text, so the commitment to the text fixes the file as well, and a section without attachments
has the commitment it always had. The file lies sealed beside the note under a random id; its own name is never kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from confide.model.commitment import digest
from confide.model.ids import fresh, is_attachment, is_digest
from confide.model.problem import Malformed, Place, Problem

SCHEME = "attached:"
ID_LENGTH = 3
LONGEST_LABEL = 80
_NOT_IN_A_LABEL = re.compile(r"[\[\]\\`*_<>\x00-\x1f]")


@dataclass(frozen=True)
class Reference:
    """One attachment as a text names it. `picture`: to be seen where it stands (`![…]`)."""

    label: str
    id: str
    digest: str
    picture: bool = False


def references(text: str, place: Place | None = None) -> tuple[Reference, ...]:
    """The attachments that a text names, in its order, each once. Raises Malformed for one without a digest."""
    found: dict[str, Reference] = {}
    if SCHEME not in text:
        return ()
    for reference in _references(text):
        if not is_attachment(reference.id) or not is_digest(reference.digest):
            raise Malformed(
                Problem(
                    "an attachment is named without its fingerprint",
                    "without it nothing fixes the file",
                    place,
                    "attach it again: confide note DATE --attach FILE",
                    "attachment",
                )
            )
        found.setdefault(reference.id, reference)
    return tuple(found.values())


def _references(text: str) -> Iterator[Reference]:
    for token in _markdown().parse(text):
        children = token.children or []
        for position, child in enumerate(children):
            if child.type == "image" and str(child.attrs.get("src", "")).startswith(SCHEME):
                yield _reference(child.content, child.attrs.get("src"), child.attrs.get("title"), picture=True)
            if child.type == "link_open" and str(child.attrs.get("href", "")).startswith(SCHEME):
                label = _until_closed(children[position + 1 :])
                yield _reference(label, child.attrs.get("href"), child.attrs.get("title"), picture=False)


def _reference(label: str, target: object, title: object, *, picture: bool) -> Reference:
    return Reference(label.strip(), str(target).removeprefix(SCHEME), str(title or ""), picture)


def _until_closed(children: Iterable[Token]) -> str:
    words = []
    for child in children:
        if child.type == "link_close":
            break
        words.append(child.content)
    return "".join(words)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def fresh_id(taken: Iterable[str], choose: Callable[[str], str]) -> str:
    """An id that none of `taken` is; `choose` picks one letter at random."""
    known = set(taken)
    while (found := "a" + fresh(ID_LENGTH, choose)) in known:
        continue
    return found


def line(label: str, attachment_id: str, data: bytes, *, picture: bool) -> str:
    """The line that names `data` in a text. Raises Malformed for a label that Markdown would read as something else."""
    words = " ".join(label.split())
    if not words or len(words) > LONGEST_LABEL or _NOT_IN_A_LABEL.search(words):
        raise Malformed(
            Problem(
                "that cannot be what an attachment is called",
                "it stands in the text as the words of a link",
                hint=f"a few plain words, at most {LONGEST_LABEL} letters",
                rule="attachment",
            )
        )
    mark = "!" if picture else ""
    return f'{mark}[{words}]({SCHEME}{attachment_id} "{digest(data)}")'
