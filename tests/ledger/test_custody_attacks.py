"""Who keeps a partnership, and with which key, changes only as an event says; each attack fails with its own rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from confide.ledger import sealed_files
from confide.model.commitment import digest
from confide.model.destruction import DESTROYED, EVERYTHING
from confide.model.event import Copies, Event
from confide.records import tree
from confide.records.partnership_file import render_partnership
from tests.ledger.keepers import Keeper, git
from tests.ledger.practice import Desk, P
from tests.ledger.verdicts import changed, commit_tree, nothing_is_allowed, rules


@pytest.fixture
def desk(practice: Desk) -> Desk:
    """In force, with a key of the partnership on record."""
    practice.commit({tree.partnership_key(P): practice.client.public}, f"people: {P}\n")
    return practice


def kept_by(desk: Desk, *fingerprints: str) -> bytes:
    """The partnership's file with these keepers beside the coach."""
    partnership = desk.verify().partnerships[P].partnership
    return render_partnership(replace(partnership, keepers=(desk.coach.fingerprint, *fingerprints)))


def granted(desk: Desk, keeper: Keeper, file: bytes | None = None) -> Event:
    event = desk.event("granted", to=("client",), key=keeper.fingerprint)
    partnership = kept_by(desk, keeper.fingerprint) if file is None else file
    return desk.add(event, {tree.partnership(P): partnership, tree.keeper_key(keeper.fingerprint): keeper.public})


def destroyed(desk: Desk, document: str = "") -> Event:
    before = sealed_files.at(desk.repo, desk.repo.head() or "", P)
    return desk.event(
        "destroyed",
        to=("client",),
        scope=EVERYTHING,
        key=desk.client.fingerprint,
        document=document or digest(sealed_files.listing(before, EVERYTHING)),
        copies=(Copies("keystore", DESTROYED),),
    )


def test_granted_and_relieved_as_the_events_say(desk: Desk, stranger: Keeper) -> None:
    """Both verify; in between they record, afterwards they do not. Rule `signer`."""
    granted(desk, stranger)
    desk.commit({tree.agreement(P, 2): b"draft\n"}, f"draft: {P} agreement 2\n", stranger)
    assert desk.verify().problems == ()
    event = desk.event("relieved", to=("client",), key=stranger.fingerprint)
    desk.add(event, {tree.partnership(P): kept_by(desk)})
    assert desk.verify().problems == ()
    desk.commit({tree.agreement(P, 2): b"another\n"}, f"draft: {P} agreement 2\n", stranger)
    assert rules(desk.verify()) == {"signer"}


@pytest.mark.parametrize("path", [tree.partnership_key(P), tree.people(P), tree.partnership(P)])
def test_a_keeper_of_one_who_reaches_further(desk: Desk, stranger: Keeper, path: str) -> None:
    """Its key, its people, its keepers: a keeper of the practice signs those. Rule `signer`."""
    granted(desk, stranger)
    data = kept_by(desk) if path == tree.partnership(P) else b"anything"
    desk.commit({path: data}, f"people: {P}\n", stranger)
    assert "signer" in rules(desk.verify())


def test_a_keeper_without_an_event(desk: Desk, stranger: Keeper) -> None:
    """Somebody reads and records unseen. Rule `keeper-without-event`."""
    files = {tree.partnership(P): kept_by(desk, stranger.fingerprint)}
    found = changed(desk, {**files, tree.keeper_key(stranger.fingerprint): stranger.public}, f"parties: {P}\n")
    assert rules(found) == {"keeper-without-event"} and nothing_is_allowed(found)


def test_a_keeper_taken_off_without_an_event(desk: Desk, stranger: Keeper) -> None:
    """Nobody could tell until when they read. Rule `keeper-without-event`."""
    granted(desk, stranger)
    assert rules(changed(desk, {tree.partnership(P): kept_by(desk)}, f"parties: {P}\n")) == {"keeper-without-event"}


def test_a_grant_for_another_than_the_one_it_names(desk: Desk, stranger: Keeper, client: Keeper) -> None:
    """The event says one fingerprint, the list another. Rule `keeper-without-event`."""
    granted(desk, stranger, kept_by(desk, client.fingerprint))
    assert rules(desk.verify()) == {"keeper-without-event"}


