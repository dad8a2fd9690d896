"""The keystore: the secret keys of every partnership, outside the repository, behind one unlock.

A directory for each practice:

    key.gpg           the keystore key, signed by the coach and encrypted to the coach, both by GnuPG
    key.asc           its public half
    <name>.key.gpg    one secret key, signed with and encrypted to the keystore key
    <name>.pin        one short text, signed with the keystore key (`keystore_pins`)

GnuPG opens `key.gpg` once (one passphrase, one touch of a card); everything else then happens in this process. The
coach's signature keeps whoever can write here from putting in a keystore key of their own. What an entry says begins
with its name, so no entry can stand in for another. Plain `gpg` can do all this by hand (docs/FORMAT.md): nothing is
lost with this program.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

from confide.model.problem import Malformed, NotAllowed, Problem, Unavailable, Usage
from confide.vault import durable, sequoia
from confide.vault.generate import generate_secret_key
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate, SecretKey

USER_ID = "keystore@confide.invalid"
KEY = "key.gpg"
PUBLIC = "key.asc"
LOCK = ".lock"
ENTRY = ".key.gpg"
PIN = ".pin"

_NAME = re.compile(r"[a-z0-9-]{2,40}")
_VALUE = re.compile(r"[!-~]([ -~]{0,198}[!-~])?")
_HEAD = b"confide/1 keystore-key\n"


class Keystore:
    """A keystore at `path`, closed. Nothing is read before `unlock`."""

    def __init__(self, path: Path, gpg: GnuPG) -> None:
        self.path = path
        self._gpg = gpg

    @classmethod
    def create(cls, path: Path, gpg: GnuPG, coach: str, now: datetime) -> Keystore:
        """A new one for the coach's key (a fingerprint). Raises NotAllowed where there is one already."""
        durable.directory(path).chmod(durable.PRIVATE_DIRECTORY)
        keystore = cls(path, gpg)
        with durable.alone(path / LOCK):
            if keystore.exists:
                raise NotAllowed(
                    Problem("there is a keystore already", "its keys would be lost", hint="choose another directory")
                )
            key = SecretKey.parse(generate_secret_key(USER_ID, now, faked=gpg.faked(now)))
            sealed = gpg.sign_and_encrypt(_HEAD + key.armoured(), coach, gpg.public_key(coach), now)
            # The key file comes last: a keystore exists once it is there.
            _write(path / PUBLIC, key.certificate.armoured())
            _write(path / KEY, sealed)
        return keystore

    @property
    def exists(self) -> bool:
        """Whether there is a keystore here."""
        return (self.path / KEY).is_file()

    def seal_for(self, coach: str, opened: UnlockedKeystore, now: datetime) -> None:
        """Give it to another key of its owner's. The key before opens it no more, older copies of it excepted."""
        content = _HEAD + opened.own_key()
        sealed = self._gpg.sign_and_encrypt(content, coach, self._gpg.public_key(coach), now)
        with durable.alone(self.path / LOCK):
            _write(self.path / KEY, sealed)

    def unlock(self) -> UnlockedKeystore:
        """Open it: one GnuPG decryption. Raises Unavailable without it or the coach's key, Malformed if forged."""
        try:
            sealed = (self.path / KEY).read_bytes()
        except OSError:
            raise Unavailable(
                Problem(
                    "there is no keystore",
                    "it holds the keys that open notes",
                    hint="bring it here, then `confide adopt`",
                )
            ) from None
        opened = self._gpg.decrypt_signed(sealed)
        # Whoever opens it must have made it: the key that signed is the key that decrypts.
        if opened.signer != opened.opened_by or not opened.data.startswith(_HEAD):
            raise Malformed(
                Problem(
                    "the keystore's key was not put there by its owner",
                    "whoever can write there could have put in a key of their own",
                    hint="restore it from a backup",
                )
            )
        return UnlockedKeystore(self.path, SecretKey.parse(opened.data[len(_HEAD) :]))


