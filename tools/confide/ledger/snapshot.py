"""What was verified last, kept beside the history, so that a command reads what is new and the partnership it is about.

It holds names of blobs and commits, and no text: every event and agreement is read again from Git, by its hash, when it
is asked for. It is believed only with this user's own seal (a key outside the repository), for the same pins, the same
program and a history that goes on from where it ended; otherwise everything is verified from the root, as it is by
`confide verify`. Nothing is lost with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from confide.ledger import own_seal, snapshot_entry
from confide.ledger.files import keys_of
from confide.ledger.lazily import Lazily
from confide.ledger.objects import FILE_MODE, Change
from confide.ledger.repo import Repository
from confide.ledger.state import Chronicle, State
from confide.model.problem import Malformed
from confide.records import tree
from confide.records.practice_file import parse_practice
from confide.vault import durable

FORMAT = 1
KIND = "index"
# Verifies from the root up to a commit: the state there, and the commit of each event.
Anew = Callable[[str], tuple[State, Mapping[str, str]]]


@dataclass(frozen=True)
class Kept:
    """Where a verification ended: `counts` are the events of each partnership, `quiet` those that need no word."""

    head: str
    commits: int
    state: State
    introduced: Commits
    remarks: tuple[Any, ...]
    counts: Mapping[str, int]
    quiet: frozenset[str]


class Commits(Mapping[str, str]):
    """Event → the commit that introduced it, known for the partnerships that were read."""

    def __init__(self, read: dict[str, str], everything: Callable[[], None]) -> None:
        self._read = read
        self._everything = everything

    def __getitem__(self, event: str) -> str:
        if event not in self._read:
            self._everything()
        return self._read[event]

    def __iter__(self) -> Iterator[str]:
        self._everything()
        return iter(self._read)

    def __len__(self) -> int:
        self._everything()
        return len(self._read)


class Damaged(Exception):
    """An entry that is gone or another."""


def load(repo: Repository, root: str, keeper: str, anew: Anew) -> Kept | None:
    """What was kept, if it can be believed. `anew` verifies up to a commit from the root, where an entry is damaged."""
    place, key = own_seal.place(repo), own_seal.key(make=False)
    if key is None:
        return None
    try:
        kept = own_seal.read(place / "head", key, KIND)
        if [kept[name] for name in ("format", "code", "root", "keeper")] != [FORMAT, own_seal.code(), root, keeper]:
            return None
        return _opened(repo, place, kept, anew)
    except (OSError, ValueError, KeyError, Malformed):
        return None


def _opened(repo: Repository, place: Path, kept: dict[str, Any], anew: Anew) -> Kept:
    entries: dict[str, list[Any]] = kept["entries"]
    read: dict[str, str] = {}

    def chronicle(name: str) -> Chronicle:
        try:
            entry = _entry(place, name, entries[name][0])
        except Damaged:
            return again().chronicles[name]
        read.update({event[2]: event[3] for event in entry["events"]})
        return snapshot_entry.chronicle(repo, name, entry)

    def again() -> State:
        forget(repo)
        state, introduced = anew(kept["head"])
        read.update(introduced)
        return state

    def everything() -> None:
        try:
            for name in entries:
                read.update({event[2]: event[3] for event in _entry(place, name, entries[name][0])["events"]})
        except Damaged:  # or replaced by what was kept since
            again()

    commit = repo.commit(kept["head"])
    practice = repo.read(commit.id, tree.PRACTICE)
    if practice is None:
        raise ValueError("no practice")
    held = repo.paths(commit.id, f"{tree.ROOT}/keys")
    keys = keys_of(repo, {}, [Change("A", path, FILE_MODE, blob) for path, blob in held.items()])
    state = State(
        parse_practice(practice, tree.PRACTICE),
        keys,
        Lazily(frozenset(entries), chronicle),
        datetime.fromisoformat(kept["latest"]) if kept["latest"] else None,
    )
    return Kept(
        head=commit.id,
        commits=kept["commits"],
        state=state,
        introduced=Commits(read, everything),
        remarks=tuple(map(snapshot_entry.problem, kept["remarks"])),
        counts={name: entry[1] for name, entry in entries.items()},
        quiet=frozenset(name for name, entry in entries.items() if entry[2]),
    )


def save(
    repo: Repository, root: str, keeper: str, kept: Kept, spoken: Callable[[str], bool], commit_of: Mapping[str, str]
) -> None:
    """Keep what was verified. Only partnerships that changed are written. A disk that says no is no reason to stop."""
    chronicles = kept.state.chronicles
    changed = chronicles.since if isinstance(chronicles, Lazily) else chronicles
    try:
        key = own_seal.key(make=True)
        place = durable.directory(own_seal.place(repo))
        entries = {name: entry for name, entry in _before(place, key, root, keeper).items() if name not in changed}
        for name, known in changed.items():
            data = json.dumps(snapshot_entry.entry(known, commit_of), separators=(",", ":")).encode()
            digest = hashlib.sha256(data).hexdigest()
            _file(place, name, digest).write_bytes(data)  # torn or lost, it is another than its name says
            entries[name] = [digest, len(known.events), not spoken(name)]
        if set(entries) != set(chronicles) or key is None:
            return
        whole = {
            "format": FORMAT, "code": own_seal.code(), "root": root, "keeper": keeper, "head": kept.head,
            "commits": kept.commits, "latest": kept.state.latest.isoformat() if kept.state.latest else "",
            "remarks": [snapshot_entry.plain(one) for one in kept.remarks], "entries": entries,
        }  # fmt: skip
        own_seal.write(place / "head", key, KIND, whole)
        wanted = {_file(place, name, entry[0]) for name, entry in entries.items()} if changed else None
        for stale in (file for name in changed for file in place.glob(f"{name}.*")):
            if wanted is not None and stale not in wanted:
                stale.unlink(missing_ok=True)
    except OSError:
        return


def forget(repo: Repository) -> None:
    """Verify from the root next time."""
    (own_seal.place(repo) / "head").unlink(missing_ok=True)


def _before(place: Path, key: bytes | None, root: str, keeper: str) -> dict[str, list[Any]]:
    try:
        kept = own_seal.read(place / "head", key, KIND) if key else {}
    except (OSError, ValueError):
        return {}
    same = [kept.get(name) for name in ("format", "code", "root", "keeper")] == [FORMAT, own_seal.code(), root, keeper]
    entries: dict[str, list[Any]] = kept["entries"] if same else {}
    return entries


def digests(repo: Repository, root: str, keeper: str, head: str) -> Mapping[str, str]:
    """Partnership → the digest that everything of its record follows from, of what was kept for exactly this head."""
    place, key = own_seal.place(repo), own_seal.key(make=False)
    try:
        at = own_seal.read(place / "head", key, KIND)["head"] if key else ""
    except (OSError, ValueError, KeyError):
        at = ""
    return {name: entry[0] for name, entry in _before(place, key, root, keeper).items()} if at == head else {}


def _entry(place: Path, name: str, digest: str) -> dict[str, Any]:
    try:
        data = _file(place, name, digest).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise Damaged(name)
        entry: dict[str, Any] = json.loads(data)
    except (OSError, ValueError) as error:
        raise Damaged(name) from error
    return entry


def _file(place: Path, name: str, digest: str) -> Path:
    return place / f"{name}.{digest[:16]}"
