"""Write schemas/*.json: what an editor needs to check and explain the YAML files of a practice (`make schemas`).

The keys come from the program's own readers, the explanations from docs/AGREEMENT.md: one text for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from confide.records.schema import schemas

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "schemas"
PAGE = ROOT / "docs" / "AGREEMENT.md"
_HEADING = re.compile(r"### `([a-z-]+)` \((.+)\)\n(.+?)\n(?:\n|\Z)", re.DOTALL)
_ITEM = re.compile(r"^- ((?:`[a-z.-]+`(?:, )?)+) \((S-[^)]+)\): (.+(?:\n  .+)*)", re.MULTILINE)
# An instrument's and a supposed term are written like an agreement's.
_BORROWED = {"instrument": "restricts", "supposed": "terms"}


def explanations(page: str) -> dict[str, str]:
    """Path of a key → what the page says of it, on one line, with its S-ids behind it."""
    found: dict[str, str] = {}
    for section in re.split(r"(?m)^(?=### )", page)[1:]:
        if heading := _HEADING.match(section):
            key, sids, text = heading.groups()
            found[key] = _line(text, sids)
            found |= {f"{key}.{inner}": said for inner, said in _items(section)}
    return found


def help_for(page: str) -> dict[str, dict[str, str]]:
    """Kind of file → the explanations of its keys."""
    agreement = explanations(page)
    found = {"agreement": agreement}
    for kind, terms in _BORROWED.items():
        found[kind] = {path.replace("terms", terms, 1): said for path, said in agreement.items() if path[:5] == "terms"}
    return found


def _items(section: str) -> Iterator[tuple[str, str]]:
    for keys, sids, text in _ITEM.findall(section.partition("\n## ")[0]):
        for key in re.findall(r"`([a-z.-]+)`", keys):
            yield key, _line(text, sids)


def _line(text: str, sids: str) -> str:
    return f"{' '.join(text.split())} ({sids})"


def main() -> None:
    """Write every schema, and take away what is none any more."""
    written = schemas(help_for(PAGE.read_text(encoding="utf-8")))
    TARGET.mkdir(exist_ok=True)
    for name, data in written.items():
        (TARGET / name).write_bytes(data)
    for path in TARGET.glob("*.json"):
        if path.name not in written:
            path.unlink()


if __name__ == "__main__":
    main()
