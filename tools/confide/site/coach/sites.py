"""Every address of the coach's site, built when it is first asked for and kept in memory until the record changes.

`` is the board, `p/<partnership>/` one partnership, `as/<partnership>/<party>.<n>/` the site of one person, made by the
very function that makes it for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from confide.model.problem import Refused
from confide.site.build import build_site
from confide.site.built import BuiltSite, hash_of
from confide.site.coach.pages_board import board
from confide.site.coach.pages_partnership import address_as, partnership
from confide.site.guard import script_sources
from confide.site.markup import Page
from confide.site.mkdocs_build import press
from confide.site.pages_accounting import accounting
from confide.site.pages_agreement import versions
from confide.site.pages_reach import reach
from confide.site.pages_receipts import receipts
from confide.site.reading import Reading
from confide.workflows import overview, views
from confide.workflows.practice import Practice

BOARD = ""
FOOT = "Made from the whole record, on this machine and for you alone."
_PARTNERSHIP = re.compile(r"p/([a-z0-9-]+)/")
_AS = re.compile(r"as/([a-z0-9-]+)/([a-z0-9.-]+)\.([0-9]{1,2})/")
_ADDRESS = re.compile(r"(?P<site>p/[a-z0-9-]+/|as/[a-z0-9-]+/[a-z0-9.-]+\.[0-9]{1,2}/|)(?P<rest>.*)", re.DOTALL)


class Sites:
    """The coach's site over the practice at `path`. Not for several threads at a time."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path = path
        self._clock = clock
        self._state = ("", "")
        self._built: dict[str, BuiltSite] = {}
        self._practice = Practice.open(path, clock())

    def find(self, address: str) -> tuple[str, bytes, tuple[str, ...]] | None:
        """What stands at `address`: its name, its bytes and the hashes of its scripts; None if nothing does."""
        match = _ADDRESS.match(address)
        where, rest = (match["site"], match["rest"]) if match else ("", address)
        site = self.site(where)
        if site is None:
            return None
        name = f"{rest}index.html" if not rest or rest.endswith("/") else rest
        data = site.files.get(name) or site.assets.get(name)
        return (name, data, site.csp.get(name, ())) if data is not None else None

    def site(self, where: str) -> BuiltSite | None:
        """One of the sites, built anew when the history or the day is another. None for one there is not."""
        self._fresh()
        if where not in self._built:
            made = self._make(where)
            if made is None:
                return None
            self._built[where] = made
        return self._built[where]

    def _fresh(self) -> None:
        now = self._clock()
        state = (self._practice.repo.head() or "", now.date().isoformat())
        if state != self._state:
            self._practice, self._state = Practice.open(self._path, now), state
            self._built.clear()

    def _make(self, where: str) -> BuiltSite | None:
        practice = self._practice
        if where == BOARD:
            return self._board()
        if (found := _PARTNERSHIP.fullmatch(where)) and found[1] in practice.ids():
            return self._partnership(found[1])
        if (found := _AS.fullmatch(where)) and found[1] in practice.ids():
            try:
                return build_site(views.view(practice, found[1], found[2], int(found[3])), practice.root)
            except Refused:
                return None
        return None

    def _board(self) -> BuiltSite:
        seen = overview.overview(self._practice)
        routes = frozenset(f"p/{standing.partnership}" for standing in seen.standings)
        return self._pressed((board(seen),), routes, "", "")

    def _partnership(self, name: str) -> BuiltSite:
        seen = overview.overview(self._practice)
        standing = next(one for one in seen.standings if one.partnership == name)
        reading = Reading(overview.coachs_view(self._practice, name))
        pages = (
            partnership(standing, seen, reading),
            *versions(reading),
            *reach(reading),
            accounting(reading),
            receipts(reading),
        )
        people = (address_as(name, person).rstrip("/") for person in standing.persons)
        return self._pressed(pages, frozenset(("../..", *people)), "../../", "All partnerships")

    def _pressed(self, pages: tuple[Page, ...], routes: frozenset[str], leave: str, title: str) -> BuiltSite:
        made = press(self._practice.root)
        files = made.make(pages, leave, title, FOOT)
        csp = script_sources(files, frozenset(made.assets), routes, made.scripts)
        return BuiltSite(files, made.assets, hash_of(made.assets), csp, ())
