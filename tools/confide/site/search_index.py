"""What the search finds in finished pages: one entry for each heading that has a name, with the words below it.

The theme's own indexer reads every tag of every page; these pages are made here, so their shape is known, and splitting
at the headings gives the same entries in a tenth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from confide.site.markup import Page

# What is left out says so itself: proof that is folded away, pictures, the page for checking.
_LEFT_OUT = re.compile(
    r"<(?P<tag>details|figure)\b[^>]*data-search-exclude=\"1\"[^>]*>.*?</(?P=tag)>|"
    r"<div data-search-exclude=\"1\">.*\Z",
    re.DOTALL,
)
_HEADING = re.compile(r"<h([12]) id=\"([^\"]+)\">(.*?)</h\1>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|h[1-6]|table|tr|td|th|blockquote|pre|div|section|article|dt|dd|small)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


def entries(page: Page) -> Iterator[dict[str, str]]:
    """The entries of one page: `location`, `title` and `text`, both as HTML without tags."""
    location = "" if page.path == "index.md" else page.path.removesuffix(".md") + "/"
    body = _LEFT_OUT.sub(" ", str(page.body))
    pieces = _HEADING.split(body)
    if before := _words(pieces[0]):
        yield {"location": location, "title": _words(page.title), "text": before}
    for number in range(1, len(pieces), 4):
        anchor, title, text = pieces[number + 1 : number + 4]
        place = location if anchor == "content" and location else f"{location}#{anchor}"
        yield {"location": place, "title": _words(title), "text": _words(text)}


def _words(source: str) -> str:
    return _SPACE.sub(" ", _TAG.sub("", _BLOCK.sub(" ", source))).strip()
