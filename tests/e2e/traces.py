"""Looks for words in everything a run left behind: files of any kind, Git's packed objects, names of files."""

from __future__ import annotations

import os
import subprocess
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LARGEST = 40_000_000


@dataclass
class Looked:
    """How many files and objects were read, and every place and word where one of the words stands."""

    files: int = 0
    found: list[tuple[str, str]] = field(default_factory=list)

    def search(self, parts: Iterable[tuple[str, bytes]], words: list[tuple[str, bytes]]) -> None:
        for where, data in parts:
            self.files += 1
            self.found += [(where, word) for word, sought in words if sought in data or word in where]


class Traces:
    """Remembers what lay in shared places when it was made, so that only what is new is looked at."""

    def __init__(self, shared: tuple[Path, ...]) -> None:
        self._shared = shared
        self._before = {path for place in shared for path in _entries(place)}

    def new(self) -> list[Path]:
        """What has come into the shared places since."""
        return sorted({path for place in self._shared for path in _entries(place)} - self._before)

    def of(self, processes: Iterable[int]) -> list[Path]:
        """Directories for plaintext in memory that one of these processes left: their names hold its number."""
        marks = {f"-{process}-" for process in processes}
        assert marks
        return [path for path in self.new() if any(mark in path.name for mark in marks)]

    def look(self, words: Iterable[str], *own: Path) -> Looked:
        """Look for `words` in everything below `own`, in the objects of its repositories, and in what is new outside.

        Case makes no difference.
        """
        wanted = [(word, word.lower().encode()) for word in words]
        assert wanted
        looked = Looked()
        for root in dict.fromkeys([*own, *self.new()]):
            looked.search(_files(root), wanted)
        for repository in {path.parent for root in own for path in root.rglob(".git") if path.is_dir()}:
            looked.search(objects(repository), wanted)
        return looked


def objects(repository: Path) -> Iterator[tuple[str, bytes]]:
    """Every object Git holds, reachable or not, packed or not, and the names of all refs."""
    git = ["git", "-C", str(repository)]
    ids = _said([*git, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)"])
    stream = subprocess.run(
        [*git, "cat-file", "--batch-all-objects", "--batch"], capture_output=True, check=True
    ).stdout
    at = 0
    for name in ids.split():
        end = stream.index(b"\n", at)
        size = int(stream[at:end].split()[2])
        yield f"object {name.decode()}", stream[end + 1 : end + 1 + size].lower()
        at = end + 1 + size + 1
    yield "refs", _said([*git, "for-each-ref"]).lower()


def _said(command: list[str]) -> bytes:
    return subprocess.run(command, capture_output=True, check=True).stdout


def _entries(place: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from place.iterdir()


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Files below `root`, with compressed ones opened where that is simple; others' files may vanish meanwhile."""
    for directory, below, names in os.walk(root):
        # Somebody is setting up a virtual environment beside us: large, and nothing of a practice's.
        below[:] = [name for name in below if name != "site-packages"]
        for name in names:
            path = Path(directory, name)
            with suppress(OSError):
                if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST:
                    data = path.read_bytes()
                    with suppress(zlib.error):
                        data += zlib.decompress(data)
                    yield str(path), data.lower()
