"""Imports point one way, the core is pure, each heavy library has one door, and files stay small."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.layering import DOORS, findings

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tools" / "confide"
LONGEST = 250
SHAPELESS = {"utils", "util", "helpers", "helper", "common", "misc"}


def python_files(root: Path) -> list[Path]:
    """The project's own Python sources under `root`: never the virtual environment or what was generated."""
    rooms = ["tools", "tests", "bench", "scripts"]
    return sorted(path for room in rooms for path in (root / room).rglob("*.py"))


def too_long(root: Path) -> list[str]:
    counted = [(path, len(path.read_text(encoding="utf-8").splitlines())) for path in python_files(root)]
    return [f"{path.relative_to(root)}: {lines} lines" for path, lines in counted if lines > LONGEST]


def shapeless(root: Path) -> list[str]:
    found = [path for path in python_files(root) if SHAPELESS & {path.stem, *path.relative_to(root).parts[:-1]}]
    return [str(path.relative_to(root)) for path in found]


def test_imports_point_one_way_and_the_core_is_pure() -> None:
    """model ← policy ← vault, records, ledger ← workflows ← site, portal, cli; the first two reach nothing outside."""
    assert findings(PACKAGE) == []


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    """No Python file has more than 250 lines."""
    assert python_files(ROOT)
    assert too_long(ROOT) == []


def test_no_module_is_a_drawer_for_everything() -> None:
    """No module or directory is called utils, helpers or common: a name says what it holds."""
    assert shapeless(ROOT) == []


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A small package in which everything is as it should be, to plant one violation into."""
    package = tmp_path / "tools" / "confide"
    for door in set(DOORS.values()):
        write(package, door, "".join(f"import {library}\n" for library in DOORS if DOORS[library] == door))
    write(package, "__init__.py", "")
    write(package, "model/day.py", "from datetime import datetime\nfrom pathlib import PurePosixPath\n")
    write(package, "policy/decide.py", "from confide.model import day\nfrom ..model.day import datetime\n")
    write(package, "portal/app.py", "from confide.site import sealed\nfrom confide.site.sealed import open_site\n")
    write(package, "cli/main.py", "from confide import __version__, portal, site\n")
    assert findings(package) == []
    return package


def write(package: Path, name: str, text: str) -> None:
    path = package / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        (
            "model/a.py",
            "from confide.policy import decide",
            "model/a.py:1: `model` must not import `confide.policy.decide`",
        ),
        ("model/a.py", "from ..vault import people", "model/a.py:1: `model` must not import `confide.vault.people`"),
        ("policy/a.py", "from confide import ledger", "policy/a.py:1: `policy` must not import `confide.ledger`"),
        ("vault/a.py", "import confide.records.yaml", "vault/a.py:1: `vault` must not import `confide.records.yaml`"),
        (
            "records/a.py",
            "def f():\n    from confide.ledger import repo",
            "records/a.py:2: `records` must not import `confide.ledger.repo`",
        ),
        (
            "workflows/a.py",
            "from confide.site import pages",
            "workflows/a.py:1: `workflows` must not import `confide.site.pages`",
        ),
        (
            "portal/a.py",
            "from confide.site import pages",
            "portal/a.py:1: `portal` must not import `confide.site.pages`",
        ),
        (
            "portal/a.py",
            "from confide.site.sealed2 import x",
            "portal/a.py:1: `portal` must not import `confide.site.sealed2`",
        ),
        ("cellar/a.py", "from confide.model import day", "cellar/a.py:1: `cellar` is not a room of the design"),
        (
            "other.py",
            "from confide.vault import people",
            "other.py:1: `the package itself` must not import `confide.vault.people`",
        ),
        ("model/a.py", "import os", "model/a.py:1: `os` is not among what pure rooms may import"),
        ("model/a.py", "from pathlib import Path", "model/a.py:1: `pathlib` is not among what pure rooms may import"),
        ("policy/a.py", "import secrets", "policy/a.py:1: `secrets` is not among what pure rooms may import"),
        ("policy/a.py", "open('x')", "policy/a.py:1: `open` reaches outside"),
        ("policy/a.py", "t = datetime.now(UTC)", "policy/a.py:1: `now()` reads the clock; take `now` as a parameter"),
        (
            "vault/a.py",
            "from gnupg import GPG",
            "`gnupg` is imported by vault/a.py, vault/people.py; expected exactly vault/people.py",
        ),
        (
            "cli/a.py",
            "import importlib\nimportlib.import_module('mkdocs.config')",
            "`mkdocs` is imported by cli/a.py, site/mkdocs_build.py; expected exactly site/mkdocs_build.py",
        ),
    ],
)
def test_a_planted_violation_is_found(sound: Path, name: str, text: str, finding: str) -> None:
    """Each kind of breach is reported once, with its place: the check is able to fail."""
    write(sound, name, text + "\n")
    assert findings(sound) == [finding]


def test_a_door_that_is_missing_is_found(sound: Path) -> None:
    """A library whose one module vanished is reported too, so that the list of doors stays true."""
    write(sound, DOORS["mkdocs"], "")
    assert findings(sound) == ["`mkdocs` is imported by no module; expected exactly site/mkdocs_build.py"]


def test_an_empty_package_is_no_pass(tmp_path: Path) -> None:
    """Looking in the wrong place is an error, not silence."""
    assert findings(tmp_path / "confide") == ["confide: no module was found"]


def test_a_long_file_and_a_drawer_are_found(tmp_path: Path) -> None:
    """The two other checks are able to fail as well."""
    write(tmp_path, "tools/confide/cli/utils.py", "x = 1\n" * (LONGEST + 1))
    write(tmp_path, "tests/common/test_a.py", "")
    assert too_long(tmp_path) == [f"tools/confide/cli/utils.py: {LONGEST + 1} lines"]
    assert shapeless(tmp_path) == ["tests/common/test_a.py", "tools/confide/cli/utils.py"]
