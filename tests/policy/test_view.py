"""Single views that are easy to get wrong: what could reach somebody beside what was disclosed to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from confide.model.agreement import Moment
from confide.model.commitment import digest
from confide.model.event import Exact
from confide.model.view import Text
from confide.model.words import Form
from tests.policy.small import GOALS, NOW, TEXTS, add, agreement, disclosed, record, share, view, withhold

APPRAISAL = Exact(
    "notes/2026-02-03#s4", digest(b"appraisal"), "performance-appraisals", Form.SUMMARY, "client", "payer", "payer"
)
BOTH = TEXTS | {APPRAISAL.commitment: Text("Appraisal", "CANARY-APPRAISAL")}
TO_MANAGER = share("appraisal", what=("performance-appraisals",), recipients=("manager",))


def test_the_client_reads_on_others_pages_only_what_might_be_told_to_her() -> None:
    """What the manager was told about her is on her account; its words, withheld from her, are not on her site."""
    known = record(agreement(share(), TO_MANAGER, withhold(what=("performance-appraisals",), recipients=("client",))))
    known = disclosed(known, APPRAISAL, to=("manager",), terms=("appraisal",))
    assert [s.text.markdown for s in view(known, "manager", BOTH).shown] == ["CANARY-APPRAISAL"]
    hers = view(known, "client", BOTH)
    assert "CANARY" not in repr(hers)
    assert hers.others == (("manager", ()),)
    assert [(e.kind, e.what, e.to) for e in hers.entries if e.kind == "disclosed"] == [
        ("disclosed", ("performance-appraisals",), ("manager",))
    ]


def test_the_client_reads_on_others_pages_what_is_hers_or_shared_with_her() -> None:
    """Her own goals on the payer's page, and an appraisal that a clause shares with her as well."""
    known = record(
        agreement(share(), TO_MANAGER, share("hers", what=("performance-appraisals",), recipients=("client",)))
    )
    known = disclosed(disclosed(known), APPRAISAL, to=("manager",), terms=("appraisal",))
    others = dict(view(known, "client", BOTH).others)
    assert [s.text.markdown for s in others["payer"]] == ["CANARY-GOALS"]
    assert [s.text.markdown for s in others["manager"]] == ["CANARY-APPRAISAL"]


def test_an_open_duty_keeps_others_texts_from_the_client_too() -> None:
    """Not yet is not yes: what may be told to her only after a consultation is not on her site before it."""
    clause = share("hers", what=("performance-appraisals",), recipients=("client",), when=(Moment("consulted"),))
    known = disclosed(record(agreement(TO_MANAGER, clause)), APPRAISAL, to=("manager",), terms=("appraisal",))
    assert view(known, "client", BOTH).others == (("manager", ()),)


def test_clauses_are_numbered_only_for_those_asked_to_sign() -> None:
    """The number of a clause says how many others there are: the supervisor, who signs nothing, gets none."""
    known = record(agreement(withhold(recipients=("manager",)), share(recipients=("supervisor", "payer"))))
    known = disclosed(known, to=("payer", "supervisor"))
    assert [s.clauses for s in view(known, "payer").shown] == [(2,)]
    assert [s.clauses for s in view(known, "supervisor").shown] == [()]
    assert [e.clauses for e in view(known, "supervisor").entries if e.kind == "disclosed"] == [()]


def test_a_reader_does_not_learn_who_else_was_told() -> None:
    """Each recipient's account names them alone; the client's names everybody."""
    known = disclosed(record(agreement(share(recipients=("payer", "manager")))), to=("payer", "manager"))
    assert [e.to for e in view(known, "payer").entries if e.kind == "disclosed"] == [("payer",)]
    assert [e.to for e in view(known, "client").entries if e.kind == "disclosed"] == [("payer", "manager")]
    assert "payer" not in repr(view(known, "manager"))


