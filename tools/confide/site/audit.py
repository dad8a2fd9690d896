"""The leak audit: every built byte is read for what it must not hold. A tripwire, not the proof (that is promise 2).

It looks for runs of eight words of withheld texts (shorter texts: all of their words, from four up), for names that the
reader may not know, and for ids of other partnerships: in page text, attributes, scripts, comments, the search index,
file names and asset-like files alike. Case, white space, markup, entities, percent signs and look-alike code points do
not hide a run. What is found is named by file and kind; never by its text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from confide.model.commitment import digest
from confide.site.audit_parts import Seen, parts

RUN = 8
SHORTEST = 4

_WORD = re.compile(r"\w+")
_DASHED = re.compile(r"[pc]-[0-9a-z]{4}")
_ID = re.compile(r"[pc]-[0-9a-z]{4,16}")
# Soft hyphens and zero-width characters: they part a word without being seen.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_MARKDOWN = re.compile(r"[*_`~\\]|^\s{0,3}(?:[-+>#|]|\d+[.)])+", re.MULTILINE)
_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)")
# The policy's pages: the same bytes on many sites.
_SHARED = "how/"


@dataclass(frozen=True, order=True)
class Leak:
    """One finding. `file` is the path in the site; `kind` is `text`, `name`, `id` or `file`; `where` the part of it."""

    file: str
    kind: str
    where: str


@dataclass(frozen=True)
class Tripwire:
    """What must not occur: built once, used for many sites.

    runs: length in words → hashes of runs, Python's own hashes of tuples, which differ from process to process and are
    never written down. names: first word → the names that begin with it, as words.
    """

    runs: Mapping[int, frozenset[int]] = field(repr=False)
    names: Mapping[str, tuple[tuple[str, ...], ...]] = field(repr=False)
    ids: frozenset[str] = field(repr=False)


def tripwire(
    withheld: Iterable[str], names: Iterable[str], foreign_ids: Iterable[str], permitted: Iterable[str] = ()
) -> Tripwire:
    """The tripwire for one reader. withheld: Markdown texts, and titles where they count on their own.

    permitted: texts that the reader may read anyway; a run they share with a withheld text is no leak.
    """
    known = _runs(permitted)
    found = _runs(withheld)
    kept = {length: frozenset(runs - known.get(length, set())) for length, runs in found.items()}
    named: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in names:
        if words := tuple(_words(name)):
            named[words[0]] = (*named.get(words[0], ()), words)
    return Tripwire(kept, named, frozenset(foreign_ids))


def audit(
    files: Mapping[str, bytes],
    withheld: Sequence[str],
    names: Sequence[str],
    foreign_ids: Sequence[str],
    permitted: Sequence[str] = (),
    withheld_files: frozenset[str] = frozenset(),
) -> tuple[Leak, ...]:
    """Every leak in the files of one site, sorted; empty when there is none.

    withheld_files: digests (`sha256:…`) of documents and pictures that must not be among them.
    """
    found = search(files, tripwire(withheld, names, foreign_ids, permitted))
    whole = (path for path, data in files.items() if withheld_files and digest(data) in withheld_files)
    return tuple(sorted({*found, *(Leak(path, "file", "bytes") for path in whole)}))


def search(files: Mapping[str, bytes], wire: Tripwire) -> tuple[Leak, ...]:
    """Every leak in `files` that trips `wire`.

    The frame of the theme and the tags it is made of stand on every page: each piece of them is read where it comes
    first, and what is found there is told for that page.
    """
    found: set[Leak] = set()
    seen = Seen()
    for path, data in files.items():
        shared = path.startswith(_SHARED) and path.endswith(".html")
        for reading in _shared(data) if shared else map(_reading, parts(path, data, seen)):
            found.update(Leak(path, kind, reading.where) for kind in _tripped(reading, wire))
    return tuple(sorted(found))


class _Reading(NamedTuple):
    """One text of a file as it is looked through: where, its words, and what has the shape of an id."""

    where: str
    words: list[str]
    ids: frozenset[str]


def _reading(part: tuple[str, str]) -> _Reading:
    where, text = part
    low = _normal(text)
    return _Reading(where, _WORD.findall(low), frozenset(_ID.findall(low)) if _DASHED.search(low) else frozenset())


@lru_cache(maxsize=32)
def _shared(data: bytes) -> tuple[_Reading, ...]:
    """The readings of a page that many sites have: the policy's, in one navigation."""
    return tuple(map(_reading, parts("policy.html", data, Seen())))


def _tripped(reading: _Reading, wire: Tripwire) -> Iterator[str]:
    words = reading.words
    if any(not runs.isdisjoint(_hashes(words, length)) for length, runs in wire.runs.items()):
        yield "text"
    if not wire.names.keys().isdisjoint(words) and any(
        _follows(words, name) for first in wire.names.keys() & set(words) for name in wire.names[first]
    ):
        yield "name"
    if any(not wire.ids.isdisjoint(_ids(found)) for found in reading.ids):
        yield "id"


def _follows(words: list[str], name: tuple[str, ...]) -> bool:
    places = (place for place, word in enumerate(words) if word == name[0])
    return any(tuple(words[place : place + len(name)]) == name for place in places)


def _ids(found: str) -> Iterator[str]:
    """Every id that this may begin with: `p-4tzwx` may be `p-4tzw`, run into something else."""
    return (found[:end] for end in range(len("p-0000"), len(found) + 1))


def _runs(texts: Iterable[str]) -> dict[int, set[int]]:
    runs: dict[int, set[int]] = {}
    for text in texts:
        for length, hashes in _runs_of(text):
            runs.setdefault(length, set()).update(hashes)
    return runs


@lru_cache(maxsize=1000)
def _runs_of(text: str) -> tuple[tuple[int, frozenset[int]], ...]:
    """The runs of one text, as it is and without where its links lead. What one reader may not see, others may not."""
    found = []
    for reading in {text, _TARGET.sub("", text)}:
        words = _words(_MARKDOWN.sub(" ", reading))
        length = min(RUN, len(words))
        if length >= SHORTEST:
            found.append((length, frozenset(_hashes(words, length))))
    return tuple(found)


def _hashes(words: list[str], length: int) -> Iterator[int]:
    return map(hash, zip(*(islice(words, start, None) for start in range(length)), strict=False))


def _words(text: str) -> list[str]:
    return _WORD.findall(_normal(text))


def _normal(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return text.casefold()
