"""The files a new practice starts from: this project's own site sources and settings, shipped with the package."""

from __future__ import annotations

from pathlib import Path

from confide.model.problem import Problem, Unavailable

_PACKAGE = Path(__file__).resolve().parent.parent
# A wheel carries them beside the code; a checkout has them two floors up.
_PLACES = (_PACKAGE / "_template", _PACKAGE.parent.parent)
_PARTS = ("mkdocs.yml", ".gitattributes")
_TREES = ("site", "schemas")

_READERS = (_PACKAGE / "_offline/receipt_reader.py", _PACKAGE.parent.parent / "tests/ledger/receipt_reader.py")

IGNORED = "build/\n"


def root() -> Path:
    """The directory that holds the template. Raises Unavailable if this installation has lost it."""
    for place in _PLACES:
        if (place / "mkdocs.yml").is_file() and (place / "site").is_dir():
            return place
    raise Unavailable(
        Problem(
            "the template of a new practice is missing",
            "a new practice is made from it",
            hint="install total-confidence again",
        )
    )


def files() -> dict[str, bytes]:
    """path → content of everything that `init` copies."""
    base = root()
    found = {name: (base / name).read_bytes() for name in _PARTS}
    for tree in _TREES:
        for path in sorted((base / tree).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found[path.relative_to(base).as_posix()] = path.read_bytes()
    found[".gitignore"] = IGNORED.encode()
    return found


def receipt_reader() -> bytes:
    """The program that checks a receipt without this one. Raises Unavailable if this installation has lost it."""
    for place in _READERS:
        if place.is_file():
            return place.read_bytes()
    raise Unavailable(
        Problem(
            "the program that checks receipts alone is missing",
            "it goes beside the receipts",
            hint="install total-confidence again",
        )
    )
