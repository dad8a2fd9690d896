"""Sealed files, judged without a key: each is for its partnership's key alone, and lies where it was first put.

Sealing is random, so the same ciphertext in two places is a copy: a note put in another's place, or into another
partnership, where it would keep its old readers. A file that was put right later is remembered, and blocks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from confide.ledger.lazily import put
from confide.ledger.objects import RawCommit
from confide.ledger.repo import Repository
from confide.ledger.scene import own_changes
from confide.ledger.sealed_files import SEALED, WRITTEN
from confide.ledger.state import Chronicle, State
from confide.model.problem import Malformed, Place, Problem
from confide.records import tree
from confide.vault.packets import sealed_for_keys
from confide.vault.sequoia import Certificate


def with_sealed(repo: Repository, commit: RawCommit, state: State) -> tuple[State, tuple[Problem, ...]]:
    """The state after the sealed files of this commit, and what was found wrong with them."""
    changes = [change for change in own_changes(commit) if tree.shape(change.path) in SEALED]
    if not changes:
        return state, ()
    chronicles: dict[str, Chronicle] = {}
    found: list[Problem] = []
    for change in changes:
        partnership = tree.partnership_of(change.path)
        known = chronicles.get(partnership) or state.chronicles.get(partnership)
        if known is None:
            continue
        misplaced = {path: problem for path, problem in known.misplaced.items() if path != change.path}
        if change.status == "D":
            chronicles[partnership] = replace(known, misplaced=misplaced)
            continue
        problem = next(_judged(repo, commit, change.path, change.blob, known), None)
        if problem is not None:
            misplaced[change.path] = problem
            found.append(problem)
        sealed = known.sealed if change.blob in known.sealed else {**known.sealed, change.blob: change.path}
        chronicles[partnership] = replace(known, misplaced=misplaced, sealed=sealed)
    return replace(state, chronicles=put(state.chronicles, chronicles)), tuple(found)


def _judged(repo: Repository, commit: RawCommit, path: str, blob: str, known: Chronicle) -> Iterator[Problem]:
    first = known.sealed.get(blob, path)
    if first != path and tree.shape(path) in WRITTEN:
        yield Problem(
            f"commit {commit.short} puts a sealed file in another's place",
            f"the same bytes were recorded as {first}",
            Place(path),
            f"put back what belongs there: `git log -- {path}`",
            "sealed-moved",
        )
    key = known.files.get(tree.partnership_key(known.partnership.id))
    if key is None:  # a practice older than its keys, or none at all: nothing says whose it should be
        return
    data = repo.blob(blob)
    try:
        readers = set(sealed_for_keys(data, aead=True))
    except Malformed:
        yield Problem(
            f"commit {commit.short} holds readable what should be sealed",
            "whoever has a copy of the repository can read it",
            Place(path),
            "seal it; what was pushed cannot be taken back",
            "plaintext",
        )
        return
    if not readers or not readers <= _ids(repo, key):
        yield Problem(
            f"commit {commit.short} holds a file sealed for somebody else",
            "it is not for its partnership's key, or not for that alone: a copy keeps its old readers",
            Place(path),
            "seal it anew for its partnership, with the command that writes such files",
            "recipients",
        )


def _ids(repo: Repository, blob: str) -> frozenset[str]:
    return _key_ids(repo.blob(blob))


@lru_cache(4096)
def _key_ids(data: bytes) -> frozenset[str]:
    """What messages name a key by; nothing for what is no key, so that nothing is taken to be for it."""
    try:
        return Certificate.parse(data).key_ids
    except Malformed:
        return frozenset()
