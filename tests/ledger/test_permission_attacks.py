"""A permission that widens is signed by whoever it belongs to: forged, moved, replayed or missing, it is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from confide.model.commitment import digest
from confide.model.decision import Request
from confide.model.event import Event, Exact
from confide.model.statement import permission_statement
from confide.model.words import Attribution, Form
from confide.policy.decide import decide
from confide.records import tree
from tests.ledger.keepers import Keeper
from tests.ledger.practice import SECTION, Desk, P
from tests.ledger.verdicts import nothing_is_allowed, rules

pytestmark = pytest.mark.gpg

HOPES = Exact("notes/2026-02-03#s3", digest(b"hopes"), "career-aspirations", Form.SUMMARY)


def permission(desk: Desk, **changed: Any) -> Event:
    """The client permits the payer to hear of her hopes, in brief."""
    values: dict[str, Any] = {
        "to": ("payer",), "what": ("career-aspirations",), "form": Form.SUMMARY, "sections": (HOPES,), "agreement": 1,
        "evidence": "signed", "number": 1, "strength": "own-key", "key": desk.client.fingerprint, **changed,
    }  # fmt: skip
    return desk.event("permitted", by="client", **values)


def signature_of(event: Event) -> str:
    return tree.event_signature(P, event.name)


def signed(desk: Desk, event: Event, keeper: Keeper, over: Event | None = None) -> Event:
    """The event and a signature file beside it, made by `keeper` over what `over` says."""
    text = permission_statement(over or event)
    return desk.add(event, {signature_of(event): keeper.sign(desk.at)(text)})


def allowed(desk: Desk) -> bool:
    request = Request("career-aspirations", "coach", "payer", Form.SUMMARY, section=HOPES)
    return decide(request, desk.verify().partnerships[P], desk.at).allowed


def test_her_signature_lets_it_go(practice: Desk) -> None:
    """The yardstick: no clause shares it, she permits exactly this text, and it may be told."""
    assert not allowed(practice)
    signed(practice, permission(practice), practice.client)
    assert practice.verify().problems == ()
    assert allowed(practice)


def test_the_statement_says_everything_that_is_permitted(practice: Desk) -> None:
    """A person can read what they sign: to whom, what, in which form, which text, after what."""
    event = permission(practice)
    assert permission_statement(event).decode() == (
        "confide/1 permission\n"
        f"partnership: {P}\nparty: client\nperson: 1\nto: payer\nwhat: career-aspirations\nform: summary\n"
        f"attribution: none\nchannel: any\ntexts: notes/2026-02-03#s3 {HOPES.commitment}\nagreement: 1\n"
        f"before: {event.previous['client']}\n"
    )


def test_the_coach_never_signs_for_her(practice: Desk) -> None:
    """Neither with her key named, nor with the coach's own."""
    signed(practice, permission(practice), practice.coach)
    assert rules(practice.verify()) == {"permission-signature"}
    assert not allowed(practice)


def test_the_coachs_key_named_for_her(practice: Desk) -> None:
    """The key on record is hers, whatever the event says."""
    signed(practice, permission(practice, key=practice.coach.fingerprint), practice.coach)
    found = practice.verify()
    assert rules(found) == {"permission-signature"}
    assert nothing_is_allowed(found)


def test_the_coachs_key_enrolled_for_a_party(practice: Desk) -> None:
    """A keeper's key is nobody else's: otherwise whoever keeps the record could sign for them."""
    event = practice.event("enrolled", to=("payer",), number=1, reader="abcdefghj3", key=practice.coach.fingerprint)
    practice.add(event, {tree.party_key(P, "payer", 1): practice.coach.public})
    assert rules(practice.verify()) == {"enrolment"}


def test_a_stranger_signs(practice: Desk, stranger: Keeper) -> None:
    """A good signature by a key that nobody enrolled."""
    signed(practice, permission(practice), stranger)
    assert rules(practice.verify()) == {"permission-signature"}


@pytest.mark.parametrize(
    "changed",
    [
        {"to": ("client",)},
        {"what": ("career-aspirations", "conflicts")},
        {"form": Form.TOPIC},
        {"channel": "phone"},
        {"attribution": Attribution.NAME},
        {"sections": ()},
        {"sections": (SECTION,)},
        {"agreement": 2},
        {"number": 2},
        {"partnership": "p-9zz9"},
        {"by": "payer"},
        {"previous": {"client": "none"}},
    ],
)
def test_a_signature_over_something_else(practice: Desk, changed: dict[str, Any]) -> None:
    """Made for another recipient, type, form, channel, text, person, partnership or moment, it permits nothing here."""
    event = permission(practice)
    signed(practice, event, practice.client, over=replace(event, **changed))
    assert rules(practice.verify()) == {"permission-signature"}


