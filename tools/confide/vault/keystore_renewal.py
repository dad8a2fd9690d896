"""A new generation of a keystore, put in its place whole: prepared beside, declared ready, then moved file by file.

Before `.next/.ready` is there, nothing has happened, and what was prepared is thrown away. Once it is there, the next
one to come finishes: everything that it lists is moved into place, and every entry that it does not list is removed.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from confide.vault import durable, keystore_seal
from confide.vault.keystore_open import ENTRY, PIN, UnlockedKeystore

STAGE = ".next"
READY = ".ready"


def pending(keystore: Path) -> bool:
    """Whether a renewal was begun here and neither finished nor thrown away."""
    return (keystore / STAGE).is_dir() or keystore_seal.coming(keystore).exists()


def contents(old: UnlockedKeystore, new: UnlockedKeystore, now: datetime, without: frozenset[str]) -> dict[str, bytes]:
    """Every entry and pin of `old` as a file of `new`, except the entries `without`; each was verified."""
    entries = {
        f"{name}{ENTRY}": new.sealed_entry(name, old.secret(name).armoured(), now)
        for name in old.names()
        if name not in without
    }
    pinned = ((name, old.get_pin(name)) for name in old.pins())
    return entries | {f"{name}{PIN}": new.signed_pin(name, value) for name, value in pinned if value is not None}


def prepare(keystore: Path, files: Mapping[str, bytes], seal: str) -> None:
    """Write the next generation beside this one, and declare it ready."""
    stage = durable.directory(keystore / STAGE)
    for name, data in files.items():
        durable.write(stage / name, data)
    keystore_seal.write(keystore_seal.coming(keystore), seal)
    durable.write(stage / READY, "\n".join(sorted(files)).encode("ascii"))


def finish(keystore: Path) -> None:
    """Move what is ready into place, or throw away what is not. Safe to repeat from any point."""
    stage, seal = keystore / STAGE, keystore_seal.coming(keystore)
    ready = stage / READY
    if ready.is_file():
        listed = ready.read_text(encoding="ascii").split("\n")
        for name in listed:
            if (stage / name).exists():
                durable.move(stage / name, keystore / name)
        if seal.exists():
            durable.move(seal, keystore_seal.place(keystore))
        for path in (*keystore.glob(f"*{ENTRY}"), *keystore.glob(f"*{PIN}")):
            if path.name not in listed:
                path.unlink()
        durable.force(keystore)
        ready.unlink()
    seal.unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)
