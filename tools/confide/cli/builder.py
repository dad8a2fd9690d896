"""The site as the workflows know it: built by MkDocs in memory, audited before anything is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from confide.model.problem import Problem
from confide.model.view import View
from confide.site import sources
from confide.site.audit import audit
from confide.site.build import build_site
from confide.workflows.sealing import Built


class SiteBuilder:
    """Builds and audits with the room `site`."""

    def build(self, view: View, root: Path) -> Built:
        """The site of `view` with the sources under `root`."""
        made = build_site(view, root)
        return Built(made.files, made.assets, made.csp, made.asks, made.offers)

    def sources(self, root: Path) -> str:
        """The files under `root`, the theme's version and this program's own modules for sites."""
        return sources.made_with(root)

    def audit(
        self,
        built: Built,
        withheld: Sequence[str],
        names: Iterable[str],
        foreign_ids: Iterable[str],
        files: frozenset[str] = frozenset(),
    ) -> Sequence[Problem]:
        """What was found that this party may not see: which file and what kind, never the text."""
        found = audit(built.files, tuple(withheld), tuple(names), tuple(foreign_ids), withheld_files=files)
        return [
            Problem(
                f"the site would leak: {leak.kind} in `{leak.file}`",
                "nothing was published",
                hint="look at the section disclosed last; it may quote one that is withheld",
                rule="leak-audit",
            )
            for leak in found
        ]
