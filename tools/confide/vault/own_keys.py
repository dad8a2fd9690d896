"""The files in which GnuPG keeps a person's secret key, as they lie there: locked with the person's own passphrase.

A backup takes the files instead of asking GnuPG to export: nobody has to type a passphrase once more, the key is
never unlocked for it, and what comes back is as well locked as it was. For a smartcard the file only says which card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from confide.model.problem import Malformed, Problem
from confide.vault import durable
from confide.vault.people import GnuPG

PRIVATE = "private-keys-v1.d"
_GRIP = re.compile(r"[0-9A-F]{40}\Z")
_ON_CARD = b"shadowed-private-key"


def files(gpg: GnuPG, fingerprint: str) -> dict[str, bytes]:
    """Keygrip → content of the file of the primary key and of each subkey whose secret half is here."""
    directory = gpg.directory / PRIVATE
    found = ((grip, directory / f"{grip}.key") for grip in _grips(gpg.secret_listing(fingerprint)))
    return {grip: file.read_bytes() for grip, file in found if file.is_file()}


def on_card(kept: Mapping[str, bytes]) -> bool:
    """Whether these files only point to a smartcard: then the secret half is in no backup."""
    return bool(kept) and all(_ON_CARD in data for data in kept.values())


def restore(gpg: GnuPG, public: bytes, kept: Mapping[str, bytes]) -> str:
    """Put a key back into a GnuPG home; what is there already stays. Gives the fingerprint."""
    if wrong := [grip for grip in kept if not _GRIP.match(grip)]:
        raise Malformed(Problem(f"`{wrong[0][:20]}` is not the name of a key file", "the backup was changed"))
    fingerprint = gpg.import_key(public)
    directory = durable.directory(gpg.directory / PRIVATE)
    for grip, data in kept.items():
        if not (directory / f"{grip}.key").exists():
            durable.write(directory / f"{grip}.key", data)
    return fingerprint


def _grips(listing: str) -> Iterator[str]:
    for line in listing.splitlines():
        fields = line.split(":")
        if fields[0] == "grp" and len(fields) > 9 and _GRIP.match(fields[9]):
            yield fields[9]
