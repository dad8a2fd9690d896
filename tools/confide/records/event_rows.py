"""The parts of an event's file that are rows or words with an order: sections, sites, copies of a key, forms."""

from __future__ import annotations

from typing import Any

from confide.model.event import Copies, Exact, Site
from confide.model.words import Attribution, Form
from confide.records.fields import Fields, Report
from confide.records.nodes import Node
from confide.records.shapes import (
    ATTRIBUTION,
    DIGEST,
    FINGERPRINT,
    FLAG,
    FORM,
    KIND_OF_TYPE,
    PARTY,
    READER,
    SECTION,
    STATE,
    WHERE,
)


def form(found: Fields) -> Form | None:
    word = found.one("form", FORM)
    return Form[word.upper()] if word else None


def attribution(found: Fields) -> Attribution | None:
    word = found.one("attribution", ATTRIBUTION)
    return Attribution[word.upper()] if word else None


def exacts(found: Fields) -> tuple[Exact, ...]:
    return tuple(_exact(node, found.report) for node in _rows(found, "sections"))


def _exact(node: Node, report: Report) -> Exact:
    found = Fields(node, report, "a section")
    more: dict[str, Any] = {
        party: found.one(party, PARTY) for party in ("subject", "source", "owner") if found.has(party)
    }
    if found.has("flags"):
        more["flags"] = found.many("flags", FLAG)
    exact = Exact(
        section=found.one("section", SECTION),
        commitment=found.one("commitment", DIGEST),
        what=found.one("what", KIND_OF_TYPE),
        form=form(found) or Form.NONE,
        **more,
    )
    found.finish()
    return exact


def sites(found: Fields) -> tuple[Site, ...]:
    return tuple(_site(node, found.report) for node in _rows(found, "sites"))


def _site(node: Node, report: Report) -> Site:
    found = Fields(node, report, "a site")
    site = Site(found.one("reader", READER), found.number("sequence"), found.one("digest", DIGEST))
    found.finish()
    return site


def copies(found: Fields) -> tuple[Copies, ...]:
    return tuple(_copy(node, found.report) for node in _rows(found, "copies"))


def _copy(node: Node, report: Report) -> Copies:
    found = Fields(node, report, "a copy")
    more: dict[str, Any] = {"count": found.number("count")} if found.has("count") else {}
    if found.has("key"):
        more["key"] = found.one("key", FINGERPRINT)
    copies = Copies(found.one("where", WHERE), found.one("state", STATE), **more)
    found.finish()
    return copies


def _rows(found: Fields, key: str) -> tuple[Node, ...]:
    nodes = found.items(key)
    if found.has(key) and not nodes:
        found.report.add(f"`{key}`: expected at least one entry", found.line(key))
    return nodes
