"""Events: one file, one commit, one message, one place in every chain; and never touched again (promise 3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

from confide.ledger import codec
from confide.ledger.commits import TOLERANCE
from confide.ledger.objects import FILE_MODE, Change, RawCommit
from confide.ledger.repo import Repository
from confide.ledger.state import Chronicle
from confide.model.commitment import digest
from confide.model.event import Event
from confide.model.problem import Malformed, Place, Problem
from confide.policy.chain import links
from confide.records import tree
from confide.records.event_file import parse_event

# Kinds of files that come with an event and never change afterwards.
FIXED = frozenset({"event", "detail", "event-signature", "event-document"})
_DETAIL_SUFFIX = ".detail.yml.gpg"


def rewritten(commit: RawCommit) -> Iterator[Problem]:
    """Events that this commit edits or removes, against any of its parents."""
    for change in (change for side in commit.changes for change in side):
        if change.status == "A" or tree.shape(change.path) not in FIXED:
            continue
        done, rule = ("removes", "event-removed") if change.status == "D" else ("changes", "event-changed")
        yield Problem(
            f"commit {commit.short} {done} what was recorded",
            "a correction is a new event",
            Place(change.path),
            rule=rule,
        )


def introduced(commit: RawCommit) -> tuple[Change, ...]:
    """Event files that no parent has. In a merge there must be none."""
    sides = [{change.path: change for change in side if change.status == "A"} for side in commit.changes]
    everywhere = set(sides[0]).intersection(*sides[1:])
    return tuple(sides[0][path] for path in sorted(everywhere) if tree.shape(path) == "event")


def one_at_most(commit: RawCommit, added: tuple[Change, ...]) -> Iterator[Problem]:
    """A merge brings no event of its own; any other commit one at most."""
    if commit.merges and added:
        yield Problem(f"merge {commit.short} adds an event", "a merge only joins", Place(added[0].path), rule="merge")
    elif len(added) > 1:
        yield Problem(
            f"commit {commit.short} adds {len(added)} events",
            "each event is one commit",
            Place(added[1].path),
            rule="one-event",
        )


def details_alone(commit: RawCommit, event: Event | None) -> Iterator[Problem]:
    """A detail comes in the same commit as its event, and no event takes somebody else's."""
    own = f"{event.name}{_DETAIL_SUFFIX}" if event else ""
    for change in commit.changed:
        alone = change.status == "A" and tree.shape(change.path) == "detail" and not commit.merges
        if alone and PurePosixPath(change.path).name != own:
            yield Problem(
                f"commit {commit.short} adds a detail without its event",
                "what was written about an event comes with it",
                place=Place(change.path),
                rule="detail",
            )


def read(repo: Repository, change: Change) -> Event:
    """The event that a commit adds. Raises Malformed with everything wrong with its file."""
    if change.mode != FILE_MODE:
        raise Malformed(
            Problem(
                "an event is an ordinary file", "a link could lead anywhere", place=Place(change.path), rule="shape"
            )
        )
    return parse_event(repo.blob(change.blob), change.path)


def judged(
    repo: Repository, commit: RawCommit, event: Event, before: Chronicle, latest: datetime | None, signed: datetime
) -> Iterator[Problem]:
    """What is wrong with a well-formed event, seen from the record just before it."""
    place, short = event.place, commit.short
    difference = codec.mismatch(commit.message, event)
    if difference:
        yield Problem(f"the message of commit {short} is not what the event says", difference, place, rule="message")
    if event.id in {known.id for known in before.events}:
        yield Problem(f"event {event.id} is there already", "an id is given once", place, rule="event-id")
    if abs(event.at - signed) > TOLERANCE or abs(event.at - commit.committer_time) > TOLERANCE:
        yield Problem(
            f"event {event.id} bears another time than its signature",
            "they may be an hour apart at most",
            place,
            rule="time",
        )
    if latest is not None and event.at < latest:
        yield Problem(
            f"event {event.id} is dated before what it follows", f"that was at {latest:%Y-%m-%d %H:%M} UTC", place,
            rule="order",
        )  # fmt: skip
    if dict(event.previous) != dict(links(before.record, event)):
        yield Problem(
            f"event {event.id} does not follow the one its readers saw last",
            "something was dropped, reordered or put in between",
            place,
            rule="chain",
        )
    yield from _detail(repo, commit, event)


def _detail(repo: Repository, commit: RawCommit, event: Event) -> Iterator[Problem]:
    """What a person wrote lies sealed beside the event, and the event fixes exactly those bytes."""
    path = tree.event_detail(event.partnership, event.name)
    change = next((c for c in commit.changed if c.path == path and c.status == "A"), None)
    found = digest(repo.blob(change.blob)) if change else ""
    # Under `signed` the detail is the sealed document beside the agreement: see `agreements`.
    if found != event.detail and not (event.kind == "signed" and not found):
        yield Problem(
            f"what was written about event {event.id} is not what it names",
            "it was replaced, or never belonged to it",
            place=Place(path),
            rule="detail",
        )
