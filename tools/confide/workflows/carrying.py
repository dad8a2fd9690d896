"""The portal on another machine: bring from its store what it changed, and send there what was published here.

The store here is a copy. What changed here since the last time goes out first, then everything that changed there comes
in; then the command does its work, and its changes go out. Only sealed bytes, public keys and pseudonyms ever travel.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from confide.vault import archive, durable, reader_state
from confide.vault.arrivals import ARRIVALS, Arrivals, between
from confide.vault.elsewhere import Elsewhere, at
from confide.vault.portal_shelf import PUBLISHER
from confide.vault.portal_store import STATE, PortalStore
from confide.workflows.practice import Practice

SETTING = "confide.host"
_READERS = "readers/"


@contextmanager
def carried(practice: Practice, address: str = "") -> Iterator[None]:
    """Do the block's work on the store as it is at `address`, or at the address used last; nothing without one, and
    nothing where the work is only tried."""
    address = address or practice.repo.config(SETTING) or ""
    if not address or practice.dry_run:
        yield
        return
    carrier = _Carrier(practice, at(address))
    carrier.begin()
    yield
    carrier.send()
    if address != practice.repo.config(SETTING):
        practice.repo.set_config(SETTING, address)


class _Carrier:
    """`known` is what both sides had in common last: name → mark there; beside it a copy of each reader's record."""

    def __init__(self, practice: Practice, there: Elsewhere) -> None:
        self.here, self.there = practice.store_path, there
        self.base = practice.repo.git_dir / "confide" / "host"
        self.known: dict[str, list[str]] = {}
        with suppress(OSError, ValueError):
            self.known = json.loads((self.base / "known.json").read_text())

    def begin(self) -> None:
        """Send what waits here, where both sides have met before or there is nothing there yet; then bring the rest."""
        found = self.there.names()
        if (self.here / PUBLISHER).is_file():
            if PUBLISHER not in found:
                self._seed()
            elif self.known:
                self.send()
        self._bring(self.there.names())

    def _seed(self) -> None:
        """The first time: everything as it lies here, what a reader's record names before the record."""
        for name in sorted(self._local(), key=lambda name: (name == PUBLISHER, name.endswith(f"/{STATE}"))):
            self.there.write(name, (self.here / name).read_bytes())
        self._agree(self.there.names())

    def _bring(self, found: dict[str, str]) -> None:
        """Make the copy here what is there, with what still waits there taken in."""
        late = any(name.startswith(ARRIVALS) for name in found)
        for name in self._local().keys() - found.keys():
            (self.here / name).unlink(missing_ok=True)
        for name, mark in found.items():
            path = self.here / name
            changed = self.known.get(name, [""])[0] != mark or not path.is_file()
            if archive.is_name(name) and (changed or (late and name.startswith(_READERS))):
                durable.directory(path.parent)
                # Gone between listing and reading: the portal replaced it, and the next listing says by what.
                with suppress(FileNotFoundError):
                    durable.write(path, self.there.read(name))
        if PUBLISHER in found:
            Arrivals(PortalStore(self.here)).take_in()
        self._agree(found)

    def send(self) -> None:
        """Send what changed here: files that only one side writes as they are, then one file for each reader."""
        if PUBLISHER not in self.there.names():
            self._seed()
            return
        local, changes, written = self._local(), dict[str, bytes](), set[str]()
        store = PortalStore(self.here)
        for name, mark in local.items():
            if name.endswith(f"/{STATE}"):
                changes |= self._reader(store, name)
            elif not name.startswith(_READERS) and self.known.get(name, ["", ""])[1] != mark:
                self.there.write(name, (self.here / name).read_bytes())
                written.add(name)
        for name in self.known.keys() - local.keys():
            if not name.startswith(_READERS):
                self.there.remove(name)
        for name, data in changes.items():
            self.there.write(name, data)
        found = self.there.names()
        # What the portal changed meanwhile is not known here: only what was written here is.
        before = {name: entry[0] for name, entry in self.known.items()}
        self._agree({name: found.get(name, "") if name in written else before.get(name, "") for name in found})

    def _reader(self, store: PortalStore, name: str) -> dict[str, bytes]:
        after = store.reader(name.split("/")[1])
        if after is None:
            return {}
        kept = self.base / name
        before = reader_state.parse(kept.read_bytes()) if kept.is_file() else None
        return between(before, after, store)

    def _local(self) -> dict[str, str]:
        found = at(str(self.here)).names()
        return {name: mark for name, mark in found.items() if not name.startswith(ARRIVALS)}

    def _agree(self, found: dict[str, str]) -> None:
        """Remember what is now the same on both sides."""
        local = self._local()
        names = local.keys() & {*found, *(name for name in local if name.startswith(_READERS))}
        self.known = {name: [found.get(name, ""), local[name]] for name in names}
        for name in local:
            if name.endswith(f"/{STATE}"):
                durable.directory((self.base / name).parent)
                durable.write(self.base / name, (self.here / name).read_bytes())
        durable.directory(self.base)
        durable.write(self.base / "known.json", json.dumps(self.known, sort_keys=True).encode())
