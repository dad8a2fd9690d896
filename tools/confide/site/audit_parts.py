"""The readings of one built file: page text, attributes, comments, the search index, what a document's bytes spell."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from confide.records.media import pdf_layers, png_layers
from confide.site.pdf_words import pdf_words

_TAG = re.compile(r"(<!--.*?-->|<[!/a-zA-Z][^>]*>)", re.DOTALL)
# Between two words most tags part them; these stand inside words as well.
_INSIDE = r"/?(?:a|abbr|b|code|del|em|i|mark|q|s|small|span|strong|sub|sup|wbr)(?:\s[^>]*)?>"
_INSIDE_A_WORD = re.compile(rf"<(?<=\w<){_INSIDE}(?:<{_INSIDE})*(?=\w)", re.IGNORECASE)
_VALUE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# Where the theme puts a page's own part.
_OWN = '<article class="md-content'
# Eight long words with their tags fit into this many letters.
_NEAR = 600
# A word of its own between things that only happen to be neighbours.
_APART = " _ "


@dataclass
class Seen:
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


def parts(path: str, data: bytes, seen: Seen) -> Iterator[tuple[str, str]]:
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


def _markup(source: str, seen: Seen) -> Iterator[tuple[str, str]]:
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
