"""OpenPGP in this process: thousands of notes a second once a key is there. The only module that imports `pysequoia`.

- Fingerprints and key ids are upper case on this side of the boundary.
- A message is opened only in the shape `packets` accepts, and a signed one only if one of the expected signers, and
  nobody else, signed it. What is unsigned or signed by somebody else is never returned.
- The library encrypts to expired keys without a word; here that is refused, with the way to renew.
- Its errors can quote certificates and backtraces; none of their text is passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import pysequoia
from pysequoia.packet import Packet, PacketPile, SignatureType, Tag

from confide.model.problem import Malformed, NotAllowed, Problem, Unavailable
from confide.vault import bounded, expiry, packets

# What the library raises for wrong input: its own errors arrive as RuntimeError, input and output as OSError.
_FAILED = (RuntimeError, OSError, ValueError)


@dataclass(frozen=True)
class Certificate:
    """A public key as others hold it. `expires` is when nothing can be encrypted to it any more."""

    fingerprint: str
    key_ids: frozenset[str]
    revoked: bool
    expires: datetime | None
    _cert: pysequoia.Cert = field(repr=False, compare=False)

    @classmethod
    def parse(cls, data: bytes) -> Certificate:
        """Exactly one public key, binary or armoured. Raises Malformed; a secret key is refused, not stripped."""
        raw, secret = packets.one_key(data)
        if secret:
            raise Malformed(Problem("a secret key where a public key belongs", hint="export it with `gpg --export`"))
        return cls._of(raw)

    @classmethod
    def _of(cls, raw: bytes) -> Certificate:
        try:
            cert = pysequoia.Cert.from_bytes(raw)
            pile = list(PacketPile.from_bytes(bytes(cert)))
            fingerprint, expires = cert.fingerprint.upper(), expiry.end(cert.expiration, _bindings(pile))
        except _FAILED:
            raise Malformed(Problem("a public key without a valid self-signature", "or made in the future")) from None
        if len(fingerprint) != 40:
            raise Malformed(Problem("an OpenPGP key of a version other than 4", "GnuPG 2.2 must be able to use it"))
        ids = frozenset(packet.key_id.upper() for packet in pile if packet.key_id)
        return cls(fingerprint, ids, cert.is_revoked, expires, cert)

    def armoured(self) -> bytes:
        """ASCII armour without comments (the library would put user ids there), pictures, or other people's signatures.

        Ended subkeys stay, unlike in GnuPG's minimal export: they tell who can read what was written before.
        """
        kept = b"".join(bytes(packet) for packet in PacketPile.from_bytes(bytes(self._cert)) if self._own(packet))
        return pysequoia.armor(kept, pysequoia.ArmorKind.PublicKey).encode()

    def _own(self, packet: Packet) -> bool:
        if packet.tag != Tag.Signature or packet.signature_type == SignatureType.KeyRevocation:
            return packet.tag != Tag.UserAttribute
        return self.fingerprint.endswith((packet.issuer_fingerprint or packet.issuer_key_id or "").upper())

    def expired(self, now: datetime) -> bool:
        """Whether nothing can be encrypted to it, or signed with it, at `now`."""
        return expiry.over(self.expires, now)

    def check_usable(self, now: datetime) -> None:
        """Raise NotAllowed when nothing may be encrypted to this key at `now`, with what helps."""
        expiry.check_usable(self.fingerprint, self.revoked, self.expires, now)


@dataclass(frozen=True)
class SecretKey:
    """A key that can sign and open without asking anybody: already unlocked, in memory only."""

    fingerprint: str
    certificate: Certificate
    _tsk: pysequoia.Tsk = field(repr=False, compare=False)
    _signer: pysequoia.PySigner = field(repr=False, compare=False)
    _decryptor: pysequoia.PyDecryptor = field(repr=False, compare=False)

    @classmethod
    def parse(cls, data: bytes) -> SecretKey:
        """Exactly one secret key, binary or armoured, not protected by a passphrase. Raises Malformed."""
        raw, _ = packets.one_key(data)
        try:
            tsk = pysequoia.Tsk.from_bytes(raw)
            signer, decryptor = tsk.signer(), tsk.decryptor()
            certificate = Certificate._of(bytes(tsk.extract_certificate()))
        except _FAILED:
            raise Malformed("not one unlocked OpenPGP secret key that can sign and decrypt") from None
        return cls(certificate.fingerprint, certificate, tsk, signer, decryptor)

    def armoured(self) -> bytes:
        """The secret key itself, in ASCII armour: only ever to be encrypted."""
        return pysequoia.armor(bytes(self._tsk), pysequoia.ArmorKind.SecretKey).encode()


@dataclass(frozen=True)
class Opened:
    """What a message said, and the primary fingerprint of who signed it."""

    data: bytes = field(repr=False)
    signer: str


@dataclass(frozen=True)
class Verified:
    """Who made a detached signature (primary fingerprint), and when they say they did."""

    signer: str
    created: datetime


def encrypt(data: bytes, recipients: Sequence[Certificate], signer: SecretKey | None, now: datetime) -> bytes:
    """Binary message, signed first when there is a signer. Raises NotAllowed for an expired or revoked recipient."""
    if not recipients:
        raise NotAllowed("nothing is encrypted to nobody")
    for one in recipients:
        one.check_usable(now)
    readers = list({one.fingerprint: one for one in recipients}.values())
    try:
        certs, signing = [one._cert for one in readers], signer._signer if signer else None
        message = pysequoia.encrypt(data, certs, signing, armor=False)
    except _FAILED:
        raise Unavailable(Problem("a recipient has no usable encryption key", hint=expiry.REPLACE)) from None
    packets.check_readers(message, [one.key_ids for one in readers])
    return message


def open_signed(message: bytes, key: SecretKey, signers: Sequence[Certificate]) -> Opened:
    """Decrypt and verify. Exactly one of `signers` must have signed, and nobody else; otherwise Malformed."""
    packets.sealed_for_keys(message)
    try:
        result = pysequoia.decrypt(message, key._decryptor, _store(signers))
    except _FAILED:
        raise Malformed(
            Problem("a message that does not open", "damaged, for another key, or wrongly signed")
        ) from None
    return Opened(bytes(result.bytes or b""), _only_signer(result.valid_sigs, signers))


def open_anonymous(message: bytes, key: SecretKey) -> bytes:
    """Decrypt what nobody signed: anonymous feedback. Nothing says who wrote it; Malformed if it does not open."""
    packets.sealed_for_keys(message)
    try:
        # Without compression a text is shorter than its message; what would unpack to more is stopped.
        return bounded.output(message, len(message), partial(pysequoia.decrypt_file, decryptor=key._decryptor))
    except _FAILED:
        raise Malformed(Problem("a message that does not open", "damaged, for another key, or compressed")) from None


def fingerprint_of(data: bytes) -> str:
    """The fingerprint of exactly one key, public or secret. Raises Malformed."""
    return Certificate._of(packets.one_key(data)[0]).fingerprint


def recipients(message: bytes) -> tuple[str, ...]:
    """Key ids (or fingerprints) of who can read `message`, upper case. Needs no key."""
    return packets.sealed_for_keys(message)


def sign_detached(data: bytes, key: SecretKey) -> bytes:
    """An armoured detached signature over the bytes as they are, made at the system's time."""
    return pysequoia.sign(key._signer, data, mode=pysequoia.SignatureMode.DETACHED)


