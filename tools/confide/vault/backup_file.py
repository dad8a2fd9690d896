"""A backup: one file from which everything comes back, sealed for the coach's key and for the recovery key.

    README.txt        how to open it without this program
    recovery.locked   the recovery key in a box that the printed words open (`locked`)
    backup.gpg        one OpenPGP message to both keys: a zip with `manifest`, `manifest.sig` and what it lists

The manifest names every file by its hash, bears the coach's signature, and says of which practice, when and at which
commit. A message to two known keys can be made by anybody who has seen them, so nothing in it is used before the
signature holds: by a key whose secret half is here, or by a keeper of the history that begins where the box says.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from confide.model.problem import Malformed, Problem
from confide.vault import archive, recovery, sequoia
from confide.vault.people import GnuPG
from confide.vault.recovery import Found, Recovery
from confide.vault.sequoia import Certificate, verify_detached

MANIFEST, SIGNATURE = "manifest", "manifest.sig"
# A practice of ten years is far below; a file that unpacks to more was not made here.
LARGEST = 4 * 1024**3
_OUTER = ("README.txt", "backup.gpg", "recovery.locked")
_HEAD = re.compile(
    r"confide/1 backup\npractice (c-[0-9a-z]{4,})\nmade (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\nhead ([0-9a-f]{40})\n\n"
)
_README = """A backup of a practice kept with `confide`. It opens with the coach's key, or with the eight printed words.

With confide:    confide restore THIS-FILE DIRECTORY
Without it:      unzip this file; then, with the coach's key in GnuPG,
                     gpg --output backup.zip --decrypt backup.gpg
                 or with the words (lower case, joined by dashes):
                     the first line of recovery.locked gives memory (KiB), passes, lanes and salt for Argon2id (32
                     bytes); its hexadecimal text is the passphrase of the OpenPGP message that follows that line.
                     Cut that line off, decrypt the rest with gpg, and import the key that is in it.
                 backup.zip holds repository.bundle (git clone it) and the keystore; keystore-key.asc opens that.
"""


@dataclass(frozen=True)
class Head:
    """Of which practice, when, and at which commit."""

    practice: str
    made: datetime
    commit: str


@dataclass(frozen=True)
class Opened:
    """What is in a backup. Nothing in `files` may be used before `verified` has looked at the signature."""

    head: Head
    files: Mapping[str, bytes] = field(repr=False)
    manifest: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    anchor: Found | None = None

    def verified(self, keepers: Sequence[Certificate]) -> str:
        """The fingerprint of the keeper who made it. Raises Malformed for anybody else."""
        try:
            return verify_detached(self.manifest, self.signature, keepers).signer
        except Malformed:
            raise Malformed(
                Problem(
                    "the backup is not signed by a keeper of this practice",
                    "somebody else could have put it together",
                    hint="use another backup",
                )
            ) from None


def make(
    head: Head,
    files: Mapping[str, bytes],
    coach: Certificate,
    recover: Recovery,
    sign: Callable[[bytes], bytes],
    now: datetime,
) -> bytes:
    """The backup of `files`. `sign` makes the coach's armoured detached signature."""
    manifest = _manifest(head, files)
    inner = archive.pack({**files, MANIFEST: manifest, SIGNATURE: sign(manifest)})
    message = sequoia.encrypt(inner, [coach, recover.certificate], None, now)
    return archive.pack(dict(zip(_OUTER, (_README.encode(), message, recover.box), strict=True)))


def open_with_words(data: bytes, words: str) -> Opened:
    """Open it with the printed words alone. Raises NotAllowed for wrong ones, Malformed for no backup."""
    _, message, box = _outer(data)
    found = recovery.opened(box, words)
    return _inner(sequoia.open_anonymous(message, found.key), found)


def open_with_key(data: bytes, gpg: GnuPG) -> Opened:
    """Open it with the coach's key in GnuPG. Whoever opens it must have made it; Malformed otherwise."""
    _, message, _ = _outer(data)
    opened = _inner(gpg.decrypt(message), None)
    opened.verified([Certificate.parse(gpg.public_key(key.fingerprint)) for key in gpg.secret_keys()])
    return opened


def _outer(data: bytes) -> tuple[bytes, ...]:
    try:
        files = archive.unpack(data, LARGEST)
        return tuple(files[name] for name in _OUTER)
    except (Malformed, KeyError):
        raise Malformed(
            Problem("this file is not a backup", "or it was cut short or changed", hint="use another copy of it")
        ) from None


def _inner(data: bytes, anchor: Found | None) -> Opened:
    files = archive.unpack(data, LARGEST)
    manifest, signature = files.pop(MANIFEST, b""), files.pop(SIGNATURE, b"")
    found = _HEAD.match(manifest.decode("ascii", "replace"))
    if found is None:
        raise Malformed(Problem("the backup has no manifest", "a newer version may have made it"))
    head = Head(found[1], datetime.strptime(found[2], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC), found[3])
    if _manifest(head, files) != manifest:
        raise Malformed(
            Problem("the backup does not hold what its manifest lists", "it was changed", hint="use another")
        )
    return Opened(head, files, manifest, signature, anchor)


def _manifest(head: Head, files: Mapping[str, bytes]) -> bytes:
    top = f"confide/1 backup\npractice {head.practice}\nmade {head.made:%Y-%m-%dT%H:%M:%SZ}\nhead {head.commit}\n\n"
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return (top + "".join(lines)).encode()
