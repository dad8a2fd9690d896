"""An archive's bytes follow from names and contents alone; nothing else passes for one."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.problem import Malformed
from confide.vault import archive

NAMES = st.from_regex(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,8}(/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,8}){0,2}", fullmatch=True)
TABLES = st.dictionaries(NAMES, st.binary(max_size=200), max_size=6).filter(
    lambda table: len({name.lower() for name in table}) == len(table)
)


@given(TABLES)
def test_there_and_back(table: dict[str, bytes]) -> None:
    """What was packed comes out again, and the order in which it was put together leaves no trace."""
    packed = archive.pack(table)
    assert archive.unpack(packed) == table
    assert archive.pack(dict(reversed(table.items()))) == packed


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/a",
        "a/",
        "../a",
        "a/../b",
        "a//b",
        "./a",
        "a/.b",
        ".git",
        "a\\b",
        "a b",
        "ä",
        "a%2fb",
        "a\0b",
        "a\n",
        "C:a",
        "x" * 401,
    ],
)
def test_a_name_that_could_lead_elsewhere(name: str) -> None:
    """Neither packed nor unpacked."""
    assert not archive.is_name(name)
    with pytest.raises(Malformed, match="cannot be the name"):
        archive.pack({name: b""})
    with pytest.raises(Malformed):
        # `ZipInfo` itself cuts a name at a NUL byte, so that one is put in afterwards.
        archive.unpack(foreign({name.replace("\0", "~") or "/": b""}).replace(b"~", b"\0"))


def test_two_spellings_of_one_name() -> None:
    """`Index.html` beside `index.html` could be told apart here and not elsewhere."""
    with pytest.raises(Malformed, match="case"):
        archive.pack({"a.html": b"", "A.html": b""})
    with pytest.raises(Malformed, match="twice"):
        archive.unpack(foreign({"a.html": b"", "A.html": b""}))


def foreign(table: dict[str, bytes], mode: int = 0o100600) -> bytes:
    """An archive made by other means."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in table.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            made.writestr(entry, data)
    return buffer.getvalue()


def test_only_regular_files() -> None:
    """A link or a directory in an archive is not a page."""
    for mode in (0o120777, 0o040755, 0o100755):
        with pytest.raises(Malformed, match="not a page"):
            archive.unpack(foreign({"a": b"/etc/passwd"}, mode))


def test_a_bomb_is_stopped_before_it_swells() -> None:
    """The limit counts what an archive says it unpacks to; one that lies about it is refused as damaged."""
    packed = archive.pack({"a": b"\0" * 1_000_000})
    assert len(packed) < 2000
    with pytest.raises(Malformed, match="larger than"):
        archive.unpack(packed, largest=1000)
    size = (1_000_000).to_bytes(4, "little")
    assert packed.count(size) == 2
    with pytest.raises(Malformed):
        archive.unpack(packed.replace(size, (900).to_bytes(4, "little")), largest=1000)


@pytest.mark.parametrize("cut", [0, 1, 10, 60, -1, -22])
def test_a_damaged_archive(cut: int) -> None:
    """Cut short or changed: Malformed, never a part of it."""
    packed = archive.pack({"a.html": b"words " * 50, "b.html": b"other"})
    with pytest.raises(Malformed):
        archive.unpack(packed[:cut])
    changed = bytearray(packed)
    changed[45] ^= 0xFF
    with pytest.raises(Malformed):
        archive.unpack(bytes(changed))
