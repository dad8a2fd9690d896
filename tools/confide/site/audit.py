"""The leak audit: every built byte is read for what it must not hold. A tripwire, not the proof (that is promise 2).

It looks for runs of eight words of withheld texts (shorter texts: all of their words, from four up), for names that the
reader may not know, and for ids of other partnerships: in page text, attributes, scripts, comments, the search index,
file names and asset-like files alike. Case, white space, markup, entities, percent signs and look-alike code points do
not hide a run. What is found is named by file and kind; never by its text.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from confide.model.commitment import digest
from confide.records.media import pdf_layers, png_layers
from confide.site.pdf_words import pdf_words

RUN = 8
SHORTEST = 4

_TAG = re.compile(r"(<!--.*?-->|<[!/a-zA-Z][^>]*>)", re.DOTALL)
# Between two words most tags part them; these stand inside words as well.
_INSIDE = r"/?(?:a|abbr|b|code|del|em|i|mark|q|s|small|span|strong|sub|sup|wbr)(?:\s[^>]*)?>"
_INSIDE_A_WORD = re.compile(rf"<(?<=\w<){_INSIDE}(?:<{_INSIDE})*(?=\w)", re.IGNORECASE)
_VALUE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_WORD = re.compile(r"\w+")
_DASHED = re.compile(r"[pc]-[0-9a-z]{4}")
_ID = re.compile(r"[pc]-[0-9a-z]{4,16}")
# Soft hyphens and zero-width characters: they part a word without being seen.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_MARKDOWN = re.compile(r"[*_`~\\]|^\s{0,3}(?:[-+>#|]|\d+[.)])+", re.MULTILINE)
_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)")
# The policy's pages: the same bytes on many sites.
_SHARED = "how/"
# Where the theme puts a page's own part.
_OWN = '<article class="md-content'
# Eight long words with their tags fit into this many letters.
_NEAR = 600
# A word of its own between things that only happen to be neighbours.
_APART = " _ "


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
    seen = _Seen()
    for path, data in files.items():
        shared = path.startswith(_SHARED) and path.endswith(".html")
        for reading in _shared(data) if shared else map(_reading, _parts(path, data, seen)):
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
    return tuple(map(_reading, _parts("policy.html", data, _Seen())))


def _tripped(reading: _Reading, wire: Tripwire) -> Iterator[str]:
    words = reading.words
    if any(not runs.isdisjoint(_hashes(words, length)) for length, runs in wire.runs.items()):
        yield "text"
    if any(_follows(words, name) for first in wire.names.keys() & set(words) for name in wire.names[first]):
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
    for reading in {reading for text in texts for reading in (text, _TARGET.sub("", text))}:
        words = _words(_MARKDOWN.sub(" ", reading))
        length = min(RUN, len(words))
        if length >= SHORTEST:
            runs.setdefault(length, set()).update(_hashes(words, length))
    return runs


def _hashes(words: list[str], length: int) -> Iterator[int]:
    return map(hash, zip(*(islice(words, start, None) for start in range(length)), strict=False))


def _words(text: str) -> list[str]:
    return _WORD.findall(_normal(text))


def _normal(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return text.casefold()


@dataclass
class _Seen:
    """What was read already in one site: whole tags, and pieces of text in the frame around the pages' own parts."""

    tags: set[str] = field(default_factory=set)
    frame: set[str] = field(default_factory=set)

    def new_tags(self, tags: Iterable[str]) -> list[str]:
        found = [tag for tag in dict.fromkeys(tags) if tag not in self.tags]
        self.tags.update(found)
        return found

    def new_pieces(self, pieces: list[str]) -> list[str]:
        found = [piece for piece in pieces if piece not in self.frame]
        self.frame.update(found)
        return found


def _parts(path: str, data: bytes, seen: _Seen) -> Iterator[tuple[str, str]]:
    """The readings of one file: where, and the text to look through."""
    yield "file name", unquote(path)
    if path.endswith((".html", ".svg")):
        yield from _markup(data.decode("utf-8", "replace"), seen)
    elif path.endswith(".json"):
        texts = _APART.join(_strings(json.loads(data)))
        yield from (("search index", text) for _, text in _markup(texts, seen))
        if "%" in texts:
            yield "search index", unquote(texts)
    else:
        for layer in _layers(path, data):
            # A picture's description, a document's title: what its bytes may spell.
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                yield "bytes", layer.decode(encoding, "replace")
        if path.endswith(".pdf"):
            yield from (("bytes", said) for said in pdf_words(data))


def _layers(path: str, data: bytes) -> Iterator[bytes]:
    if path.endswith(".pdf"):
        yield from pdf_layers(data)
    elif path.endswith(".png"):
        yield from png_layers(data)
    else:
        yield data


def _markup(source: str, seen: _Seen) -> Iterator[tuple[str, str]]:
    start, end = _own_part(source)
    parts = _TAG.split(source[start:end])
    yield "page", html.unescape(" ".join(parts[::2]))
    yield from (("page", html.unescape(_TAG.sub(" ", near))) for near in _joined(source[start:end]))
    tags = parts[1::2]
    if start < end < len(source):
        around = _TAG.split(f"{source[:start]}<hr>{source[end:]}")
        yield "page", html.unescape(" ".join(seen.new_pieces(around[::2])))
        tags += around[1::2]
    values = (one or other for one, other in _VALUE.findall(" ".join(seen.new_tags(tags))))
    yield "attribute", unquote(html.unescape(_APART.join(dict.fromkeys(values))))
    if "<!--" in source and (comments := _COMMENT.findall(source)):
        yield "comment", html.unescape(_APART.join(comments))


def _own_part(source: str) -> tuple[int, int]:
    """Where a page's own part begins and ends within the theme's frame; all of a file that has none."""
    start, end = source.find(_OWN), source.rfind("</article>")
    return (start, end) if 0 <= start < end else (0, len(source))


def _joined(source: str) -> Iterator[str]:
    """What stands around tags inside a word, once more without them; places that are close to each other as one."""
    begin = until = -1
    for match in _INSIDE_A_WORD.finditer(source):
        if begin >= 0 and match.start() - _NEAR > until:
            yield _INSIDE_A_WORD.sub("", source[begin:until])
            begin = -1
        begin = begin if begin >= 0 else max(0, match.start() - _NEAR)
        until = match.end() + _NEAR
    if begin >= 0:
        yield _INSIDE_A_WORD.sub("", source[begin:until])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
