"""Small documents and pictures, made byte by byte, with places where something can be hidden."""

from __future__ import annotations

import struct
import zlib


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*extra: tuple[bytes, bytes]) -> bytes:
    """Four by four pixels of one colour; `extra` chunks stand before the picture's own."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0))
    rows = zlib.compress(b"".join(b"\0" + b"\x1f\x4e\x5f" * 4 for _ in range(4)), 9)
    told = b"".join(_chunk(*one) for one in extra)
    return b"\x89PNG\r\n\x1a\n" + head + told + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def described(text: str, *, packed: bool = False) -> tuple[bytes, bytes]:
    """A description as a PNG carries it."""
    body = text.encode()
    return (b"zTXt", b"Description\0\0" + zlib.compress(body)) if packed else (b"tEXt", b"Description\0" + body)


def exif(turned: int = 6, camera: bytes = b"Camera of Ines") -> bytes:
    """An Exif segment: which way up, and which camera."""
    entries = struct.pack(">HHII", 271, 2, len(camera), 38) + struct.pack(">HHIHH", 274, 3, 1, turned, 0)
    body = b"Exif\0\0MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 2) + entries + struct.pack(">I", 0) + camera
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes) -> bytes:
    """Not a picture that could be drawn: the marks of one, in the right order."""
    quantisation = b"\xff\xdb\x00\x43\x00" + bytes(range(1, 65))
    return b"\xff\xd8" + b"".join(segments) + quantisation + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x55\xff\xd9"


def comment(text: str) -> bytes:
    return b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text.encode()


def webp(*extra: tuple[bytes, bytes]) -> bytes:
    flags = (b"VP8X", bytes([0x0C]) + bytes(9))
    parts = [kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for kind, body in (flags, *extra)]
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def pdf(content: bytes = b"BT (Minutes) Tj ET", more: bytes = b"", *, packed: bool = True) -> bytes:
    """One page with `content` on it; `more` stands among the objects."""
    stream = zlib.compress(content) if packed else content
    kind = b"/Filter /FlateDecode " if packed else b""
    objects = (
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R >> endobj\n"
        b"4 0 obj << " + kind + b"/Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream endobj\n"
    )
    return b"%PDF-1.7\n" + objects + more + b"trailer << /Root 1 0 R >>\n%%EOF\n"
