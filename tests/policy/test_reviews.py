"""What a client reads first, and what each party may sign: only what is theirs, only while it is open (S-13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from confide.model.record import Record
from confide.model.view import Text
from confide.policy.offers import ACKNOWLEDGEMENT, INPUT, WITHDRAWAL
from tests.policy.small import GOALS, TEXTS, add, agreement, disclosed, record, share, view

UNTIL = date(2026, 6, 29)
THEIRS = replace(GOALS, what="performance-appraisals", owner="payer", source="payer", subject="client")
FEEDBACK = {"feedback": {"unsolicited": "accept"}}


def shown(known: Record, *sections: object, **fields: object) -> Record:
    whole = {"what": (GOALS.what,), "sections": sections or (GOALS,), "day": UNTIL, "id": "sh0wn234", "to": ("client",)}
    return add(known, "shown", **(whole | fields))  # type: ignore[arg-type]


def test_a_text_put_to_her_stands_with_its_last_day() -> None:
    """She reads it, nobody else does, and the day is the one the event names."""
    known = shown(record())
    (review,) = view(known, "client").reviews
    assert (review.until, [text.markdown for _, _, text in review.texts]) == (UNTIL, ["CANARY-GOALS"])
    assert all("CANARY" not in repr(view(known, party)) for party in ("payer", "manager", "peers"))


def test_it_is_gone_once_it_went_out_or_was_replaced() -> None:
    """A disclosure of that text settles it; a newer showing of the section takes its place."""
    assert view(disclosed(shown(record())), "client").reviews == ()
    newer = replace(GOALS, commitment="sha256:" + "1" * 64)
    texts = TEXTS | {newer.commitment: Text("Goals", "NEWER")}
    known = shown(shown(record()), newer, id="sh0wn567")
    assert [r.event for r in view(known, "client", texts).reviews] == ["sh0wn567"]


def test_an_answer_is_said_with_it_and_asked_no_more() -> None:
    """Given or declined, it stands beside the text, and the offer to answer ends."""
    known = shown(record())
    assert INPUT in {offer.kind for offer in view(known, "client").offers}
    known = add(known, "input", "client", to=("coach",), target="event/sh0wn234", evidence="declined")
    after = view(known, "client")
    assert after.reviews[0].answer == "declined"
    assert INPUT not in {offer.kind for offer in after.offers}


def test_what_may_not_be_told_to_her_is_not_shown_to_her_first_either() -> None:
    """A showing is no way round a decision: the organisation's text stays where it is (promise 1)."""
    assert view(shown(record(), THEIRS), "client").reviews == ()


def test_she_may_take_back_what_somebody_can_still_read() -> None:
    """One offer a disclosure, naming who reads it; none once it is withdrawn, and none for anybody else."""
    known = disclosed(record())
    (event,) = known.of_kind("disclosed")
    (offer,) = [o for o in view(known, "client").offers if o.target == event.id]
    assert (offer.target, offer.to) == (event.id, ("payer",))
    assert offer.kind == WITHDRAWAL
    assert f"target: event/{event.id}" in offer.statement.decode().splitlines()
    assert [o for o in view(known, "payer").offers if o.target == event.id] == []
    gone = add(known, "withdrawn", "client", to=("payer",), target=f"event/{event.id}", evidence="signed", agreement=1)
    assert [o for o in view(gone, "client").offers if o.target == event.id] == []


def test_a_duty_is_offered_to_whoever_has_not_accepted_it() -> None:
    """An adviser who signs nothing, a client whose agreement speaks of feedback; never twice."""
    fresh = record(agreement(share(), clauses=FEEDBACK), signed=False)
    assert [o.kind for o in view(fresh, "supervisor").offers] == [ACKNOWLEDGEMENT]
    assert [o.kind for o in view(fresh, "client").offers] == [ACKNOWLEDGEMENT]
    assert view(fresh, "payer").offers == ()
    accepted = add(fresh, "acknowledged", "supervisor", to=("coach",), evidence="signed")
    assert view(accepted, "supervisor").offers == ()
