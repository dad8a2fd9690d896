"""The seal on what this user's own commands keep beside a history, so that they need not work it out again.

Its key lies outside every repository: whoever can only write there cannot have anything believed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import platformdirs

import confide
from confide.ledger.repo import Repository
from confide.vault import durable

_ROOMS = ("model", "policy", "records", "vault", "ledger")


def place(repo: Repository) -> Path:
    """The directory of what is kept; it can be deleted at any time."""
    return repo.common_dir / "confide" / "index"


def read(file: Path, key: bytes, kind: str) -> dict[str, Any]:
    """What was kept. Raises ValueError where the seal is another, or none; OSError where there is nothing."""
    seal, _, data = file.read_bytes().partition(b"\n")
    if not hmac.compare_digest(seal, _seal(key, kind, data)):
        raise ValueError("another seal")
    found: dict[str, Any] = json.loads(data)
    return found


def write(file: Path, key: bytes, kind: str, content: Mapping[str, Any]) -> None:
    """Keep it, whole or not at all."""
    data = json.dumps(content, separators=(",", ":")).encode()
    durable.write(file, _seal(key, kind, data) + b"\n" + data)


def _seal(key: bytes, kind: str, data: bytes) -> bytes:
    return hmac.new(key, f"confide/1 {kind}\n".encode() + data, hashlib.sha256).hexdigest().encode()


def key(*, make: bool) -> bytes | None:
    """This user's own, or None where there is none yet and none is to be made."""
    file = Path(platformdirs.user_state_dir("confide")) / "index.key"
    try:
        return file.read_bytes() or None
    except OSError:
        if not make:
            return None
    made = secrets.token_bytes(32)
    durable.directory(file.parent)
    durable.write(file, made)
    return made


@lru_cache(1)
def code() -> str:
    """Another program may find what this one did not: what it kept counts for the very same sources alone."""
    home = Path(confide.__file__).parent
    found = [(file, file.stat()) for room in _ROOMS for file in sorted((home / room).rglob("*.py"))]
    lines = "".join(f"{file.relative_to(home)} {stat.st_size} {stat.st_mtime_ns}\n" for file, stat in found)
    return hashlib.sha256(lines.encode()).hexdigest()
