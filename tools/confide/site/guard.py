"""What came out, read again before anybody sees it: a page with anything unexpected in it is never sealed.

Every tag is matched by a strict grammar; text that looks like a tag and is not matched stops the build, so there is
nothing a browser could read differently. No handler, no style, no frame, no address of anybody else that would be
fetched, no link that leads nowhere, and no inline script but the theme's own, whose hashes the portal permits page by
page (CSP 3, section 2.3.1).
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urldefrag

from confide.model.problem import Malformed, Place, Problem

TITLE = "<title>Private page</title>"
NO_TAG = "something like a tag that is none"
KEPT = 64
_NAME = r"[^\s\"'<>/=]+"
_QUOTED = r"\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]+"
_TAG = re.compile(rf"<(/?)([a-z][a-z0-9]*)((?:\s+{_NAME}(?:=(?:{_QUOTED}))?)*)\s*/?>", re.IGNORECASE)
_WHOLE_TAG = re.compile(rf"(</?[a-z][a-z0-9]*(?:\s+{_NAME}(?:=(?:{_QUOTED}))?)*\s*/?>)", re.IGNORECASE)
_ATTRIBUTES = re.compile(rf"\s+({_NAME})(?:=({_QUOTED}))?")
_SCRIPT = re.compile(r"<script(?P<attributes>[^<>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)
_PICTURE = re.compile(r"<svg[^<>]*>.*?</svg>", re.DOTALL)
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\)", re.IGNORECASE)
_MAY_LEAVE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)

TAGS = frozenset(
    {
        *("html", "head", "meta", "title", "link", "body", "header", "footer", "main", "nav", "aside", "section"),
        *("article", "div", "span", "p", "a", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
        *("dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "caption", "blockquote", "pre", "code"),
        *("em", "strong", "del", "s", "sub", "sup", "small", "q", "abbr", "time", "details", "summary", "figure"),
        *("figcaption", "img", "svg", "path", "circle", "rect", "text", "desc", "g"),
        *("label", "input", "form", "button", "script"),
    }
)
_ADDRESSES = {"href": ("a", "link"), "src": ("img", "script")}
_NEVER = frozenset({"style", "srcdoc", "srcset", "formaction", "action", "ping", "background", "http-equiv", "nonce"})


@dataclass(frozen=True)
class _Tag:
    """What one tag means for the check: `wrong` is the kind of finding, empty if there is none."""

    wrong: str = ""
    id: str = ""
    link: str = ""
    asset: str = ""


def script_sources(
    files: Mapping[str, bytes], assets: frozenset[str], routes: frozenset[str], scripts: Sequence[re.Pattern[str]]
) -> dict[str, tuple[str, ...]]:
    """HTML path → the `sha256-…` of its inline scripts. Raises Malformed, with the paths and kinds, never the text.

    assets and routes: which other paths a page may load, or link to. scripts: the shapes of inline scripts known.
    """
    pages = {path: data.decode("utf-8") for path, data in files.items() if path.endswith(".html")}
    there = assets | {path for path in files if path not in pages}
    found: list[Problem] = []
    tags = {}
    for path, text in pages.items():
        tags[path], wrong = _tags(text)
        found += [_problem(path, what) for what in wrong]
    ids = {path: {tag.id for tag in known if tag.id} for path, known in tags.items()}
    for path, known in tags.items():
        places = {tag.link for tag in known if tag.link}
        found += [_problem(path, what) for what in _dead_ends(path, places, ids, routes | there)]
        loaded = {tag.asset for tag in known if tag.asset}
        found += [_problem(path, "a file that is not there") for one in loaded if _resolve(path, one) not in there]
    sources = {path: tuple(_hashes(text, scripts, found, path)) for path, text in pages.items()}
    if found:
        raise Malformed(*dict.fromkeys(found))
    return sources


def _problem(path: str, what: str) -> Problem:
    return Problem(f"a built page holds {what}", why="it was not sealed", place=Place(path), rule="site-guard")


@lru_cache(maxsize=KEPT)
def _tags(text: str) -> tuple[tuple[_Tag, ...], tuple[str, ...]]:
    """The tags of one page, and what is wrong with them. The policy's pages come again on many sites."""
    wrong = []
    if not _only_title(text):
        wrong.append("a title that could tell something")
    markup = _SCRIPT.sub(lambda m: f"<script{m['attributes']}></script>", text)
    if not markup.lower().startswith("<!doctype html>"):
        wrong.append("no document type")
    pieces = _WHOLE_TAG.split(markup[len("<!doctype html>") :])
    # Whatever begins like a tag has to be one, to the letter, or a browser could read something else.
    if any("<" in between for between in pieces[::2]):
        wrong.append(NO_TAG)
    tags = tuple(map(_read, dict.fromkeys(pieces[1::2])))
    return tags, (*wrong, *dict.fromkeys(tag.wrong for tag in tags if tag.wrong))


