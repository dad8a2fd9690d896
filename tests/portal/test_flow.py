"""The way of a party: letter, draft, key, signature, closing, opening again."""

from __future__ import annotations

import json

from confide.vault import sequoia
from confide.vault.sequoia import Certificate
from tests.portal.conftest import Clock
from tests.portal.practice import ASK, CANARY, CLIENT, PAYER, READERS, Practice
from tests.portal.visitor import Visitor


def opened(practice: Practice, party: str = CLIENT) -> list[dict[str, str]]:
    """The inbox as the coach reads it: every item signed by the key the portal holds for the party."""
    found = []
    for item in practice.store.inbox.items():
        result = sequoia.open_signed(item.message, practice.partnership, [practice.certificate(party)])
        head, _, body = result.data.partition(b"\n")
        assert head == b"confide/1 inbox"
        found.append(json.loads(body))
        assert (found[-1]["id"], item.partnership) == (item.id, found[-1]["partnership"])
    return found


def test_from_letter_to_signature(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """A code opens the draft; the key made with it opens the same pages, signs the agreement, and opens them again."""
    code = practice.invite(CLIENT, clock.at)
    assert CANARY not in visitor.get().text
    assert visitor.unlock(code.upper().replace("-", " ")).status_code == 303
    assert CANARY in visitor.get().text
    assert visitor.get("_/sign/agreement-1").headers["location"].endswith("_/enrol")

    six = visitor.enrol(practice.invite(CLIENT, clock.at))
    fingerprint = practice.certificate(CLIENT).fingerprint
    groups = [fingerprint[at : at + 4] for at in range(0, 40, 4)]
    assert all(f"<span>{group}</span>" in visitor.get("_/made").text for group in groups)
    assert CANARY in visitor.get().text

    text = visitor.get(f"_/sign/{ASK}").text
    assert "agreement: agreements/1.yml" in text
    assert visitor.sign(six).headers["location"].endswith(f"_/signed/{ASK}")
    assert "Signed." in visitor.get(f"_/signed/{ASK}").text
    assert "already signed" in visitor.get(f"_/sign/{ASK}").text

    enrolment, signature = opened(practice)
    assert (enrolment["kind"], enrolment["fingerprint"]) == ("enrolment", fingerprint)
    assert Certificate.parse(enrolment["key"].encode()).fingerprint == fingerprint
    for item in (enrolment, signature):
        found = sequoia.verify_detached(
            item["statement"].encode(), item["signature"].encode(), [practice.certificate(CLIENT)]
        )
        assert found.signer == fingerprint
        assert (item["partnership"], item["party"], item["number"]) == ("p-k7f3", "client", 1)
    assert (signature["ask"], signature["target"], signature["strength"]) == (ASK, "agreements/1.yml", "portal")

    assert visitor.post("_/logout", form=visitor.form("_/logout")).status_code == 200
    assert CANARY not in visitor.get().text
    assert visitor.unlock(six.title()).headers["location"].endswith(f"/r/{READERS[CLIENT]}/")
    assert CANARY in visitor.get().text


def test_an_own_passphrase(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """Somebody may choose; what is weak, or not the same twice, makes no key and uses no code."""
    visitor.unlock(practice.invite(CLIENT, clock.at))
    form = visitor.form("_/enrol")
    for first, again, said in (
        ("correct horse battery", "correct horse batteries", "not the same"),
        ("password", "password", "too easy to guess"),
        ("aaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaa", "too easy to guess"),
    ):
        answer = visitor.post("_/enrol", form=form, choice="own", first=first, again=again)
        assert answer.headers["location"].endswith("_/enrol?own")
        assert said in visitor.get("_/enrol?own").text
        assert practice.store.inbox.items() == ()
    words = "The lighthouse keeper hums, Ünder breath"
    assert visitor.post("_/enrol", form=form, choice="own", first=words, again=f" {words} ").status_code == 303
    visitor.post("_/logout", form=visitor.form("_/logout"))
    visitor.unlock(words.lower())
    assert CANARY not in visitor.get().text
    visitor.unlock(words)
    assert CANARY in visitor.get().text


def test_the_six_words_must_be_written_down(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """Until the six words come back there is no key; they stay the same while somebody looks for a pencil."""
    visitor.unlock(practice.invite(CLIENT, clock.at))
    six = visitor.six()
    visitor.post("_/enrol", form=visitor.form("_/enrol"), choice="six", words="some other words which are six")
    assert "not the six words" in visitor.get("_/enrol").text
    assert visitor.six() == six
    assert practice.store.inbox.items() == ()


def test_nothing_is_signed_by_the_way(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """No tick, a wrong passphrase or something that is not asked: no signature, no item."""
    six = visitor.enrol(practice.invite(CLIENT, clock.at))
    before = practice.store.inbox.items()
    assert visitor.sign(six, agreed="").headers["location"].endswith(ASK)
    assert "tick the box" in visitor.get(f"_/sign/{ASK}").text
    assert "tick the box" not in visitor.get(f"_/sign/{ASK}").text
    visitor.sign("not the passphrase")
    assert "not your passphrase" in visitor.get(f"_/sign/{ASK}").text
    assert visitor.get("_/sign/agreement-2").status_code == 404
    form = visitor.form(f"_/sign/{ASK}")
    assert visitor.post("_/sign/enrolment", form=form, agreed="yes", words=six).status_code == 404
    assert practice.store.inbox.items() == before


def test_signing_twice_is_answered_kindly(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """A second press of the button makes no second signature."""
    six = visitor.enrol(practice.invite(CLIENT, clock.at))
    form = visitor.form(f"_/sign/{ASK}")
    for _ in range(2):
        visitor.post(f"_/sign/{ASK}", form=form, agreed="yes", words=six)
    assert [item["kind"] for item in opened(practice)] == ["enrolment", "signature"]


def test_two_readers_in_one_browser(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """Two pages of one practice can be open side by side; closing one leaves the other."""
    visitor.enrol(practice.invite(CLIENT, clock.at))
    other = Visitor(visitor.client.app, PAYER)  # type: ignore[arg-type]
    other.client = visitor.client
    other.enrol(practice.invite(PAYER, clock.at))
    assert len(visitor.cookies) == 2
    other.post("_/logout", form=other.form("_/logout"))
    assert CANARY in visitor.get().text
    assert CANARY not in other.get().text


def test_a_receipt_is_downloaded_by_its_reader(practice: Practice, visitor: Visitor, clock: Clock) -> None:
    """It lies beside the pages, under no page's address; without a session or a receipt nothing is there."""
    six = visitor.enrol(practice.invite(CLIENT, clock.at))
    assert visitor.get("_/receipt").status_code == 404
    visitor.post("_/logout", form=visitor.form("_/logout"))
    practice.publish(CLIENT, clock.at, 7, receipt=b"what she can prove")
    assert visitor.get("_/receipt").headers["location"].endswith(f"/r/{READERS[CLIENT]}/")
    visitor.unlock(six)
    answer = visitor.get("_/receipt")
    assert (answer.status_code, answer.content) == (200, b"what she can prove")
    assert answer.headers["content-disposition"] == 'attachment; filename="receipt-7.txt"'
    assert answer.headers["cache-control"] == "no-store"
    assert visitor.get("receipt").status_code == 404
