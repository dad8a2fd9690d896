"""From an address to bytes, by looking it up in tables that lie in memory. There is no file path anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

INDEX = "index.html"
# What a sealed site may consist of; anything else is only ever downloaded.
TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
}
DOWNLOAD = "application/octet-stream"


@dataclass(frozen=True)
class Found:
    """One page or asset. `shared` ones are the same for every reader."""

    name: str
    data: bytes = field(repr=False)
    shared: bool = False

    @property
    def media_type(self) -> str:
        return TYPES.get(PurePosixPath(self.name).suffix, DOWNLOAD)

    @property
    def is_page(self) -> bool:
        return self.name.endswith(".html")

    @cached_property
    def tag(self) -> str:
        """A strong validator (RFC 9110, 8.8.3)."""
        return f'"{hashlib.sha256(self.data).hexdigest()[:32]}"'


def look_up(address: str, pages: Mapping[str, bytes], assets: Mapping[str, Found]) -> Found | None:
    """What stands at `address`, below the reader's own; a directory stands for its index. None if nothing does."""
    name = address + INDEX if not address or address.endswith("/") else address
    if name in pages:
        return Found(name, pages[name])
    return assets.get(name)


def needs_slash(address: str, pages: Mapping[str, bytes]) -> bool:
    """Whether `address` is a directory written without its slash."""
    return bool(address) and f"{address}/{INDEX}" in pages
