"""A directory on another machine: the files below an address, each there whole or not at all.

A plain directory needs nothing. Any other address (`sftp://host/var/lib/confide/portal`) is opened with `fsspec`, which
comes with `pip install total-confidence[remote]`; what its protocol needs is asked for by name.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any, Protocol

from confide.model.problem import Problem, Unavailable
from confide.vault import durable

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://")


class Elsewhere(Protocol):
    """Names are relative, with `/`; temporary names, which begin with a dot, are never listed."""

    def names(self) -> dict[str, str]:
        """Every file, with a mark that is another one once the file has changed."""

    def read(self, name: str) -> bytes: ...

    def write(self, name: str, data: bytes) -> None:
        """Put it there in one step."""

    def remove(self, name: str) -> None: ...


def at(address: str) -> Elsewhere:
    """What is at that address. Raises Unavailable where nothing here can reach it."""
    return _Remote(address) if _SCHEME.match(address) else _Directory(Path(address).expanduser())


class _Directory:
    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> dict[str, str]:
        found = {path: path.stat() for path in self._path.rglob("*") if path.is_file() and not _passing(path.name)}
        return {
            path.relative_to(self._path).as_posix(): f"{stat.st_ino} {stat.st_mtime_ns} {stat.st_size}"
            for path, stat in found.items()
        }

    def read(self, name: str) -> bytes:
        return (self._path / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        durable.directory((self._path / name).parent)
        durable.write(self._path / name, data)

    def remove(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)


class _Remote:
    def __init__(self, address: str) -> None:
        try:
            from fsspec.core import url_to_fs  # type: ignore[import-untyped,import-not-found,unused-ignore]

            found: tuple[Any, str] = url_to_fs(address)
        except (ImportError, ValueError, OSError) as problem:
            raise Unavailable(
                Problem(
                    f"`{address}` cannot be reached from here",
                    str(problem).splitlines()[0] if str(problem) else "",
                    hint="pip install total-confidence[remote], and what that protocol needs; or mount it",
                )
            ) from None
        self._files, self._root = found

    def names(self) -> dict[str, str]:
        self._files.invalidate_cache()
        if not self._files.exists(self._root):
            return {}
        start = self._root.rstrip("/") + "/"
        found: dict[str, dict[str, Any]] = self._files.find(self._root, detail=True)
        return {
            path.removeprefix(start): " ".join(str(about.get(key, "")) for key in ("size", "mtime", "created", "ETag"))
            for path, about in found.items()
            if not _passing(path.rpartition("/")[2])
        }

    def read(self, name: str) -> bytes:
        data: bytes = self._files.cat_file(self._place(name))
        return data

    def write(self, name: str, data: bytes) -> None:
        folder, _, last = self._place(name).rpartition("/")
        beside = f"{folder}/.{last}.{secrets.token_hex(4)}"
        self._files.makedirs(folder, exist_ok=True)
        self._files.pipe_file(beside, data)
        self._files.mv(beside, f"{folder}/{last}")

    def remove(self, name: str) -> None:
        if self._files.exists(self._place(name)):
            self._files.rm_file(self._place(name))

    def _place(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


def _passing(name: str) -> bool:
    """Names that are on their way, and the lock: nobody else's business."""
    return name.startswith(".") or name == "lock"
