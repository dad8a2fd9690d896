"""Files that belong to an event: they arrive, change or go only in the commit of the event that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from confide.ledger.objects import Change, RawCommit
from confide.ledger.scene import BY_KEY, own_changes
from confide.ledger.state import State
from confide.model.event import Event
from confide.model.problem import Place, Problem
from confide.records import tree

# Kind of file → what it is called, and the rule that is broken when it comes alone.
_BROUGHT: Mapping[str, tuple[str, str]] = {
    "party-key": ("a party's key", "key-without-enrolment"),
    "signature": ("a signature", "signature-without-event"),
    "document": ("a signature", "signature-without-event"),
    "event-signature": ("a signature", "signature-without-event"),
    "event-document": ("a sealed document", "document-without-event"),
}


def of(event: Event) -> Mapping[str, str]:
    """The files that come with an event beside its own, and how they may change (A, M, D)."""
    match event.kind:
        case "enrolled" | "key-changed" | "revoked":
            how = "D" if event.kind == "revoked" else "AM"
            return {tree.party_key(event.partnership, party, event.number): how for party in event.to}
        case "signed":
            agreement = tree.agreement_signature if event.strength in BY_KEY else tree.agreement_document
            return {agreement(event.partnership, event.agreement, event.by, event.number): "A"}
        case "permitted" if event.strength:
            proof = tree.event_signature if event.strength in BY_KEY else tree.event_document
            return {proof(event.partnership, event.name): "A"}
        case "acknowledged" | "withdrawn" | "input" | "case" if event.strength:
            return {tree.event_signature(event.partnership, event.name): "A"}
        case "public":
            return {tree.event_document(event.partnership, event.name): "A"}
        case "case" | "permitted" | "consulted" if event.document:
            return {tree.event_document(event.partnership, event.name): "A"}
    return {}


def alone(commit: RawCommit, event: Event | None) -> Iterator[Problem]:
    """Files that this commit adds, changes or removes although no event of it says so. Merges: see `merged`."""
    expected = of(event) if event else {}
    for change in own_changes(commit):
        kind = tree.shape(change.path) or ""
        if kind in _BROUGHT and change.status not in expected.get(change.path, ""):
            yield _alone(commit, change)


def merged(commit: RawCommit, sides: Sequence[State], after: State) -> Iterator[Problem]:
    """Files that a merge brings, changes or removes beside one of its `sides`, though no event that is new there says
    so: else it could put back a key that was revoked, or leave a signature out."""
    for changes, side in zip(commit.changes, sides, strict=True):
        for change in changes:
            if (tree.shape(change.path) or "") in _BROUGHT and not any(
                change.path in of(event) for event in new_to(side, after, tree.partnership_of(change.path))
            ):
                yield _alone(commit, change)


def new_to(side: State, after: State, partnership: str) -> tuple[Event, ...]:
    """The events of a partnership that one side of a merge does not have."""
    there, now = side.chronicles.get(partnership), after.chronicles.get(partnership)
    known = {event.id for event in there.events} if there else set()
    return tuple(event for event in now.events if event.id not in known) if now else ()


def _alone(commit: RawCommit, change: Change) -> Problem:
    what, rule = _BROUGHT[tree.shape(change.path) or ""]
    return Problem(
        f"commit {commit.short} touches {what} without its event",
        "it comes with the event that it belongs to, or not at all",
        place=Place(change.path),
        rule=rule,
    )
