"""One signed commit, or nothing: nothing a user can see changes before the commit exists, is signed and is verified.

Objects → verified signature → journal → branch (only if it still stands where it stood) → files and their index
entries → journal removed. Killed anywhere, `recover` makes it all as before or all as after; the user's other staged
and unstaged changes stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from confide.ledger import index, journal, readiness, work_tree
from confide.ledger.journal import Journal
from confide.ledger.objects import (
    EMPTY_TREE,
    FILE_MODE,
    NO_OBJECT,
    TREE_MODE,
    commit_payload,
    render_tree,
    with_signature,
)
from confide.ledger.repo import Repository
from confide.ledger.work_tree import Version
from confide.model.problem import Malformed, NotAllowed, Place, Problem, Unavailable, Usage
from confide.vault import durable
from confide.vault.sequoia import Certificate, verify_detached

# DESIGN: an event's time agrees with its signature's time within an hour.
TOLERANCE = timedelta(hours=1)

Step = Callable[[str], None]


def record(
    repo: Repository,
    files: Mapping[str, bytes | None],
    message: str,
    at: datetime,
    *,
    sign: Callable[[bytes], bytes],
    keepers: Sequence[Certificate],
    on: str | None = None,
    step: Step = lambda _: None,
) -> str:
    """Commit `files` (None removes one) on the current branch, in the user's name, at `at`; the new commit's id.

    `sign` makes an armoured detached signature over bytes; it must verify as one of `keepers` before the branch moves.
    `on` is the commit that whatever is recorded was decided at: with it, a branch that moved meanwhile is a refusal.
    `step` is told where the work stands (tests stop it there). Raises without any change: NotAllowed for changes that
    are not committed, an unfinished merge or a moved branch; Usage for a detached HEAD; Unavailable for no identity.
    """
    if not files:
        raise Usage(Problem("nothing to record"))
    for path in files:
        work_tree.check_path(path)
    name, email = readiness.identity(repo)
    with durable.alone(journal.directory(repo) / "lock"):
        _recover(repo)
        readiness.require_settled(repo)
        branch, head = readiness.branch(repo), repo.head()
        if on is not None and head != on:
            raise NotAllowed(
                Problem(
                    "the history has grown since this was decided",
                    "the answer may be another now",
                    hint="run the command again",
                    rule="moved",
                )
            )
        step("ready")
        old_tree = repo.commit(head).tree if head else EMPTY_TREE
        old = {path: _version(repo, old_tree, path) for path in files}
        new = {path: _stored(repo, data, old[path]) for path, data in files.items()}
        work_tree.require_untouched(repo, old, new)
        tree = _edited(repo, old_tree, {path: version for path, version in new.items() if version != old[path]})
        if tree == old_tree:
            raise Usage(Problem("nothing has changed", "there is nothing to record", rule="unchanged"))
        payload = commit_payload(tree, (head,) if head else (), name, email, at, message)
        commit = repo.store("commit", with_signature(payload, sign(payload)))
        step("stored")
        _require_signed(repo, commit, payload, at, keepers)
        step("verified")
        entry = Journal(branch, head or NO_OBJECT, commit, tuple(files))
        journal.begin(repo, entry)
        step("journal")
        try:
            repo.move(branch, commit, entry.old, message.partition("\n")[0])
        except Unavailable:
            journal.end(repo)
            raise
        step("moved")
        _finish(repo, entry, step)
    return commit


def recover(repo: Repository) -> bool:
    """Finish or undo what a killed command began; whether there was anything. Safe to call at any time."""
    if journal.open_entry(repo) is None:
        return False
    with durable.alone(journal.directory(repo) / "lock"):
        return _recover(repo)


def _recover(repo: Repository) -> bool:
    entry = journal.open_entry(repo)
    if entry is None:
        return False
    at = repo.run("rev-parse", "--quiet", "--verify", entry.branch, accept=(0, 1)).decode().strip()
    if at == entry.new and readiness.current_branch(repo) == entry.branch:
        _finish(repo, entry, lambda _: None)
    else:
        journal.end(repo)
    return True


def _finish(repo: Repository, entry: Journal, step: Step) -> None:
    """Bring files and index to the new commit. A file that holds something else by now is the user's, and stays."""
    old_tree = EMPTY_TREE if entry.old == NO_OBJECT else repo.commit(entry.old).tree
    new_tree = repo.commit(entry.new).tree
    staged = index.entries(repo, entry.paths)
    wanted: dict[str, Version] = {}
    try:
        for path in entry.paths:
            old, new = _version(repo, old_tree, path), _version(repo, new_tree, path)
            work_tree.forget_beside(repo, path)
            if old != new and work_tree.read(repo, path) == (repo.blob(old[1]) if old else None):
                work_tree.replace(repo, path, repo.blob(new[1]) if new else None, new[0] if new else FILE_MODE)
            if staged.get(path) == old:
                wanted[path] = new
            step(f"file {path}")
    except OSError as problem:
        raise Unavailable(
            Problem(
                "the commit is made, but its files could not all be written",
                problem.strerror or "",
                hint="make room or give the right to write, then run any command: it finishes the work",
                rule="unfinished",
            )
        ) from None
    index.set_entries(repo, wanted)
    step("index")
    journal.end(repo)
    step("done")


