"""The wheel stands alone: it carries the package and the template of a private repository, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from confide import __version__

ROOT = Path(__file__).resolve().parents[2]
# What is shipped beside the package's own modules.
APART = ("confide/_template/", "confide/_offline/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a wheel built from this tree, by name."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    [path] = target.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_template_is_the_repository_itself(wheel: dict[str, bytes]) -> None:
    """Every file of site/ and schemas/, mkdocs.yml and .gitattributes is in the wheel, byte for byte."""
    trees = [path for tree in ("site", "schemas") for path in (ROOT / tree).rglob("*")]
    originals = [ROOT / "mkdocs.yml", ROOT / ".gitattributes", *trees]
    expected = {
        f"confide/_template/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
        for path in originals
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name: text for name, text in wheel.items() if name.startswith("confide/_template/")} == expected


def test_nothing_else_is_shipped(wheel: dict[str, bytes]) -> None:
    """Only the package and its metadata: no records, tests, keys or generated sites."""
    assert {name.partition("/")[0] for name in wheel} == {"confide", f"total_confidence-{__version__}.dist-info"}
    sources = {f"confide/{path.relative_to(ROOT / 'tools/confide').as_posix()}" for path in python_sources()}
    assert {name for name in wheel if name.endswith(".py") and not name.startswith(APART)} == sources
    reader = (ROOT / "tests/ledger/receipt_reader.py").read_bytes()
    assert wheel["confide/_offline/receipt_reader.py"] == reader
    assert "confide/py.typed" in wheel


def python_sources() -> list[Path]:
    return list((ROOT / "tools" / "confide").rglob("*.py"))
