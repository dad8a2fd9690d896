"""A party's code and passphrase, and what they send: nothing good is thrown away, nothing else is recorded."""

from __future__ import annotations

import json

import pytest

from confide.portal.visit import NotOpened
from tests.cli.house import today
from tests.cli.inbox_desk import Desk
from tests.cli.state import hashes


def test_a_wrong_code(desk: Desk) -> None:
    """Not opened, not recorded, not said whether there is such a reader."""
    before = desk.house.state()
    reader = desk.house.reader
    for name, code in ((reader, "aaaa-bbbb-cccc-dddd-eeee"), (reader, ""), ("0123456789", desk.house.code)):
        with pytest.raises(NotOpened) as refusal:
            desk.service.enrol(name, code, today())
        (problem,) = refusal.value.problems
        assert problem.what == "that did not open the page"
        assert problem.hint == "check the words on your letter; if they are right, ask your coach"
    assert not before.differences(desk.house.state())
    assert desk.run().out.startswith("Nothing is waiting.")


def test_a_used_code(desk: Desk) -> None:
    """It works once, for whoever comes first."""
    desk.enrol()
    before = hashes(desk.store.path)
    with pytest.raises(NotOpened):
        desk.service.enrol(desk.house.reader, desk.house.code, today())
    assert hashes(desk.store.path) == before


def test_a_wrong_passphrase(enrolled: Desk) -> None:
    """Neither page nor signature."""
    before = enrolled.house.state()
    for words in ("six words that nobody else would chose", "", enrolled.house.code):
        with pytest.raises(NotOpened):
            enrolled.service.open(enrolled.house.reader, words, today())
        with pytest.raises(NotOpened):
            enrolled.service.sign(enrolled.house.reader, words, "agreement-1", today())
    assert not before.differences(enrolled.house.state())


def test_a_key_whose_fingerprint_was_not_compared(desk: Desk) -> None:
    """On a pipe nobody can be asked: it waits, and nothing is recorded."""
    fingerprint = desk.enrol()
    before = desk.house.state()
    for confirmed in ((), ("--confirm", "0" * 40), ("--confirm", fingerprint[:16])):
        answer = desk.run(*confirmed)
        assert answer.code == 3, answer
        assert "its fingerprint is not confirmed yet" in answer.out
        assert "hint: compare it with them by telephone" in answer.out
        assert f"confide inbox --confirm {fingerprint}" in answer.out
    assert not before.differences(desk.house.state())


def test_enrolling_and_signing_through_the_portal(enrolled: Desk) -> None:
    """The ground of the refusals below."""
    enrolled.sign()
    assert enrolled.run().code == 0
    status = json.loads(enrolled.house.within("agree", "status", "--json").out)
    assert status[0]["missing"] == ["payer"]


def test_a_signature_before_the_enrolment_is_confirmed(desk: Desk) -> None:
    """It waits behind the key, and both are taken in together once that was compared."""
    fingerprint = desk.enrol()
    desk.sign()
    before = desk.house.state()
    answer = desk.run()
    assert answer.code == 3, answer
    assert "nobody is enrolled at that address yet" in answer.out
    assert not before.differences(desk.house.state())
    assert desk.run("--confirm", fingerprint).code == 0
    assert desk.items() == []


@pytest.mark.parametrize(
    ("hindrance", "code", "what"),
    [
        (("checkout", "--quiet", "--detach"), 2, "HEAD is detached"),
        (("config", "--unset", "user.signingkey"), 5, "no signing key is set"),
        (("config", "--unset", "user.name"), 5, "git does not know who you are"),
        (("config", "--unset", "confide.keystore"), 5, "this clone has no keystore"),
    ],
)
def test_this_machines_trouble_is_not_the_items(
    enrolled: Desk, hindrance: tuple[str, ...], code: int, what: str
) -> None:
    """A good signature is not put aside because the coach's own machine was not ready: it waits."""
    enrolled.sign()
    enrolled.house.git(*hindrance)
    enrolled.house.refuses("inbox", code=code, what=what, why="", hint="")
    assert len(enrolled.items()) == 1
    assert enrolled.aside() == []


def test_a_record_that_does_not_verify_takes_nothing_in(enrolled: Desk) -> None:
    enrolled.sign()
    file = enrolled.house.record / "agreements/1.yml"
    file.write_bytes(file.read_bytes() + b"# a last thought\n")
    enrolled.house.commit_anyway(f"draft: {enrolled.house.partnership} agreement 1")
    enrolled.house.refuses("inbox", code=4, what="changes an agreement that was proposed", why="", hint="")
    assert len(enrolled.items()) == 1
