"""Two versions of one file become one, or the one that is here stays whole: no conflict mark ever enters a record.

Sealed notes are opened, joined as texts in memory, and sealed again. What an event fixes by its hash (details,
documents) and what is signed is never joined: two versions of it are a conflict for a person to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime

from confide.ledger.repo import Repository
from confide.model.problem import Malformed, NotAllowed, Place, Problem, Unavailable
from confide.model.words import KNOWN_TYPES
from confide.records import (
    agreement_file,
    instrument_file,
    note_text,
    partnership_file,
    people_file,
    practice_file,
    tree,
    yaml,
)
from confide.vault.memory import memory_dir
from confide.workflows.showing_sealed import Glass

_TEXTS = frozenset({"note", "feedback", "summary", "people"})
_READERS: dict[str | None, Callable[[bytes, str], object]] = {
    "practice": practice_file.parse_practice,
    "partnership": partnership_file.parse_partnership,
    "agreement": agreement_file.parse_agreement,
    "instrument": instrument_file.parse_instrument,
    "people": people_file.parse_people,
}


def merged(repo: Repository, path: str, base: bytes, ours: bytes, theirs: bytes, now: datetime) -> bytes:
    """What stands at `path` after the merge. Raises NotAllowed where a person has to decide; ours then stays."""
    kind = tree.shape(path)
    if ours == theirs:
        return ours
    if not path.endswith(".gpg"):
        if kind == "event":
            raise _conflict(path, "an event never changes, so one of the two was tampered with")
        joined = _joined(repo, path, base, ours, theirs)
        return _readable(repo, kind, joined, path)
    if kind not in _TEXTS:
        raise _conflict(path, "an event fixes these bytes, so they cannot be joined")
    glass = Glass(repo)
    texts = [glass.opened(data) if data else b"" for data in (base, ours, theirs)]
    whole = _readable(repo, kind, _joined(repo, path, *texts), path)
    head = repo.head() or ""
    public = repo.read(head, tree.partnership_key(tree.partnership_of(path)))
    signer = repo.config("user.signingkey")
    if public is None or not signer:
        raise Unavailable(Problem("nothing can be sealed here", "a key is missing", hint="confide doctor"))
    return glass.gpg.sign_and_encrypt(whole, glass.gpg.key(signer).fingerprint, public, now)


def _joined(repo: Repository, path: str, base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Git's own joining of three texts, in memory. Raises NotAllowed where both sides changed the same lines."""
    with memory_dir("merge") as directory:
        files = [directory / name for name in ("ours", "base", "theirs")]
        for file, data in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(data)
        try:
            repo.run("merge-file", "--quiet", *map(str, files))
        except Unavailable:
            # Its exit code is how many conflicts there are; whatever else went wrong is one for a person as well.
            raise _conflict(path, "both sides changed the same lines") from None
        return files[0].read_bytes()


def _types(repo: Repository, partnership: str) -> Iterator[str]:
    """The types a note may name: the known ones, and those that an agreement here adds."""
    yield from KNOWN_TYPES
    for path, blob in repo.paths(repo.head() or "", tree.directory(partnership)).items():
        if tree.shape(path) == "agreement":
            with suppress(Malformed):
                yield from agreement_file.parse_agreement(repo.blob(blob), path).types


def _readable(repo: Repository, kind: str | None, data: bytes, path: str) -> bytes:
    """`data` if it still says what such a file has to say; NotAllowed otherwise."""
    try:
        if path.endswith(".md.gpg"):
            partnership = tree.partnership_of(path)
            inside = path.removeprefix(f"{tree.directory(partnership)}/").removesuffix(".md.gpg")
            note_text.parse_note(data.decode(), partnership, inside, types=_types(repo, partnership))
        elif kind in _READERS:
            _READERS[kind](data, path)
        else:
            yaml.load(data, path)
    except Malformed as malformed:
        raise _conflict(path, f"joined, it would not hold: {malformed.problems[0].what}") from None
    return data


def _conflict(path: str, why: str) -> NotAllowed:
    return NotAllowed(
        Problem(
            "two versions of a file could not be joined, and yours stands there whole",
            why,
            Place(path),
            f"compare: git diff MERGE_HEAD -- {path}; keep one: git checkout --ours (or --theirs) -- {path}, git add",
            "merge",
        )
    )
