"""What the portal's host holds for everybody: public keys, and the theme files that all sites share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from confide.model import ids
from confide.model.problem import Malformed, Place, Problem, Unavailable, Usage
from confide.vault import archive, durable
from confide.vault.sealed import assets_hash

PUBLISHER = "publisher.asc"


class Shelf:
    """The shelf of the store at `path`."""

    def __init__(self, path: Path) -> None:
        """Raises Unavailable if there is no store."""
        self.path = path
        if not (path / PUBLISHER).is_file():
            raise Unavailable(Problem("there is no portal store here", hint="`confide publish` makes it"))

    @classmethod
    def create(cls, path: Path, publisher: bytes) -> Shelf:
        """Make a shelf, or give an existing one this publishing key (armoured, public)."""
        for name in ("assets", "partnerships"):
            durable.directory(path / name)
        if not (path / PUBLISHER).is_file() or (path / PUBLISHER).read_bytes() != publisher:
            durable.write(path / PUBLISHER, publisher)
        return cls(path)

    def publisher(self) -> bytes:
        """The practice's public publishing key, armoured."""
        return (self.path / PUBLISHER).read_bytes()

    def put_partnership(self, partnership: str, public_key: bytes) -> None:
        """Give the portal the key (armoured) to which everything for this partnership is encrypted."""
        durable.write(self._partnership(partnership), public_key)

    def partnership(self, partnership: str) -> bytes:
        """The partnership's public key, armoured. Raises Unavailable if the store has none."""
        path = self._partnership(partnership)
        if not path.is_file():
            raise Unavailable(Problem("the portal has no key for this partnership", hint="`confide publish` brings it"))
        return path.read_bytes()

    def put_assets(self, files: Mapping[str, bytes]) -> str:
        """Keep shared assets; their hash, for manifests. Nothing is written when they are already there."""
        named = assets_hash(files)
        path = self._assets(named)
        if not path.is_file():
            durable.write(path, archive.pack(files))
        return named

    def assets(self, named: str) -> dict[str, bytes]:
        """The shared assets with this hash. Raises Unavailable if missing, Malformed if they were changed."""
        path = self._assets(named)
        if not path.is_file():
            raise Unavailable(Problem("the portal has no such assets", hint="`confide publish` brings them"))
        files = archive.unpack(path.read_bytes())
        if assets_hash(files) != named:
            raise Malformed(Problem("the portal's assets were changed", place=Place(f"assets/{path.name}")))
        return files

    def _partnership(self, partnership: str) -> Path:
        if not ids.is_partnership(partnership):
            raise Usage(Problem(f"`{partnership}` is not a partnership"))
        return self.path / "partnerships" / f"{partnership}.asc"

    def _assets(self, named: str) -> Path:
        if not ids.is_digest(f"sha256:{named}"):
            raise Usage(Problem("shared assets are called by 64 hexadecimal digits"))
        return self.path / "assets" / f"{named}.zip"
