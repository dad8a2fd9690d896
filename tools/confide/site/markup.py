"""HTML in which everything that is filled in is escaped: no page can forget to.

Templates are written here in the sources; what fills them (names, labels, dates) is text, and `Markup` is the only way
to say that something is HTML already.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from markupsafe import Markup, escape

NOTHING = Markup()


def html(template: str, *fields: object, **named: object) -> Markup:
    """`template` with its `{}` filled in, escaped unless they are Markup. Templates are literals of this package."""
    parts: list[str] = []
    following = 0
    for literal, name, form in _parsed(template):
        parts.append(literal)
        if name is None:
            continue
        if not name:
            value, following = fields[following], following + 1
        else:
            value = fields[int(name)] if name.isdigit() else named[name]
        # Most of what is filled in is HTML already.
        parts.append(value if type(value) is Markup else escape(format(value, form) if form else value))
    return Markup("".join(parts))  # noqa: S704  only literals of these sources come here


@lru_cache(maxsize=1000)
def _parsed(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """Literals and the names of what stands between them: parsed once, because a site fills in thousands."""
    return tuple((literal, name, form or "") for literal, name, form, _ in Formatter().parse(template))


def join(parts: Iterable[Markup], between: str = "") -> Markup:
    """The parts one after the other; `between` is text and is escaped."""
    return Markup.escape(between).join(parts)


def items(parts: Iterable[Markup], cls: str = "") -> Markup:
    """A list of the parts, or nothing when there is none."""
    body = join(html("<li>{}</li>", part) for part in parts)
    return html('<ul class="{}">{}</ul>', cls, body) if cls and body else html("<ul>{}</ul>", body) if body else NOTHING


def folded(summary: str, body: Markup, cls: str = "tc-fold") -> Markup:
    """Something for those who want to check: closed until it is opened, and left out of the search."""
    return html(
        '<details class="{}" data-search-exclude="1"><summary>{}</summary><div>{}</div></details>', cls, summary, body
    )


def facts(rows: Iterable[tuple[str, object]]) -> Markup:
    """A list of names and values; rows without a value are left out."""
    body = join(html("<div><dt>{}</dt><dd>{}</dd></div>", name, value) for name, value in rows if value)
    return html('<dl class="tc-facts">{}</dl>', body) if body else NOTHING


@dataclass(frozen=True)
class Anchor:
    """A heading of a page, for its table of contents. `title` is text."""

    id: str
    title: str


@dataclass(frozen=True)
class Page:
    """A page before the theme is put around it. `path` ends in `.md`, as MkDocs counts; `body` is finished HTML.

    `listed` pages stand in the navigation, in the order they are given, with the icon of the theme named by `icon`.
    """

    path: str
    title: str
    body: Markup
    contents: tuple[Anchor, ...] = ()
    icon: str = ""
    listed: bool = True

    @property
    def up(self) -> str:
        """From this page's address to the root of the site: empty, or `../`."""
        return "" if self.path == "index.md" else "../"
