"""The only door to MkDocs: finished pages go in, the theme is put around them, bytes come out. Nothing is written.

MkDocs' own `build` writes files as it goes, so its steps are taken one by one here: configuration, files, navigation,
page context, theme, search index. Python-Markdown sees the pages under site/pages only, never a word that a party
wrote or may read. One press serves every site of a process: configuration, templates, icons and the policy's pages are
read and compiled once; none of them depends on whose site is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Link, get_navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from confide.model.problem import Malformed, Place, Problem
from confide.site.markup import Page
from confide.site.mkdocs_quiet import quiet
from confide.site.search_index import entries
from confide.site.sources import check_config, check_tree, stamp, theme_assets

POLICY_TITLE = "How it works"
LEAVE_TITLE = "Leave"
SEARCH = "material/search"
SEARCH_INDEX = "search/search_index.json"
# The theme's templates that hold inline scripts; every page has exactly these (guard.py).
_SCRIPTED = ("base.html", "palette.html", "content.html")
_BLANK = re.compile(r"\n\s*(?=\n)")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FILLED_IN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_DIALOG = 'data-md-component="search" role="dialog"'
# How many kinds of navigation are remembered with the policy's pages in them, and how many frames around pages.
KEPT, FRAMES = 64, 512
# Stands for a page's own part while its frame is made. Titles are escaped: none can spell it.
_OWN_PART, _WITH_HEADING = "<!-- own part -->", "<!-- own part with its <h1 -->"
# The search reads the page alone.
_NO_CONTEXT: Any = {}
# What the theme fills in is the way up to the root: `.`, `..`, `../..`.
_UP = r"\.{1,2}(?:/\.\.)*"


def press(root: Path) -> Press:
    """The press for mkdocs.yml and site/ below `root`: the same one until a file of them changes.

    Raises Malformed if they are not usable: a broken link, a symlink, a plugin, anything that reaches outside.
    """
    return _press(root.resolve(), stamp(root.resolve()))


@lru_cache(maxsize=2)
def _press(root: Path, _stamp: str) -> Press:
    return Press(root)


class Press:
    """Configuration, templates, assets and the policy's pages of one root. Makes one site at a time."""

    def __init__(self, root: Path) -> None:
        check_tree(root)
        with quiet():
            self._config = _load(root)
            self._env = self._config.theme.get_env()
            self._policy_nav, self._foot = self._config.nav, self._config.copyright
            self._policy = _policy_pages(self._config)
            self._policy_entries = _entries(self._config, self._policy)
        themes = [Path(directory) for directory in self._config.theme.dirs]
        self.assets: Mapping[str, bytes] = theme_assets(themes, root / "site" / "pages")
        self._around: dict[object, dict[str, bytes]] = {}
        self._frames: dict[object, tuple[str, str]] = {}
        self.scripts: tuple[re.Pattern[str], ...] = tuple(_script_shapes(themes))

    def make(
        self, pages: Sequence[Page], leave: str, leave_title: str = LEAVE_TITLE, foot: str = ""
    ) -> dict[str, bytes]:
        """The files of one site: HTML by path, and the search index.

        foot: the line below every page, in place of the one in mkdocs.yml.

        `leave` is the address that ends a visit, the last of the navigation under `leave_title`; empty for none.
        """
        config = self._config
        with quiet():
            config.plugins.on_config(config)  # a new, empty search index
            finished = [_finish(page, config) for page in pages]
            policy = [page.again(config) for page in self._policy]
            files = Files(page.file for page in (*finished, *policy))
            listed = [page.path for page in pages if page.listed]
            config.nav = [*listed, {POLICY_TITLE: self._policy_nav}]
            nav = get_navigation(files, config)
            if leave:
                nav.items.append(Link(leave_title, leave))
            config.copyright = foot or self._foot
            around = (
                (*listed, leave, leave_title, foot),
                tuple((page.title, page.icon) for page in pages if page.listed),
            )
            made = {page.file.dest_uri: self._render(page, around, files, nav) for page in finished}
            made.update(self._policy_rendered(around, policy, files, nav))
            index = config.plugins[SEARCH].search_index  # type: ignore[attr-defined]
            index.entries = [*(entry for page in pages for entry in entries(page)), *self._policy_entries]
        made[SEARCH_INDEX] = index.generate_search_index(None).encode("utf-8")
        return made

    def _policy_rendered(self, around: object, policy: list[_Finished], files: Files, nav: Any) -> dict[str, bytes]:
        """The policy's pages depend on the navigation around them alone: readers of one kind share them."""
        if around not in self._around:
            if len(self._around) >= KEPT:
                self._around.clear()
            self._around[around] = {page.file.dest_uri: self._render(page, around, files, nav) for page in policy}
        return self._around[around]

    def _render(self, page: _Finished, around: object, files: Files, nav: Any) -> bytes:
        heading = "<h1" in page.body
        key = around, page.file.src_uri, page.title, tuple(_places(page.toc)), repr(page.meta), heading
        if key not in self._frames:
            if len(self._frames) >= FRAMES:
                self._frames.clear()
            self._frames[key] = self._frame(page, _WITH_HEADING if heading else _OWN_PART, files, nav)
        above, below = self._frames[key]
        return f"{above}{_BLANK.sub('', page.body)}{below}".encode()

    def _frame(self, page: _Finished, own: str, files: Files, nav: Any) -> tuple[str, str]:
        """What the theme puts above and below a page: it follows from titles and places, never from what is told."""
        page.active, page.content = True, own
        context = get_context(nav, files, self._config, page)
        output = self._env.get_template("main.html").render(context)
        page.active = False
        # The theme's search dialog has no name for those who hear the page.
        output = output.replace(_DIALOG, f'{_DIALOG} aria-label="Search"', 1)
        # The theme leaves the blank lines of its templates behind.
        above, found, below = _BLANK.sub("", output).strip().partition(own)
        if not found or own in below:
            raise Malformed(Problem("the theme does not show a page's own part once", place=Place("site/theme")))
        return above, below


