"""What GnuPG tells about a person's key, without the words of its user ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from confide.model.ids import is_fingerprint
from confide.model.problem import Problem, Usage

_QUERY = re.compile(r"(0x)?([0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})")
_EXPIRES = re.compile(r"0|[1-9]\d{0,3}[dwmy]|seconds=\d{1,10}|\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class PersonKey:
    """A key in a keyring. `can_sign` and `can_encrypt` are true only while it is valid."""

    fingerprint: str
    expires: datetime | None
    revoked: bool
    can_sign: bool
    can_encrypt: bool
    has_secret: bool


def person_key(entry: Mapping[str, str], *, has_secret: bool) -> PersonKey:
    """From one key of a listing. Capital letters are what the whole key can do now (GnuPG's doc/DETAILS, field 12)."""
    expires = datetime.fromtimestamp(int(entry["expires"]), UTC) if entry["expires"] else None
    can = entry["cap"]
    return PersonKey(entry["fingerprint"], expires, entry["trust"] == "r", "S" in can, "E" in can, has_secret)


def checked_query(text: str) -> str:
    """A fingerprint or a long key id, never words of a user id: anybody can write those into a key."""
    if not _QUERY.fullmatch(text):
        raise Usage(
            Problem(
                "a key is named by its fingerprint: 40 digits",
                "anybody can write a name into a key",
                hint="`gpg --list-secret-keys` shows it",
            )
        )
    return text


def checked_fingerprint(text: str) -> str:
    """A whole fingerprint, upper case."""
    if not is_fingerprint(text):
        raise Usage(
            Problem(
                "a key is named by its whole fingerprint: 40 upper-case digits",
                "two keys can share a shorter one",
                hint="`gpg --list-keys` shows it",
            )
        )
    return text


def key_parameters(user_id: str, *, passphrase: str | None, ask: bool, expires: str) -> bytes:
    """What GnuPG reads to make a key: Ed25519 to certify and sign, Cv25519 to encrypt (its doc, 4.5.4).

    Without a `passphrase` the key is unprotected, unless `ask`: then GnuPG asks for one itself.
    """
    if _unfit(user_id) or (passphrase is not None and _unfit(passphrase)) or not _EXPIRES.fullmatch(expires):
        raise Usage("a user id, passphrase or expiry that GnuPG would misread (line breaks, spaces at the ends)")
    protection = [f"Passphrase: {passphrase}"] if passphrase else [] if ask else ["%no-protection"]
    primary = ["Key-Type: eddsa", "Key-Curve: ed25519", "Key-Usage: cert sign"]
    subkey = ["Subkey-Type: ecdh", "Subkey-Curve: cv25519", "Subkey-Usage: encrypt"]
    lines = [*primary, *subkey, f"Name-Real: {user_id}", f"Expire-Date: {expires}", *protection, "%commit", ""]
    return "\n".join(lines).encode()


def _unfit(text: str) -> bool:
    return not text or text != text.strip() or not text.isprintable()
