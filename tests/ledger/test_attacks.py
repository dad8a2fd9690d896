"""Each known attack on a history, replayed: it is named by a rule of its own, and nothing is allowed on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from confide.ledger import codec
from confide.ledger.objects import commit_payload, with_signature
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, Verification, verify
from confide.model.commitment import digest
from confide.model.problem import Malformed
from confide.model.words import Form
from confide.policy.decide import decide
from confide.policy.replay import request_for
from confide.records import tree
from confide.records.event_file import render_event
from confide.records.practice_file import parse_practice, render_practice
from tests.ledger.keepers import Keeper, git
from tests.ledger.practice import AGREEMENT, SECTION, Desk, P, path_of, written

pytestmark = pytest.mark.gpg


@pytest.fixture
def desk(practice: Desk) -> Desk:
    """The agreement in force, and one disclosure."""
    return practice


def rules(found: Verification) -> set[str]:
    return {problem.rule for problem in found.problems}


def nothing_is_allowed(found: Verification) -> bool:
    """The disclosure that the agreement permits is denied on this record."""
    record = found.partnerships[P]
    (event, *_) = record.of_kind("disclosed")
    return bool(record.faults) and not decide(request_for(event, SECTION, "payer"), record, event.at).allowed


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


def test_a_dropped_event_breaks_the_chains_of_those_who_saw_it(desk: Desk) -> None:
    """Even with the keeper's key: whoever saw the dropped event is named by the next one. Rule `chain`."""
    dropped = desk.record("refused", to=("payer",), what=("conflicts",))
    desk.record("refused", to=("payer",), what=("feedback",))
    head = desk.commits[dropped.id]
    last = desk.repo.commit(desk.repo.head() or "")
    event_file = next(change for change in next(c for c in desk.repo.commits() if c.id == last.id).changed)
    git(desk.repo, "reset", "--quiet", "--hard", f"{head}^")
    data = desk.repo.blob(event_file.blob)
    desk.at = last.committer_time
    desk.commit({event_file.path: data}, last.message)
    found = desk.verify()
    assert rules(found) == {"chain"}
    assert nothing_is_allowed(found)


def test_reordered_events_break_chains_and_time(desk: Desk) -> None:
    """The same two events, signed anew the other way round. Rules `chain` and `order`."""
    first = desk.event("refused", to=("payer",), what=("conflicts",))
    desk.add(first)
    second = desk.record("refused", to=("payer",), what=("feedback",))
    git(desk.repo, "reset", "--quiet", "--hard", "HEAD~2")
    for event in (second, first):
        desk.at = event.at
        desk.add(event)
    assert rules(desk.verify()) == {"chain", "order"}


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


def git_store(desk: Desk, data: bytes) -> str:
    return desk.repo.run("hash-object", "-w", "-t", "commit", "--literally", "--stdin", stdin=data).decode().strip()


def changed(desk: Desk, files: Mapping[str, bytes | None], message: str = "site\n") -> Verification:
    desk.commit(files, message)
    return desk.verify()


def test_an_event_edited_later(desk: Desk) -> None:
    """Signed by the keeper and well-formed, and still refused. Rule `event-changed`."""
    (event,) = desk.verify().partnerships[P].of_kind("disclosed")
    data = render_event(event).replace(b"summary", b"topic")
    found = changed(desk, {path_of(event): data})
    assert rules(found) == {"event-changed"}
    assert found.partnerships[P].events[-1] == event
    assert nothing_is_allowed(found)


def test_an_event_removed_or_renamed(desk: Desk) -> None:
    """A file that goes is a fault, under another name too. Rule `event-removed`."""
    (event,) = desk.verify().partnerships[P].of_kind("disclosed")
    found = changed(desk, {path_of(event): None})
    assert rules(found) == {"event-removed"}
    assert event in found.partnerships[P].events