def _require_signed(
    repo: Repository, commit: str, payload: bytes, at: datetime, keepers: Sequence[Certificate]
) -> None:
    """Read the new commit back and verify it as anybody later would."""
    made = repo.commit(commit)
    if made.payload != payload or made.signature is None:
        raise Malformed(
            Problem(
                "the new commit did not come out as it was meant",
                "it would not verify, so it is not used",
                rule="signature",
            )
        )
    verified = verify_detached(made.payload, made.signature, keepers)
    if abs(verified.created - at) > TOLERANCE:
        raise Unavailable(
            Problem(
                "the signature bears another time than the record",
                f"they may be {TOLERANCE.seconds // 3600} hour apart at most",
                hint="check the clock of this machine",
                rule="time",
            )
        )


def _version(repo: Repository, tree: str, path: str) -> Version:
    """The file at `path` in a tree. Raises NotAllowed where a directory or a link stands there."""
    *directories, name = path.split("/")
    for directory in directories:
        mode, tree = repo.tree(tree).get(directory, (TREE_MODE, EMPTY_TREE))
        if mode != TREE_MODE:
            raise NotAllowed(
                Problem("a file stands where a directory is expected", "it would be lost", place=Place(path))
            )
    found = repo.tree(tree).get(name)
    if found is not None and found[0] not in ("100644", "100755"):
        raise NotAllowed(
            Problem(
                "something that is no file stands where one is to be written", "it would be lost", place=Place(path)
            )
        )
    return found


def _stored(repo: Repository, data: bytes | None, old: Version) -> Version:
    return None if data is None else (old[0] if old else FILE_MODE, repo.store("blob", data))


def _edited(repo: Repository, tree: str, versions: Mapping[str, Version]) -> str:
    """The id of a tree with these files put in or taken out; directories left empty go."""
    entries = repo.tree(tree)
    below: dict[str, dict[str, Version]] = {}
    for path, version in versions.items():
        name, slash, rest = path.partition("/")
        if slash:
            below.setdefault(name, {})[rest] = version
        elif version is None:
            entries.pop(name, None)
        else:
            entries[name] = version
    for name, inner in below.items():
        edited = _edited(repo, entries[name][1] if name in entries else EMPTY_TREE, inner)
        if edited == EMPTY_TREE:
            entries.pop(name, None)
        else:
            entries[name] = (TREE_MODE, edited)
    return repo.store("tree", render_tree(entries)) if entries else EMPTY_TREE
