"""Mutation testing of `policy/` with mutmut: one small change of the code at a time, and the tests have to notice.

`make mutate ARGS="decide withheld"` measures those modules (default: decide), one process at low priority, in a copy
under build/mutate; run again it goes on where it stopped. The score and what survived are kept in docs/MUTATION.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "build" / "mutate"
# Installed apart by `make mutate`: nothing else here needs mutmut and what it brings.
TOOL = ROOT / "build" / "mutmut"
# The claims about single decisions. The generated laws are left out: each would be tried on every mutant that lives.
TESTS = (
    "test_reasons",
    "test_reasons_over_time",
    "test_whose",
    "test_decide",
    "test_force",
    "test_vectors",
    "test_agreements",
)
SETTINGS = """\
[tool.mutmut]
source_paths = ["confide"]
only_mutate = [{only}]
also_copy = ["tests", "records", "schemas", "site", "docs", "mkdocs.yml"]
pytest_add_cli_args = ["-q", "--import-mode=importlib", "-x", "-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = [{tests}]

[tool.pytest.ini_options]
pythonpath = ["."]
markers = ["browser: a browser", "gpg: GnuPG"]
"""


def main(modules: list[str]) -> int:
    chosen = [name.removesuffix(".py") for name in modules] or ["decide"]
    _lay_out(chosen)
    names = [f"confide.policy.{name.replace('/', '.')}.*" for name in chosen]
    mutmut = [sys.executable, "-m", "mutmut"]
    ran_in = {**os.environ, "PYTHONPATH": f".{os.pathsep}{TOOL}"}
    ran = subprocess.run(
        ["nice", "-n", "15", *mutmut, "run", "--max-children", "1", *names],
        cwd=COPY,
        env=ran_in,
        check=False,
    )
    subprocess.run([*mutmut, "results"], cwd=COPY, env=ran_in, check=False)
    return ran.returncode


def _lay_out(modules: list[str]) -> None:
    """A copy with the package at its top: mutmut names a module by its path."""
    for source, name in (
        ("tools/confide", "confide"),
        *((d, d) for d in ("tests", "records", "schemas", "site", "docs")),
    ):
        shutil.copytree(ROOT / source, COPY / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", COPY)
    tests = [f"tests/policy/{name}" for name in TESTS]
    there = [path if (ROOT / path).is_dir() else f"{path}.py" for path in tests]
    quoted = ", ".join(f'"{path}"' for path in there if (ROOT / path).exists())
    only = ", ".join(f'"confide/policy/{name}.py"' for name in modules)
    settings, file = SETTINGS.format(only=only, tests=quoted), COPY / "pyproject.toml"
    if not file.exists() or file.read_text(encoding="utf-8") != settings:
        # What another choice of modules left is no mutant of these, and mutmut would keep it.
        shutil.rmtree(COPY / "mutants", ignore_errors=True)
    file.write_text(settings, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
