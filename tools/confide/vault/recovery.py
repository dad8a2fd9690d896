"""The recovery key: made once, used by every backup, and opened by nothing but the words on a sheet of paper.

Its public half and the box with its secret half lie in the keystore as `recovery-FINGERPRINT`; which one counts is
pinned, so that whoever can write there cannot slip in one of their own. The box also holds the root commit and the
first keeper: on an empty machine the words are all there is to believe a history by.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from confide.model.problem import Malformed, NotAllowed, Problem
from confide.vault import archive, durable, locked, passphrase
from confide.vault.generate import generate_secret_key
from confide.vault.keystore import UnlockedKeystore
from confide.vault.sequoia import Certificate, SecretKey

USER_ID = "recovery@confide.invalid"
PIN = "recovery"
_HEAD = b"confide/1 recovery\n"
_ANCHOR = re.compile(rb"root ([0-9a-f]{40})\nkeeper ([0-9A-F]{40})\n\n")
_PUBLIC, _BOX = "key.asc", "key.locked"


@dataclass(frozen=True)
class Recovery:
    """The public half, and the box that the words open."""

    certificate: Certificate
    box: bytes


@dataclass(frozen=True)
class Found:
    """What the words opened: the key, and what to believe a history by."""

    key: SecretKey
    root: str
    keeper: str


def new(root: str, keeper: str, now: datetime, *, faked: bool, cost: locked.Cost = locked.COST) -> tuple[Recovery, str]:
    """A recovery key, and its words: they are stored nowhere. It counts once `keep` has put it into the keystore."""
    key = SecretKey.parse(generate_secret_key(USER_ID, now, faked=faked))
    words = passphrase.recovery_phrase()
    content = _HEAD + f"root {root}\nkeeper {keeper}\n\n".encode() + key.armoured()
    return Recovery(key.certificate, locked.lock(content, words, cost)), words


def keep(path: Path, keystore: UnlockedKeystore, made: Recovery) -> None:
    """Put it into the keystore at `path`. The one before, if any, is forgotten: older backups hold their own."""
    content = archive.pack({_PUBLIC: made.certificate.armoured(), _BOX: made.box})
    file = _file(path, made.certificate.fingerprint)
    durable.write(file, content)
    value = f"{made.certificate.fingerprint} {hashlib.sha256(content).hexdigest()}"
    keystore.set_pin(PIN, value, replace=True)
    for old in path.glob("recovery-*"):
        if old != file:
            old.unlink()


def kept(path: Path, keystore: UnlockedKeystore) -> Recovery | None:
    """The one that counts, or None before the first backup. Raises Malformed where it was changed."""
    pinned = keystore.get_pin(PIN)
    if pinned is None:
        return None
    fingerprint, _, digest = pinned.partition(" ")
    file = _file(path, fingerprint)
    content = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise Malformed(
            Problem(
                "the recovery key in the keystore is another one, or gone",
                "a backup made with it might open for a stranger, and not for you",
                hint="make a new one, and print its words: confide backup --new-phrase",
            )
        )
    files = archive.unpack(content)
    return Recovery(Certificate.parse(files[_PUBLIC]), files[_BOX])


def opened(box: bytes, words: str) -> Found:
    """What the words open. Raises NotAllowed for others."""
    try:
        content = locked.unlock(box, passphrase.plain_words(words))
    except NotAllowed:
        raise NotAllowed(
            Problem(
                "these words do not open this backup",
                "it opens with the words printed when its recovery key was made",
                hint="look for a misread word; a newer sheet does not open an older backup",
            )
        ) from None
    anchor = _ANCHOR.match(content, len(_HEAD))
    if not content.startswith(_HEAD) or anchor is None:
        raise Malformed(Problem("the box holds no recovery key", "it was made by another program"))
    return Found(SecretKey.parse(content[anchor.end() :]), anchor[1].decode(), anchor[2].decode())


def _file(path: Path, fingerprint: str) -> Path:
    return path / f"recovery-{fingerprint}"
