"""What verification says of a history that somebody tampered with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from confide.ledger.objects import commit_payload, with_signature
from confide.ledger.verify import Verification
from confide.policy.decide import decide
from confide.policy.replay import request_for
from tests.ledger.keepers import git
from tests.ledger.practice import SECTION, Desk, P


def rules(found: Verification) -> set[str]:
    return {problem.rule for problem in found.problems}


def nothing_is_allowed(found: Verification) -> bool:
    """The disclosure that the agreement permits is denied on this record."""
    record = found.partnerships[P]
    (event, *_) = record.of_kind("disclosed")
    return bool(record.faults) and not decide(request_for(event, SECTION, "payer"), record, event.at).allowed


def changed(desk: Desk, files: Mapping[str, bytes | None], message: str = "site\n") -> Verification:
    desk.commit(files, message)
    return desk.verify()


def commit_tree(desk: Desk, tree_id: str, parents: tuple[str, ...], message: str, at: datetime | None = None) -> str:
    """A commit of any tree on any parents, properly signed by the coach, and HEAD on it: past all hooks and checks."""
    payload = commit_payload(tree_id, parents, "Morgan Reed", "morgan@example.org", at or desk.at, message)
    made = desk.repo.store("commit", with_signature(payload, desk.coach.sign(desk.at)(payload)))
    git(desk.repo, "update-ref", "HEAD", made)
    return made
