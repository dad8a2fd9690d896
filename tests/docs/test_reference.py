"""The documentation says what the program does: the reference is its own words, the threats name what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from confide.cli.main import COMMANDS, HIDDEN
from scripts import docs, reference

ROOT = Path(__file__).resolve().parents[2]
THREATS = (ROOT / "docs/THREATS.md").read_text(encoding="utf-8")


def test_the_reference_is_what_the_commands_say() -> None:
    """docs/CLI.md is exactly what `make reference` would write; every command a coach sees is in it."""
    page = reference.PAGE.read_text(encoding="utf-8")
    assert page == reference.page(), "a command changed: make reference"
    assert {line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")} == set(COMMANDS) - HIDDEN


def test_threats_are_numbered_and_name_what_exists() -> None:
    """The numbers run from 1 without a gap; every module and folder of tests that a threat names is there."""
    rows = [line.split("|") for line in THREATS.splitlines() if line.startswith("| T-")]
    assert [int(row[1].strip().removeprefix("T-")) for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`((?:policy|site|portal|vault|ledger|records|model|workflows)/[\w./]*)`", row[4])
        tried = re.findall(r"`(tests/[\w/]+)`", row[5])
        assert tried, row
        missing = [path for path in named if not (ROOT / "tools/confide" / path).exists()]
        assert missing + [path for path in tried if not (ROOT / path).is_dir()] == []


def test_the_documentation_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strictly: every link leads somewhere. No page asks a third party for anything."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(load_config(str(docs.ROOT / "docs.yml"), site_dir=str(tmp_path / "site")))
    pages = sorted((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 12
    fetched = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=["']?(?:https?:)?//""")
    assert [str(page) for page in pages if fetched.search(page.read_text(encoding="utf-8"))] == []
