"""Agreements: bytes fixed once proposed, each signature checked against them, keys only for those who enrolled.

Every check reads the tree of the commit it judges. A file that belongs to an event (a key to `enrolled`, a signature
to `signed`) may only arrive with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from confide.ledger.commits import TOLERANCE
from confide.ledger.objects import Change, RawCommit
from confide.ledger.repo import Repository
from confide.ledger.state import Chronicle, State
from confide.model.commitment import digest
from confide.model.event import Event
from confide.model.problem import Malformed, Place, Problem
from confide.model.projection import seen_digest
from confide.model.statement import agreement_statement
from confide.model.words import Role, Strength, role_of
from confide.records import tree
from confide.records.agreement_file import parse_agreement
from confide.vault.sequoia import Certificate, verify_detached

# Files that only ever arrive, change or go with an event that says so.
_BROUGHT = frozenset({"signature", "document", "party-key"})
_BY_KEY = (Strength.OWN_KEY.value, Strength.PORTAL.value)


@dataclass(frozen=True)
class Scene:
    """One event in its commit: the record just before, and the files the commit brings (path → blob)."""

    repo: Repository
    commit: RawCommit
    event: Event
    before: Chronicle
    state: State

    @property
    def brought(self) -> dict[str, str]:
        return {change.path: change.blob for change in self.commit.changed if change.status in "AM"}


def changed_without_event(
    repo: Repository, commit: RawCommit, event: Event | None, chronicles: Mapping[str, Chronicle]
) -> Iterator[Problem]:
    """Files that this commit adds, changes or removes although no event of it says so. Merges are judged by sides."""
    expected = _expected(event) if event else {}
    for change in _own_changes(commit):
        kind = tree.shape(change.path)
        if kind in _BROUGHT and change.status not in expected.get(change.path, ""):
            rule = "key-without-enrolment" if kind == "party-key" else "signature-without-event"
            what = "a party's key" if kind == "party-key" else "a signature"
            place = Place(change.path)
            yield Problem(f"commit {commit.short} touches {what} without its event", place=place, rule=rule)
        chronicle = chronicles.get(tree.partnership_of(change.path))
        if kind == "key" and chronicle and change.path in chronicle.files:
            yield Problem(
                f"commit {commit.short} replaces the key of a partnership",
                "its notes would be written for another key",
                Place(change.path),
                rule="partnership-key",
            )
    for change in {change.path: change for side in commit.changes for change in side}.values():
        chronicle = chronicles.get(tree.partnership_of(change.path))
        if chronicle and tree.shape(change.path) == "agreement" and not _as_proposed(repo, change, chronicle):
            yield Problem(
                f"commit {commit.short} changes an agreement that was proposed",
                "what was put to the parties is fixed; an amendment is a new version",
                Place(change.path),
                rule="agreement-changed",
            )


def _as_proposed(repo: Repository, change: Change, chronicle: Chronicle) -> bool:
    """Whether an agreement's file is still what was proposed; a draft may be anything."""
    for version, proposal in chronicle.proposals.items():
        if tree.agreement(proposal.partnership, version) == change.path:
            return change.status != "D" and digest(repo.blob(change.blob)) == proposal.document
    return True


def _own_changes(commit: RawCommit) -> tuple[Change, ...]:
    """What differs from every parent: what the commit itself changed, not what it joined."""
    sides = [{change.path: change for change in side} for side in commit.changes]
    common = set(sides[0]).intersection(*sides[1:])
    return tuple(sides[0][path] for path in sorted(common))


def _expected(event: Event) -> Mapping[str, str]:
    """The files that come with an event beside its own, and how they may change (A, M, D)."""
    if event.kind in ("enrolled", "revoked"):
        how = "AM" if event.kind == "enrolled" else "D"
        return {tree.party_key(event.partnership, party, event.number): how for party in event.to}
    if event.kind == "signed":
        path = tree.agreement_signature if event.strength in _BY_KEY else tree.agreement_document
        return {path(event.partnership, event.agreement, event.by, event.number): "A"}
    return {}


def judged(scene: Scene) -> Iterator[Problem]:
    """What is wrong with an event about agreements or keys; nothing for any other kind."""
    match scene.event.kind:
        case "enrolled":
            yield from _enrolled(scene)
        case "proposed":
            yield from _proposed(scene)
        case "signed":
            yield from _signed(scene)


