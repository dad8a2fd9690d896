"""The leak audit: every built byte is read for what it must not hold. A tripwire, not the proof (that is promise 2).

It looks for runs of eight words of withheld texts (shorter texts: all of their words, from four up), for names that the
reader may not know, and for ids of other partnerships: in page text, attributes, scripts, comments, the search index,
file names and asset-like files alike. Case, white space, markup, entities, percent signs and look-alike code points do
not hide a run. What is found is named by file and kind; never by its text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from confide.model.commitment import digest
from confide.site.audit_parts import SHARED, Seen, framed, index_texts, indexed, markup, parts

RUN = 8
SHORTEST = 4

_WORD, _ASCII_WORD = re.compile(r"\w+"), re.compile(r"\w+", re.ASCII)
# Marks of good typography that part words: without them most of what is read is ASCII, which is quicker to cut up.
_PARTING = "’‘“”–—…·"
_DASHED = re.compile(r"[pc]-[0-9a-z]{4}")
_ID = re.compile(r"[pc]-[0-9a-z]{4,16}")
# Soft hyphens and zero-width characters: they part a word without being seen.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_MARKDOWN = re.compile(r"[*_`~\\]|^\s{0,3}(?:[-+>#|]|\d+[.)])+", re.MULTILINE)
_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)")


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
    never written down. pieces: the same of every four words within them. names: first word → the names that begin with
    it, as words.
    """

    runs: Mapping[int, frozenset[int]] = field(repr=False)
    pieces: Mapping[int, frozenset[int]] = field(repr=False)
    names: Mapping[str, tuple[tuple[str, ...], ...]] = field(repr=False)
    ids: frozenset[str] = field(repr=False)


def tripwire(
    withheld: Iterable[str], names: Iterable[str], foreign_ids: Iterable[str], permitted: Iterable[str] = ()
) -> Tripwire:
    """The tripwire for one reader. withheld: Markdown texts, and titles where they count on their own.

    permitted: texts that the reader may read anyway; a run they share with a withheld text is no leak.
    """
    known, _ = _runs(permitted)
    found, pieces = _runs(withheld)
    kept = {length: frozenset(runs - known.get(length, set())) for length, runs in found.items()}
    named: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in names:
        if words := tuple(_words(name)):
            named[words[0]] = (*named.get(words[0], ()), words)
    return Tripwire(kept, {length: frozenset(of) for length, of in pieces.items()}, named, frozenset(foreign_ids))


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
    """Every leak in `files` that trips `wire`. What many sites have (the theme's frames, the policy) is cut up once."""
    found: set[Leak] = set()
    seen = Seen()
    for path, data in files.items():
        for reading in _readings(path, data, seen):
            found.update(Leak(path, kind, reading.where) for kind in _tripped(reading, wire))
    return tuple(sorted(found))


def _readings(path: str, data: bytes, seen: Seen) -> Iterator[_Reading]:
    yield _named(path)
    if path.endswith(".html"):
        frame, own = framed(data)
        yield from _shared(frame)
        yield from _shared(own) if path.startswith(SHARED) else map(_reading, markup(own, seen))
    elif path.endswith(".json"):
        shared, own = indexed(data)
        yield from _shared_index(shared)
        yield from map(_reading, index_texts(own, seen))
    else:
        yield from map(_reading, parts(path, data, seen))


@lru_cache(maxsize=256)
def _named(path: str) -> _Reading:
    return _reading(("file name", unquote(path)))


class _Reading(NamedTuple):
    """One text of a file as it is looked through: where, its words, and what has the shape of an id.

    each: the words, in any order. pieces: of a text that many sites have, the pieces looked up for whole runs.
    """

    where: str
    words: list[str]
    ids: frozenset[str]
    each: Collection[str]
    pieces: frozenset[int] | None = None


def _reading(part: tuple[str, str]) -> _Reading:
    where, text = part
    low = _normal(text)
    dashed = ("p-" in low or "c-" in low) and _DASHED.search(low)
    words = _cut(low)
    return _Reading(where, words, frozenset(_ID.findall(low)) if dashed else frozenset(), words)