def verify_detached(data: bytes, signature: bytes, signers: Sequence[Certificate]) -> Verified:
    """One signature packet over exactly `data`, by a key of `signers` that was valid at that time; else Malformed."""
    raw = packets.one_signature(signature)
    try:
        made = pysequoia.Sig.from_bytes(raw)
        kind, created = made.signature_type, made.created
        result = pysequoia.verify(data, _store(signers), signature=made)
    except _FAILED:
        raise Malformed(Problem("a signature that does not hold", "other bytes, another signer or time")) from None
    if kind != SignatureType.Binary or created is None:
        raise Malformed("not a signature over the bytes of a file, with its time")
    return Verified(_only_signer(result.valid_sigs, signers), created)


def lock_with_text(data: bytes, text: str) -> bytes:
    """A message that opens with `text` alone. `text` must be strong by itself: see `locked`."""
    message = pysequoia.encrypt(data, passwords=[text], armor=False)
    packets.sealed_for_passphrase(message)
    return message


def unlock_with_text(message: bytes, text: str) -> bytes | None:
    """What `lock_with_text` locked, or None when `text` is another one."""
    packets.sealed_for_passphrase(message)
    try:
        return bytes(pysequoia.decrypt(message, passwords=[text]).bytes or b"")
    except _FAILED:
        return None


def _store(signers: Sequence[Certificate]) -> Callable[[list[str]], list[pysequoia.Cert]]:
    """The library asks for certificates by key id or fingerprint, and passes over signatures it has none for.

    So it gets nothing, and finds no good signature, when anybody signed who is not expected.
    """
    known = frozenset[str]().union(*(one.key_ids for one in signers))

    def certificates(wanted: list[str]) -> list[pysequoia.Cert]:
        ids = {one[-16:].upper() for one in wanted}
        return [one._cert for one in signers if one.key_ids & ids] if ids <= known else []

    return certificates


def _only_signer(valid: Iterable[Any], signers: Sequence[Certificate]) -> str:
    found = {str(one.certificate).upper() for one in valid}
    if len(found) != 1 or not found <= {one.fingerprint for one in signers}:
        raise Malformed("not signed by exactly one of those who may sign here")
    return found.pop()


def _bindings(pile: Sequence[Packet]) -> Iterator[expiry.Binding]:
    """What binds the encryption subkeys of a certificate, unverified, in the order of its packets."""
    name, born = "", None
    for packet in pile:
        if packet.tag in (Tag.PublicKey, Tag.PublicSubkey):
            name, born = packet.fingerprint or "", packet.key_created
        if packet.tag == Tag.Signature and packet.signature_type == SignatureType.SubkeyBinding:
            flags, made, life = packet.key_flags, packet.signature_created, packet.key_validity_period
            if born and made and flags and (flags.transport_encryption or flags.storage_encryption):
                yield expiry.Binding(name, made, born + life if life else None)
