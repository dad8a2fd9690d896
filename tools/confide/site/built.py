"""A built site as a value: pages, assets that all sites share, what the reader is asked, each page's scripts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from confide.model.commitment import framed
from confide.vault.manifest import Ask

__all__ = ["Ask", "BuiltSite", "hash_of"]


@dataclass(frozen=True)
class BuiltSite:
    """A site of one reader. Keys are paths below the reader's address, with `/`, never starting with one.

    files: HTML pages and the search index, for this reader only. assets: style sheets, scripts and icons, the same for
    every reader; `assets_hash` fixes them. csp: HTML path → the `sha256-…` sources (CSP 3, section 2.3.1) of its
    inline scripts, in page order. asks: what the reader is asked to sign; the id of each (`agreement-1`) names the
    portal's route `_/sign/agreement-1` below the reader's address. offers: what they may sign besides (routes.py).
    """

    files: Mapping[str, bytes]
    assets: Mapping[str, bytes]
    assets_hash: str
    csp: Mapping[str, tuple[str, ...]]
    asks: tuple[Ask, ...]
    offers: tuple[Ask, ...] = ()


def hash_of(files: Mapping[str, bytes]) -> str:
    """64 hexadecimal digits over all paths and bytes, in order of path: equal exactly when the files are equal."""
    fields = [part for path in sorted(files) for part in (path.encode(), files[path])]
    return hashlib.sha256(framed("assets", *fields)).hexdigest()
