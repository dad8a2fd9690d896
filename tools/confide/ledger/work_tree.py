"""The user's files: looked at before anything is written, then each replaced whole, and only those of one change."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from confide.ledger import index
from confide.ledger.objects import FILE_MODE, PROGRAM_MODE, object_id
from confide.ledger.repo import Repository
from confide.model.problem import NotAllowed, Place, Problem, Usage

# A file version as trees and the index name it: (mode, blob id); None where there is no file.
Version = tuple[str, str] | None

_PARTS_REFUSED = frozenset({"", ".", "..", ".git"})


def check_path(path: str) -> None:
    """Raise Usage for a path that leaves the repository or reaches into Git's own directory."""
    parts = path.split("/")
    odd = any(ord(letter) < 32 or letter in "\\\x7f" for letter in path)
    if odd or any(part.lower() in _PARTS_REFUSED for part in parts):
        raise Usage(
            Problem(
                "a path that does not lie inside the repository",
                "nothing outside it is written",
                hint="paths are relative to the repository and written with `/`",
            )
        )


def place(repo: Repository, path: str) -> Path:
    """The file at `path`. Raises NotAllowed where a link on the way leads somewhere else."""
    found = repo.root
    for part in path.split("/")[:-1]:
        found /= part
        if found.is_symlink() or (found.exists() and not found.is_dir()):
            raise NotAllowed(
                Problem(
                    "a link stands where a directory is expected",
                    "it could lead elsewhere",
                    Place(path),
                    "put the directory back: `git status` shows what is in its place",
                )
            )
    return repo.root / path


def read(repo: Repository, path: str) -> bytes | None:
    """The file as it lies there, or None. Raises NotAllowed for anything that is no ordinary file."""
    file = place(repo, path)
    try:
        kind = file.lstat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(kind):
        raise NotAllowed(
            Problem(
                "something that is no file stands where one is to be written",
                "a link could lead elsewhere",
                Place(path),
                "move it away: `git status` shows it",
            )
        )
    return file.read_bytes()


def require_untouched(repo: Repository, old: Mapping[str, Version], new: Mapping[str, Version]) -> None:
    """Raise NotAllowed, naming every path, when a file or its index entry holds what neither version knows."""
    staged = index.entries(repo, new)
    problems = []
    for path, version in new.items():
        known = {None if one is None else one[1] for one in (old[path], version)}
        data = read(repo, path)
        found = None if data is None else object_id("blob", data)
        entry = staged.get(path)
        held = None if entry is None else entry[1]
        if found not in known or held not in known or (entry and entry[0] == index.CONFLICT):
            problems.append(
                Problem(
                    "the file has changes that are not committed",
                    "they would be lost",
                    Place(path),
                    f"commit or undo them first: `git diff HEAD -- {path}`",
                    "dirty",
                )
            )
    if problems:
        raise NotAllowed(*problems)


def replace(repo: Repository, path: str, data: bytes | None, mode: str = FILE_MODE) -> None:
    """Put `data` at `path` in one step, forced to the disk; None removes the file, and directories left empty."""
    file = place(repo, path)
    beside = _beside(file)
    beside.unlink(missing_ok=True)
    if data is None:
        file.unlink(missing_ok=True)
        _remove_empty(repo.root, file.parent)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    rights = 0o777 if mode == PROGRAM_MODE else 0o666
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, rights)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)
    _force(file.parent)


def forget_beside(repo: Repository, path: str) -> None:
    """Remove what a killed command may have left beside `path`."""
    file = place(repo, path)
    if file.parent.is_dir():
        _beside(file).unlink(missing_ok=True)


def _beside(file: Path) -> Path:
    """Always the same name, so that whoever finishes the work finds it."""
    return file.with_name(f".{file.name}.confide-new")


def _remove_empty(root: Path, directory: Path) -> None:
    while directory != root:
        try:
            directory.rmdir()
        except OSError:
            return
        directory = directory.parent


def _force(directory: Path) -> None:
    """A rename survives a power cut once its directory is on the disk."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
