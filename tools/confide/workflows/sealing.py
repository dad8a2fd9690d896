"""From a view to a sealed site: build, audit, seal. The builder comes from outside, because sites are a later layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from confide.model.problem import NotAllowed, Problem
from confide.model.view import View
from confide.vault.manifest import Ask, Manifest
from confide.workflows import people, texts
from confide.workflows.practice import Practice

# How long a sealed site may be shown before the coach has to publish again.
SHOWN_FOR = timedelta(days=120)


@dataclass(frozen=True)
class Built:
    """One party's site: its own pages, the assets all sites share, and what the portal needs to serve both."""

    files: Mapping[str, bytes] = field(repr=False)
    assets: Mapping[str, bytes] = field(repr=False)
    csp: Mapping[str, tuple[str, ...]]
    asks: tuple[Ask, ...]
    offers: tuple[Ask, ...] = ()


class Builder(Protocol):
    """What turns a view into a site, and what looks for leaks in the result."""

    def build(self, view: View, root: Path) -> Built:
        """The site of `view`; a function of the view alone."""

    def sources(self, root: Path) -> str:
        """What every site is made with: theme, policy, program. Another one may make other bytes of the same view."""

    def audit(
        self,
        built: Built,
        withheld: Sequence[str],
        names: Iterable[str],
        foreign_ids: Iterable[str],
        files: frozenset[str] = frozenset(),
    ) -> Sequence[Problem]:
        """Every withheld text, unknown name or foreign id found in the built bytes, and every file of these digests."""


def build_and_audit(practice: Practice, builder: Builder, view: View, beside: bytes = b"") -> Built:
    """The site of `view`, refused when the audit finds anything that this party may not see, there or in `beside`."""
    built = builder.build(view, practice.root)
    shown = (*view.shown, *(item for _, items in view.others for item in items))
    # The same words said again in another session are no leak: this reader may read exactly them.
    first = tuple(text for review in view.reviews for _, _, text in review.texts)
    said = {text.markdown for text in (*(item.text for item in shown), *first)}
    events = frozenset((*(item.event for item in shown), *(review.event for review in view.reviews)))
    kept = texts.withheld(practice, view.partnership, events)
    withheld = [text for text in kept if text not in said]
    known = {name for _, names in view.names for name in names}
    everybody = {p.name for p in people.load(practice, view.partnership).persons}
    foreign = [other for other in practice.ids() if other != view.partnership]
    files = texts.withheld_files(practice, view.partnership, (*(item.text for item in shown), *first))
    audited = replace(built, files={**built.files, "receipt.txt": beside}) if beside else built
    leaks = builder.audit(audited, withheld, everybody - known, foreign, files)
    if leaks:
        raise NotAllowed(*leaks)
    return built


def manifest(
    practice: Practice, view: View, built: Built, *, reader: str, key: str, sequence: int, assets: str
) -> Manifest:
    """What the sealed site says of itself. `assets` is the hash under which the store keeps the shared ones."""
    today = practice.now.date()
    return Manifest(
        partnership=view.partnership,
        party=view.party,
        number=view.number,
        reader=reader,
        key=key,
        sequence=sequence,
        made=today,
        expires=today + SHOWN_FOR,
        assets=assets,
        asks=built.asks,
        csp=built.csp,
        offers=built.offers,
    )
