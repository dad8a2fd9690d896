"""The README's six promises: each names the tests that hold it, and they are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_each_promise_names_tests_that_exist() -> None:
    """Six rows; every path in them is a test file, or a directory with some."""
    table = README.partition("## Six promises")[2].partition("\n## ")[0]
    rows = [row.split("|") for row in table.splitlines() if row.startswith("| **")]
    assert len(rows) == 6
    for row in rows:
        paths = re.findall(r"`(tests/[^`]+)`", row[2])
        assert paths, row[1]
        for path in paths:
            found = ROOT / path
            assert found.is_file() or list(found.rglob("test_*.py")), path
        assert row[3].strip(), "what it does not say"


def test_every_path_of_the_readme_exists() -> None:
    """Links and pictures lead somewhere; so do the directories of the overview."""
    for path in re.findall(r"\]\(((?!http)[^)#]+)\)", README):
        assert (ROOT / path).exists(), path
    overview = README.partition("## Where things are")[2]
    rooms = re.findall(r"tools/confide/\w+", overview)
    assert set(rooms) == {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tools/confide").iterdir()
        if (path / "__init__.py").is_file()
    }
