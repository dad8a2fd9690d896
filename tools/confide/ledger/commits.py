"""Who made a commit, and when: signed by a keeper of every parent's tree, with that tree's keys (the trust root).

A commit can therefore neither be written by somebody else, nor be put behind another parent, nor make its own author
a keeper. What is wrong here is wrong for everything after it, so verification stops at the first such commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from confide.ledger.issuer import claimed_issuer
from confide.ledger.objects import RawCommit
from confide.ledger.state import State
from confide.model.problem import Malformed, Problem
from confide.records import tree
from confide.vault.sequoia import Certificate, Verified, verify_detached

# DESIGN: an event's time agrees with its signature's time within an hour; so does a commit's.
TOLERANCE = timedelta(hours=1)


def judged(commit: RawCommit, allowed: Sequence[Certificate]) -> Verified:
    """Who signed `commit` and when, by one of `allowed`. Raises Malformed with the rule that it broke."""
    if commit.signature is None:
        raise _refused(commit, "it is not signed", "anybody could have written it", "unsigned")
    try:
        return verify_detached(commit.payload, commit.signature, allowed)
    except Malformed as malformed:
        issuer = claimed_issuer(commit.signature)
        if issuer and not any(issuer in one.key_ids for one in allowed):
            raise _refused(
                commit,
                f"it is signed by key {issuer}, which is no keeper's",
                "the keepers are those of its parents' `records/practice.yml`",
                "signer",
            ) from None
        why = malformed.problems[0].why or malformed.problems[0].what
        raise _refused(commit, "its signature does not hold", why, "signature") from None


def allowed_signers(commit: RawCommit, parents: Sequence[State]) -> tuple[Certificate, ...]:
    """The keys that may sign `commit`: keepers of the practice in every parent.

    A keeper of one partnership alone may sign what touches nothing but its record: not who keeps it, nor its keys.
    """
    keepers = [frozenset(state.practice.keepers) | _of_partnership(commit, state) for state in parents]
    common = frozenset.intersection(*keepers)
    return tuple(state.keys[name] for state in parents[:1] for name in sorted(common) if name in state.keys)


def _of_partnership(commit: RawCommit, state: State) -> frozenset[str]:
    partnership = only_record(change.path for change in commit.changed)
    chronicle = None if commit.merges else state.chronicles.get(partnership)
    return frozenset(chronicle.partnership.keepers) if chronicle else frozenset()


def only_record(paths: Iterable[str]) -> str:
    """The one partnership whose record alone is touched, neither its keepers nor its people nor any key; or nothing."""
    known = tuple(paths)
    touched = {tree.partnership_of(path) for path in known}
    kinds = {tree.shape(path) for path in known}
    if len(touched) != 1 or kinds & {None, "partnership", "people", "key", "party-key"}:
        return ""
    return touched.pop()


def time_problem(commit: RawCommit, signed: datetime) -> Problem | None:
    """The commit's own time must agree with its signature's: the one is written, the other is vouched for."""
    if abs(commit.committer_time - signed) <= TOLERANCE:
        return None
    return Problem(
        f"commit {commit.short} bears another time than its signature",
        "they may be an hour apart at most",
        rule="time",
    )


def _refused(commit: RawCommit, what: str, why: str, rule: str) -> Malformed:
    return Malformed(Problem(f"commit {commit.short}: {what}", why, rule=rule))
