"""An open keystore: its entries and pins, each verified when it is read, and never overwritten.

The keys of one partnership are entries called `p-k7f3`, `p-k7f3-2`, `p-k7f3-3`: a rotation adds one.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

from confide.model.problem import Malformed, NotAllowed, Problem, Unavailable, Usage
from confide.vault import durable, sequoia
from confide.vault.ring import Ring
from confide.vault.sequoia import Certificate, SecretKey

PUBLIC = "key.asc"
LOCK = ".lock"
ENTRY = ".key.gpg"
PIN = ".pin"

_NAME = re.compile(r"[a-z0-9-]{2,40}")
_VALUE = re.compile(r"[!-~]([ -~]{0,198}[!-~])?")


class UnlockedKeystore:
    """An open keystore. Holds the keystore key in memory; every entry is verified when it is read."""

    def __init__(self, path: Path, key: SecretKey) -> None:
        self._path = path
        self._key = key
        self._rings: dict[str, Ring] = {}

    @property
    def certificate(self) -> Certificate:
        """The keystore key's public half. Its fingerprint is the keystore's generation."""
        return self._key.certificate

    def own_key(self) -> bytes:
        """The keystore's own secret key, armoured: for a backup, where it is encrypted again."""
        return self._key.armoured()

    def names(self) -> tuple[str, ...]:
        """The entries that are there, sorted; nothing about them was verified yet."""
        return _names(self._path, ENTRY)

    def pins(self) -> tuple[str, ...]:
        """The names of what is pinned, sorted."""
        return _names(self._path, PIN)

    def generations(self, name: str) -> tuple[str, ...]:
        """The entries that hold keys of the partnership `name`, in the order in which the keys came."""
        found = (one.removeprefix(f"{name}-") for one in self.names() if one.startswith(f"{name}-"))
        numbers = sorted(int(number) for number in found if number.isascii() and number.isdigit())
        return (*((name,) if name in self.names() else ()), *(f"{name}-{number}" for number in numbers))

    def next_generation(self, name: str) -> str:
        """The name under which the partnership's next key is kept; one that was destroyed leaves its number free."""
        known = self.generations(name)
        last = int(known[-1].rpartition("-")[2]) if known and known[-1] != name else 1
        return f"{name}-{last + 1}"

    def ring(self, name: str) -> Ring:
        """Every key of the partnership `name` that is here. Raises Unavailable when there is none."""
        if name not in self._rings:
            generations = self.generations(_checked(name)) or (name,)
            self._rings[name] = Ring(tuple(self.secret(one) for one in generations))
        return self._rings[name]

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
        message = self.sealed_entry(name, tsk, now)
        with durable.alone(self._path / LOCK):
            self.require_current()
            if path.exists():
                raise NotAllowed(Problem(f"the keystore has a key `{name}` already", "it would be lost"))
            write(path, message)
        self._rings.clear()

    def sealed_entry(self, name: str, tsk: bytes, now: datetime) -> bytes:
        """The file of an entry, read back once; not written."""
        content = _entry_head(_checked(name)) + SecretKey.parse(tsk).armoured()
        message = sequoia.encrypt(content, [self.certificate], self._key, now)
        if sequoia.open_signed(message, self._key, [self.certificate]).data != content:
            raise Unavailable("a keystore entry could not be read back")
        return message

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
        path = self._path / f"{_checked(name)}{PIN}"
        signed = self.signed_pin(name, value)
        with durable.alone(self._path / LOCK):
            self.require_current()
            before = self.get_pin(name)
            if before not in (None, value) and not replace:
                raise NotAllowed(Problem(f"the pin `{name}` is set already", "a pin does not change by itself"))
            write(path, signed)

    def signed_pin(self, name: str, value: str) -> bytes:
        """The file of a pin; not written."""
        if not _VALUE.fullmatch(value):
            raise Usage("a pin is one line of up to 200 printable characters")
        signed = _pin_head(name) + value.encode("ascii")
        return signed + b"\n\n" + sequoia.sign_detached(signed, self._key)

    def require_current(self) -> None:
        """Another command may have renewed the keystore since this one opened it: its entries would open no more."""
        now = Certificate.parse((self._path / PUBLIC).read_bytes()).fingerprint
        if now != self.certificate.fingerprint:
            raise NotAllowed(
                Problem(
                    "the keystore was renewed while this command ran",
                    "what it would add could not be opened again",
                    hint="run the command again",
                )
            )


def write(path: Path, data: bytes) -> None:
    """Whole or not at all; whatever the disk says becomes a reason."""
    try:
        durable.write(path, data)
    except OSError as error:
        why = os.strerror(error.errno or 0).lower()
        raise Unavailable(Problem("the keystore could not be written", why, hint="nothing was changed")) from None


def _names(path: Path, suffix: str) -> tuple[str, ...]:
    found = (one.name.removesuffix(suffix) for one in path.glob(f"*{suffix}"))
    return tuple(sorted(name for name in found if _NAME.fullmatch(name)))


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Usage("a name in the keystore is 2 to 40 lower-case letters, digits and dashes")
    return name


def _entry_head(name: str) -> bytes:
    return f"confide/1 keystore-entry\n{name}\n".encode()


def _pin_head(name: str) -> bytes:
    return f"confide/1 keystore-pin\n{name}\n".encode()
