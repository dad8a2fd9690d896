"""Agreements: bytes fixed once proposed, each signature checked against them, keys only for those who enrolled.

Every check reads the tree of the commit it judges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from confide.ledger import companions
from confide.ledger.objects import Change, RawCommit
from confide.ledger.repo import Repository
from confide.ledger.scene import BY_KEY, Scene, any_change
from confide.ledger.state import Chronicle
from confide.model.agreement import Agreement
from confide.model.commitment import digest
from confide.model.event import Event
from confide.model.problem import Malformed, Place, Problem
from confide.model.projection import seen_digest
from confide.model.statement import agreement_statement
from confide.records import tree
from confide.records.agreement_file import parse_agreement
from confide.vault.sequoia import Certificate


def changed(repo: Repository, commit: RawCommit, chronicles: Mapping[str, Chronicle]) -> Iterator[Problem]:
    """Proposed agreements that this commit changes or takes away."""
    for change in any_change(commit):
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


def judged(scene: Scene) -> Iterator[Problem]:
    """What is wrong with an event about agreements or keys; nothing for any other kind."""
    match scene.event.kind:
        case "enrolled" | "key-changed":
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
        yield Problem(
            f"agreement {event.agreement} is proposed twice",
            "it is put to everybody once",
            place=event.place,
            rule="proposal",
        )
    elif blob is None or digest(scene.repo.blob(blob)) != event.document:
        yield Problem(
            f"event {event.id} proposes another agreement than the one beside it",
            "the digests differ",
            Place(path),
            rule="proposal",
        )


def _enrolled(scene: Scene) -> Iterator[Problem]:
    event = scene.event
    if event.key in scene.state.practice.keepers:
        yield Problem(
            f"event {event.id} enrols a keeper's key for a party",
            "whoever keeps the record could sign for them",
            event.place,
            rule="enrolment",
        )
    for path in companions.of(event):
        blob = scene.brought.get(path) or scene.before.files.get(path)
        try:
            found = Certificate.parse(scene.repo.blob(blob)).fingerprint if blob else ""
        except Malformed:
            found = ""
        if found != event.key:
            yield Problem(
                f"event {event.id} enrols another key than the one beside it",
                "the key beside an enrolment is the one whose fingerprint was confirmed",
                place=Place(path),
                rule="enrolment",
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
    if event.strength not in BY_KEY:
        path = tree.agreement_document(*named)
        if not event.detail or scene.digest_of(path) != event.detail:
            yield Problem(
                f"the document behind signature {event.id} is missing or another",
                "the scan that was sealed is the one that counts",
                place=Place(path),
                rule="agreement-document",
            )
        return
    path = tree.agreement_signature(*named)
    agreement = next((a for a in chronicle.agreements if a.version == event.agreement), None)
    why = "the agreement cannot be read" if agreement is None else _why_not(scene, agreement, proposal, path)
    if why:
        yield Problem(f"signature {event.id} does not hold", why, Place(path), rule="agreement-signature")


def _why_not(scene: Scene, agreement: Agreement, proposal: Event, path: str) -> str:
    event = scene.event
    text = agreement_statement(
        event.partnership, event.by, event.number, event.agreement, agreement.digest, agreement.people,
        seen_digest(proposal, event.by),
    )  # fmt: skip
    return scene.why_unsigned(text, path, proposal.at)
