"""Who a signature says it is by. Only to name a reason: what it says is believed when the signature holds."""

from __future__ import annotations

import base64
import binascii

from confide.model.problem import Malformed
from confide.vault import packets

# Subpacket types, RFC 4880, 5.2.3.5, and RFC 9580, 5.2.3.35.
_ISSUER, _ISSUER_FINGERPRINT = 16, 33


def claimed_issuer(armoured: bytes) -> str:
    """The last sixteen digits of the key that an armoured signature names, upper case; empty when it names none."""
    try:
        packet = packets.top_level(_dearmoured(armoured))[0]
    except (Malformed, ValueError, IndexError):
        return ""
    if packet.tag != packets.SIGNATURE or packet.body[:1] != b"\x04":
        return ""
    hashed = int.from_bytes(packet.body[4:6])
    start = 6 + hashed
    unhashed = int.from_bytes(packet.body[start : start + 2])
    return _named(packet.body[6:start]) or _named(packet.body[start + 2 : start + 2 + unhashed])


def _named(area: bytes) -> str:
    at = 0
    while at < len(area):
        size = area[at]
        at += 1
        if size >= 192:
            wide = 4 if size == 255 else 1
            more = int.from_bytes(area[at : at + wide])
            size = more if wide == 4 else ((size - 192) << 8) + more + 192
            at += wide
        kind, value = area[at : at + 1], area[at + 1 : at + size]
        if kind and kind[0] & 0x7F in (_ISSUER, _ISSUER_FINGERPRINT):
            return value[-8:].hex().upper()
        at += max(size, 1)
    return ""


def _dearmoured(text: bytes) -> bytes:
    _, _, rest = text.partition(b"\n\n")
    body = rest.partition(b"\n-----END")[0].split(b"\n=")[0]
    try:
        return base64.b64decode(b"".join(body.split()), validate=True)
    except binascii.Error:
        return b""
