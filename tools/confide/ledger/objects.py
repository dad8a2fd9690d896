"""Git's objects as bytes: commits taken apart and put together, trees read and written (Git's own format, SHA-1).

The grammar of a commit is held strictly: tree, parents, author, committer, one signature, a message in UTF-8. Whatever
else Git would tolerate (a second signature, an encoding, an unknown header) would be signed over without being looked
at, so it is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from confide.model.problem import Malformed, Problem

# The id of a tree without entries; Git knows it without storing it.
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
# What a reference that does not exist yet is said to point to.
NO_OBJECT = "0" * 40

TREE_MODE, FILE_MODE, PROGRAM_MODE = "40000", "100644", "100755"

_ID = re.compile(r"[0-9a-f]{40}\Z")
_PERSON = re.compile(rb"[^<>\n\0]*<[^<>\n\0]*> (\d{1,12}) [+-]\d{4}\Z")
_ORDER = re.compile(r"tree(?: parent)* author committer(?: gpgsig)?\Z")


@dataclass(frozen=True)
class Change:
    """One file that differs from a parent: `status` is A, M, D or T; `mode` and `blob` are of the new side."""

    status: str
    path: str
    mode: str
    blob: str


@dataclass(frozen=True)
class RawCommit:
    """One commit. `payload` is what its `signature` covers; `changes` holds what differs from each parent, in order.

    A root commit has one entry in `changes`: everything it brings.
    """

    id: str
    tree: str
    parents: tuple[str, ...]
    author_time: datetime
    committer_time: datetime
    payload: bytes
    signature: bytes | None
    message: str
    changes: tuple[tuple[Change, ...], ...] = ()

    @property
    def short(self) -> str:
        """The id as messages cite it."""
        return self.id[:12]

    @property
    def merges(self) -> bool:
        return len(self.parents) > 1

    @property
    def changed(self) -> tuple[Change, ...]:
        """What differs from the first parent."""
        return self.changes[0] if self.changes else ()


def is_object_id(text: str) -> bool:
    """Forty hexadecimal digits, lower case."""
    return bool(_ID.match(text))


def object_id(kind: str, data: bytes) -> str:
    """The name Git gives to an object with this content."""
    return hashlib.sha1(f"{kind} {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()


def parse_commit(commit: str, data: bytes) -> RawCommit:
    """The commit in `data`. Raises Malformed for anything beside the strict grammar."""
    head, _, body = data.partition(b"\n\n")
    fields = _headers(commit, head)
    if not _ORDER.match(" ".join(name for name, _ in fields)):
        raise _unlike(commit, "its headers are not tree, parents, author, committer and at most one signature")
    names = dict(fields)
    signature = names.get("gpgsig")
    links = [value.decode("ascii", "replace") for name, value in fields if name in {"tree", "parent"}]
    if not all(map(is_object_id, links)):
        raise _unlike(commit, "its tree or a parent is not named by a full id")
    payload = b"".join(name.encode() + b" " + value + b"\n" for name, value in fields if name != "gpgsig")
    try:
        message = body.decode()
    except UnicodeDecodeError:
        raise _unlike(commit, "its message is not UTF-8") from None
    return RawCommit(
        id=commit,
        tree=links[0],
        parents=tuple(links[1:]),
        author_time=_moment(commit, names["author"]),
        committer_time=_moment(commit, names["committer"]),
        payload=payload + b"\n" + body,
        signature=None if signature is None else signature.replace(b"\n ", b"\n") + b"\n",
        message=message,
    )


def _headers(commit: str, head: bytes) -> list[tuple[str, bytes]]:
    fields: list[tuple[str, bytes]] = []
    for line in head.split(b"\n"):
        if line.startswith(b" ") and fields and fields[-1][0] == "gpgsig":
            fields[-1] = ("gpgsig", fields[-1][1] + b"\n" + line)
            continue
        name, _, value = line.partition(b" ")
        if not name.isalnum() or not name.isascii():
            raise _unlike(commit, "it has a header that is not one")
        fields.append((name.decode(), value))
    return fields


def _moment(commit: str, person: bytes) -> datetime:
    match = _PERSON.match(person)
    if not match:
        raise _unlike(commit, "its author or committer is not written as Git writes them")
    try:
        return datetime.fromtimestamp(int(match[1]), UTC)
    except (ValueError, OverflowError, OSError):
        raise _unlike(commit, "its time is out of range") from None


def _unlike(commit: str, why: str) -> Malformed:
    return Malformed(Problem(f"commit {commit[:12]} is not as the ledger writes commits", why, rule="commit-form"))


def commit_payload(tree: str, parents: tuple[str, ...], name: str, email: str, at: datetime, message: str) -> bytes:
    """The bytes of a commit without its signature: author and committer are the same person at `at`, in UTC."""
    if any(letter in text for text in (name, email) for letter in "<>\n\0"):
        raise ValueError("an identity holds neither angle brackets nor line breaks")
    person = f"{name} <{email}> {int(at.timestamp())} +0000"
    lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents), f"author {person}", f"committer {person}"]
    return ("\n".join(lines) + "\n\n" + message).encode()


def with_signature(payload: bytes, armoured: bytes) -> bytes:
    """The commit with its signature folded in behind the committer, as `git commit -S` places it."""
    head, separator, body = payload.partition(b"\n\n")
    lines = armoured.replace(b"\r\n", b"\n").strip(b"\n").split(b"\n")
    return head + b"\ngpgsig " + b"\n ".join(lines) + separator + body


def parse_changes(data: bytes) -> Iterator[tuple[Change, ...]]:
    """The output of `git diff-tree --stdin --raw -z` for pairs of trees: one tuple of changes a pair, in order."""
    found: list[Change] | None = None
    tokens = iter(data.split(b"\0"))
    for token in tokens:
        *pairs, meta = token.split(b"\n")
        for _ in pairs:
            if found is not None:
                yield tuple(found)
            found = []
        if meta:
            path = next(tokens)
            if found is None:
                found = []
            found.append(_change(meta, path))
    if found is not None:
        yield tuple(found)


def _change(meta: bytes, path: bytes) -> Change:
    _, mode, _, blob, status = meta.decode().split(" ")
    try:
        return Change(status[0], path.decode(), mode, blob)
    except UnicodeDecodeError:
        raise Malformed(
            Problem("a file name in the repository is not UTF-8", "names are of a closed list", rule="shape")
        ) from None


def parse_tree(data: bytes) -> dict[str, tuple[str, str]]:
    """name → (mode, id). Raises Malformed for a name that is not UTF-8: no path of ours is."""
    entries: dict[str, tuple[str, str]] = {}
    at = 0
    while at < len(data):
        space, end = data.index(b" ", at), data.index(b"\0", at)
        try:
            name = data[space + 1 : end].decode()
        except UnicodeDecodeError:
            raise Malformed(
                Problem("a file name in the repository is not UTF-8", "names are of a closed list", rule="shape")
            ) from None
        entries[name] = (data[at:space].decode(), data[end + 1 : end + 21].hex())
        at = end + 21
    return entries


def render_tree(entries: Mapping[str, tuple[str, str]]) -> bytes:
    """The bytes of a tree, in Git's order: a directory sorts as if its name ended in a slash."""
    ordered = sorted(
        (name.encode() + (b"/" if mode == TREE_MODE else b""), name, mode, blob)
        for name, (mode, blob) in entries.items()
    )
    return b"".join(f"{mode} {name}".encode() + b"\0" + bytes.fromhex(blob) for _, name, mode, blob in ordered)