def test_a_merge_that_drops_an_event(desk: Desk) -> None:
    """A merge joins; what one side recorded cannot get lost in it. Rule `event-removed`."""
    at = desk.at
    git(desk.repo, "branch", "other")
    event = desk.record("refused", to=("payer",), what=("conflicts",))
    ours, theirs = desk.repo.head() or "", git(desk.repo, "rev-parse", "other").strip()
    without = desk.repo.commit(theirs).tree
    payload = commit_payload(
        without, (ours, theirs), "Morgan Reed", "morgan@example.org", desk.at, "merge: 000000000000\n"
    )
    signature = desk.coach.sign(desk.at)(payload)
    git(desk.repo, "update-ref", "HEAD", desk.repo.store("commit", with_signature(payload, signature)))
    found = desk.verify()
    assert at < desk.at
    assert rules(found) == {"event-removed"}
    assert event in found.partnerships[P].events


def test_a_merge_that_adds_an_event(desk: Desk) -> None:
    """An event that neither side has would be nobody's. Rule `merge`."""
    git(desk.repo, "branch", "other")
    desk.commit({"README.md": b"x"}, "site\n")
    event = desk.event("refused", to=("payer",), what=("conflicts",))
    theirs = desk.repo.commit(git(desk.repo, "rev-parse", "other").strip())
    desk.add(event)
    last = desk.repo.commit(desk.repo.head() or "")
    payload = commit_payload(
        last.tree, (last.parents[0], theirs.id), "Morgan Reed", "morgan@example.org", event.at, codec.message(event)
    )
    signed = with_signature(payload, desk.coach.sign(event.at)(payload))
    git(desk.repo, "update-ref", "HEAD", desk.repo.store("commit", signed))
    assert rules(desk.verify()) == {"merge"}


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (lambda text: text.replace("payer, summary", "manager, summary", 1), "line 1"),
        (lambda text: text.replace("To: payer", "To: manager"), "`To: payer`"),
        (lambda text: text + "\nAnna agreed.\n", "should not be there"),
        (lambda text: text.replace("Digest: sha256:", "Digest: sha256:0"), "`Digest: "),
    ],
)
def test_a_message_that_says_something_else_than_the_event(desk: Desk, edit: Callable[[str], str], line: str) -> None:
    """Subject and trailers are rendered again and compared, word for word. Rule `message`."""
    event = desk.event("disclosed", to=("payer",), what=("partnership-goals/shared",), form=Form.SUMMARY,
                       sections=(SECTION,), agreement=1, channel="site", terms=("goals-to-payer",))  # fmt: skip
    desk.commit({path_of(event): render_event(event)}, edit(codec.message(event)))
    found = desk.verify()
    assert rules(found) == {"message"}
    assert line in found.problems[0].why
    assert "Anna" not in str(found.problems)


def test_two_events_in_one_commit(desk: Desk) -> None:
    """Each event is one commit. Rule `one-event`."""
    first = desk.event("refused", to=("payer",), what=("conflicts",))
    second = written(replace(first, id="e9999999", what=("feedback",)))
    files = {path_of(first): render_event(first), path_of(second): render_event(second)}
    desk.commit(files, codec.message(first))
    assert "one-event" in rules(desk.verify())


def test_an_event_dated_otherwise_than_its_signature(desk: Desk) -> None:
    """Backdated by two hours, forward or back: the signature tells. Rule `time`."""
    event = desk.event("refused", to=("payer",), what=("conflicts",))
    desk.at += timedelta(hours=2)
    desk.add(event)
    assert rules(desk.verify()) == {"time"}


def test_a_commit_dated_otherwise_than_its_signature(desk: Desk) -> None:
    """Git lets anybody write any date into a commit; the signature's own counts. Rule `time`."""
    last = desk.repo.commit(desk.repo.head() or "")
    late = desk.at + timedelta(days=30)
    payload = commit_payload(last.tree, (last.id,), "Morgan Reed", "morgan@example.org", late, "site\n")
    signed = with_signature(payload, desk.coach.sign(desk.at)(payload))
    git(desk.repo, "update-ref", "HEAD", desk.repo.store("commit", signed))
    assert rules(desk.verify()) == {"time"}


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
