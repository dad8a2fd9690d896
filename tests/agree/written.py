"""YAML files of this repository by their kind, and what an editor's validator makes of one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from confide.records import yaml
from confide.records.build import plain
from confide.records.schema import KINDS

ROOT = Path(__file__).resolve().parents[2]
VECTORS = "tests/vectors/agreements/*"
# Kind of file → where files of it stand in this repository.
PLACES = {
    "agreement": ("records/*/agreements/*.yml", f"{VECTORS}/agreement*.yml", "tests/records/data/agreement.yml"),
    "event": ("records/*/events/*.yml",),
    "instrument": (f"{VECTORS}/instruments/*.yml", "tests/records/data/instrument.yml"),
    "partnership": ("records/*/partnership.yml", f"{VECTORS}/partnership.yml"),
    "persons": ("tests/cli/data/people.yml",),
    "practice": ("records/practice.yml",),
}


@cache
def validator(kind: str) -> Draft202012Validator:
    """Of the committed schema, as an editor has it."""
    return Draft202012Validator(json.loads((ROOT / "schemas" / f"{kind}.json").read_bytes()))


def marked(kind: str, data: Any) -> list[str]:
    """Everything an editor would mark in a file that holds `data`."""
    return [f"{list(found.path)}: {found.message}" for found in validator(kind).iter_errors(data)]


def parsed(text: bytes) -> Any:
    """The file as a reader of YAML 1.2 without types for days and times sees it."""
    return _plain(plain(yaml.load(text, "a.yml").root))


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
    return value


def files() -> Iterator[tuple[str, str]]:
    """(kind, path) of every file that there is of a kind with a place."""
    for kind, patterns in PLACES.items():
        for pattern in patterns:
            yield from ((kind, path.relative_to(ROOT).as_posix()) for path in sorted(ROOT.glob(pattern)))


def misspelt(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(the keys down to it, the data with that one key misspelt), for every key there is, at any depth."""
    if isinstance(data, dict):
        for key, inner in data.items():
            yield (*path, key), {(f"{name}x" if name == key else name): value for name, value in data.items()}
            yield from ((below, {**data, key: changed}) for below, changed in misspelt(inner, (*path, key)))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            for below, changed in misspelt(item, path):
                yield below, [*data[:number], changed, *data[number + 1 :]]


assert set(PLACES) <= set(KINDS)
