"""A table of named bytes as one zip whose bytes depend on nothing but names and contents, and back again.

The names are the addresses of pages. They are strict on both sides, so that an archive can neither climb out of its
place nor hide one name behind another.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from confide.model.problem import Malformed, Problem

# What an opened archive may weigh: a sealed site with pictures is far below, a zip bomb is stopped before it swells.
LARGEST = 256 * 1024 * 1024
MOST_FILES = 20_000

_NAME = re.compile(r"(?!.*(?:^|/)\.)[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*\Z")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR = 0o100600 << 16


def is_name(name: str) -> bool:
    """Letters, digits, `_ . -` in parts joined by `/`; no part starts with a dot, none is empty."""
    return len(name) <= 400 and bool(_NAME.match(name))


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of `files`. Raises Malformed for a name that is not one, or two that differ only in case."""
    names = sorted(files)
    if wrong := [name for name in names if not is_name(name)]:
        raise Malformed(Problem(f"`{wrong[0]}` cannot be the name of a page", "only letters, digits, `_`, `.`, `-`"))
    if len({name.lower() for name in names}) != len(names):
        raise Malformed(Problem("two names differ only in case", "a reader could be led to the wrong one"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _REGULAR
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def unpack(data: bytes, largest: int = LARGEST) -> dict[str, bytes]:
    """The table in an archive made by `pack`. Raises Malformed for anything that `pack` would not have made."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check(entries, largest)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as problem:
        raise Malformed(Problem("the archive cannot be read", "it was cut short or changed")) from problem


def _check(entries: list[zipfile.ZipInfo], largest: int) -> None:
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) != len(names) or len(names) > MOST_FILES:
        raise Malformed(Problem("the archive holds a name twice, or too many", "one name stands for one page"))
    for entry in entries:
        # zipfile cuts a name at a NUL byte; other programs may not.
        plain = entry.filename == entry.orig_filename and is_name(entry.filename)
        if not plain or entry.is_dir() or entry.external_attr != _REGULAR:
            raise Malformed(Problem("the archive holds something that is not a page"))
    if sum(entry.file_size for entry in entries) > largest:
        raise Malformed(Problem(f"the archive is larger than {largest} bytes"))
