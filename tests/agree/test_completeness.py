"""Nothing that is agreed is left out: change any value of the file, and what everybody reads changes with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from confide.model.problem import Malformed
from confide.records import agreement_file, yaml
from confide.records.nodes import Node
from confide.records.schema import agreement, paths
from confide.site.paper.data import data
from tests.agree.written import parsed

EVERYTHING = (Path(__file__).parent / "data/everything.yml").read_bytes()
WHOLE = parsed(EVERYTHING)
# Other values that may stand somewhere; the reader decides where.
OTHERS: tuple[Any, ...] = (
    *("client", "payer", "manager", "police", "source", "court", "topic", "summary", "verbatim", "none", "name"),
    *("always", "promptly", "consulted", "video", "controlled", "not-used", "hold", "send", "accept", "return"),
    *("kept", "agreed", "not-agreed", "own-key", "e-sign", "dismissal", "selection", "client-permits", "research"),
    *("owner-permits", "withheld", "final-summary", "week", "year", "performance-appraisals", "potential-ability"),
    *("organisation", "7 days", "9 weeks", "Asia/Tokyo", "FR", "always", "share", "withhold", "other words", 9),
    *("sha256:" + "0" * 64, "p-2222", date(2026, 9, 9)),
)
# A summary that does not say its form is one in the form of a summary.
ALIKE = [".summary.form gone"]


@pytest.fixture(autouse=True)
def _without_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of readings: what YAML would make of each is handed over as it is."""
    monkeypatch.setattr(yaml, "load", lambda found, file: yaml.Document(b"", file, found))
    monkeypatch.setattr(agreement_file, "digest", lambda _: "sha256:" + "0" * 64)


def said(whole: Any) -> dict[str, Any]:
    """Everything that is shown of an agreement but its fingerprint, or Malformed."""
    node: Any = _node(whole)
    return data(agreement_file.parse_agreement(node, "a.yml"))


def _node(value: Any) -> Node:
    if isinstance(value, dict):
        return Node({key: _node(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return Node(tuple(map(_node, value)))
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return Node(date.fromisoformat(value))
    return Node(value)


def changes(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """(place, the whole with one value exchanged there, or the last of a list taken away)."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{place}.{key} gone", {name: kept for name, kept in value.items() if name != key}
            yield from ((below, {**value, key: new}) for below, new in changes(inner, f"{place}.{key}"))
    elif isinstance(value, list):
        if len(value) > 1:
            yield f"{place} shorter", value[:-1]
        for number, item in enumerate(value):
            for below, new in changes(item, f"{place}[{number}]"):
                yield below, [*value[:number], new, *value[number + 1 :]]
    else:
        yield from ((place, other) for other in OTHERS if other != value)


def test_the_agreement_has_every_key() -> None:
    """Every key of the schema stands in the file that is changed below."""
    assert set(paths(agreement())) <= set(_keys(WHOLE))


def _keys(value: Any, above: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{above}.{key}" if above else key
            yield here
            yield from _keys(inner, here)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item, above)


def test_nothing_that_is_agreed_is_left_out() -> None:
    """Each value there is, exchanged for each other that may stand there, or gone: it shows."""
    before = said(WHOLE)
    silent, heard = [], set()
    for place, changed in changes(WHOLE):
        try:
            after = said(changed)
        except Malformed:
            continue
        heard.add(place)
        if after == before:
            silent.append(place)
    assert sorted(set(silent)) == ALIKE
    assert len(heard) > 150
