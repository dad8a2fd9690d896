"""The manifest of a sealed site: whose it is, how new, until when, what it asks for, which scripts are its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from confide.model import ids
from confide.model.problem import Malformed, Problem
from confide.model.statement import STATEMENT_KINDS
from confide.model.words import role_of
from confide.vault.archive import is_name
from confide.vault.reader_state import is_reader

FORMAT = "confide/1 manifest"
_ASSETS = re.compile(r"[0-9a-f]{64}\Z|\Z")
_ASK = re.compile(r"[a-z0-9][a-z0-9-]{0,60}\Z")
# CSP level 3, 2.3.1: the only source expressions a page may add are hashes of scripts it carries itself.
_SCRIPT = re.compile(r"sha(256|384|512)-[A-Za-z0-9+/]{43,86}={0,2}\Z")


@dataclass(frozen=True)
class Ask:
    """Something the party is asked to sign: `statement` is the exact text, `page` where the matter itself is shown."""

    id: str
    kind: str
    title: str
    statement: str
    page: str


@dataclass(frozen=True)
class Manifest:
    """`key` is the fingerprint the site is sealed to, empty in a pack. `expires` is the last
    day it is shown. `assets` names the shared assets by hash. `csp` lists, for each page that has any, the hashes
    (`sha256-…`, without quotes) of its inline scripts. `offers` is what the party may sign without being asked: to take
    something back, for example; a manifest without any is written as it was before there were such."""

    partnership: str
    party: str
    number: int
    reader: str
    key: str
    sequence: int
    made: date
    expires: date
    assets: str = ""
    asks: tuple[Ask, ...] = ()
    csp: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offers: tuple[Ask, ...] = ()

    def ask(self, ask_id: str) -> Ask | None:
        return next((ask for ask in self.asks if ask.id == ask_id), None)

    def offer(self, offer_id: str) -> Ask | None:
        return next((offer for offer in self.offers if offer.id == offer_id), None)


def render_manifest(manifest: Manifest) -> bytes:
    """Canonical JSON: two equal manifests give the same bytes. Raises Malformed for one that could not be read."""
    _check(manifest)
    data: dict[str, Any] = {
        "format": FORMAT,
        "partnership": manifest.partnership,
        "party": manifest.party,
        "number": manifest.number,
        "reader": manifest.reader,
        "key": manifest.key,
        "sequence": manifest.sequence,
        "made": manifest.made.isoformat(),
        "expires": manifest.expires.isoformat(),
        "assets": manifest.assets,
        "asks": [_plain(ask) for ask in manifest.asks],
        "csp": {page: list(manifest.csp[page]) for page in sorted(manifest.csp)},
    }
    if manifest.offers:
        data["offers"] = [_plain(offer) for offer in manifest.offers]
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def parse_manifest(data: bytes) -> Manifest:
    """The manifest in `data`. Raises Malformed for whatever `render_manifest` would not have written."""
    try:
        manifest = _read(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Malformed(Problem("the manifest of a sealed site cannot be read")) from problem
    if render_manifest(manifest) != data:
        raise Malformed(Problem("the manifest of a sealed site has other bytes than it should"))
    return manifest


def _plain(ask: Ask) -> dict[str, str]:
    return {"id": ask.id, "kind": ask.kind, "title": ask.title, "statement": ask.statement, "page": ask.page}


def _asks(listed: list[dict[str, Any]]) -> tuple[Ask, ...]:
    return tuple(Ask(a["id"], a["kind"], a["title"], a["statement"], a["page"]) for a in listed)


def _read(data: dict[str, Any]) -> Manifest:
    if data["format"] != FORMAT:
        raise ValueError(FORMAT)
    return Manifest(
        partnership=str(data["partnership"]),
        party=str(data["party"]),
        number=int(data["number"]),
        reader=str(data["reader"]),
        key=str(data["key"]),
        sequence=int(data["sequence"]),
        made=date.fromisoformat(data["made"]),
        expires=date.fromisoformat(data["expires"]),
        assets=str(data["assets"]),
        asks=_asks(data["asks"]),
        csp={str(page): tuple(map(str, hashes)) for page, hashes in data["csp"].items()},
        offers=_asks(data.get("offers", [])),
    )


def _check(manifest: Manifest) -> None:
    sound = (
        ids.is_partnership(manifest.partnership)
        and role_of(manifest.party) is not None
        and manifest.number > 0
        and is_reader(manifest.reader)
        and (manifest.key == "" or ids.is_fingerprint(manifest.key))
        and manifest.sequence >= 0
        and bool(_ASSETS.match(manifest.assets))
        and all(is_name(page) and all(map(_SCRIPT.match, hashes)) for page, hashes in manifest.csp.items())
        and len({ask.id for ask in _both(manifest)}) == len(_both(manifest))
    )
    if not sound:
        raise Malformed(Problem("the manifest of a sealed site contradicts itself"))
    for ask in _both(manifest):
        _check_ask(manifest, ask)


def _both(manifest: Manifest) -> tuple[Ask, ...]:
    return (*manifest.asks, *manifest.offers)


def _check_ask(manifest: Manifest, ask: Ask) -> None:
    """A statement names its kind, partnership, party and person in its first lines: nobody signs for somebody else."""
    head = (
        f"confide/1 {ask.kind}\npartnership: {manifest.partnership}\n"
        f"party: {manifest.party}\nperson: {manifest.number}\n"
    )
    if not (_ASK.match(ask.id) and ask.kind in STATEMENT_KINDS and ask.statement.startswith(head)):
        raise Malformed(
            Problem("an ask is not addressed to the reader of this site", "they would sign as somebody else")
        )
    if ask.page and not is_name(ask.page.removesuffix("/")):
        raise Malformed(Problem("an ask points outside its site"))