def test_the_end_is_shown_to_those_whom_it_concerns_and_moves_for_nobody_else() -> None:
    """Whoever signed learns when it ended, from the first such event that they can see; others learn nothing."""
    known = add(record(), "ended", "client", to=("coach", "payer"), agreement=1, at=NOW)
    assert view(known, "payer").ended == view(known, "client").ended == NOW
    assert view(known, "supervisor").ended is None
    earlier = record(agreement(), agreement(version=2, signatories=("coach", "client")))
    earlier = add(earlier, "ended", "client", to=("coach",), agreement=2, at=NOW.replace(day=1))
    earlier = add(earlier, "ended", "client", to=("coach", "payer"), agreement=1, at=NOW)
    assert view(earlier, "payer").ended == NOW
    assert view(earlier, "client").ended == NOW.replace(day=1)


@pytest.mark.parametrize("kind", ["invited", "enrolled", "revoked"])
def test_how_many_sources_were_let_in_is_not_the_clients_to_know(kind: str) -> None:
    """She sees who may read about her, and neither how many peers there are nor when each came (S-24)."""
    known = add(record(), kind, to=("payer",), number=1, reader="r000000001")
    known = add(known, kind, to=("peers",), number=4, reader="r000000002")
    assert [e.to for e in view(known, "client").entries if e.kind == kind] == [("payer",)]
    assert [e.to for e in view(known, "peers").entries if e.kind == kind] == [("peers",)]
    assert "client" not in known.events[-1].previous


def test_a_source_that_acts_has_no_circle_on_the_clients_pages() -> None:
    """What peers take back from her is taken back by `sources`; who was told about her she sees (S-04, S-18)."""
    known = record(
        agreement(share(recipients=("client", "peers")), share("their", what=("feedback",), recipients=("client",)))
    )
    known = disclosed(known, to=("peers",))
    known = add(known, "withdrawn", "peers", to=("client",), target="term/their", agreement=1, evidence="signed")
    known = add(known, "informed", to=("client", "peers", "reports"), what=("engagement",), evidence="attested")
    entries = {e.kind: (e.by, e.to) for e in view(known, "client").entries}
    assert entries["disclosed"] == ("coach", ("peers",))
    assert entries["withdrawn"] == ("sources", ("client",))
    assert entries["informed"] == ("coach", ("client", "sources"))


def test_the_client_sees_every_withdrawal_that_changes_her_account() -> None:
    """Her account says when a disclosure ended; the event that ended it is on her account and in her chain."""
    known = disclosed(record(agreement(share(recipients=("payer", "manager")))), to=("payer", "manager"), id="t0000001")
    known = add(known, "withdrawn", "payer", to=("manager",), target="event/t0000001", evidence="signed")
    entries = view(known, "client").entries
    assert [(e.kind, e.withdrawn) for e in entries[-2:]] == [
        ("disclosed", known.events[-1].at),
        ("withdrawn", None),
    ]
    assert "client" in known.events[-1].previous
    about_others = disclosed(known, replace(GOALS, subject="payer"), to=("manager",), id="t0000002")
    about_others = add(about_others, "withdrawn", "payer", to=("manager",), target="event/t0000002", evidence="signed")
    assert view(about_others, "client").entries == entries


def test_a_department_sees_the_withdrawal_that_empties_its_page() -> None:
    """What is taken back from the payer leaves its people team's page, and the event is on their account and chain."""
    known = disclosed(record(agreement(share(recipients=("payer.hr",)))), to=("payer.hr",))
    known = add(known, "acknowledged", "payer.hr", to=("coach",), evidence="signed")
    known = disclosed(known, to=("payer.hr",))
    assert len(view(known, "payer.hr").shown) == 1
    before = set(known.events[-1].previous)
    known = add(known, "withdrawn", "client", to=("payer",), target="term/goals", agreement=1, evidence="signed")
    assert view(known, "payer.hr").shown == ()
    assert "withdrawn" in {e.kind for e in view(known, "payer.hr").entries}
    assert "payer.hr" in known.events[-1].previous
    later = disclosed(known, to=("payer.hr",))
    assert view(later, "payer.hr").entries[:-1] == view(known, "payer.hr").entries
    assert "payer.hr" in before


