"""Attacks on who wrote a commit, when, and where it stands: each is named by a rule of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from confide.ledger import codec
from confide.ledger.objects import with_signature
from confide.ledger.verify import Pins, verify
from confide.model.problem import Malformed
from confide.policy.decide import decide
from confide.policy.replay import request_for
from confide.records import tree
from confide.records.practice_file import parse_practice, render_practice
from tests.ledger.keepers import Keeper, git
from tests.ledger.practice import SECTION, Desk, P
from tests.ledger.verdicts import commit_tree, nothing_is_allowed, rules

pytestmark = pytest.mark.gpg


@pytest.fixture
def desk(practice: Desk) -> Desk:
    """The agreement in force, and one disclosure."""
    return practice


def rewrite(desk: Desk, edit: Callable[[bytes, int], bytes | None], keeper: Keeper | None = None) -> None:
    """Build the history again, commit by commit: `edit` changes each commit's content, None drops it.

    With a `keeper` every commit is signed anew by them; without, the old signatures are carried along.
    """
    parent = ""
    for number, commit in enumerate(list(desk.repo.commits())):
        payload = edit(commit.payload, number)
        if payload is None:
            continue
        payload = re.sub(rb"\nparent [0-9a-f]{40}", b"\nparent " + parent.encode(), payload, count=1)
        signature = keeper.sign(commit.committer_time)(payload) if keeper else commit.signature or b""
        parent = desk.repo.store("commit", with_signature(payload, signature) if signature else payload)
    git(desk.repo, "update-ref", "HEAD", parent)


def git_store(desk: Desk, data: bytes) -> str:
    return desk.repo.run("hash-object", "-w", "-t", "commit", "--literally", "--stdin", stdin=data).decode().strip()


def test_a_sound_record_allows_what_it_permits(desk: Desk) -> None:
    """The yardstick of this file: without an attack the same question is answered yes."""
    found = desk.verify()
    (event,) = found.partnerships[P].of_kind("disclosed")
    record = found.partnerships[P]
    assert found.problems == ()
    assert decide(request_for(event, SECTION, "payer"), record, event.at).allowed


def test_a_rewritten_commit_breaks_its_signature(desk: Desk) -> None:
    """Another author, time or message in an old commit: its signature no longer holds. Rule `signature`."""
    rewrite(desk, lambda payload, n: payload.replace(b"payer", b"board") if n == 7 else payload)
    found = desk.verify()
    assert rules(found) == {"signature"}
    assert found.head != desk.repo.head()
    assert found.partnerships[P].faults == found.faults


def test_a_valid_commit_moved_behind_another_parent_breaks(desk: Desk) -> None:
    """A signature covers the parent, so a validly signed commit holds in its own place only. Rule `signature`."""
    last = desk.repo.commit(desk.repo.head() or "")
    above = desk.repo.commit(last.parents[0]).parents[0]
    moved = last.payload.replace(last.parents[0].encode(), above.encode())
    git(desk.repo, "update-ref", "HEAD", desk.repo.store("commit", with_signature(moved, last.signature or b"")))
    assert rules(desk.verify()) == {"signature"}


def test_a_rewritten_root_is_not_the_pinned_one(desk: Desk) -> None:
    """The keeper's own key is not enough to begin the history anew. Rule `root`."""
    rewrite(desk, lambda payload, _: payload.replace(b"Morgan", b"Mergan"), desk.coach)
    with pytest.raises(Malformed, match="not with the pinned root") as refusal:
        desk.verify()
    assert [problem.rule for problem in refusal.value.problems] == ["root"]


def test_another_practice_is_not_this_one(desk: Desk, stranger: Keeper) -> None:
    """A root that does not name the pinned keeper is refused even if its id is the pinned one. Rule `root`."""
    with pytest.raises(Malformed) as refusal:
        verify(desk.repo, Pins(desk.root, stranger.fingerprint))
    assert [problem.rule for problem in refusal.value.problems] == ["root"]


def test_a_commit_by_somebody_who_is_no_keeper(desk: Desk, stranger: Keeper) -> None:
    """A good signature of a good key that nobody listed. Rule `signer`, and the commit is named."""
    head = desk.repo.head()
    made = desk.commit({"README.md": b"x"}, "site\n", stranger)
    found = desk.verify()
    assert rules(found) == {"signer"}
    assert made[:12] in found.faults[0].what
    assert found.head == head
    assert nothing_is_allowed(found)


def test_nobody_makes_themselves_a_keeper(desk: Desk, stranger: Keeper) -> None:
    """The list of keepers that counts is the parents', not the one that the commit brings. Rule `signer`."""
    practice = parse_practice((desk.repo.root / tree.PRACTICE).read_bytes(), tree.PRACTICE)
    grown = replace(practice, keepers=(*practice.keepers, stranger.fingerprint))
    files = {tree.PRACTICE: render_practice(grown), tree.keeper_key(stranger.fingerprint): stranger.public}
    desk.commit(files, codec.plain_message("practice", practice.id), stranger)
    assert rules(desk.verify()) == {"signer"}


def test_a_keeper_of_the_practice_records_only_where_they_are_a_keeper(desk: Desk, stranger: Keeper) -> None:
    """Being made a keeper of the practice opens no partnership's record. Rule `keeper`."""
    practice = parse_practice((desk.repo.root / tree.PRACTICE).read_bytes(), tree.PRACTICE)
    grown = replace(practice, keepers=(*practice.keepers, stranger.fingerprint))
    files = {tree.PRACTICE: render_practice(grown), tree.keeper_key(stranger.fingerprint): stranger.public}
    desk.commit(files, codec.plain_message("practice", practice.id))
    assert desk.verify().problems == ()
    desk.add(desk.event("refused", to=("payer",), what=("conflicts",)), keeper=stranger)
    assert rules(desk.verify()) == {"keeper"}


def test_an_unsigned_commit(desk: Desk) -> None:
    """What nobody signed could be anybody's. Rule `unsigned`."""
    git(desk.repo, "commit", "--quiet", "--no-gpg-sign", "--allow-empty", "-m", "site")
    assert rules(desk.verify()) == {"unsigned"}


def test_a_commit_with_a_second_signature_or_header(desk: Desk) -> None:
    """What Git would tolerate beside the signed bytes is refused. Rule `commit-form`."""
    last = desk.repo.commit(desk.repo.head() or "")
    data = with_signature(last.payload, last.signature or b"").replace(b"\ngpgsig ", b"\nencoding latin-1\ngpgsig ", 1)
    git(desk.repo, "update-ref", "HEAD", git_store(desk, data))
    assert rules(desk.verify()) == {"commit-form"}


def test_a_commit_dated_otherwise_than_its_signature(desk: Desk) -> None:
    """Git lets anybody write any date into a commit; the signature's own counts. Rule `time`."""
    last = desk.repo.commit(desk.repo.head() or "")
    late = desk.at + timedelta(days=30)
    commit_tree(desk, last.tree, (last.id,), "site\n", late)
    assert rules(desk.verify()) == {"time"}
