"""Note text is untrusted: Markdown becomes harmless HTML here, and nothing interprets it afterwards.

Two fences, each enough on its own: markdown-it-py with raw HTML switched off (CommonMark 0.31 without HTML blocks and
inline HTML), then nh3 with a list of what may stay. What comes out carries no script, handler, style, class, id, form,
frame or picture, and no address other than `http`, `https` and `mailto`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

TAGS = frozenset(
    {
        *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "s", "del", "sub", "sup"),
        *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "h4", "h5", "h6", "a"),
    }
)
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
# A link to a file beside the note keeps its words; the file itself stands below the text.
ATTACHED = "attached:"
SCHEMES = frozenset({"http", "https", "mailto"})
# Their text goes with them: it was never meant to be read.
DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math"})
# noreferrer: where a link leads must not learn where it stood. noopener: nor reach back.
REL = "noopener noreferrer nofollow"

_ABSOLUTE = re.compile(r"(?:https?://|mailto:)[^\s\\]+\Z", re.IGNORECASE)
_HEADING = re.compile(r"(</?)h([1-6])(?=[\s>])")
_TEXT = re.compile(r">[^<]*\"[^<]*")
_OWN_HEADING = re.compile(r"\s{0,3}#{1,6}[ \t]+(?P<title>[^\n]*?)(?:[ \t]+#+)?[ \t]*(?:\n|\Z)")


def safe_html(markdown: str, title: str = "") -> Markup:
    """The HTML of `markdown`. A first line that only repeats `title` as a heading is left out: the page shows it.

    Headings become h4 to h6, for they stand below a section's own. Pictures become their description.
    """
    first = _OWN_HEADING.match(markdown)
    if title and first and first["title"].strip() == title.strip():
        markdown = markdown[first.end() :]
    rendered = _HEADING.sub(lambda m: f"{m[1]}h{min(6, max(4, int(m[2]) + 1))}", _renderer().render(markdown))
    clean = nh3.clean(
        rendered,
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        attribute_filter=_only_absolute,
        url_schemes=set(SCHEMES),
        link_rel=REL,
        strip_comments=True,
    )
    # The theme's search takes `data-search-…="…"` out of finished pages: in text, quotes are written out so that
    # what was disclosed is what is read.
    return Markup(_TEXT.sub(lambda m: m[0].replace('"', "&quot;"), clean))  # noqa: S704  nh3 has just cleaned it


def _only_absolute(tag: str, attribute: str, value: str) -> str | None:
    """A relative address would lead into the portal (to `_/logout`, for example): only addresses elsewhere stay."""
    if tag == "a" and attribute == "href" and not _ABSOLUTE.match(value):
        return None
    return value


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False, "maxNesting": 40})
    renderer.enable(["table", "strikethrough"])
    renderer.add_render_rule("image", _described)
    return renderer


def _described(_self: RendererHTML, tokens: Sequence[Token], index: int, *_rest: object) -> str:
    """A picture would be fetched from somebody else; its description is what was written.

    One that is attached stands below the text, put there by the page and not by what was written.
    """
    if str(tokens[index].attrs.get("src", "")).startswith(ATTACHED):
        return ""
    return str(Markup.escape(f"[picture: {tokens[index].content}]"))
