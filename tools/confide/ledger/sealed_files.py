"""Every sealed file of a partnership, now and over its history, by what Git knows: no key is needed to list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from confide.ledger.objects import RawCommit
from confide.ledger.repo import Repository
from confide.model.commitment import digest
from confide.model.destruction import EVERYTHING
from confide.model.event import Event
from confide.policy.destruction import reaches
from confide.records import tree

# Written anew whenever the key changes; events fix the bytes of every other sealed file for good.
WRITTEN = frozenset({"note", "attachment", "feedback", "summary", "people"})
FIXED = frozenset({"detail", "document", "event-document", "instrument-document", "kept"})
SEALED = WRITTEN | FIXED
SUFFIX = ".md.gpg"


@dataclass(frozen=True)
class Sealed:
    """One version of a sealed file: where it stands or stood, what kind it is, and its blob."""

    path: str
    kind: str
    blob: str

    @property
    def inside(self) -> str:
        """How events name a note, feedback or summary: `notes/2026-02-03`; of an attachment its note."""
        inside = "/".join(self.path.split("/")[2:])
        return inside.partition(".")[0] if self.kind == "attachment" else inside.removesuffix(SUFFIX)


def at(repo: Repository, commit: str, partnership: str = "") -> tuple[Sealed, ...]:
    """The sealed files of one commit, of one partnership or of all, in Git's order."""
    under = tree.directory(partnership) if partnership else tree.ROOT
    found = (Sealed(path, tree.shape(path) or "", blob) for path, blob in repo.paths(commit, under).items())
    return tuple(one for one in found if one.kind in SEALED)


def ever(repo: Repository, partnership: str = "") -> tuple[Sealed, ...]:
    """Every version of every sealed file, of one partnership or of all, in the order in which they came."""
    found: dict[Sealed, None] = {}
    for commit in repo.commits():
        for change in commit.changed:
            kind = tree.shape(change.path) or ""
            if change.status != "D" and kind in SEALED and partnership in ("", tree.partnership_of(change.path)):
                found.setdefault(Sealed(change.path, kind, change.blob))
    return tuple(found)


def reached(files: tuple[Sealed, ...], scope: str) -> Iterator[Sealed]:
    """Those that destroying `scope` makes unreadable."""
    for one in files:
        if scope == EVERYTHING or (one.kind in WRITTEN and one.kind != "people" and reaches(scope, one.inside)):
            yield one


def listing(files: tuple[Sealed, ...], scope: str) -> bytes:
    """What a certificate of destruction is about: one line `path blob` for each file, sorted."""
    return "".join(sorted(f"{one.path} {one.blob}\n" for one in reached(files, scope))).encode()


def digest_of(repo: Repository, commit: RawCommit, event: Event) -> str:
    """The digest of that list for the files just before `commit`."""
    before = at(repo, commit.parents[0], event.partnership) if commit.parents else ()
    return digest(listing(before, event.scope))
