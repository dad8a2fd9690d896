"""Files that are there whole or not at all: written beside, forced to the disk, renamed; one writer at a time.

A process that dies in the middle leaves the old file or the new one, and at worst a temporary name that starts with a
dot, which nobody reads.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PRIVATE_DIRECTORY = 0o700
PRIVATE_FILE = 0o600


def directory(path: Path) -> Path:
    """Make `path` and its parents, readable by their owner only."""
    path.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    return path


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`, replacing what is there in one step."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    force(path.parent)


def folder(target: Path, files: Mapping[str, bytes]) -> None:
    """A new directory `target` with all of `files` (path below it → content), or nothing at all."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    directory(beside)
    try:
        for name, data in sorted(files.items()):
            directory((beside / name).parent)
            write(beside / name, data)
        beside.rename(target)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    force(target.parent)


def move(source: Path, target: Path) -> None:
    """Rename within one file system and force both directories to the disk."""
    source.replace(target)
    force(target.parent)
    force(source.parent)


def force(path: Path) -> None:
    """A rename is only safe from a power cut once the directory itself is on the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file at `path` while the block runs; other processes and threads wait."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
