"""The pack a lawyer asks for holds all of it and nothing of anybody else, and can be checked without this program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.stage import Demo


@pytest.fixture(scope="session")
def pack(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """`confide export` of the first partnership, outside of what is searched for readable traces."""
    folder = tmp_path_factory.mktemp("handed-over") / "pack"
    demo.terminal.confide("export", "--out", str(folder), "--in", demo.partnerships[0])
    yield folder
    shutil.rmtree(folder)


def test_everything_is_in_the_pack(pack: Path) -> None:
    """Both agreements as pages and as files, every signature, the accounting, a receipt for each reader, one PDF."""
    names = {path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()}
    assert {"index.html", "pack.pdf", "signatures.html", "accounting.html", "accounting.csv"} <= names
    assert {"agreement-1.html", "agreement-1.yml", "agreement-2.html", "agreement-2.yml"} <= names
    assert {f"receipts/{party}.1.receipt" for party in ("client", "payer", "manager", "adviser")} <= names
    assert len([name for name in names if name.startswith("signatures/1.")]) == 4
    assert "signatures/1.manager.1.pdf" in names
    assert (pack / "signatures/1.manager.1.pdf").read_bytes().startswith(b"%PDF")
    assert (pack / "pack.pdf").read_bytes().startswith(b"%PDF")
    assert all((path.stat().st_mode & 0o077) == 0 for path in pack.rglob("*"))


def test_the_agreement_is_the_very_text_that_was_signed(pack: Path, demo: Demo) -> None:
    """Byte for byte, and its fingerprint stands in the certificate of signatures."""
    committed = demo.path / "records" / demo.partnerships[0] / "agreements"
    for number in (1, 2):
        assert (pack / f"agreement-{number}.yml").read_bytes() == (committed / f"{number}.yml").read_bytes()
    certificate = (pack / "signatures.html").read_text()
    signed = [event for event in demo.events[demo.partnerships[0]] if event["kind"] == "signed"]
    assert len(signed) == 8
    assert all(event["id"] in certificate for event in signed)
    assert "has not signed" not in certificate


def test_nobody_of_the_other_partnership_is_in_it(pack: Path, demo: Demo) -> None:
    """Neither its id nor a name of its people, in any file."""
    other = [reader for reader in demo.said["readers"] if reader["partnership"] == demo.partnerships[1]]
    foreign = {demo.partnerships[1], *(reader["name"] for reader in other)}
    files = {path: path.read_bytes() for path in pack.rglob("*") if path.is_file()}
    assert len(files) > 20
    found = [(path.name, word) for path, data in files.items() for word in foreign if word.encode() in data]
    assert found == []


def test_a_receipt_is_checked_by_the_program_beside_it(pack: Path, demo: Demo) -> None:
    """With Python, PyYAML and gpg alone: what the payer was shown, and when; another keeper is refused."""
    (keeper,) = [path.stem for path in (pack / "keys").glob("*.asc") if len(path.stem) == 40]
    command = [sys.executable, "receipt_reader.py", "receipts/payer.1.receipt"]
    done = subprocess.run([*command, keeper], cwd=pack, capture_output=True, text=True, check=True)
    shown = [text for text, *_ in json.loads(done.stdout)["shown"]]
    told = demo.told(demo.partnerships[0], "payer")
    assert len(shown) == len(told) > 4
    refused = subprocess.run([*command, "0" * 40], cwd=pack, capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert "keeper" in refused.stderr


def test_a_pack_never_lies_in_a_repository(demo: Demo, pack: Path) -> None:
    """It names people: refused inside any repository, over anything that exists, and without a place."""
    within = ("--in", demo.partnerships[0])
    inside = demo.path / "build/pack"
    assert "inside a repository" in demo.terminal.confide("export", "--out", str(inside), *within, code=1).err
    assert not inside.exists()
    assert "there already" in demo.terminal.confide("export", "--out", str(pack), *within, code=2).err
    assert "where to?" in demo.terminal.confide("export", *within, code=2).err
