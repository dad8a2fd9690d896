"""What is tracked says nothing about the machine it was made on, and holds no secret outside the published vectors."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Directories of one person's or one build machine.
MACHINE_PATH = re.compile(rb"(?:^|[\s\"'`=(:,\[>])(/(?:root|work|home/\w+|Users/\w+)/[\w.])", re.MULTILINE)
ADDRESS = re.compile(rb"[a-z+]+://|--(?:extra-)?index-url|--find-links|--trusted-host")
SECRET_KEY = re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----")

# A published example has published keys; they open nothing else.
WITH_KEYS = ("tests/vectors/",)


def tracked(root: Path) -> list[str]:
    """Every path in the index of the repository at `root`, or every file where there is no repository (a tarball)."""
    if not (root / ".git").exists():
        pytest.skip("NOT A CLONE: the tracked files are only known to git")
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True
    )
    return [name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


def telling(name: str, content: bytes) -> Iterator[str]:
    """What `content`, tracked as `name`, tells that it should not."""
    if match := MACHINE_PATH.search(content):
        yield f"{name}: a path of one machine: {match[1].decode()}"
    if name.endswith(".lock") and (match := ADDRESS.search(content)):
        yield f"{name}: an address in a lock file: {match.group().decode()}"
    if not name.startswith(WITH_KEYS) and _secret_key(content):
        yield f"{name}: a secret key"


def _secret_key(content: bytes) -> bool:
    """Armoured, or binary: an OpenPGP secret-key packet (tag 5, RFC 9580, section 5.5.3) of version 4 or 6 in front."""
    if SECRET_KEY.search(content):
        return True
    new_format, old_format = content[:1] == b"\xc5", len(content) > 0 and content[0] & 0xFC == 0x94
    return (new_format or old_format) and any(version in content[2:6] for version in (b"\x04", b"\x06"))


def test_tracked_files_tell_nothing() -> None:
    """No machine path in any file, no address in a lock file, no secret key outside the tests' vectors."""
    names = tracked(ROOT)
    assert "pyproject.toml" in names
    assert [told for name in names for told in telling(name, (ROOT / name).read_bytes())] == []


def test_generated_and_plain_things_are_not_tracked() -> None:
    """Nothing built, no environment and no readable note is in the index."""
    names = tracked(ROOT)
    assert [name for name in names if name.startswith(("build/", "dist/", ".venv/"))] == []
    assert [name for name in names if re.match(r"records/.*/(notes|feedback|summaries)/.*(?<!\.gpg)$", name)] == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.md", b"see /ro" + b"ot/x", "a.md: a path of one machine: /ro" + "ot/x"),
        ("a.md", b"cd `/ho" + b"me/ann/x`", "a.md: a path of one machine: /ho" + "me/ann/x"),
        (
            "requirements.lock",
            b"--index" + b"-url https:" + b"//x",
            "requirements.lock: an address in a lock file: --index-url",
        ),
        ("requirements.lock", b"# from https:" + b"//x", "requirements.lock: an address in a lock file: https://"),
        ("docs/a.asc", b"-----BEGIN PGP " + b"PRIVATE KEY BLOCK-----", "docs/a.asc: a secret key"),
        ("docs/a.pem", b"-----BEGIN " + b"PRIVATE KEY-----", "docs/a.pem: a secret key"),
        ("docs/a.gpg", b"\xc5\x58\x04rest", "docs/a.gpg: a secret key"),
        ("docs/a.gpg", b"\x95\x01\xd8\x04rest", "docs/a.gpg: a secret key"),
    ],
)
def test_what_tells_is_found(name: str, content: bytes, told: str) -> None:
    """Each pattern is able to match."""
    assert list(telling(name, content)) == [told]


def test_a_published_example_may_hold_its_keys() -> None:
    """The key of the worked example is published on purpose, and only there."""
    armour = b"-----BEGIN PGP " + b"PRIVATE KEY BLOCK-----"
    assert list(telling("tests/vectors/example.asc", armour)) == []
    assert list(telling("records/p-k7f3/key.asc", armour)) == ["records/p-k7f3/key.asc: a secret key"]