def test_a_permission_taken_back_is_not_put_on_record_again(practice: Desk) -> None:
    """The old signature names what she saw then; moved to a later event it does not hold."""
    first = signed(practice, permission(practice), practice.client)
    old = practice.repo.read(practice.repo.head() or "", signature_of(first))
    practice.record("withdrawn", by="client", to=("payer",), target=f"event/{first.id}", evidence="attested")
    assert not allowed(practice)
    again = permission(practice)
    practice.add(again, {signature_of(again): old})
    assert rules(practice.verify()) == {"permission-signature"}


def test_a_signature_that_is_missing(practice: Desk) -> None:
    """The event alone is the coach's word."""
    practice.add(permission(practice))
    assert rules(practice.verify()) == {"permission-signature"}


def test_a_signature_that_comes_later(practice: Desk) -> None:
    """It belongs to the event's own commit: one that comes alone is nobody's."""
    event = practice.add(permission(practice))
    practice.commit({signature_of(event): practice.client.sign(practice.at)(permission_statement(event))}, "site\n")
    assert rules(practice.verify()) == {"permission-signature", "signature-without-event"}


@pytest.mark.parametrize("new", [b"another", None])
def test_a_signature_that_changes_or_goes(practice: Desk, new: bytes | None) -> None:
    """What lies beside an event is as fixed as the event."""
    event = signed(practice, permission(practice), practice.client)
    practice.commit({signature_of(event): new}, "site\n")
    assert rules(practice.verify()) == {
        "event-changed" if new else "event-removed", "signature-without-event",
    }  # fmt: skip


@pytest.mark.parametrize("changed", [{"strength": ""}, {"number": 0}])
def test_signed_says_how_and_by_whom(practice: Desk, changed: dict[str, Any]) -> None:
    """`signed` is more than a word."""
    event = permission(practice, **changed)
    practice.add(event)
    assert rules(practice.verify()) >= {"permission-evidence"}


def test_what_was_only_said_needs_no_signature_and_lets_nothing_go(practice: Desk) -> None:
    """A spoken permission is recorded, and widens nothing."""
    practice.add(permission(practice, evidence="attested", strength="", key="", number=0))
    assert practice.verify().problems == ()
    assert not allowed(practice)


def test_what_was_only_said_names_no_signature(practice: Desk) -> None:
    """A key under something spoken looks like a signature and is none. Rule `permission-evidence`."""
    practice.add(permission(practice, evidence="attested", strength=""))
    assert rules(practice.verify()) == {"permission-evidence"}


def paper(desk: Desk, scan: bytes | None, document: str = digest(b"scan")) -> Event:
    event = permission(desk, strength="paper", key="", document=document)
    return desk.add(event, {tree.event_document(P, event.name): scan} if scan is not None else {})


def test_signed_on_paper_with_its_sealed_scan(practice: Desk) -> None:
    """The event fixes the sealed bytes."""
    paper(practice, b"scan")
    assert practice.verify().problems == ()
    assert allowed(practice)


@pytest.mark.parametrize("scan", [None, b"another"])
def test_signed_on_paper_without_its_scan(practice: Desk, scan: bytes | None) -> None:
    """Missing or another: it is no permission."""
    paper(practice, scan)
    assert rules(practice.verify()) == {"permission-document"}


def test_a_publication_without_its_archived_source(practice: Desk) -> None:
    """What was already public is shown by the source, not by a word. Rule `public-source`."""
    values: dict[str, Any] = {
        "to": ("client",), "what": ("career-aspirations",), "sections": (HOPES,), "document": digest(b"page"),
        "day": practice.at.date().replace(year=2025), "evidence": "no-breach", "agreement": 1,
    }  # fmt: skip
    event = practice.event("public", **values)
    practice.add(event, {tree.event_document(P, event.name): b"page"})
    assert practice.verify().problems == ()
    practice.add(practice.event("public", **values))
    assert rules(practice.verify()) == {"public-source"}


def test_a_new_person_without_a_new_schedule(practice: Desk) -> None:
    """An event alone replaces nobody: the schedule it fixes comes in its commit. Rule `people-schedule`."""
    values: dict[str, Any] = {"to": ("payer",), "number": 1, "document": digest(b"people"), "agreement": 1}
    practice.add(practice.event("replaced", **values), {tree.people(P): b"sealed"})
    assert practice.verify().problems == ()
    practice.add(practice.event("replaced", **values))
    assert rules(practice.verify()) == {"people-schedule"}
