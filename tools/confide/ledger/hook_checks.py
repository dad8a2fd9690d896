"""The other hooks: what a message may say, where a push may go, and that history is never rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from confide.ledger import codec
from confide.ledger.objects import NO_OBJECT
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, verify
from confide.model import ids
from confide.model.problem import Malformed, Place, Problem, Refused
from confide.records import tree
from confide.records.practice_file import parse_practice

# Names of branches that say nothing about anybody (S-06).
BRANCHES = frozenset({"main", "master", "trunk"})
_SCISSORS = re.compile(r"^# -{4,} >8 -{4,}$", re.MULTILINE)


def message(repo: Repository, file: Path) -> Iterator[Problem]:
    """`commit-msg`: a subject of the closed list and nothing below it. The message of a merge is replaced."""
    if (repo.git_dir / "MERGE_HEAD").is_file():
        merged = (repo.git_dir / "MERGE_HEAD").read_text().split()
        file.write_text(codec.plain_message("merge", *(commit[:12] for commit in merged[:2])), encoding="utf-8")
        return
    text = _SCISSORS.split(file.read_text(encoding="utf-8", errors="replace"))[0]
    lines = [line.rstrip() for line in text.splitlines() if not line.startswith("#")]
    if not codec.is_plain("\n".join(lines).strip("\n") + "\n"):
        yield Problem(
            "the message is in words of its own",
            "messages stand in the open, and a word of one's own could name somebody",
            hint=f"write one of: {', '.join(codec.PLAIN_FORMS)}",
            rule="subject",
        )


def rebase() -> Iterator[Problem]:
    """`pre-rebase`: never."""
    yield Problem(
        "the history of a practice is never rewritten",
        "every commit is signed in its place; another base breaks every signature and every receipt",
        hint="merge instead: `git pull --no-rebase`",
        rule="rebase",
    )


def push(repo: Repository, remote: str, address: str, lines: Sequence[str]) -> Iterator[Problem]:
    """`pre-push`: only to approved remotes (S-26), only forward, only branches whose names say nothing (S-06).

    `lines` as Git gives them: local reference, local id, remote reference, remote id. An address may hold a
    password, so it is not repeated.
    """
    if address not in _approved(repo):
        named = f"the remote `{remote}`" if ids.is_term(remote) else "this remote"
        yield Problem(
            f"{named} is not approved",
            "whoever runs it holds a copy of the whole record",
            Place(tree.PRACTICE),
            "if its access is controlled, add its address to `remotes` and commit as `practice: ID`",
            "remote",
        )
    for line in lines:
        yield from _reference(repo, *line.split())


def receive(repo: Repository, lines: Sequence[str]) -> Iterator[Problem]:
    """`pre-receive`, on a server and without any key: only forward, and only a history that verifies.

    `lines` as Git gives them: old id, new id, reference. What the server trusts stands in its own configuration.
    """
    root, keeper = repo.config("confide.root"), repo.config("confide.keeper")
    if root is None or keeper is None:
        yield Problem(
            "this server does not know which history to trust",
            "it has no pinned root",
            hint="on the server: `confide hook server ROOT KEEPER`",
            rule="root",
        )
        return
    for line in lines:
        old, new, reference = line.split()
        refused = list(_reference(repo, reference, new, reference, old))
        yield from refused
        if not refused:
            yield from _history(repo, Pins(root, keeper), new)


def _history(repo: Repository, pins: Pins, new: str) -> Iterator[Problem]:
    try:
        found = verify(repo, pins, new)
    except Refused as refused:
        yield from refused.problems
        return
    yield from found.problems
    # What blocks nothing once it is history can still be kept out of it.
    yield from (problem for problem in found.remarks if problem.rule in ("shape", "subject", "tree"))


def _approved(repo: Repository) -> tuple[str, ...]:
    """The remotes in the committed file: what is only in the work tree is not approved yet."""
    head = repo.head()
    data = repo.read(head, tree.PRACTICE) if head else None
    try:
        return parse_practice(data, tree.PRACTICE).remotes if data is not None else ()
    except Malformed:
        return ()


def _reference(repo: Repository, local: str, new: str, remote: str, old: str) -> Iterator[Problem]:
    del local
    kind, _, name = remote.removeprefix("refs/").partition("/")
    if kind != "heads" or not (name in BRANCHES or ids.is_partnership(name) or ids.is_practice(name)):
        yield Problem(
            "a reference is pushed whose name could say something",
            "names of branches and tags stand in the open; notes could hold decrypted text",
            hint=f"push one of: {', '.join(sorted(BRANCHES))}",
            rule="reference-name",
        )
    if new == NO_OBJECT:
        yield Problem("a branch would be deleted", "nothing of the record goes", rule="rewritten")
    elif old != NO_OBJECT and not _contains(repo, new, old):
        yield Problem(
            "the push would rewrite what the remote has",
            "history only grows",
            hint="fetch and merge: `git pull --no-rebase`",
            rule="rewritten",
        )


def _contains(repo: Repository, new: str, old: str) -> bool:
    """Whether `old` is an ancestor of `new`; not, when this clone has never seen it."""
    known = repo.run("cat-file", "-t", old, accept=(0, 128)).strip() == b"commit"
    return known and not repo.run("rev-list", "--max-count=1", old, f"^{new}").strip()
