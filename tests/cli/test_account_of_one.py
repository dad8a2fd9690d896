"""The accounting for one party says what that party may know, in every column: it may be printed and handed over."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from confide.model.record import Record
from confide.model.words import Form
from confide.policy.knows import who_knows
from confide.workflows.account_fields import account
from confide.workflows.accounting import Line, register
from confide.workflows.practice import Practice
from tests.policy.small import GOALS, P, add, disclosed, record


def opened(known: Record) -> Practice:
    return cast("Practice", SimpleNamespace(record=lambda _: known, sound=lambda: SimpleNamespace(introduced={})))


def read_first() -> Record:
    """She read it, answered, and only then the payer and the manager were told; she took it back from the manager."""
    known = add(record(), "shown", to=("client",), what=(GOALS.what,), sections=(GOALS,), id="shown001")
    target = {"target": "event/shown001", "evidence": "given"}
    known = add(known, "input", "client", to=("coach",), sections=(GOALS,), id="input001", **target)
    known = disclosed(known, to=("payer", "manager"), because=("shown001", "input001"), id="told0001")
    return add(known, "withdrawn", "client", to=("manager",), target="event/told0001", evidence="attested")


def lines_of(known: Record, party: str | None) -> tuple[Line, ...]:
    return tuple(line for line in register(opened(known), P, party=party) if line.event.kind == "disclosed")


def test_nobody_else_learns_when_she_read_or_how_she_answered() -> None:
    """HR does not see when she reads this, neither as a day nor as a duty that was met; she and the coach do."""
    known = read_first()
    for party, told in ((None, True), ("client", True), ("payer", False)):
        (row,) = account(opened(known), P, lines_of(known, party), None, party)
        assert bool(row["subject_told"]) is told
        assert ("shown" in row["because"]) is ("input" in row["because"]) is told


def test_neither_other_recipients_nor_what_was_taken_from_them() -> None:
    """The line itself is the one that the party may see, for programs and on a terminal, too."""
    known = read_first()
    (payers,), (hers,) = lines_of(known, "payer"), lines_of(known, "client")
    assert (payers.event.to, payers.withdrawn) == (("payer",), None)
    assert hers.event.to == ("payer", "manager")
    assert hers.withdrawn is not None


def test_whoever_should_not_have_learned_it_is_not_told_of_the_lapse() -> None:
    """A lapse is told to whom it harmed (S-01)."""
    known = add(record(), "lapse", to=("payer",), what=("conflicts",), form=Form.TOPIC, channel="in-person")
    kinds = {party: [line.event.kind for line in register(opened(known), P, party=party)] for party in (None, "payer")}
    assert kinds == {None: ["lapse"], "payer": []}


def test_the_letter_to_one_names_no_other_recipient() -> None:
    """Who else was told is the client's to know, and the coach's (S-04)."""
    known = read_first()
    told = {who: {one.party for one in who_knows(known, "event/told0001", who)} for who in ("coach", "client", "payer")}
    assert told == {"coach": {"payer", "manager"}, "client": {"payer", "manager"}, "payer": {"payer"}}