def _only_title(text: str) -> bool:
    """The document's title is the one that tells nothing; what names a picture stands inside that picture."""
    head, _, rest = text.partition("</head>")
    return head.count(TITLE) == head.lower().count("<title") == 1 and "<title" not in _PICTURE.sub("", rest).lower()


@lru_cache(maxsize=20_000)
def _read(tag: str) -> _Tag:
    """One tag, judged. Most tags of a site are the theme's and come again on every page."""
    match = _TAG.match(tag)
    name = match[2].lower() if match else ""
    if match is None or name not in TAGS:
        return _Tag("an element that is not expected")
    attributes = {m[1].lower(): html.unescape((m[2] or "").strip("\"'")) for m in _ATTRIBUTES.finditer(match[3])}
    for attribute, value in attributes.items():
        if wrong := _wrong(name, attribute, value, attributes):
            return _Tag(wrong)
    href, asset = attributes.get("href", ""), attributes.get("src", "")
    if name == "link":
        rel = attributes.get("rel", "")
        href, asset = (href, "") if rel in {"prev", "next"} else ("", href)
    return _Tag("", attributes.get("id", ""), "" if _ELSEWHERE.match(href) else href, asset)


def _wrong(name: str, attribute: str, value: str, attributes: Mapping[str, str]) -> str:
    if attribute.startswith("on"):
        return "a handler that would run"
    if attribute in _NEVER or ":" in attribute:
        return "an attribute that is not expected"
    if attribute in _ADDRESSES and name not in _ADDRESSES[attribute]:
        return "an address where none is expected"
    if not _ELSEWHERE.match(value) and "://" not in value:
        return ""
    if attribute == "href" and name == "a":
        leaves = _MAY_LEAVE.match(value) and "noreferrer" in attributes.get("rel", "").split()
        return "" if leaves else "a link that leads elsewhere without leave"
    if attribute in _ADDRESSES:
        return "something that would be fetched from elsewhere"
    return ""


def _dead_ends(path: str, links: set[str], ids: Mapping[str, set[str]], routes: frozenset[str]) -> Iterator[str]:
    for link in sorted(links):
        address, fragment = urldefrag(link)
        target = _resolve(path, address) if address else path
        if target in routes:
            continue
        page = target if target in ids else posixpath.join(target, "index.html").removeprefix("./")
        if page not in ids:
            yield "a link that leads nowhere"
        elif fragment and fragment not in ids[page]:
            yield "a link to a place that is not on its page"


def _resolve(path: str, address: str) -> str:
    """The path that a relative address on the page `path` means; addresses above the root stay outside (`../x`)."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address)))


def _hashes(text: str, scripts: Sequence[re.Pattern[str]], found: list[Problem], path: str) -> Iterator[str]:
    for match in _SCRIPT.finditer(text):
        attributes, body = match["attributes"].strip(), match["text"]
        if attributes.startswith("src="):
            if body:
                found.append(_problem(path, "a script that is two"))
        elif attributes == 'id="__config" type="application/json"':
            if not _is_json(body):
                found.append(_problem(path, "settings of the theme that are none"))
        elif not attributes and any(shape.match(body) for shape in scripts):
            yield "sha256-" + base64.b64encode(hashlib.sha256(body.encode("utf-8")).digest()).decode()
        else:
            found.append(_problem(path, "an inline script that is not the theme's"))


def _is_json(text: str) -> bool:
    """A block of data is never run, but it ends where a browser says so: it must be whole."""
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