class _Finished(MkDocsPage):
    """A page whose HTML is finished: MkDocs puts the theme around it and indexes it, and interprets nothing."""

    def __init__(
        self, file: File, config: MkDocsConfig, title: str, body: str, toc: TableOfContents, meta: dict[str, Any]
    ) -> None:
        super().__init__(title, file, config)
        self.markdown = ""
        self.content = body
        self.body = body
        self.toc = toc
        self.meta = meta

    def again(self, config: MkDocsConfig) -> _Finished:
        """The same page for another site: navigation and search leave their marks on the objects they touch."""
        file = _generated(config, self.file.src_uri, listed=True)
        return _Finished(file, config, str(self.title), self.body, self.toc, dict(self.meta))


def _generated(config: MkDocsConfig, path: str, listed: bool) -> File:
    inclusion = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
    return File.generated(config, path, content="", inclusion=inclusion)


def _places(contents: Iterable[AnchorLink]) -> Iterator[tuple[str, str, int]]:
    for place in contents:
        yield place.title, place.id, place.level
        yield from _places(place.children)


def _finish(page: Page, config: MkDocsConfig) -> _Finished:
    # The theme's templates escape nothing: a title is a word of these sources, and escaped all the same.
    title = _escaped(page.title)
    top = AnchorLink(title, "content", 1)
    top.children = [AnchorLink(_escaped(anchor.title), anchor.id, 2) for anchor in page.contents]
    hidden = ["navigation"] if page.contents else ["navigation", "toc"]
    meta = {"icon": page.icon, "hide": hidden}
    file = _generated(config, page.path, page.listed)
    return _Finished(file, config, title, str(page.body), TableOfContents([top]), meta)


def _policy_pages(config: MkDocsConfig) -> list[_Finished]:
    """The pages under site/pages, by Python-Markdown, with every link checked: a warning is an error."""
    config.plugins.on_config(config)
    files = get_files(config)
    get_navigation(files, config)
    pages = [file.page for file in files.documentation_pages() if file.page is not None]
    for page in pages:
        page.read_source(config)
        page.render(config, files)
    for page in pages:
        page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    return [_Finished(p.file, config, str(p.title), p.content or "", p.toc, dict(p.meta)) for p in pages]


def _entries(config: MkDocsConfig, pages: list[_Finished]) -> tuple[dict[str, Any], ...]:
    """What the search finds in the policy's pages: the same for every site, so it is worked out once."""
    config.plugins.on_config(config)
    for page in pages:
        config.plugins.on_page_context(_NO_CONTEXT, page=page, config=config, nav=None)  # type: ignore[arg-type]
    return tuple(config.plugins[SEARCH].search_index.entries)  # type: ignore[attr-defined]


def _load(root: Path) -> MkDocsConfig:
    try:
        config = load_config(str(root / "mkdocs.yml"))
    except (Abort, MkDocsException) as wrong:
        raise Malformed(Problem("mkdocs.yml cannot be used", why=str(wrong), place=Place("mkdocs.yml"))) from wrong
    check_config(config, root)
    return config


def _script_shapes(themes: Sequence[Path]) -> Iterator[re.Pattern[str]]:
    """The inline scripts of the installed theme, read from its package: a copy in site/theme does not count."""
    for directory in themes[1:]:
        for name in _SCRIPTED:
            template = directory / "partials" / "javascripts" / name
            if template.is_file():
                for script in _SCRIPT.findall(template.read_text(encoding="utf-8")):
                    yield re.compile(_UP.join(map(re.escape, _FILLED_IN.split(script))) + r"\Z")


def _escaped(text: str) -> str:
    from markupsafe import escape

    return str(escape(text))