def test_a_grant_that_changes_nothing(desk: Desk, stranger: Keeper) -> None:
    """It would look as if somebody kept the record who does not. Rule `keeper-without-event`."""
    event = desk.event("granted", to=("client",), key=stranger.fingerprint)
    desk.add(event, {tree.keeper_key(stranger.fingerprint): stranger.public})
    assert rules(desk.verify()) == {"keeper-without-event"}


def test_a_rotation_as_its_event_says(desk: Desk, stranger: Keeper) -> None:
    """The key beside it is the one that it names."""
    event = desk.event("rotated", key=stranger.fingerprint)
    desk.add(event, {tree.partnership_key(P): stranger.public})
    assert desk.verify().problems == ()


def test_a_rotation_to_another_key(desk: Desk, stranger: Keeper) -> None:
    """What is sealed from then on would be for a key that nobody named. Rule `rotation`."""
    event = desk.event("rotated", key=desk.coach.fingerprint)
    desk.add(event, {tree.partnership_key(P): stranger.public})
    assert rules(desk.verify()) == {"rotation"}


def test_a_rotation_without_a_key(desk: Desk) -> None:
    """Said, and not done. Rule `rotation`."""
    desk.add(desk.event("rotated", key=desk.coach.fingerprint))
    assert rules(desk.verify()) == {"rotation"}


def test_a_certificate_for_another_list(desk: Desk) -> None:
    """What opens no more follows from the files just before it. Rule `destruction`."""
    desk.add(destroyed(desk))
    assert desk.verify().problems == ()
    desk.add(destroyed(desk, digest(b"nothing at all")))
    assert rules(desk.verify()) == {"destruction"}


def test_something_put_beside_what_was_kept(desk: Desk) -> None:
    """It could say something else than what it stands for, and is not even sealed. Rules `kept` and `plaintext`."""
    path = tree.kept(P, digest(b"an older message"))
    assert rules(changed(desk, {path: b"anything"})) == {"kept", "plaintext"}


def merge_that_keeps(desk: Desk, path: str, ours: str) -> None:
    """A merge of the branch `other` with all that happened on both sides, but for the file at `path` of `ours`."""
    theirs = git(desk.repo, "rev-parse", "HEAD").strip()
    git(desk.repo, "checkout", "--quiet", ours, "--", path)
    git(desk.repo, "add", "--all")
    merged = git(desk.repo, "write-tree").strip()
    commit_tree(desk, merged, (theirs, ours), "merge: 000000000000\n")


def test_a_merge_that_brings_back_who_was_relieved(desk: Desk, stranger: Keeper) -> None:
    """One side's file is not the other's event. Rule `keeper-without-event`."""
    granted(desk, stranger)
    other = desk.commit({"README.md": b"x"}, "site\n")
    git(desk.repo, "reset", "--quiet", "--hard", f"{other}^")
    desk.add(desk.event("relieved", to=("client",), key=stranger.fingerprint), {tree.partnership(P): kept_by(desk)})
    git(desk.repo, "checkout", "--quiet", other, "--", "README.md")
    merge_that_keeps(desk, tree.partnership(P), other)
    found = desk.verify()
    assert rules(found) == {"keeper-without-event"} and nothing_is_allowed(found)


def test_a_merge_that_brings_back_the_key_from_before(desk: Desk, stranger: Keeper) -> None:
    """What was sealed from then on could be read by whoever has the old key. Rule `partnership-key`."""
    other = desk.commit({"README.md": b"x"}, "site\n")
    git(desk.repo, "reset", "--quiet", "--hard", f"{other}^")
    desk.add(desk.event("rotated", key=stranger.fingerprint), {tree.partnership_key(P): stranger.public})
    git(desk.repo, "checkout", "--quiet", other, "--", "README.md")
    merge_that_keeps(desk, tree.partnership_key(P), other)
    assert rules(desk.verify()) == {"partnership-key"}


def test_a_merge_that_brings_back_a_key_that_was_revoked(desk: Desk) -> None:
    """What the client took back, or lost, would go on signing for her. Rule `key-without-enrolment`."""
    other = desk.commit({"README.md": b"x"}, "site\n")
    git(desk.repo, "reset", "--quiet", "--hard", f"{other}^")
    event = desk.event("revoked", to=("client",), number=1, reader="abcdefghj2", key=desk.client.fingerprint)
    desk.add(event, {tree.party_key(P, "client", 1): None})
    git(desk.repo, "checkout", "--quiet", other, "--", "README.md")
    merge_that_keeps(desk, tree.party_key(P, "client", 1), other)
    assert rules(desk.verify()) == {"key-without-enrolment"}