def _kept(part: tuple[str, str]) -> _Reading:
    reading = _reading(part)
    words = reading.words
    return reading._replace(each=frozenset(words), pieces=frozenset(_pieces(words, RUN - SHORTEST + 1)))


@lru_cache(maxsize=256)
def _shared(source: str) -> tuple[_Reading, ...]:
    """The readings of what many sites have: a frame of the theme, a page of the policy."""
    return tuple(map(_kept, markup(source, Seen())))


@lru_cache(maxsize=8)
def _shared_index(texts: str) -> tuple[_Reading, ...]:
    return tuple(map(_kept, index_texts(texts, Seen())))


def _tripped(reading: _Reading, wire: Tripwire) -> Iterator[str]:
    words = reading.words
    if any(_holds(reading, length, runs, wire.pieces[length]) for length, runs in wire.runs.items()):
        yield "text"
    if not wire.names.keys().isdisjoint(reading.each) and any(
        _follows(words, name) for first in wire.names.keys() & set(words) for name in wire.names[first]
    ):
        yield "name"
    if any(not wire.ids.isdisjoint(_ids(found)) for found in reading.ids):
        yield "id"


def _holds(reading: _Reading, length: int, runs: frozenset[int], pieces: frozenset[int]) -> bool:
    """Whether one of `runs` stands in what is read.

    Whatever place a run of `length` words begins at, one of the four-word pieces within it begins at a multiple of
    `step`. So these alone are looked up, and only around one that is known are whole runs compared.
    """
    words, step = reading.words, length - SHORTEST + 1
    known = reading.pieces if length == RUN else None
    if pieces.isdisjoint(_pieces(words, step) if known is None else known):
        return False
    near = (number * step for number, piece in enumerate(_pieces(words, step)) if piece in pieces)
    starts = {start for place in near for start in range(max(0, place - step + 1), place + 1)}
    return any(hash(tuple(words[start : start + length])) in runs for start in starts)


def _pieces(words: list[str], step: int = 1) -> Iterator[int]:
    return map(hash, zip(*(words[start::step] for start in range(SHORTEST)), strict=False))


def _follows(words: list[str], name: tuple[str, ...]) -> bool:
    places = (place for place, word in enumerate(words) if word == name[0])
    return any(tuple(words[place : place + len(name)]) == name for place in places)


def _ids(found: str) -> Iterator[str]:
    """Every id that this may begin with: `p-4tzwx` may be `p-4tzw`, run into something else."""
    return (found[:end] for end in range(len("p-0000"), len(found) + 1))


def _runs(texts: Iterable[str]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Length → the runs of all texts, and length → the pieces within them."""
    runs: dict[int, set[int]] = {}
    pieces: dict[int, set[int]] = {}
    for text in texts:
        for length, whole, within in _runs_of(text):
            runs.setdefault(length, set()).update(whole)
            pieces.setdefault(length, set()).update(within)
    return runs, pieces


@lru_cache(maxsize=1000)
def _runs_of(text: str) -> tuple[tuple[int, frozenset[int], frozenset[int]], ...]:
    """The runs of one text, as it is and without where its links lead. What one reader may not see, others may not."""
    found = []
    for reading in {text, _TARGET.sub("", text)}:
        words = _words(_MARKDOWN.sub(" ", reading))
        length = min(RUN, len(words))
        if length >= SHORTEST:
            found.append((length, frozenset(_hashes(words, length)), frozenset(_pieces(words))))
    return tuple(found)


def _hashes(words: list[str], length: int) -> Iterator[int]:
    return map(hash, zip(*(islice(words, start, None) for start in range(length)), strict=False))


def _words(text: str) -> list[str]:
    return _cut(_normal(text))


def _cut(low: str) -> list[str]:
    return (_ASCII_WORD if low.isascii() else _WORD).findall(low)


def _normal(text: str) -> str:
    if not text.isascii():
        for mark in _PARTING:
            text = text.replace(mark, " ")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return text.casefold()
