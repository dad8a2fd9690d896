"""Attacks on what was recorded: events edited, dropped, reordered, doubled, or shown under another message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from confide.ledger import codec
from confide.model.commitment import digest
from confide.model.words import Form
from confide.records import tree
from confide.records.event_file import render_event
from tests.ledger.keepers import git
from tests.ledger.practice import SECTION, Desk, P, path_of, written
from tests.ledger.verdicts import changed, commit_tree, nothing_is_allowed, rules

pytestmark = pytest.mark.gpg


@pytest.fixture
def desk(practice: Desk) -> Desk:
    """The agreement in force, and one disclosure."""
    return practice


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
    git(desk.repo, "branch", "other")
    event = desk.record("refused", to=("payer",), what=("conflicts",))
    ours, theirs = desk.repo.head() or "", git(desk.repo, "rev-parse", "other").strip()
    commit_tree(desk, desk.repo.commit(theirs).tree, (ours, theirs), "merge: 000000000000\n")
    found = desk.verify()
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
    desk.at = event.at
    commit_tree(desk, last.tree, (last.parents[0], theirs.id), codec.message(event))
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


def test_a_detail_exchanged_or_without_its_event(desk: Desk) -> None:
    """What a person wrote is fixed by the event it lies beside. Rule `detail`."""
    event = desk.event("refused", to=("payer",), what=("conflicts",), detail=digest(b"sealed"))
    desk.add(event, {tree.event_detail(P, event.name): b"other"})
    assert rules(desk.verify()) == {"detail"}
    lone = "2026-02-03-refused-e7777777"
    desk.commit({tree.event_detail(P, lone): b"sealed"}, "site\n")
    assert [problem.what.partition(":")[0] for problem in desk.verify().problems][1:] == [
        f"commit {(desk.repo.head() or '')[:12]} adds a detail without its event"
    ]
