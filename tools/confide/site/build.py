"""A view becomes a site: the pages, the theme around them, the checks on what came out. The view decides every byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from confide.model.view import Text, View
from confide.site.built import BuiltSite, hash_of
from confide.site.cards import file_of
from confide.site.guard import script_sources
from confide.site.markup import Page
from confide.site.mkdocs_build import press
from confide.site.pages_accounting import accounting
from confide.site.pages_agreement import versions
from confide.site.pages_answers import answers
from confide.site.pages_first import first
from confide.site.pages_home import home
from confide.site.pages_others import others
from confide.site.pages_reach import reach
from confide.site.pages_receipts import receipts
from confide.site.pages_records import records
from confide.site.reading import Reading
from confide.site.routes import LOGOUT, all_of
from confide.site.signing import asks, offers


def build_site(view: View, root: Path) -> BuiltSite:
    """The site of `view`, made with mkdocs.yml and site/ below `root`, in memory; nothing is written anywhere.

    Two equal views give equal bytes, wherever `root` lies. Raises Malformed when the sources under `root` are not
    usable (a broken link, a plugin) or when the output holds a script, handler or address that has no business there.
    """
    reading = Reading(view)
    built = press(root)
    files = built.make(tuple(_pages(reading)), LOGOUT)
    files.update({file_of(one): one.data for text in _texts(view) for one in text.attachments})
    asked, offered = tuple(asks(reading)), tuple(offers(reading))
    csp = script_sources(files, frozenset(built.assets), all_of((*asked, *offered)), built.scripts)
    return BuiltSite(files, built.assets, hash_of(built.assets), csp, asked, offered)


def _texts(view: View) -> Iterator[Text]:
    """Everything that its reader may read."""
    yield from (shown.text for shown in view.shown)
    yield from (shown.text for _, texts in view.others for shown in texts)
    yield from (text for review in view.reviews for _, _, text in review.texts)


def _pages(reading: Reading) -> Iterator[Page]:
    """In the order of the navigation."""
    yield home(reading)
    yield from first(reading)
    yield records(reading)
    if reading.is_client:
        yield from others(reading)
        yield from reach(reading)
    yield from answers(reading)
    yield from versions(reading)
    yield accounting(reading)
    yield receipts(reading)
