"""A view becomes a site: the pages, the theme around them, the checks on what came out. The view decides every byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from confide.model.view import View
from confide.site.built import Ask, BuiltSite, hash_of
from confide.site.guard import script_sources
from confide.site.markup import Page
from confide.site.mkdocs_build import press
from confide.site.pages_accounting import accounting
from confide.site.pages_agreement import ask_id, path_of, versions
from confide.site.pages_home import home
from confide.site.pages_others import others
from confide.site.pages_records import records
from confide.site.reading import Reading

LOGOUT = "_/logout"


def build_site(view: View, root: Path) -> BuiltSite:
    """The site of `view`, made with mkdocs.yml and site/ below `root`, in memory; nothing is written anywhere.

    Two equal views give equal bytes, wherever `root` lies. Raises Malformed when the sources under `root` are not
    usable (a broken link, a plugin) or when the output holds a script, handler or address that has no business there.
    """
    reading = Reading(view)
    built = press(root)
    files = built.make(tuple(_pages(reading)), LOGOUT)
    routes = (LOGOUT, *(f"_/sign/{ask.id}" for ask in _asks(reading)))
    csp = script_sources(files, frozenset(built.assets), frozenset(routes), built.scripts)
    return BuiltSite(files, built.assets, hash_of(built.assets), csp, tuple(_asks(reading)))


def _pages(reading: Reading) -> Iterator[Page]:
    """In the order of the navigation."""
    yield home(reading)
    yield records(reading)
    if reading.is_client:
        yield others(reading)
    yield from versions(reading)
    yield accounting(reading)


def _asks(reading: Reading) -> Iterator[Ask]:
    for shown in reading.asked:
        version = shown.agreement.version
        yield Ask(
            id=ask_id(version),
            kind="agreement",
            title=f"Agreement {version}",
            statement=shown.statement.decode("utf-8"),
            page=path_of(version).removesuffix(".md") + "/",
        )
