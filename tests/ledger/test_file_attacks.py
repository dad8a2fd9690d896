"""Attacks on what lies beside the events: keys, agreements, signatures, and the objects themselves."""

from __future__ import annotations

import pytest

from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, verify
from confide.model.commitment import digest
from confide.records import tree
from tests.ledger.keepers import Keeper, git
from tests.ledger.practice import AGREEMENT, Desk, P, path_of
from tests.ledger.verdicts import changed, commit_tree, nothing_is_allowed, rules

pytestmark = pytest.mark.gpg


@pytest.fixture
def desk(practice: Desk) -> Desk:
    """The agreement in force, and one disclosure."""
    return practice


def test_a_party_key_added_without_an_enrolment(desk: Desk, stranger: Keeper) -> None:
    """A key that nobody enrolled would sign in a party's name. Rule `key-without-enrolment`."""
    found = changed(desk, {tree.party_key(P, "payer", 1): stranger.public})
    assert rules(found) == {"key-without-enrolment"}


def test_a_party_key_exchanged(desk: Desk, stranger: Keeper) -> None:
    """Nor may one be exchanged for another. Rule `key-without-enrolment`."""
    assert rules(changed(desk, {tree.party_key(P, "client", 1): stranger.public})) == {"key-without-enrolment"}


def test_an_agreement_changed_after_it_was_proposed(desk: Desk) -> None:
    """A policy rolled back or loosened under the signatures. Rule `agreement-changed`."""
    found = changed(desk, {tree.agreement(P, 1): AGREEMENT.replace(b"summary", b"verbatim")})
    assert rules(found) == {"agreement-changed"}
    assert found.partnerships[P].agreements[0].digest == digest(AGREEMENT)
    assert nothing_is_allowed(found)


def test_a_merge_that_takes_the_draft_for_the_proposal(desk: Desk) -> None:
    """Another clone still edited the draft: a merge may not put that in place of what was proposed."""
    git(desk.repo, "branch", "other", desk.commits["e0000001"] + "^")
    ours = desk.repo.head() or ""
    git(desk.repo, "switch", "--quiet", "other")
    draft = AGREEMENT.replace(b"summary", b"verbatim")
    theirs = desk.commit({tree.agreement(P, 1): draft}, f"draft: {P} agreement 1\n")
    git(desk.repo, "switch", "--quiet", "main")
    (desk.repo.root / tree.agreement(P, 1)).write_bytes(draft)
    git(desk.repo, "add", tree.agreement(P, 1))
    merged = git(desk.repo, "write-tree").strip()
    commit_tree(desk, merged, (ours, theirs), "merge: 000000000000\n")
    found = desk.verify()
    assert rules(found) == {"agreement-changed"}
    assert found.partnerships[P].agreements[0].digest == digest(AGREEMENT)


def test_a_link_in_place_of_a_record(desk: Desk) -> None:
    """Whoever checks it out would read whatever it leads to. Rule `shape`."""
    path = tree.agreement(P, 2)
    (desk.repo.root / path).symlink_to("1.yml")
    git(desk.repo, "add", path)
    last, written_tree = desk.repo.head() or "", git(desk.repo, "write-tree").strip()
    commit_tree(desk, written_tree, (last,), f"draft: {P} agreement 2\n")
    assert rules(desk.verify()) == {"shape"}


def test_a_revocation_that_brings_a_key(desk: Desk, stranger: Keeper) -> None:
    """`revoked` takes a key away; it does not exchange it for another. Rule `key-without-enrolment`."""
    event = desk.event("revoked", to=("client",), number=1, reader="abcdefghj2")
    desk.add(event, {tree.party_key(P, "client", 1): stranger.public})
    assert rules(desk.verify()) == {"key-without-enrolment"}


def test_a_revocation_takes_the_key_away(desk: Desk) -> None:
    """And what was signed with it while it stood stays signed."""
    event = desk.event("revoked", to=("client",), number=1, reader="abcdefghj2")
    desk.add(event, {tree.party_key(P, "client", 1): None})
    assert desk.verify().problems == ()


def test_a_partnerships_key_replaced(desk: Desk, stranger: Keeper) -> None:
    """Notes would be written for somebody else. Rule `partnership-key`."""
    assert changed(desk, {tree.partnership_key(P): desk.client.public}, f"people: {P}\n").problems == ()
    assert rules(changed(desk, {tree.partnership_key(P): stranger.public}, f"people: {P}\n")) == {"partnership-key"}


def test_a_signature_exchanged_afterwards(desk: Desk) -> None:
    """A signature's file belongs to its event for good. Rule `signature-without-event`."""
    other = desk.client.sign(desk.at)(b"something else")
    assert rules(changed(desk, {tree.agreement_signature(P, 1, "client", 1): other})) == {"signature-without-event"}


def test_a_file_changed_inside_the_object_store(desk: Desk) -> None:
    """Bytes put under another object's name are noticed where they are read. Rule `object`."""
    (event,) = desk.verify().partnerships[P].of_kind("disclosed")
    blob = git(desk.repo, "rev-parse", f"HEAD:{path_of(event)}").strip()
    other = desk.repo.store("blob", b"event: 1\n")
    store = desk.repo.git_dir / "objects"
    target = store / blob[:2] / blob[2:]
    target.chmod(0o600)
    target.write_bytes((store / other[:2] / other[2:]).read_bytes())
    assert "object" in rules(verify(Repository.at(desk.repo.root), Pins(desk.root, desk.coach.fingerprint)))


def test_replaced_objects_and_grafts_show_nothing_else(desk: Desk) -> None:
    """Git's own ways to show another history than the one that is there are switched off."""
    expected = desk.verify()
    head = desk.repo.head() or ""
    git(desk.repo, "replace", head, f"{head}~1")
    (desk.repo.git_dir / "info").mkdir(exist_ok=True)
    (desk.repo.git_dir / "info/grafts").write_text(f"{head}\n")
    assert verify(Repository.at(desk.repo.root), Pins(desk.root, desk.coach.fingerprint)) == expected
