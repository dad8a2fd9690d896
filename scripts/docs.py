"""Build the documentation of the project into build/docs, strictly: a link that leads nowhere stops it. `make docs`."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

# Material would print a notice about its successor on every run; pyproject.toml says what is pinned, and why.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="docs: %(message)s")
    build(load_config(str(ROOT / "docs.yml")))
    sys.stdout.write("build/docs/index.html\n")


if __name__ == "__main__":
    main()
