"""`export`: everything that a lawyer asks for about one partnership, read from the verified record (S-05, S-27).

Nothing here writes: the pack holds names and what parties were shown, so where it may lie is its reader's decision.
"""

from __future__ import annotations

from dataclasses import dataclass

from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.partnership import People
from confide.model.problem import NotAllowed, Problem, Refused
from confide.model.words import Strength
from confide.policy import force
from confide.records import tree
from confide.workflows import people, receipts, template
from confide.workflows.opening import opened
from confide.workflows.practice import Practice


@dataclass(frozen=True)
class Signed:
    """One signature: the event, and the bytes that prove it (a detached signature, a scan or a certificate).

    `key` is the fingerprint that signed, empty on paper; `statement` the exact text that was signed with a key.
    """

    event: Event
    proof: bytes
    key: str = ""

    @property
    def on_paper(self) -> bool:
        return self.event.strength in (Strength.PAPER.value, Strength.E_SIGN.value)


@dataclass(frozen=True)
class Version:
    """One version of the agreement as it was put to everybody: its exact bytes and its signatures."""

    agreement: Agreement
    source: bytes
    proposed: Event
    signed: tuple[Signed, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """What is handed over. `receipts`: party and person → bytes; `keys`: file name → an armoured public key.

    `reader` is the program that checks a receipt without this one.
    """

    partnership: str
    root: str
    keeper: str
    head: str
    people: People
    versions: tuple[Version, ...]
    receipts: dict[str, bytes]
    keys: dict[str, bytes]
    reader: bytes


def pack(practice: Practice, partnership: str) -> Pack:
    """Raises Malformed where the record does not verify, NotAllowed where nothing was ever proposed."""
    record = practice.trusted(partnership)
    versions = tuple(
        _version(practice, agreement, proposed)
        for agreement in sorted(record.agreements, key=lambda known: known.version)
        if (proposed := force.proposal(record, agreement)) is not None
    )
    if not versions:
        raise NotAllowed(
            Problem(
                "no agreement was proposed yet",
                "there is nothing that anybody could have signed",
                tree.place(tree.partnership(partnership)),
                "propose one: confide agree propose",
            )
        )
    return Pack(
        partnership=partnership,
        root=practice.pins.root,
        keeper=practice.pins.keeper,
        head=practice.sound().head,
        people=people.load(practice, partnership),
        versions=versions,
        receipts=dict(_receipts(practice, partnership)),
        keys={path.rpartition("/")[2]: practice.read(path) for path in _keys(practice, partnership)},
        reader=template.receipt_reader(),
    )


def _version(practice: Practice, agreement: Agreement, proposed: Event) -> Version:
    record = practice.record(agreement.partnership)
    return Version(
        agreement,
        practice.read(tree.agreement(agreement.partnership, agreement.version)),
        proposed,
        tuple(_signed(practice, event) for event in force.signatures(record, agreement)),
        force.missing(record, agreement),
    )


def _signed(practice: Practice, event: Event) -> Signed:
    where = (event.partnership, event.agreement, event.by, event.number)
    if event.strength in (Strength.PAPER.value, Strength.E_SIGN.value):
        return Signed(event, opened(practice, event.partnership, tree.agreement_document(*where), "the signed paper"))
    return Signed(event, practice.read(tree.agreement_signature(*where)), event.key)


def _receipts(practice: Practice, partnership: str) -> list[tuple[str, bytes]]:
    """A receipt for each person who can prove anything; who was told nothing has none."""
    found = []
    schedule = people.load(practice, partnership)
    for party in practice.record(partnership).partnership.parties:
        for person in schedule.of(party.id):
            try:
                made = receipts.receipt(practice, partnership, party.id, person.number)
            except Refused:
                continue
            found.append((f"{party.id}.{person.number}", made))
    return found


def _keys(practice: Practice, partnership: str) -> tuple[str, ...]:
    head = practice.sound().head
    own = practice.repo.paths(head, f"{tree.directory(partnership)}/keys")
    return (*sorted(own), *(tree.keeper_key(fingerprint) for fingerprint in practice.file.keepers))
