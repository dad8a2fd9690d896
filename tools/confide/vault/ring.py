"""All the keys that a partnership had and still has: what was sealed before a rotation stays readable (promise 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from confide.model.problem import Malformed, Problem, Unavailable
from confide.vault import sequoia
from confide.vault.sequoia import Certificate, Opened, SecretKey


@dataclass(frozen=True)
class Ring:
    """The secret keys of one partnership, in the order in which they came."""

    keys: tuple[SecretKey, ...] = field(repr=False)

    def key(self, fingerprint: str) -> SecretKey:
        """The key with this fingerprint. Raises Unavailable when it is not here, or not any more."""
        found = next((key for key in self.keys if key.fingerprint == fingerprint), None)
        if found is None:
            raise Unavailable(
                Problem(
                    "the keystore does not have the key that the record names",
                    "it was renewed on another machine, or destroyed",
                    hint="bring it here: confide restore",
                )
            )
        return found

    def opens(self, message: bytes) -> bool:
        """Whether a key for `message` is here. Looks at its readers only."""
        return self._for(message) is not None

    def open_signed(self, message: bytes, signers: Sequence[Certificate]) -> Opened:
        """As `sequoia.open_signed`, with whichever key it was sealed for."""
        key = self._for(message)
        if key is None:
            raise Malformed(Problem("a message that does not open", "it is sealed for a key that is not here"))
        return sequoia.open_signed(message, key, signers)

    def open_anonymous(self, message: bytes) -> bytes:
        """As `sequoia.open_anonymous`."""
        key = self._for(message)
        if key is None:
            raise Malformed(Problem("a message that does not open", "it is sealed for a key that is not here"))
        return sequoia.open_anonymous(message, key)

    def _for(self, message: bytes) -> SecretKey | None:
        readers = frozenset(sequoia.recipients(message))
        return next((key for key in reversed(self.keys) if key.certificate.key_ids & readers), None)
