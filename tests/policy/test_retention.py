"""What is kept until when follows from the agreement alone; a hold and what is gone already change it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from confide.model.destruction import DESTROYED, EVERYTHING, NOTES
from confide.model.event import Copies
from confide.model.record import Record
from confide.policy import force
from confide.policy.destruction import announced, gone
from confide.policy.hold import holds
from confide.policy.retention import Keeping, due, keeping, over_since
from tests.policy.small import NOW, add, agreement, record

CLAUSE = {"notes": "1 year after end", "agreement-and-log": "6 years", "legal-hold": "kept"}
ENDED = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)


def kept(clause: dict[str, str] | None = None, *, ended: datetime | None = ENDED) -> Record:
    known = record(agreement(clauses={"retention": clause or CLAUSE}))
    return known if ended is None else add(known, "ended", at=ended, to=("client",), agreement=1)


def later(year: int) -> datetime:
    return datetime(year, 7, 1, tzinfo=UTC)


def said(found: tuple[Keeping, ...]) -> list[tuple[str, date]]:
    return [(one.scope, one.until) for one in found]


def test_notes_and_log_are_counted_from_the_end() -> None:
    """The end is a day where the agreement counts its days: half past eleven is after midnight in summer time."""
    assert said(keeping(kept(), NOW)) == [(NOTES, date(2027, 4, 1)), (EVERYTHING, date(2032, 4, 1))]
    assert due(kept(), datetime(2027, 4, 1, 12, tzinfo=UTC)) == ()
    assert said(due(kept(), datetime(2027, 4, 2, 12, tzinfo=UTC))) == [(NOTES, date(2027, 4, 1))]
    assert [one.scope for one in due(kept(), later(2033))] == [NOTES, EVERYTHING]


def test_an_agreement_that_ran_out_has_ended_on_its_last_day() -> None:
    """Nobody has to say so; while it is in force, or while another waits for signatures, nothing is counted."""
    assert keeping(kept(ended=None), NOW) == () and over_since(kept(ended=None), NOW) is None
    assert said(keeping(kept(ended=None), later(2027))) == [
        (NOTES, date(2027, 12, 31)),
        (EVERYTHING, date(2032, 12, 31)),
    ]
    signed = kept(ended=None)
    waiting = Record(signed.partnership, (*signed.agreements, agreement(version=2)), signed.events)
    assert keeping(waiting, later(2027)) == ()


def test_without_after_end_each_note_has_its_own_day() -> None:
    """`2 years` for notes runs from the day of the session, whatever the partnership does."""
    known = kept({"notes": "2 years"}, ended=None)
    notes = ("notes/2026-02-03", "notes/2026-02-17-2")
    assert said(keeping(known, NOW, notes)) == [(notes[0], date(2028, 2, 3)), (notes[1], date(2028, 2, 17))]
    assert said(due(known, datetime(2028, 2, 4, tzinfo=UTC), notes)) == [(notes[0], date(2028, 2, 3))]


def test_a_hold_keeps_everything() -> None:
    """Until it is lifted, however long ago the day was; each hold has to be lifted by itself."""
    known = add(add(kept(), "held", id="h0000001"), "held", id="h0000002")
    assert due(known, later(2040)) == () and all(one.held for one in keeping(known, later(2040)))
    known = add(known, "released", target="event/h0000001")
    assert [event.id for event in holds(known)] == ["h0000002"] and due(known, later(2040)) == ()
    assert len(due(add(known, "released", target="event/h0000002"), later(2040))) == 2


def test_what_is_gone_is_not_due_again() -> None:
    """The notes, then everything; destroying one note ends no partnership."""
    fields = {"key": "A" * 40, "document": "sha256:" + "0" * 64, "copies": (Copies("keystore", DESTROYED),)}
    one = add(kept(ended=None), "destroyed", to=("client",), scope="notes/2026-02-03", **fields)
    assert force.ended(one) is None and gone(one) is None and gone(one, "notes/2026-02-04") is None
    assert gone(one, "notes/2026-02-03") is not None
    notes = add(kept(), "destroyed", to=("client",), scope=NOTES, **fields)
    assert [each.scope for each in due(notes, later(2033))] == [EVERYTHING]
    everything = add(kept(ended=None), "destroyed", to=("client",), scope=EVERYTHING, **fields)
    assert due(everything, later(2040)) == () and force.ended(everything) is not None


def test_an_announcement_stands_until_it_is_called_off_or_carried_out() -> None:
    """Two of them are two; what ends one leaves the other."""
    known = add(kept(), "condemned", id="c0000001", to=("client",), scope=NOTES, day=date(2027, 4, 2))
    known = add(known, "condemned", id="c0000002", to=("client",), scope=EVERYTHING, day=date(2032, 4, 2))
    assert [event.id for event in announced(known)] == ["c0000001", "c0000002"]
    known = add(known, "spared", to=("client",), target="event/c0000001")
    assert [event.id for event in announced(known)] == ["c0000002"]
