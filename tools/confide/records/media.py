"""What may be attached: PDF, PNG, JPEG and WebP, known by their first bytes; what else they tell is taken out.

A photograph names the camera, the day and the place; a PDF can hold scripts and other files. Pictures lose whatever
does not change how they look; a PDF that could act, or that cannot be looked into, is refused.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from confide.model.problem import Problem, Usage

# Below what a commit may hold: a file is in every clone for ever.
LARGEST = 4 * 1024 * 1024
PICTURES = ("png", "jpg", "webp")
# What a PDF may swell to while it is looked through.
_MOST = 64 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
)
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
# Application segments of a JPEG that change how it looks: JFIF, colour profile, Adobe's transform.
_JPEG_APP_KEPT = (0xE0, 0xE2, 0xEE)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_HEX_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToR|GoToE|XFA|AA)\b")


def suffix_of(data: bytes) -> str:
    """`pdf`, `png`, `jpg` or `webp`. Raises Usage for anything else, for too much, and for nothing."""
    if len(data) > LARGEST:
        raise _refused(f"it has {len(data) // 2**20} MB", f"at most {LARGEST // 2**20} MB can be attached")
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_PNG):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    raise _refused("it is neither a PDF nor a picture (PNG, JPEG, WebP)", "other kinds can run something, or hide it")


def cleaned(data: bytes) -> bytes:
    """The same picture without what it tells beside itself; a PDF as it is. Raises Usage for what is refused."""
    suffix = suffix_of(data)
    try:
        if suffix == "png":
            return _PNG + b"".join(_png(data))
        if suffix == "jpg":
            return b"\xff\xd8" + b"".join(_jpeg(data))
        if suffix == "webp":
            return _webp(data)
    except (struct.error, IndexError) as cut:
        raise _refused("the picture is cut short", "it cannot be looked through") from cut
    _check_pdf(data)
    return data


def _refused(what: str, why: str) -> Usage:
    return Usage(Problem(what, why, hint="attach a PDF or a picture that was saved anew", rule="attachment"))


def _png(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, whole = data[at + 4 : at + 8], data[at : at + 12 + length]
        if len(whole) < 12 + length:
            raise IndexError
        if kind in _PNG_KEPT:
            yield whole
        at += 12 + length
        if kind == b"IEND":
            return
    raise IndexError


def _jpeg(data: bytes) -> Iterator[bytes]:
    at = 2
    while True:
        if data[at] != 0xFF:
            raise IndexError
        marker = data[at + 1]
        if marker == 0xDA:
            end = data.rfind(b"\xff\xd9")
            if end < at:
                raise IndexError
            yield data[at : end + 2]
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        whole = data[at : at + 2 + length]
        turned = _orientation(whole) if marker == 0xE1 else b""
        if turned:
            yield turned
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _JPEG_APP_KEPT:
            yield whole
        at += 2 + length


def _orientation(segment: bytes) -> bytes:
    """Of an Exif segment only which way up the picture is (tag 274): without it many would lie on their side."""
    if segment[4:10] != b"Exif\0\0":
        return b""
    tiff = segment[10:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return b""
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, start)
    for number in range(min(count, 200)):
        tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * number)
        if (tag, kind) == (274, 3) and 1 <= value <= 8:
            body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 274, 3, 1, value, 0, 0)
            return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return b""


def _webp(data: bytes) -> bytes:
    parts, at = [], 12
    while at < len(data):
        kind, (length,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        whole = data[at : at + 8 + length + length % 2]
        if len(whole) < 8 + length:
            raise IndexError
        if kind == b"VP8X":
            # The flags for Exif and XMP go with what they announced.
            whole = whole[:8] + bytes([whole[8] & ~0x0C]) + whole[9:]
        if kind in _WEBP_KEPT:
            parts.append(whole)
        at += 8 + length + length % 2
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _check_pdf(data: bytes) -> None:
    if b"/Encrypt" in data:
        raise _refused("the PDF has a password of its own", "nobody could look for what must not be in it")
    for layer in pdf_layers(data):
        if _ACTS.search(_HEX_NAME.sub(lambda m: bytes([int(m[1], 16)]), layer)):
            raise _refused("the PDF can run something, or holds other files", "a reader would open more than a text")


def png_layers(data: bytes) -> Iterator[bytes]:
    """The bytes of a PNG as they are, then each description in it that is packed."""
    yield data
    for match in re.finditer(rb"(?:zTXt|iTXt)", data):
        (length,) = struct.unpack(">I", data[match.start() - 4 : match.start()].rjust(4, b"\0"))
        body = data[match.end() : match.end() + length]
        start = body.find(b"\x78")
        while 0 <= start < 200:
            try:
                yield zlib.decompressobj().decompress(body[start:], _MOST)
                break
            except zlib.error:
                start = body.find(b"\x78", start + 1)


def pdf_layers(data: bytes) -> Iterator[bytes]:
    """The bytes of a PDF as they are, then each of its streams unpacked as far as that is plain deflate."""
    yield data
    left = _MOST
    for match in _STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        try:
            stream = unpacker.decompress(match[1], left)
        except zlib.error:
            continue
        left -= len(stream)
        yield stream
        if left <= 0:
            return
