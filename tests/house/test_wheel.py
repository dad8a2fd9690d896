"""The wheel stands alone: it carries the package and the template of a private repository, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from confide import __version__

ROOT = Path(__file__).resolve().parents[2]
# What is shipped beside the package's own modules.
APART = ("confide/_template/", "confide/_offline/")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this tree."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [path] = target.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def wheel(built: Path) -> dict[str, bytes]:
    """Its files by name."""
    with zipfile.ZipFile(built) as archive:
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


def test_what_is_installed_from_it_runs(built: Path, tmp_path: Path) -> None:
    """In an environment of its own, with the locked packages beside it and this tree nowhere: it starts, and its
    template, pages and offline reader come with it."""
    venv.create(tmp_path / "env", with_pip=False)
    binaries = tmp_path / "env/bin"
    [place] = (tmp_path / "env/lib").glob("python*/site-packages")
    # The locked packages, without this tree's own installation in place: a `.pth` file is not followed here.
    (place / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(binaries / "python"), "install"]
    installed = subprocess.run(
        [*pip, "--quiet", "--no-compile", "--no-deps", "--no-index", "--ignore-installed", str(built)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        return done.stdout

    assert __version__ in run(str(binaries / "confide"), "--version")
    assert "disclose" in run(str(binaries / "confide"), "--help")
    assert "Usage: confide may" in run(str(binaries / "confide"), "may", "--help")
    assert "complete" in run(str(binaries / "confide"), "completion", "bash")
    script = (
        "import confide; from pathlib import Path; from confide.workflows import template; "
        "print(Path(confide.__file__).parent); print(len(template.files()))"
    )
    where, count = run(str(binaries / "python"), "-c", script).split()
    assert Path(where).is_relative_to(tmp_path)
    assert int(count) > 10
