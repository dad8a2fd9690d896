"""Who keeps a partnership, and with which key: both change only in the commit of the event that says so.

A keeper of the whole practice may come and go with the practice's own list. Anybody else who is to keep one partnership
is `granted` it and `relieved` of it. The partnership's key changes when it is `rotated`; what was sealed again because
an older key was `destroyed` stands in `kept/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from confide.ledger import sealed_files
from confide.ledger.companions import new_to
from confide.ledger.objects import RawCommit
from confide.ledger.scene import Scene, own_changes
from confide.ledger.state import State
from confide.model.event import Event
from confide.model.problem import Malformed, Place, Problem
from confide.records import tree
from confide.vault.sequoia import Certificate


def changed(commit: RawCommit, event: Event | None, before: State, after: State) -> Iterator[Problem]:
    """Keepers and keys that this commit changes although no event of it says so. Merges: see `merged`."""
    for change in own_changes(commit):
        partnership, kind = tree.partnership_of(change.path), tree.shape(change.path)
        if kind == "partnership":
            mine = (event,) if event is not None and event.partnership == partnership else ()
            yield from _keepers(change.path, mine, before, after)
        elif kind == "key" and change.status != "A" and not _says(event, partnership, "rotated"):
            yield _key_alone(commit, change.path)
        elif kind == "kept" and (change.status != "A" or not _says(event, partnership, "destroyed")):
            yield Problem(
                f"commit {commit.short} changes what was kept of a destroyed key",
                "it comes with the event that destroyed the key, and never changes",
                Place(change.path),
                rule="kept",
            )


def merged(commit: RawCommit, sides: Sequence[State], after: State) -> Iterator[Problem]:
    """Keepers and keys that a merge gives another side than it had, though no event that is new there says so: else it
    could bring back a keeper who was relieved, or a key from before a rotation."""
    for changes, side in zip(commit.changes, sides, strict=True):
        for change in changes:
            partnership, kind = tree.partnership_of(change.path), tree.shape(change.path)
            new = new_to(side, after, partnership) if kind in ("key", "partnership") else ()
            if kind == "partnership":
                yield from _keepers(change.path, new, side, after)
            elif kind == "key" and change.status != "A" and not any(event.kind == "rotated" for event in new):
                yield _key_alone(commit, change.path)


def _says(event: Event | None, partnership: str, kind: str) -> bool:
    return event is not None and event.partnership == partnership and event.kind == kind


def _key_alone(commit: RawCommit, path: str) -> Problem:
    return Problem(
        f"commit {commit.short} replaces the key of a partnership without its event",
        "its notes would be written for whoever put it there",
        Place(path),
        rule="partnership-key",
    )


def _keepers(path: str, said: tuple[Event, ...], before: State, after: State) -> Iterator[Problem]:
    """Keepers of this partnership alone who come or go: exactly those whom the events name."""
    partnership = tree.partnership_of(path)
    was, now = before.chronicles.get(partnership), after.chronicles.get(partnership)
    if was is None or now is None:
        return
    general = frozenset(before.practice.keepers) | frozenset(after.practice.keepers)
    come = frozenset(now.partnership.keepers) - frozenset(was.partnership.keepers) - general
    gone = frozenset(was.partnership.keepers) - frozenset(now.partnership.keepers) - general
    if come - {event.key for event in said if event.kind == "granted"}:
        yield Problem(
            "somebody was made a keeper without an event",
            "a new reader of everything is on record, with a day and whose they are",
            Place(path),
            "confide keys grant",
            "keeper-without-event",
        )
    if gone - {event.key for event in said if event.kind == "relieved"}:
        yield Problem(
            "somebody keeps this partnership no more, without an event",
            "it is on record until when they could read",
            Place(path),
            "confide keys revoke",
            "keeper-without-event",
        )


def judged(scene: Scene) -> Iterator[Problem]:
    """What is wrong with an event about keepers or keys; nothing for any other kind."""
    event = scene.event
    if event.kind in ("granted", "relieved"):
        yield from _granted(scene)
    elif event.kind == "rotated":
        path = tree.partnership_key(event.partnership)
        if _fingerprint(scene, path) != event.key:
            yield Problem(
                f"event {event.id} names another key than the one beside it",
                "what is sealed from then on would be for a key that nobody named",
                Place(path),
                rule="rotation",
            )
    elif event.kind == "destroyed" and event.document != sealed_files.digest_of(scene.repo, scene.commit, event):
        yield Problem(
            f"event {event.id} certifies another list than what lay there",
            "what opens no more follows from the files just before",
            event.place,
            rule="destruction",
        )


def _granted(scene: Scene) -> Iterator[Problem]:
    event, now = scene.event, scene.state.chronicles.get(scene.event.partnership)
    keeps = now is not None and event.key in now.partnership.keepers
    if keeps != (event.kind == "granted") or event.key in scene.state.practice.keepers:
        yield Problem(
            f"event {event.id} says otherwise than the list of keepers beside it",
            "who keeps a partnership stands in both",
            event.place,
            rule="keeper-without-event",
        )
    elif event.kind == "granted" and event.key not in scene.state.keys:
        yield Problem(
            f"the key of the keeper of event {event.id} is missing",
            "nobody could tell what they sign",
            Place(tree.keeper_key(event.key)),
            rule="keeper-without-event",
        )


def _fingerprint(scene: Scene, path: str) -> str:
    blob = scene.brought.get(path)
    try:
        return Certificate.parse(scene.repo.blob(blob)).fingerprint if blob else ""
    except Malformed:
        return "unreadable"
