"""The keystore: the secret keys of every partnership, outside the repository, behind one unlock.

A directory for each practice, and its seal beside it:

    key.gpg           the keystore key, locked with the seal, signed by the coach and encrypted to the coach by GnuPG
    key.asc           its public half
    <name>.key.gpg    one secret key, signed with and encrypted to the keystore key
    <name>.pin        one short text, signed with the keystore key
    ../<id>.seal      one random line (`keystore_seal`): a copy of the directory alone opens nothing

GnuPG opens `key.gpg` once (one passphrase, one touch of a card); everything else then happens in this process. The
coach's signature keeps whoever can write here from putting in a keystore key of their own. What an entry says begins
with its name, so no entry can stand in for another. Plain `gpg` can do all this by hand (docs/FORMAT.md): nothing is
lost with this program.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from confide.model.problem import Malformed, NotAllowed, Problem, Unavailable
from confide.vault import durable, keystore_renewal, keystore_seal
from confide.vault.generate import generate_secret_key
from confide.vault.keystore_open import LOCK, PUBLIC, UnlockedKeystore, write
from confide.vault.people import GnuPG
from confide.vault.sequoia import SecretKey

__all__ = ["Keystore", "UnlockedKeystore"]

USER_ID = "keystore@confide.invalid"
KEY = "key.gpg"

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
            key, seal = keystore._new_key(now), keystore_seal.fresh()
            sealed = keystore._closed(key.armoured(), seal, coach, now)
            # The key file comes last: a keystore exists once it is there.
            with _reasons():
                keystore_seal.write(keystore_seal.place(path), seal)
            write(path / PUBLIC, key.certificate.armoured())
            write(path / KEY, sealed)
        return keystore

    @property
    def exists(self) -> bool:
        """Whether there is a keystore here."""
        return (self.path / KEY).is_file()

    def seal_for(self, coach: str, opened: UnlockedKeystore, now: datetime) -> None:
        """Give it to another key of its owner's. The key before opens it no more, older copies of it excepted."""
        with durable.alone(self.path / LOCK), _reasons():
            seal = keystore_seal.kept(self.path) or keystore_seal.fresh()
            keystore_seal.write(keystore_seal.place(self.path), seal)
            write(self.path / KEY, self._closed(opened.own_key(), seal, coach, now))

    def files(self) -> tuple[Path, ...]:
        """Everything that belongs to it, the seal included: what a backup has to hold."""
        inside = (path for path in self.path.iterdir() if path.is_file() and not path.name.startswith("."))
        return (*sorted(inside), keystore_seal.place(self.path))

    def unlock(self) -> UnlockedKeystore:
        """Open it: one GnuPG decryption. Raises Unavailable without it, its seal or the coach's key; Malformed if
        forged."""
        self._recover()
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
        return UnlockedKeystore(self.path, SecretKey.parse(keystore_seal.opened(opened.data[len(_HEAD) :], self.path)))

    def renew(
        self, unlocked: UnlockedKeystore, coach: str, now: datetime, *, without: frozenset[str] = frozenset()
    ) -> UnlockedKeystore:
        """A new keystore key and seal for everything but the entries `without`, which are gone afterwards.

        All or nothing: a process that dies leaves the old keystore, or one that the next `unlock` finishes. Copies of
        the directory made before open nothing any more.
        """
        key, seal = self._new_key(now), keystore_seal.fresh()
        renewed = UnlockedKeystore(self.path, key)
        with durable.alone(self.path / LOCK), _reasons():
            keystore_renewal.finish(self.path)
            unlocked.require_current()
            files = keystore_renewal.contents(unlocked, renewed, now, without)
            files |= {PUBLIC: key.certificate.armoured(), KEY: self._closed(key.armoured(), seal, coach, now)}
            keystore_renewal.prepare(self.path, files, seal)
            keystore_renewal.finish(self.path)
        return renewed

    def _recover(self) -> None:
        if not keystore_renewal.pending(self.path):
            return
        with durable.alone(self.path / LOCK), _reasons():
            keystore_renewal.finish(self.path)

    def _new_key(self, now: datetime) -> SecretKey:
        return SecretKey.parse(generate_secret_key(USER_ID, now, faked=self._gpg.faked(now)))

    def _closed(self, key: bytes, seal: str, coach: str, now: datetime) -> bytes:
        inside = keystore_seal.closed(key, seal)
        return self._gpg.sign_and_encrypt(_HEAD + inside, coach, self._gpg.public_key(coach), now)


@contextmanager
def _reasons() -> Iterator[None]:
    """Whatever the disk says becomes a reason."""
    try:
        yield
    except OSError as error:
        why = (error.strerror or "the disk refused").lower()
        raise Unavailable(Problem("the keystore could not be written", why, hint="nothing was changed")) from None
