"""Every clock says what is due, by when, and what settles it; a calm record has none running."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from confide.model.event import Site
from confide.model.instrument import Instrument
from confide.model.problem import Place, Problem
from confide.model.record import Record
from confide.policy import clocks
from confide.policy.clocks import CLOCKS, running
from confide.policy.clocks.desk import Desk
from tests.policy.small import NOW, P, add, agreement, disclosed, record

LATER = NOW + timedelta(days=9)


def lines(known: Record, now: datetime = LATER, **more: object) -> list[tuple[str, date | None, str, str]]:
    desk = Desk(known, now, (), **more)  # type: ignore[arg-type]
    return [(due.clock, due.day, due.what, due.command or due.waiting_for) for due in running(desk)]


def enrolled(known: Record, party: str = "payer") -> Record:
    known = add(known, "invited", at=NOW, to=(party,), number=1, reader=f"reader{party}9")
    return add(known, "enrolled", at=NOW, to=(party,), number=1, reader=f"reader{party}9", key="A" * 40)


def published(known: Record, sequence: int, party: str = "payer") -> Record:
    return add(
        known, "published", at=known.events[-1].at, sites=(Site(f"reader{party}9", sequence, "sha256:" + "1" * 64),)
    )


def test_a_clock_is_one_file_named_after_it() -> None:
    """Whoever looks for one finds it in ten seconds."""
    files = {p.stem.replace("_", "-") for p in Path(str(clocks.__file__)).parent.glob("*.py")} - {"--init--", "desk"}
    assert files == set(CLOCKS)
    for slug, clock in CLOCKS.items():
        assert clock.__module__.rpartition(".")[2].replace("_", "-") == slug


def test_nothing_is_due_in_a_calm_record() -> None:
    """Signed, in force, nothing unpublished that anybody reads."""
    assert lines(record()) == []


def test_a_record_that_does_not_verify_has_one_line() -> None:
    """What it says cannot be believed, so nothing else is counted from it."""
    broken = replace(record(signed=False), faults=(Problem("x", place=Place("y")),))
    assert lines(broken) == [("faults", None, "the record does not verify", "confide verify")]


def test_unsigned_parties() -> None:
    """The coach's own signature is hers to make; the others are waited for, until the agreement should begin."""
    known = record(signed=False)
    assert lines(known) == [
        ("signatures", date(2026, 1, 1), "agreement 1 is not signed by all", "client, payer"),
        ("signatures", date(2026, 1, 1), "sign agreement 1", "confide agree sign"),
    ]


def test_nobody_is_asked_to_sign_what_is_over() -> None:
    """An ended partnership waits for no signature."""
    known = add(record(signed=False), "ended", at=NOW, to=("client",), agreement=1)
    assert lines(known) == []


def test_an_agreement_that_ends_within_a_month_and_one_that_ran_out() -> None:
    """The last day, then late until somebody renews it or ends the partnership."""
    known = record(agreement(until=LATER.date() + timedelta(days=30)))
    assert lines(known) == [("expiring", LATER.date() + timedelta(days=30), "agreement 1 ends", "confide agree draft")]
    assert lines(known, LATER - timedelta(days=1)) == []
    (over,) = lines(known, LATER + timedelta(days=40))
    assert over[2] == "agreement 1 ran out; renew it or end"


def test_a_withdrawal_is_published_today() -> None:
    """At once is what she was promised; other entries have days."""
    known = disclosed(published(enrolled(record()), 1))
    day = known.events[-1].at.date() + timedelta(days=3)
    assert lines(known) == [("publishing", day, "an entry is not published", "confide publish")]
    taken = add(known, "withdrawn", "client", to=("payer",), target=f"event/{known.events[-1].id}", evidence="signed")
    day = taken.events[-1].at.date()
    assert lines(taken) == [("publishing", day, "a withdrawal is not published", "confide publish")]
    assert lines(published(taken, 2)) == []


def test_what_nobody_reads_needs_no_publication() -> None:
    """Nobody has a page yet."""
    assert lines(disclosed(record())) == []


def test_a_disclosure_that_nobody_opened() -> None:
    """Until the portal's read log, taken in with the inbox, says so; and not what was taken back since."""
    known = published(disclosed(published(enrolled(record()), 1)), 2)
    told = known.events[-2]
    due = (
        "reading",
        told.at.date() + timedelta(days=14),
        "the payer has not opened a disclosure",
        "confide notice payer",
    )
    assert lines(known) == [due]
    read = {"reader": "readerpayer9", "number": 1, "document": "sha256:" + "2" * 64, "channel": "site"}
    opened = add(known, "shown", at=known.events[-1].at, to=("payer",), what=told.what, sections=told.sections, **read)
    assert "reading" not in {line[0] for line in lines(opened)}
    taken = add(known, "withdrawn", "client", to=("payer",), target=f"event/{told.id}", evidence="signed")
    assert lines(published(taken, 3)) == []


def test_that_somebody_has_not_read_is_not_the_coachs_debt() -> None:
    """She may remind them; nothing of hers is late."""
    known = published(disclosed(published(enrolled(record()), 1)), 2)
    (due,) = [one for one in running(Desk(known, LATER + timedelta(days=99))) if one.clock == "reading"]
    assert not due.open and not due.late(date(2030, 1, 1))


def test_an_instrument_that_ends() -> None:
    """What it forbids is free the day after; somebody should know."""
    until = LATER.date() + timedelta(days=3)
    nda = Instrument(
        "nda-7", P, "nda", ("payer",), "sha256:" + "0" * 64, date(2026, 1, 1), until, (), "sha256:" + "0" * 64
    )
    known = replace(
        add(record(), "instrument", at=NOW, target="instrument/nda-7", document=nda.digest), instruments=(nda,)
    )
    assert lines(known) == [("instruments", until, "nda nda-7 ends", "confide instrument list")]


def test_days_are_those_of_the_agreement() -> None:
    """Late in the evening in London it is already tomorrow in Auckland."""
    desk = Desk(record(agreement(time_zone="Pacific/Auckland")), datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    assert desk.today == date(2026, 3, 3)


def test_sealed_cases_that_nobody_unlocked_are_said_to_be_unknown() -> None:
    """A board that hides what it could not look at would be believed."""
    known = add(record(), "case", at=NOW, to=("coach",), detail="sha256:" + "0" * 64)
    (due,) = [one for one in running(Desk(known, LATER)) if one.clock == "open-cases"]
    assert due.what == "sealed cases were not looked at"
