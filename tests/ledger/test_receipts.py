"""A receipt proves offline what was disclosed, to two programs; any change of it, or of the history, shows."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from confide.ledger import receipt, receipt_check
from confide.ledger.receipt import Opening, Receipt
from confide.ledger.receipt_check import Checked, against_another, against_record
from confide.model.commitment import commitment, digest
from confide.model.event import Event, Exact
from confide.model.words import Form
from tests.ledger import receipt_reader
from tests.ledger.keepers import Keeper
from tests.ledger.practice import AGREEMENT, Desk, P

pytestmark = pytest.mark.gpg
NOTE, SECTION = "notes/2026-02-10", "s4"
TEXT = "## For the payer\n\nShe will hand over the second team by June."
SALT = bytes(range(32))


@dataclass
class Told:
    """The practice after one real text was disclosed to the payer, and somebody who makes receipts of it."""

    desk: Desk
    publisher: Keeper

    def disclose(self, to: tuple[str, ...] = ("payer",), **changed: Any) -> Event:
        made = commitment(SALT, P, NOTE, SECTION, TEXT)
        exact = Exact(f"{NOTE}#{SECTION}", made, "partnership-goals/shared", Form.SUMMARY)
        values: dict[str, Any] = {"sections": (exact,), "terms": ("goals-to-payer",), "agreement": 1, **changed}
        return self.desk.record(
            "disclosed", to=to, what=("partnership-goals/shared",), form=Form.SUMMARY, channel="site", **values
        )

    def receipt(self, party: str, event: Event | None = None, **changed: Any) -> bytes:
        found = self.desk.verify()
        record = found.partnerships[P]
        proofs = receipt.proofs(
            record,
            party,
            lambda one: self.desk.repo.commit_bytes(found.introduced[one.id]),
            lambda one: self.desk.repo.read(found.head, one.place.file) or b"",
        )
        texts = (Opening(event.id, f"{NOTE}#{SECTION}", SALT, TEXT),) if event else ()
        keys = {key.fingerprint: key.certificate.armoured() for key in (self.desk.coach, self.publisher)}
        made = Receipt(
            P, party, 1, self.desk.root, self.desk.coach.fingerprint, self.publisher.fingerprint, keys, proofs, texts,
            {1: AGREEMENT} if party == "client" else {},
        )  # fmt: skip
        return receipt.render(replace(made, **changed), self.publisher.sign(self.desk.at))

    def resigned(self, data: bytes, edit: Callable[[dict[str, Any]], object]) -> bytes:
        """The same with another content, signed again by the publisher: whoever makes receipts lies."""
        content = json.loads(receipt.parse(data)[1])
        edit(content)
        signed = json.dumps(content, indent=1).encode() + b"\n"
        return signed + self.publisher.sign(self.desk.at)(signed)


@pytest.fixture
def told(practice: Desk, stranger: Keeper) -> Told:
    return Told(practice, stranger)


def rules(checked: Checked) -> set[str]:
    return {problem.rule for problem in checked.problems}


def test_it_proves_the_text_the_time_and_the_clause(told: Told) -> None:
    """This program and a second one, written from FORMAT.md alone, come to the same."""
    event = told.disclose()
    for party in ("payer", "client"):
        data = told.receipt(party, event)
        checked = receipt_check.check(data, told.desk.coach.fingerprint)
        assert checked.problems == ()
        (shown,) = checked.shown
        assert (shown.text, shown.event, shown.terms, shown.agreement) == (TEXT, event.id, ("goals-to-payer",), 1)
        assert shown.at == event.at.isoformat()
        again = receipt_reader.read(data, told.desk.coach.fingerprint)
        assert again["chain"] == list(checked.chain)
        assert again["shown"] == [(TEXT, f"{event.at:%Y-%m-%dT%H:%M:%SZ}", 1, ["goals-to-payer"])]


def test_it_tells_nothing_of_others(told: Told) -> None:
    """Whoever else it was told to, what others were told, and other partnerships are nowhere in it."""
    told.desk.record("refused", to=("manager",), what=("conflicts",))
    event = told.disclose(to=("payer", "manager"))
    data = told.receipt("payer", event)
    content = json.loads(receipt.parse(data)[1])
    last = content["events"][-1]
    assert set(last) == {"seen"}
    assert json.loads(last["seen"])["to"] == ["payer"]
    readable = data + b"".join(base64.b64decode(one.get("commit", "")) for one in content["events"])
    assert b"manager" not in readable
    assert b"conflicts" not in readable
    assert receipt_check.check(data).problems == ()
    assert receipt_reader.read(data, told.desk.coach.fingerprint)["events"][-1] == event.id


def test_what_others_do_changes_nothing_in_it(told: Told) -> None:
    """The same receipt before and after events that the payer may not see."""
    event = told.disclose()
    before = told.receipt("payer", event)
    told.desk.record("refused", to=("manager",), what=("conflicts",))
    assert receipt.parse(told.receipt("payer", event))[1] == receipt.parse(before)[1]


@pytest.mark.parametrize(
    ("edit", "rule", "step"),
    [
        (lambda c: c["texts"][0].update(text=TEXT.replace("June", "May")), "receipt-text", "4"),
        (lambda c: c["texts"][0].update(salt="00" * 32), "receipt-text", "4"),
        (lambda c: c["events"].pop(0), "receipt-chain", "2"),
        (lambda c: c["events"].insert(0, c["events"].pop(1)), "receipt-chain", "2"),
        (lambda c: c["events"][-1].update(seen=c["events"][-1]["seen"].replace("summary", "verbatim")),
         "receipt-commit", "3"),
        (lambda c: c["events"][-1].update(commit=c["events"][0]["commit"]), "receipt-commit", "3"),
        (lambda c: c["keys"].pop(c["keeper"]), "signer", "3"),
    ],
)  # fmt: skip
def test_whoever_makes_it_cannot_lie_in_it(
    told: Told, edit: Callable[[dict[str, Any]], object], rule: str, step: str
) -> None:
    """Signed by the publisher all the same, each lie has a reason of its own; the second program sees it too."""
    data = told.resigned(told.receipt("payer", told.disclose()), edit)
    assert rule in rules(receipt_check.check(data))
    with pytest.raises(receipt_reader.Broken, match=f"^{step}"):
        receipt_reader.read(data, told.desk.coach.fingerprint)


def test_a_changed_file_breaks_its_signature(told: Told) -> None:
    """Rule `receipt-signature`; another keeper than the trusted one is rule `receipt-keeper`."""
    data = told.receipt("client")
    assert rules(receipt_check.check(data.replace(b'"person": 1', b'"person": 2'))) == {"receipt-signature"}
    assert rules(receipt_check.check(data, "A" * 40)) == {"receipt-keeper"}


def test_an_agreement_that_was_not_proposed(told: Told) -> None:
    """Rule `receipt-agreement`."""
    data = told.receipt("client", agreements={1: AGREEMENT.replace(b"summary", b"verbatim")})
    assert rules(receipt_check.check(data)) == {"receipt-agreement"}


def test_two_receipts_show_what_was_rewritten_or_dropped(told: Told) -> None:
    """A stale or rewritten copy: the older receipt names the first event that is not there any more."""
    start = told.desk.repo.head()
    first = told.disclose()
    told.desk.record("refused", to=("payer",), what=("conflicts",))
    older = receipt_check.check(told.receipt("payer", first))
    newer = receipt_check.check(told.receipt("payer", first))
    told.desk.record("refused", to=("payer",), what=("strategy",))
    newer = receipt_check.check(told.receipt("payer", first))
    assert against_another(older, newer) == against_another(newer, older) == ()
    assert facts(told, older) == []
    reset(told.desk, start)
    other = told.desk.record("refused", to=("payer",), what=("feedback",))
    told.desk.record("refused", to=("payer",), what=("feedback",))
    told.desk.record("refused", to=("payer",), what=("feedback",))
    assert told.desk.verify().problems == ()  # by itself the other history is sound
    assert facts(told, older) == [("receipt-dropped", first.id)]
    assert [p.rule for p in against_another(older, receipt_check.check(told.receipt("payer")))] == ["receipt-dropped"]
    assert other.id not in {event["id"] for event in older.events}


def test_an_event_recorded_anew_with_another_content(told: Told) -> None:
    """The id is the same, the event is not: rule `receipt-rewritten`."""
    start = told.desk.repo.head()
    first = told.disclose()
    held = receipt_check.check(told.receipt("payer", first))
    reset(told.desk, start)
    told.desk.counter -= 1
    again = told.disclose(terms=())
    assert again.id == first.id
    assert facts(told, held) == [("receipt-rewritten", first.id)]


def facts(told: Told, held: Checked) -> list[tuple[str, str]]:
    found = told.desk.verify()
    problems = against_record(held, found.partnerships[P], found.introduced, told.desk.root)
    return [(problem.rule, problem.what.split()[1]) for problem in problems]


def reset(desk: Desk, commit: str | None) -> None:
    desk.repo.run("reset", "--quiet", "--hard", commit or "")


def test_the_digest_of_a_chain_is_the_ledgers(told: Told) -> None:
    """What FORMAT.md says of `seen` is what the next event names."""
    event = told.disclose()
    after = told.desk.record("refused", to=("payer",), what=("conflicts",))
    chain = receipt_check.check(told.receipt("payer", event)).chain
    assert after.previous["payer"] == chain[-2]
    assert digest(b"") != chain[-1]
