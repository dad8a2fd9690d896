"""Signatures under an agreement: whose, over which bytes, after which proposal. Each forgery has a rule of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from confide.model.commitment import digest
from confide.model.statement import agreement_statement
from confide.policy.force import in_force as agreement_in_force
from confide.records import tree
from tests.ledger.keepers import START, Keeper
from tests.ledger.practice import AGREEMENT, PEOPLE, Desk, P

pytestmark = pytest.mark.gpg


@pytest.fixture
def desk(open_for_signing: Desk) -> Desk:
    """The agreement proposed, the client enrolled, nobody has signed."""
    return open_for_signing


def rules(desk: Desk) -> set[str]:
    found = desk.verify()
    assert found.partnerships[P].faults == found.problems
    return {problem.rule for problem in found.problems}


def test_both_signatures_put_the_agreement_in_force(desk: Desk) -> None:
    """The yardstick: the coach as keeper, the client with her enrolled key."""
    desk.sign("coach", desk.coach)
    desk.sign("client", desk.client, strength="portal")
    assert rules(desk) == set()
    assert agreement_in_force(desk.verify().partnerships[P], desk.at) is not None


def test_a_signature_by_another_key(desk: Desk, stranger: Keeper) -> None:
    """Neither a stranger's key nor the coach's signs for the client, whatever the event says."""
    desk.sign("client", desk.coach)
    assert rules(desk) == {"agreement-signature"}


def test_a_key_named_that_did_not_sign(desk: Desk, stranger: Keeper) -> None:
    """The event names the enrolled key, the signature is somebody else's."""
    desk.sign("client", stranger, key=desk.client.fingerprint)
    assert rules(desk) == {"agreement-signature"}


@pytest.mark.parametrize(
    "changed",
    [
        {"partnership": "p-9zz9"},
        {"party": "payer"},
        {"number": 2},
        {"version": 2},
        {"digest": digest(b"another agreement")},
        {"people": digest(b"other people")},
        {"before": digest(b"another proposal")},
    ],
)
def test_a_signature_over_something_else(desk: Desk, changed: dict[str, Any]) -> None:
    """Made for another partnership, party, person, version, text, people or proposal, it signs nothing here."""
    right = desk.statement("client").decode()
    before = right.rpartition("before: ")[2].strip()
    values: dict[str, Any] = {
        "partnership": P, "party": "client", "number": 1, "version": 1, "digest": digest(AGREEMENT),
        "people": PEOPLE, "before": before,
    }  # fmt: skip
    assert agreement_statement(**values) == right.encode()
    desk.sign("client", desk.client, signature=desk.client.sign(desk.at)(agreement_statement(**{**values, **changed})))
    assert rules(desk) == {"agreement-signature"}


def test_a_signature_older_than_the_proposal(desk: Desk) -> None:
    """Nobody signs before it was put to them."""
    early = desk.client.sign(START - timedelta(days=2))(desk.statement("client"))
    desk.sign("client", desk.client, signature=early)
    assert rules(desk) == {"agreement-signature"}


def test_a_signed_event_without_its_signature(desk: Desk) -> None:
    """The event alone is the coach's word, and a key's signature is not that."""
    event = desk.event(
        "signed", by="client", to=("coach",), agreement=1, document=digest(AGREEMENT), strength="own-key", number=1,
        key=desk.client.fingerprint,
    )  # fmt: skip
    desk.add(event)
    assert rules(desk) == {"agreement-signature"}


def test_a_paper_signature_needs_its_sealed_scan(desk: Desk) -> None:
    """The event fixes the sealed document's bytes; without it, or with another, it is no signature."""
    values: dict[str, Any] = {
        "to": ("coach",), "agreement": 1, "document": digest(AGREEMENT), "strength": "paper", "number": 1,
        "detail": digest(b"scan"),
    }  # fmt: skip
    desk.add(desk.event("signed", by="client", **values), {tree.agreement_document(P, 1, "client", 1): b"scan"})
    assert rules(desk) == set()


def test_a_paper_signature_with_another_scan(desk: Desk) -> None:
    """Rule `agreement-document`."""
    values: dict[str, Any] = {
        "to": ("coach",), "agreement": 1, "document": digest(AGREEMENT), "strength": "paper", "number": 1,
        "detail": digest(b"scan"),
    }  # fmt: skip
    desk.add(desk.event("signed", by="client", **values), {tree.agreement_document(P, 1, "client", 1): b"other"})
    assert rules(desk) == {"agreement-document"}


def test_signing_what_was_not_proposed(desk: Desk) -> None:
    """Another text than the proposed one cannot be signed, even if its digest is named. Rule `signed-unproposed`."""
    desk.sign("client", desk.client, document=digest(b"another agreement"))
    assert rules(desk) == {"signed-unproposed"}


def test_proposing_other_bytes_than_the_file(desk: Desk) -> None:
    """What the event fixes is what lies beside it. Rule `proposal`."""
    desk.commit(
        {tree.agreement(P, 2): AGREEMENT.replace(b"agreement: 1", b"agreement: 2")}, f"draft: {P} agreement 2\n"
    )
    desk.record("proposed", to=("client",), agreement=2, document=digest(b"another agreement"))
    assert rules(desk) == {"proposal"}


def test_proposing_a_version_twice(desk: Desk) -> None:
    """A version is put to the parties once. Rule `proposal`."""
    desk.record("proposed", to=("client",), agreement=1, document=digest(AGREEMENT))
    assert rules(desk) == {"proposal"}


def test_enrolling_another_key_than_the_one_beside_it(desk: Desk, stranger: Keeper) -> None:
    """The fingerprint that the coach confirmed is the key that is on record. Rule `enrolment`."""
    desk.enrol(key=stranger)
    assert rules(desk) == {"enrolment"}
