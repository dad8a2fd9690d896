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
# The policy's pages: the same bytes on many sites.
SHARED = "how/"


@dataclass
class Seen:
    """The tags that were read already in one site: most of them come again on every page."""

    tags: set[str] = field(default_factory=set)

    def new(self, tags: Iterable[str]) -> list[str]:
        found = [tag for tag in dict.fromkeys(tags) if tag not in self.tags]
        self.tags.update(found)
        return found


def framed(data: bytes) -> tuple[str, str]:
    """What the theme puts around a page, and the page's own part; a file without such a frame is all its own."""
    source = data.decode("utf-8", "replace")
    start, end = source.find(_OWN), source.rfind("</article>")
    return (f"{source[:start]}<hr>{source[end:]}", source[start:end]) if 0 <= start < end else ("", source)


def indexed(data: bytes) -> tuple[str, str]:
    """What the search index says of pages that many sites have (those below `how/`), and all the rest of it."""
    everything = json.loads(data)
    docs = everything.pop("docs", ()) if isinstance(everything, dict) else ()
    told: tuple[list[str], list[str]] = [], [*_strings(everything)]
    for doc in docs:
        shared = isinstance(doc, dict) and str(doc.get("location")).startswith(SHARED)
        told[0 if shared else 1].extend(_strings(doc))
    return _APART.join(told[0]), _APART.join(told[1])


def parts(path: str, data: bytes, seen: Seen) -> Iterator[tuple[str, str]]:
    """The readings of one file that is no page and no index: where, and the text to look through."""
    if path.endswith(".svg"):
        yield from markup(data.decode("utf-8", "replace"), seen)
        return
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


def markup(source: str, seen: Seen) -> Iterator[tuple[str, str]]:
    """The readings of HTML: its text, once more without the tags inside words, what its tags say, its comments."""
    parts = _TAG.split(source)
    yield "page", html.unescape(" ".join(parts[::2]))
    yield from (("page", html.unescape(_TAG.sub(" ", near))) for near in _joined(source))
    values = (one or other for one, other in _VALUE.findall(" ".join(seen.new(parts[1::2]))))
    yield "attribute", unquote(html.unescape(_APART.join(dict.fromkeys(values))))
    if "<!--" in source and (comments := _COMMENT.findall(source)):
        yield "comment", html.unescape(_APART.join(comments))


def index_texts(texts: str, seen: Seen) -> Iterator[tuple[str, str]]:
    """The readings of what a search index says."""
    yield from (("search index", text) for _, text in markup(texts, seen))
    if "%" in texts:
        yield "search index", unquote(texts)


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