def test_a_withdrawal_from_another_reader_is_no_business_of_theirs() -> None:
    """Taken back from the manager alone: the payer goes on reading, and their account does not change."""
    known = disclosed(record(agreement(share(recipients=("payer", "manager")))), to=("payer", "manager"), id="t0000001")
    after = add(known, "withdrawn", "client", to=("manager",), target="event/t0000001", evidence="signed")
    assert view(after, "payer") == view(known, "payer")
    assert [s.event for s in view(after, "payer").shown] == ["t0000001"]
    assert view(after, "manager").shown == ()


@pytest.mark.parametrize("to", [("payer",), ("client", "payer")])
def test_feedback_is_feedback_whoever_gave_it(to: tuple[str, ...]) -> None:
    """What the manager said as feedback and somebody else was told is not on the client's account: it points to him."""
    given = replace(GOALS, what="feedback", source="manager")
    known = disclosed(record(), given, to=to)
    entries = [e for e in view(known, "client").entries if e.kind == "disclosed"]
    assert len(entries) == (1 if "client" in to else 0)
    assert view(known, "client").others == ()


def test_nobody_unknown_and_nobody_who_left_sees_anything() -> None:
    """No name, no agreement, no event: for a party that is not, or is no longer, one."""
    known = disclosed(record())
    left = tuple(replace(p, active=p.id != "payer") for p in known.partnership.parties)
    gone = replace(known, partnership=replace(known.partnership, parties=left))
    for record_, party in ((gone, "payer"), (known, "board"), (known, "stranger")):
        seen = view(record_, party)
        assert (seen.names, seen.agreements, seen.shown, seen.entries, seen.others) == ((), (), (), (), ())
        assert (seen.in_force_from, seen.ended, seen.adviser) == ((), None, ())


def test_a_text_that_cannot_be_opened_is_left_out() -> None:
    """No text, no page for it; the account still has its line."""
    known = disclosed(record())
    seen = view(known, "payer", {})
    assert seen.shown == ()
    assert "disclosed" in {e.kind for e in seen.entries}


def test_who_was_asked_to_sign_sees_what_to_sign_until_they_have() -> None:
    """The statement stands there for whoever has not signed, bound to their own chain, and is gone afterwards."""
    known = record(signed=False)
    before = view(known, "payer").agreements[0]
    assert before.statement.startswith(b"confide/1 agreement\n")
    assert before.missing == ("coach", "client", "payer")
    about = {"agreement": 1, "document": agreement().digest, "strength": "portal", "number": 1}
    after = view(add(known, "signed", "payer", to=("coach", "client"), at=NOW, **about), "payer").agreements[0]
    assert (after.statement, after.missing) == (b"", ("coach", "client"))
    assert view(known, "supervisor").agreements == ()


def test_what_to_sign_does_not_move_with_what_others_saw() -> None:
    """The statement names the proposal as this party sees it: an event that only the client saw is not in it."""
    first, second = agreement(), agreement(version=2)
    known = replace(record(first), agreements=(first, second))
    seen = add(known, "informed", to=("client",), what=("engagement",), evidence="attested", id="n0000001", at=NOW)
    about = {"agreement": 2, "document": second.digest, "to": ("client", "payer"), "at": NOW, "id": "n0000002"}
    views = [view(add(r, "proposed", **about), "payer") for r in (known, seen)]  # type: ignore[arg-type]
    assert views[0].agreements[1].statement == views[1].agreements[1].statement != b""


def test_an_agreement_is_in_force_from_its_last_signature_or_its_first_day() -> None:
    """Whichever is later; and while a signature is missing it is not in force at all."""
    assert view(record(signed=False), "payer").in_force_from == ()
    (early,) = view(record(agreement(effective=date(2026, 2, 1))), "payer").in_force_from
    assert early == (1, datetime(2026, 2, 1, tzinfo=UTC))
    (late,) = view(record(), "payer").in_force_from
    assert late == (1, datetime(2026, 1, 10, 9, tzinfo=UTC))
