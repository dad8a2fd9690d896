"""Instruments: what was registered restricts as it stood that day; whoever changes it stops everything."""

from __future__ import annotations

import pytest

from confide.ledger import hooks
from confide.model.commitment import digest
from confide.policy.decide import decide
from confide.policy.replay import request_for
from confide.records import tree
from tests.ledger.keepers import git
from tests.ledger.practice import SECTION, Desk, P, stage
from tests.ledger.verdicts import nothing_is_allowed, rules

pytestmark = pytest.mark.gpg

SCAN = b"sealed scan"
FILE = f"""instrument: 1
id: nda-7
partnership: {P}
kind: nda
parties: [payer, client]
document: {digest(SCAN)}
effective: 2026-01-01
until: 2027-12-31
restricts:
  - {{id: nda-goals, what: [partnership-goals], with: [payer]}}
""".encode()
YML, GPG = tree.instrument(P, "nda-7"), tree.instrument_document(P, "nda-7")


def register(desk: Desk, file: bytes = FILE, scan: bytes | None = SCAN, document: str = "") -> None:
    event = desk.event(
        "instrument", to=("client", "payer"), target="instrument/nda-7", document=document or digest(file)
    )
    desk.add(event, {YML: file} if scan is None else {YML: file, GPG: scan})


def test_a_registered_instrument_restricts(practice: Desk) -> None:
    """The yardstick: it stands in the record, and what the agreement shares is denied from that day on."""
    register(practice)
    found = practice.verify()
    assert found.problems == ()
    assert found.notices == ()
    record = found.partnerships[P]
    assert [one.id for one in record.instruments] == ["nda-7"]
    (event,) = record.of_kind("disclosed")
    answer = decide(request_for(event, SECTION, "payer"), record, practice.at)
    assert [reason.rule for reason in answer.reasons] == ["nda-goals"]


def test_what_was_disclosed_before_stays_allowed(practice: Desk) -> None:
    """It restricts from the day it is registered, and no earlier disclosure becomes a lapse."""
    register(practice)
    assert practice.verify().notices == ()


def test_a_file_without_its_event_is_pointed_out(practice: Desk) -> None:
    """Nothing is wrong with a draft, but it restricts nobody; once it is registered nothing is left to say."""
    practice.commit({YML: FILE, GPG: SCAN}, "site\n")
    found = practice.verify()
    assert found.problems == ()
    assert [notice.rule for notice in found.waiting] == ["instrument-unregistered"]
    assert found.partnerships[P].instruments == ()
    practice.record("instrument", to=("client", "payer"), target="instrument/nda-7", document=digest(FILE))
    found = practice.verify()
    assert (found.problems, found.waiting) == ((), ())
    assert [one.id for one in found.partnerships[P].instruments] == ["nda-7"]


@pytest.mark.parametrize("path", [YML, GPG])
@pytest.mark.parametrize("new", [b"another", None])
def test_a_registered_file_that_changes_or_goes(practice: Desk, path: str, new: bytes | None) -> None:
    """Nothing is allowed any more, and the instrument still restricts as it was registered."""
    register(practice)
    practice.commit({path: new}, "site\n")
    found = practice.verify()
    assert rules(found) == {"instrument-changed"}
    assert nothing_is_allowed(found)
    assert found.partnerships[P].instruments[0].restricts[0].id == "nda-goals"


def test_registering_another_file_than_the_one_beside_it(practice: Desk) -> None:
    """The event fixes bytes; without those there is no instrument. Rule `instrument`."""
    register(practice, document=digest(b"another"))
    assert rules(practice.verify()) == {"instrument"}


def test_registering_what_is_not_there(practice: Desk) -> None:
    """An event without a file. Rule `instrument`."""
    practice.record("instrument", to=("client",), target="instrument/nda-7", document=digest(FILE))
    found = practice.verify()
    assert rules(found) == {"instrument"}
    assert found.partnerships[P].instruments == ()


@pytest.mark.parametrize("scan", [None, b"another scan"])
def test_the_document_is_missing_or_another(practice: Desk, scan: bytes | None) -> None:
    """Rule `instrument-document`; what it restricts is not forgotten over that."""
    register(practice, scan=scan)
    found = practice.verify()
    assert rules(found) == {"instrument-document"}
    assert [one.id for one in found.partnerships[P].instruments] == ["nda-7"]


def test_registering_twice(practice: Desk) -> None:
    """An id is given once. Rule `instrument`."""
    register(practice)
    practice.record("instrument", to=("client", "payer"), target="instrument/nda-7", document=digest(FILE))
    assert rules(practice.verify()) == {"instrument"}


def test_an_instrument_that_cannot_be_read(practice: Desk) -> None:
    """What nobody can evaluate denies everything: each problem of the file is a fault, with its line."""
    register(practice, file=FILE.replace(b"kind: nda", b"kind: ndx"))
    found = practice.verify()
    assert nothing_is_allowed(found)
    assert [str(problem.place) for problem in found.problems] == [f"{YML}:4"]


def test_an_instrument_of_another_partnership(practice: Desk) -> None:
    """A file copied from elsewhere is refused where it lies."""
    register(practice, file=FILE.replace(P.encode(), b"p-9zz9"))
    assert nothing_is_allowed(practice.verify())


def test_a_change_by_hand_is_stopped_before_it_is_committed(hooked: Desk) -> None:
    """The hook says it first: a registered instrument stays, a draft of another may come, if it can be read."""
    register(hooked)
    stage(hooked, YML, FILE.replace(b"with: [payer]", b"with: [public]"))
    stage(hooked, tree.instrument(P, "house-rules"), FILE.replace(b"nda-7", b"house-rules"))
    stage(hooked, tree.instrument(P, "order-3"), b"instrument: 1\n")
    found = [problem for problem in hooks.run("pre-commit", hooked.repo) if problem.place]
    assert {str(problem.place).partition(":")[0] for problem in found} == {YML, tree.instrument(P, "order-3")}
    assert "instrument-changed" in {problem.rule for problem in found}


def test_taking_one_away_by_hand_is_stopped_too(hooked: Desk) -> None:
    """Removing the file is the widest change of all."""
    register(hooked)
    git(hooked.repo, "rm", "--quiet", "--", YML, GPG)
    assert {problem.rule for problem in hooks.run("pre-commit", hooked.repo)} == {"instrument-changed"}
