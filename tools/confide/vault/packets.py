"""The outermost packets of a message, read from their headers alone, before any library is given the bytes.

What is opened here has one shape: binary, one or more session keys, then one integrity-protected packet, and nothing
else. Libraries are more generous (armour with words around it, a message that is only signed, a compressed one), and
each generosity is a way to show as confidential what never was. Nothing is decompressed or decrypted to decide.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from confide.model.problem import Malformed, Problem, Unavailable

# Packet tags, RFC 4880, 4.3.
PKESK, SIGNATURE, SKESK, SECRET_KEY, PUBLIC_KEY, SECRET_SUBKEY, SEIPD, AEAD = 1, 2, 3, 5, 6, 7, 18, 20
USER_ID, PUBLIC_SUBKEY, USER_ATTRIBUTE = 13, 14, 17
_AROUND_A_KEY = frozenset({SIGNATURE, SECRET_SUBKEY, USER_ID, PUBLIC_SUBKEY, USER_ATTRIBUTE})

# No note has more readers than this; a message with thousands of session keys only costs time.
MOST_READERS = 64
ANONYMOUS = "0" * 16


@dataclass(frozen=True)
class Packet:
    """One packet at the top level: its tag and its body, lengths already taken away."""

    tag: int
    body: bytes = field(repr=False)


def top_level(data: bytes) -> tuple[Packet, ...]:
    """The packets of binary `data`, in order. Raises Malformed where a header or a length is not one."""
    return tuple(_packets(data))


def _packets(data: bytes) -> Iterator[Packet]:
    at = 0
    while at < len(data):
        first = data[at]
        if not first & 0x80:
            raise Malformed(Problem("not a binary OpenPGP message", "armour and text around it are not accepted"))
        tag, at, body = _new_format(data, at, first) if first & 0x40 else _old_format(data, at, first)
        yield Packet(tag, body)


def _old_format(data: bytes, at: int, first: int) -> tuple[int, int, bytes]:
    """RFC 4880, 4.2.1. A packet without a length would swallow whatever was appended: refused."""
    if first & 3 == 3:
        raise Malformed("an OpenPGP packet without a length")
    size = 1 << (first & 3)
    start = at + 1 + size
    return (first >> 2) & 15, *_take(data, start, int.from_bytes(data[at + 1 : start]))


def _new_format(data: bytes, at: int, first: int) -> tuple[int, int, bytes]:
    """RFC 4880, 4.2.2, partial lengths included: GnuPG writes them when it reads from a pipe."""
    at += 1
    parts: list[bytes] = []
    while True:
        at, length, partial = _length(data, at)
        at, part = _take(data, at, length)
        parts.append(part)
        if not partial:
            return first & 63, at, b"".join(parts)


def _length(data: bytes, at: int) -> tuple[int, int, bool]:
    """Where the body starts, how long this part is, and whether another part follows."""
    octet = data[at] if at < len(data) else 255
    if octet < 192:
        return at + 1, octet, False
    if octet < 224 and at + 1 < len(data):
        return at + 2, ((octet - 192) << 8) + data[at + 1] + 192, False
    if 224 <= octet < 255:
        return at + 1, 1 << (octet & 31), True
    return at + 5, int.from_bytes(data[at + 1 : at + 5]), False


def _take(data: bytes, start: int, length: int) -> tuple[int, bytes]:
    end = start + length
    if end > len(data):
        raise Malformed("an OpenPGP message that ends too early")
    return end, data[start:end]


def binary(data: bytes) -> bytes:
    """Keys and signatures without their ASCII armour (RFC 4880, 6.2), if they have one. Words around it: Malformed."""
    if data[:1] >= b"\x80":
        return data
    lines = [line.rstrip() for line in data.strip().splitlines()]
    framed = len(lines) > 3 and lines[0].startswith(b"-----BEGIN PGP ") and b"" in lines
    if not framed or lines[-1] != lines[0].replace(b"BEGIN", b"END", 1):
        raise Malformed("not OpenPGP data, or something else around it")
    body = lines[lines.index(b"") + 1 : -1]
    if body and len(body[-1]) == 5 and body[-1].startswith(b"="):
        body.pop()
    try:
        return base64.b64decode(b"".join(body), validate=True)
    except binascii.Error:
        raise Malformed("OpenPGP armour that is damaged") from None


def one_key(data: bytes) -> tuple[bytes, bool]:
    """Exactly one key in binary, and whether it is a secret one. Nothing compressed gets as far as the library."""
    raw = binary(data)
    first, *rest = (packet.tag for packet in top_level(raw)) if raw else (0,)
    if first not in (PUBLIC_KEY, SECRET_KEY) or not set(rest) <= _AROUND_A_KEY:
        raise Malformed("not exactly one OpenPGP key")
    return raw, first == SECRET_KEY or SECRET_SUBKEY in rest


def one_signature(data: bytes) -> bytes:
    """Exactly one signature packet in binary."""
    raw = binary(data)
    if [packet.tag for packet in top_level(raw)] != [SIGNATURE]:
        raise Malformed("not exactly one detached signature")
    return raw


def sealed_for_keys(data: bytes, *, aead: bool = False) -> tuple[str, ...]:
    """The readers of a message in the one accepted shape: key ids or fingerprints, upper case, in order.

    `aead` also lets pass what GnuPG 2.4 writes to keys that ask for it (LibrePGP, tag 20): only GnuPG opens that.
    Raises Malformed when the shape is another one or a reader is hidden.
    """
    *locks, body = top_level(data) or (Packet(0, b""),)
    if not locks or any(packet.tag != PKESK for packet in locks):
        raise Malformed(Problem("not a message encrypted to keys", "it must be session keys, then one encrypted part"))
    if not (_protected(body) or (aead and body.tag == AEAD)):
        raise Malformed(Problem("a message without integrity protection", "version 1 with its check sum is required"))
    if len(locks) > MOST_READERS:
        raise Malformed(f"a message with more than {MOST_READERS} readers")
    readers = tuple(_reader(packet.body) for packet in locks)
    if ANONYMOUS in readers:
        raise Malformed(Problem("a message with a hidden reader", "nobody could check who can read it"))
    return readers


def check_readers(data: bytes, wanted: Sequence[frozenset[str]], *, aead: bool = False) -> None:
    """Hold that a new message is for a key of each of `wanted` (key ids) and for nobody else; else Unavailable."""
    try:
        readers = sealed_for_keys(data, aead=aead)
    except Malformed:
        why = "GnuPG 2.2 could not open what it would get"
        hint = "ask its owner for a key made by GnuPG, or record one of `confide`'s own"
        raise Unavailable(Problem("a recipient's key asks for a newer format", why, hint=hint)) from None
    mine = [[reader for reader in readers if reader in key_ids] for key_ids in wanted]
    if not all(mine) or sum(map(len, mine)) != len(readers):
        raise Unavailable("a message came out with other readers than asked for")


def sealed_for_passphrase(data: bytes) -> None:
    """Hold that `data` is one passphrase lock, then one encrypted part; Malformed otherwise.

    Only the iterated and salted derivation (type 3) passes: its cost has a ceiling. Type 4 lets whoever wrote the
    message choose how much memory the reader spends.
    """
    match top_level(data):
        case (lock, body) if lock.tag == SKESK and lock.body[:1] + lock.body[2:3] == b"\x04\x03" and _protected(body):
            return
    raise Malformed("not a message locked with a passphrase")


def _protected(packet: Packet) -> bool:
    """RFC 4880, 5.13: version 1, whose plaintext ends with a modification detection code."""
    return packet.tag == SEIPD and packet.body[:1] == b"\x01"


def _reader(body: bytes) -> str:
    """Whose session key this is: version 3 has a key id (RFC 4880, 5.1), version 6 a fingerprint (RFC 9580, 5.1.2)."""
    if body[:1] == b"\x03" and len(body) > 9:
        return body[1:9].hex().upper()
    if body[:1] == b"\x06" and len(body) > 2 and 1 < body[1] < len(body) - 2:
        return body[3 : 2 + body[1]].hex().upper()
    raise Malformed(Problem("a message with a hidden reader", "nobody could check who can read it"))