def proposed(scene: Scene) -> Chronicle:
    """The chronicle with the agreement that the event proposes, if its file can be read."""
    event, chronicle = scene.event, scene.before
    path = tree.agreement(event.partnership, event.agreement)
    blob = chronicle.files.get(path)
    if event.kind != "proposed" or blob is None or event.agreement in chronicle.proposals:
        return chronicle
    try:
        agreement = parse_agreement(scene.repo.blob(blob), path)
    except Malformed as malformed:
        return chronicle.with_faults(malformed.problems)
    return replace(
        chronicle,
        agreements=(*chronicle.agreements, agreement),
        proposals={**chronicle.proposals, event.agreement: event},
    )


def _proposed(scene: Scene) -> Iterator[Problem]:
    event = scene.event
    path = tree.agreement(event.partnership, event.agreement)
    blob = scene.before.files.get(path)
    if event.agreement in scene.before.proposals:
        yield Problem(f"agreement {event.agreement} is proposed twice", place=event.place, rule="proposal")
    elif blob is None or digest(scene.repo.blob(blob)) != event.document:
        yield Problem(
            f"event {event.id} proposes another agreement than the one beside it",
            "the digests differ",
            Place(path),
            rule="proposal",
        )


def _enrolled(scene: Scene) -> Iterator[Problem]:
    event = scene.event
    for path in _expected(event):
        blob = scene.brought.get(path) or scene.before.files.get(path)
        try:
            found = Certificate.parse(scene.repo.blob(blob)).fingerprint if blob else ""
        except Malformed:
            found = ""
        if found != event.key:
            yield Problem(
                f"event {event.id} enrols another key than the one beside it", place=Place(path), rule="enrolment"
            )


def _signed(scene: Scene) -> Iterator[Problem]:
    """The strength says what must be there: a signature that verifies, or a sealed document of this digest."""
    event, chronicle = scene.event, scene.before
    named = (event.partnership, event.agreement, event.by, event.number)
    proposal = chronicle.proposals.get(event.agreement)
    if proposal is None or proposal.document != event.document:
        yield Problem(
            f"event {event.id} signs what was not proposed", "proposed bytes alone can be signed", event.place,
            rule="signed-unproposed",
        )  # fmt: skip
        return
    if event.strength not in _BY_KEY:
        path = tree.agreement_document(*named)
        blob = scene.brought.get(path)
        if blob is None or digest(scene.repo.blob(blob)) != event.detail:
            yield Problem(
                f"the document behind signature {event.id} is missing or another",
                place=Place(path),
                rule="agreement-document",
            )
        return
    path = tree.agreement_signature(*named)
    why = _why_not(scene, proposal, path)
    if why:
        yield Problem(f"signature {event.id} does not hold", why, Place(path), rule="agreement-signature")


def _why_not(scene: Scene, proposal: Event, path: str) -> str:
    event, repo = scene.event, scene.repo
    agreement = next((a for a in scene.before.agreements if a.version == event.agreement), None)
    blob = scene.brought.get(path)
    if agreement is None or blob is None:
        return "the file is missing"
    key = _key(scene)
    if key is None or key.fingerprint != event.key:
        return "the key it names is not the one on record"
    text = agreement_statement(
        event.partnership, event.by, event.number, event.agreement, agreement.digest, agreement.people,
        seen_digest(proposal, event.by),
    )  # fmt: skip
    try:
        verified = verify_detached(text, repo.blob(blob), (key,))
    except Malformed as malformed:
        return malformed.problems[0].why or malformed.problems[0].what
    return _untimely(verified.created, proposal.at, event.at)


def _key(scene: Scene) -> Certificate | None:
    """The signer's key in the tree of this commit: the coach signs as a keeper, a party with the key they enrolled."""
    event = scene.event
    if role_of(event.by) is Role.COACH:
        return scene.state.keys.get(event.key) if event.key in scene.state.practice.keepers else None
    blob = scene.before.files.get(tree.party_key(event.partnership, event.by, event.number))
    try:
        return Certificate.parse(scene.repo.blob(blob)) if blob else None
    except Malformed:
        return None


def _untimely(signed: datetime, proposed_at: datetime, recorded: datetime) -> str:
    if signed < proposed_at - TOLERANCE:
        return "it was made before the agreement was proposed"
    return "it is dated later than its record" if signed > recorded + TOLERANCE else ""
