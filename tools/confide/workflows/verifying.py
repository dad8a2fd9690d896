"""`verify`: the history from its pinned root, without a key; with keys also that every commitment opens to its text.

Works in a bare repository, on a server or in CI: what is trusted is then given by hand, and nothing is set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from confide.ledger.objects import is_object_id
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, Verification, verify
from confide.model.event import Exact
from confide.model.ids import is_fingerprint
from confide.model.problem import Malformed, Problem, Unavailable, Usage
from confide.records import tree
from confide.workflows import keeper as keeper_of
from confide.workflows import notes
from confide.workflows.practice import SETTING_KEEPER, SETTING_ROOT, Practice, no_practice, not_set_up


def pins_of(repo: Repository, root: str = "", keeper: str = "") -> Pins:
    """What to trust: given by hand, or as this clone holds it."""
    if bool(root) != bool(keeper):
        raise Usage(
            Problem(
                "a root and a keeper are pinned together",
                "they are what the whole history is checked against",
                hint="--root COMMIT --keeper FINGERPRINT, as confide init printed them, or as a receipt names them",
            )
        )
    if root and not (is_object_id(root.lower()) and is_fingerprint(keeper.upper())):
        raise Usage(
            Problem(
                "a root is 40 hexadecimal digits, and so is a keeper",
                "they are what the whole history is checked against",
                hint="confide init printed both; a receipt names both too",
            )
        )
    found = (root or repo.config(SETTING_ROOT) or "", keeper or repo.config(SETTING_KEEPER) or "")
    if not all(found):
        raise Unavailable(_unpinned(repo))
    return Pins(found[0].lower(), found[1].upper())


def _unpinned(repo: Repository) -> Problem:
    """A clone that somebody works in says what would set it up; a server is told what to trust."""
    if repo.root == repo.git_dir:
        hint = "--root COMMIT --keeper FINGERPRINT"
        return Problem("nothing says which history to trust", "this repository has no pinned root", hint=hint)
    if not (repo.root / tree.PRACTICE).is_file():
        return no_practice()
    return not_set_up()


def verified(path: Path, root: str = "", keeper: str = "") -> Verification:
    """The history of any repository, bare or not. Raises Malformed where not even its root can be believed."""
    repo = Repository.at(path, bare=True)
    try:
        return verify(repo, pins_of(repo, root, keeper))
    except Malformed as malformed:
        raise Malformed(*map(keeper_of.with_hint, malformed.problems)) from None
    finally:
        repo.close()


def unopened(practice: Practice) -> tuple[int, tuple[Problem, ...]]:
    """How many commitments of the record open to the text of their place, and every one that does not.

    A note edited since is opened as it was when the event was recorded.
    """
    count = 0
    problems: list[Problem] = []
    for partnership in practice.ids():
        record = practice.record(partnership)
        named = [(event, exact) for event in record.events for exact in event.sections]
        practice.progress(partnership)
        current: dict[str, frozenset[tuple[str, str]]] = {}
        for event, exact in named:
            path = exact.section.partition("#")[0]
            if path not in current:
                current[path] = frozenset(_commitments(practice, partnership, path))
            known = (exact.section, exact.commitment)
            commit = practice.sound().introduced[event.id]
            if known in current[path] or known in set(_commitments(practice, partnership, path, commit)):
                count += 1
            else:
                problems.append(_does_not_open(partnership, event.id, exact))
    return count, tuple(problems)


def _commitments(
    practice: Practice, partnership: str, path: str, commit: str | None = None
) -> Iterator[tuple[str, str]]:
    try:
        note = notes.load(practice, partnership, path, commit)
    except Malformed:
        return
    yield from ((section.ref, section.commitment) for section in note.sections)


def _does_not_open(partnership: str, event: str, exact: Exact) -> Problem:
    return Problem(
        f"event {event} names a text that is not there",
        f"the commitment to {exact.section} opens to nothing that lies there, nor did when it was recorded",
        tree.place(tree.sealed_note(partnership, exact.section.partition("#")[0])),
        "see what stood there: git log -- FILE; a note put in another's place, or copied from elsewhere, shows so",
        "commitment",
    )
