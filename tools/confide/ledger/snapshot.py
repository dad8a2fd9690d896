"""What was verified last, kept beside the history, so that a command reads what is new and the partnership it is about.

It holds names of blobs and commits, and no text: every event and agreement is read again from Git, by its hash, when it
is asked for. It is believed only with this user's own seal (a key outside the repository), for the same pins, the same
program and a history that goes on from where it ended; otherwise everything is verified from the root, as it is by
`confide verify`. Nothing is lost with it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import platformdirs

import confide
from confide.ledger import snapshot_entry
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
# Verifies from the root up to a commit: the state there, and the commit of each event.
Anew = Callable[[str], tuple[State, Mapping[str, str]]]
_ROOMS = ("model", "policy", "records", "vault", "ledger")


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
    place, key = _place(repo), _key(make=False)
    if key is None:
        return None
    try:
        seal, _, data = (place / "head").read_bytes().partition(b"\n")
        if not hmac.compare_digest(seal, _seal(key, data)):
            return None
        kept = json.loads(data)
        if [kept[name] for name in ("format", "code", "root", "keeper")] != [FORMAT, _code(), root, keeper]:
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
        key = _key(make=True)
        place = durable.directory(_place(repo))
        entries = {name: entry for name, entry in _before(place, key, root, keeper).items() if name not in changed}
        for name, known in changed.items():
            data = json.dumps(snapshot_entry.entry(known, commit_of), separators=(",", ":")).encode()
            digest = hashlib.sha256(data).hexdigest()
            _file(place, name, digest).write_bytes(data)  # torn or lost, it is another than its name says
            entries[name] = [digest, len(known.events), not spoken(name)]
        if set(entries) != set(chronicles) or key is None:
            return
        whole = {
            "format": FORMAT, "code": _code(), "root": root, "keeper": keeper, "head": kept.head,
            "commits": kept.commits, "latest": kept.state.latest.isoformat() if kept.state.latest else "",
            "remarks": [snapshot_entry.plain(one) for one in kept.remarks], "entries": entries,
        }  # fmt: skip
        data = json.dumps(whole, separators=(",", ":")).encode()
        durable.write(place / "head", _seal(key, data) + b"\n" + data)
        wanted = {_file(place, name, entry[0]) for name, entry in entries.items()} if changed else None
        for stale in (file for name in changed for file in place.glob(f"{name}.*")):
            if wanted is not None and stale not in wanted:
                stale.unlink(missing_ok=True)
    except OSError:
        return


def forget(repo: Repository) -> None:
    """Verify from the root next time."""
    (_place(repo) / "head").unlink(missing_ok=True)


def _before(place: Path, key: bytes | None, root: str, keeper: str) -> dict[str, list[Any]]:
    try:
        seal, _, data = (place / "head").read_bytes().partition(b"\n")
        if key is None or not hmac.compare_digest(seal, _seal(key, data)):
            return {}
        kept = json.loads(data)
    except (OSError, ValueError):
        return {}
    same = [kept.get(name) for name in ("format", "code", "root", "keeper")] == [FORMAT, _code(), root, keeper]
    entries: dict[str, list[Any]] = kept["entries"] if same else {}
    return entries


def _entry(place: Path, name: str, digest: str) -> dict[str, Any]:
    try:
        data = _file(place, name, digest).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise Damaged(name)
        entry: dict[str, Any] = json.loads(data)
    except (OSError, ValueError) as error:
        raise Damaged(name) from error
    return entry


def _place(repo: Repository) -> Path:
    return repo.common_dir / "confide" / "index"


def _file(place: Path, name: str, digest: str) -> Path:
    return place / f"{name}.{digest[:16]}"


def _seal(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, b"confide/1 index\n" + data, hashlib.sha256).hexdigest().encode()


def _key(*, make: bool) -> bytes | None:
    """This user's own, never in a repository: whoever can only write there cannot have anything believed."""
    file = Path(platformdirs.user_state_dir("confide")) / "index.key"
    try:
        return file.read_bytes() or None
    except OSError:
        if not make:
            return None
    key = secrets.token_bytes(32)
    durable.directory(file.parent)
    durable.write(file, key)
    return key


@lru_cache(1)
def _code() -> str:
    """Another program may find what this one did not: what it kept counts for the very same sources alone."""
    home = Path(confide.__file__).parent
    found = [(file, file.stat()) for room in _ROOMS for file in sorted((home / room).rglob("*.py"))]
    lines = "".join(f"{file.relative_to(home)} {stat.st_size} {stat.st_mtime_ns}\n" for file, stat in found)
    return hashlib.sha256(lines.encode()).hexdigest()
