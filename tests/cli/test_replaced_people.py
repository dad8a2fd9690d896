"""A new person in a role: recorded, refused, and found again."""

from __future__ import annotations

import pytest

from confide.vault.reader_state import REVOKED
from confide.workflows.invite import invite, store
from confide.workflows.practice import Practice
from tests.cli.build import CHEAP
from tests.cli.house import House, today
from tests.cli.plain_site import PlainSite

PERSON = b"persons: [{party: payer, name: Ottoline Quince, title: Acting Director of Kettles}]\n"


def test_another_person_takes_over_a_role(running: House) -> None:
    """The schedule changes with an event that explains it; the agreement, signed by the role, stays as it is."""
    answer = running.within("people", "replace", "payer", "--people", "-", stdin=PERSON)
    assert answer.code == 0, answer
    assert "Quince" not in running.git("log", "--format=%B")
    assert running.run("verify").code == 0
    checked = running.within("agree", "check")
    assert checked.code == 0, checked
    assert "person 1 as payer was replaced on" in " ".join(checked.out.split())
    status = running.within("agree", "status")
    assert "person 1 as payer on" in status.out
    assert "in force" in status.out


def test_a_schedule_that_changed_without_an_event_is_told(running: House) -> None:
    """Only the newest event explains it: an older list put back by hand is not what was recorded."""
    list_of_people = running.record / "people.yml.gpg"
    assert running.within("people", "replace", "payer", "--people", "-", stdin=PERSON).code == 0
    older = list_of_people.read_bytes()
    again = PERSON.replace(b"Acting ", b"")
    assert running.within("people", "replace", "payer", "--people", "-", stdin=again).code == 0
    list_of_people.write_bytes(older)
    running.commit_anyway(f"people: {running.partnership}")
    answer = running.within("agree", "check")
    assert answer.code == 1
    assert "it is bound to another schedule of people" in answer.out
    running.refuses(
        *("people", "replace", "manager", "--people", "-", "--in", running.partnership),
        code=1,
        what="the schedule of people is not the one that was agreed",
        why="somebody changed it without an event",
        hint="see who, and restore it: git log -- records/{p}/people.yml.gpg",
        where="records/{p}/people.yml.gpg",
        stdin=PERSON.replace(b"payer", b"manager"),
    )


def test_who_leaves_loses_their_way_in(running: House) -> None:
    """Their address is closed, on record and in the portal, before anybody takes their place."""
    practice = Practice.open(running.practice, today())
    letter = invite(practice, PlainSite(), running.partnership, "payer", cost=CHEAP)
    reader = letter.address.rstrip("/").rpartition("/")[2]
    answer = running.within("people", "replace", "payer", "--people", "-", stdin=PERSON)
    assert answer.code == 0, answer
    assert "their address opens nothing any more" in " ".join(answer.out.split())
    assert running.git("log", "-2", "--format=%s").split("\n")[:2] == ["replaced: payer 1", "revoked: payer 1"]
    found = store(practice).reader(reader)
    assert found is not None
    assert found.state == REVOKED
    assert running.run("verify").code == 0


def test_the_client_is_nobody_else(running: House) -> None:
    """What was said is hers; somebody else begins anew."""
    running.refuses(
        *("people", "replace", "client", "--people", "-", "--in", running.partnership),
        code=1,
        what="the client is not replaced",
        why="with another person another partnership begins",
        hint="begin one: confide new",
        stdin=PERSON.replace(b"payer", b"client"),
    )


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "what"),
    [
        (("coach",), b"persons: [{party: coach, name: A}]\n", 1, "the coach is not replaced"),
        (("payer", "--person", "2"), PERSON, 2, "there is no person 2 for `payer`"),
        (("manager",), PERSON, 2, "expected one person, listed as `manager`"),
        (("board",), b"persons: [{party: board, name: A}]\n", 2, "`board` is not a party of this partnership"),
    ],
)
def test_who_cannot_be_replaced(running: House, arguments: tuple[str, ...], stdin: bytes, code: int, what: str) -> None:
    """Each with its reason, and nothing changed."""
    command = ("people", "replace", *arguments, "--people", "-", "--in", running.partnership)
    running.refuses(*command, code=code, what=what, why="", hint="", stdin=stdin)
