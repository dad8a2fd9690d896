"""Stands in for the room `site`, which is a later layer: one page, so that an invitation has something to seal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from confide.model.problem import Problem
from confide.model.view import View
from confide.vault.manifest import Ask
from confide.workflows.sealing import Built


class PlainSite:
    """The protocol `Builder`: one page, and the signatures that the view says are open."""

    def build(self, view: View, root: Path) -> Built:
        del root
        page = b"<!doctype html><title>Private page</title><p>The draft."
        asks = tuple(
            Ask(f"agreement-{a.agreement.version}", "agreement", "The agreement", a.statement.decode(), "index.html")
            for a in view.agreements
            if a.statement
        )
        offers = tuple(
            Ask(f"{o.kind}-{n}", o.kind, o.target or o.kind, o.statement.decode(), "index.html")
            for n, o in enumerate(view.offers)
        )
        return Built({"index.html": page}, {}, {}, asks, offers)

    def sources(self, root: Path) -> str:
        del root
        return "plain"

    def audit(
        self,
        built: Built,
        withheld: Sequence[str],
        names: Iterable[str],
        foreign_ids: Iterable[str],
        files: frozenset[str] = frozenset(),
    ) -> Sequence[Problem]:
        del built, withheld, names, foreign_ids, files
        return ()
