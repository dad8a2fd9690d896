"""Words that stand in the tests' notes and nowhere else, looked for in everything that a whole run leaves behind.

Every home, keyring, practice, keystore and temporary directory that a test made is read before it goes: files of any
kind, Git's loose and packed objects, notes references, indexes, logs. Two words that belong together must stand close
to each other, so that a test's own source compiled to bytecode, or a passphrase from a word list, is no find.
"""

from __future__ import annotations

import os
import re
import subprocess
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

PAIRS = (
    *((b"marmalade", b"ferry"), (b"tribunal", b"herons"), (b"apricot", b"lighthouse"), (b"bassoon", b"night")),
    *((b"turnstile", b"mornings"), (b"periwinkle", b"thoughts"), (b"canary-words", b"in-a-note")),
)
SOUGHT = re.compile(b"|".join(first + rb"[^\0]{0,12}" + second for first, second in PAIRS), re.IGNORECASE)
# Larger than anything a test makes; a browser's own files are no record of ours.
LARGEST = 40_000_000
PASSED_BY = frozenset({"site-packages", "__pycache__", "compiled", "node_modules"})


def found(roots: Iterable[Path]) -> list[str]:
    """Every place below `roots` where the text of a note can be read."""
    return [str(where) for root in roots for where, data in _everything(root) if SOUGHT.search(data)]


def _everything(root: Path) -> Iterator[tuple[Path, bytes]]:
    for directory, below, names in os.walk(root):
        below[:] = [name for name in below if name not in PASSED_BY]
        for name in names:
            path = Path(directory, name)
            # Agents and browsers are still taking their own files away.
            with suppress(OSError):
                if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
                    continue
                data = path.read_bytes()
                yield path, data
                with suppress(zlib.error):
                    yield path, zlib.decompress(data)
                if path.suffix == ".pack":
                    yield path, _packed(path)


def _packed(path: Path) -> bytes:
    """Everything in the repository that a pack belongs to."""
    git_dir = path.parents[2]
    command = ["git", f"--git-dir={git_dir}", "-c", "safe.directory=*", "cat-file", "--batch-all-objects", "--batch"]
    return subprocess.run(command, capture_output=True, check=False).stdout