class UnlockedKeystore:
    """An open keystore. Holds the keystore key in memory; every entry is verified when it is read."""

    def __init__(self, path: Path, key: SecretKey) -> None:
        self._path = path
        self._key = key

    @property
    def certificate(self) -> Certificate:
        """The keystore key's public half."""
        return self._key.certificate

    def own_key(self) -> bytes:
        """The keystore's own secret key, armoured: for a backup, where it is encrypted again."""
        return self._key.armoured()

    def names(self) -> tuple[str, ...]:
        """The entries that are there, sorted; nothing about them was verified yet."""
        found = (path.name.removesuffix(ENTRY) for path in self._path.glob(f"*{ENTRY}"))
        return tuple(sorted(name for name in found if _NAME.fullmatch(name)))

    def secret(self, name: str) -> SecretKey:
        """The secret key `name`. Raises Unavailable when there is none, Malformed when it was tampered with."""
        try:
            message = (self._path / f"{_checked(name)}{ENTRY}").read_bytes()
        except FileNotFoundError:
            raise Unavailable(
                Problem(
                    f"the keystore has no key `{name}`",
                    "so nothing of it opens on this machine",
                    hint="`confide adopt` or `confide restore` brings it here",
                )
            ) from None
        content = sequoia.open_signed(message, self._key, [self.certificate]).data
        head = _entry_head(name)
        if not content.startswith(head):
            raise Malformed(
                Problem(
                    f"the keystore's entry `{name}` is another one",
                    "it was swapped or damaged",
                    hint="restore it from a backup",
                )
            )
        return SecretKey.parse(content[len(head) :])

    def add(self, name: str, tsk: bytes, now: datetime) -> None:
        """Keep a secret key under a new name. Raises NotAllowed when the name is taken; nothing is ever overwritten."""
        path = self._path / f"{_checked(name)}{ENTRY}"
        content = _entry_head(name) + SecretKey.parse(tsk).armoured()
        message = sequoia.encrypt(content, [self.certificate], self._key, now)
        if sequoia.open_signed(message, self._key, [self.certificate]).data != content:
            raise Unavailable("a keystore entry could not be read back")
        with durable.alone(self._path / LOCK):
            if path.exists():
                raise NotAllowed(Problem(f"the keystore has a key `{name}` already", "it would be lost"))
            _write(path, message)

    def get_pin(self, name: str) -> str | None:
        """The pinned value, or None when nothing was pinned. Raises Malformed when it was tampered with."""
        try:
            content = (self._path / f"{_checked(name)}{PIN}").read_bytes()
        except FileNotFoundError:
            return None
        head = _pin_head(name)
        signed, found, signature = content.partition(b"\n\n")
        if not (found and signed.startswith(head)):
            raise Malformed(
                Problem(
                    f"the keystore's pin `{name}` is another one",
                    "it was swapped or damaged",
                    hint="restore it from a backup",
                )
            )
        sequoia.verify_detached(signed, signature, [self.certificate])
        return signed[len(head) :].decode("ascii")

    def set_pin(self, name: str, value: str, *, replace: bool = False) -> None:
        """Pin one line of printable ASCII. Raises NotAllowed where another value stands, unless `replace`."""
        if not _VALUE.fullmatch(value):
            raise Usage("a pin is one line of up to 200 printable characters")
        path = self._path / f"{_checked(name)}{PIN}"
        signed = _pin_head(name) + value.encode("ascii")
        with durable.alone(self._path / LOCK):
            before = self.get_pin(name)
            if before not in (None, value) and not replace:
                raise NotAllowed(Problem(f"the pin `{name}` is set already", "a pin does not change by itself"))
            _write(path, signed + b"\n\n" + sequoia.sign_detached(signed, self._key))


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all; whatever the disk says becomes a reason."""
    try:
        durable.write(path, data)
    except OSError as error:
        why = os.strerror(error.errno or 0).lower()
        raise Unavailable(Problem("the keystore could not be written", why, hint="nothing was changed")) from None


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Usage("a name in the keystore is 2 to 40 lower-case letters, digits and dashes")
    return name


def _entry_head(name: str) -> bytes:
    return f"confide/1 keystore-entry\n{name}\n".encode()


def _pin_head(name: str) -> bytes:
    return f"confide/1 keystore-pin\n{name}\n".encode()
