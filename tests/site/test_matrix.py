"""The matrix says of every type and party what the terms say, and withholds wherever they leave a doubt."""

from __future__ import annotations

from dataclasses import replace

from confide.model.agreement import Circumstances, Moment, Term
from confide.model.words import NINE_TYPES, Effect, Form
from confide.site.matrix import Cell, matrix_of
from tests.site.sample_agreement import AGREEMENT, share, withhold

MATRIX = matrix_of(AGREEMENT)


def cell(*terms: Term, what: str = "conflicts", party: str = "payer") -> Cell:
    return matrix_of(replace(AGREEMENT, terms=terms)).cells[what, party]


def test_every_type_and_every_party_has_an_answer() -> None:
    """The nine types, the agreement's own and every subtype, for everybody but the coach."""
    assert set(MATRIX.types) == {*NINE_TYPES, "engagement", "partnership-goals/shared", "partnership-goals/private"}
    assert MATRIX.parties == ("client", "payer", "manager", "supervisor", "sources")
    assert set(MATRIX.cells) == {(what, party) for what in MATRIX.types for party in MATRIX.parties}


def test_the_sample_reads_as_it_is_meant() -> None:
    """Shared goals in summary on conditions; private ones withheld by clause 6 unless she permits it."""
    shared, private = (
        MATRIX.cells["partnership-goals/shared", "payer"],
        MATRIX.cells["partnership-goals/private", "payer"],
    )
    assert shared == Cell(Form.SUMMARY, (2,), ("coach", "client"), conditional=True)
    assert private == Cell(Form.NONE, (6,), unless="client-permits")
    assert MATRIX.cells["partnership-goals", "payer"].withheld
    assert MATRIX.cells["assessment-results", "manager"] == Cell(Form.SUMMARY, (4,), ("client",))
    assert MATRIX.cells["assessment-results", "payer"] == Cell(Form.NONE, (5,))
    assert MATRIX.cells["engagement", "client"].own
    assert not MATRIX.cells["engagement", "client"].withheld


def test_what_nobody_names_is_withheld_by_no_clause() -> None:
    """Silence is no permission."""
    assert cell(share("a", "strategy", "payer", "coach", Form.SUMMARY)) == Cell(Form.NONE)


def test_a_withhold_wins_and_one_of_a_form_leaves_narrower_ones() -> None:
    """A withhold without a form takes everything; one of the full text leaves the summary."""
    shared = share("a", "conflicts", "payer", "coach", Form.VERBATIM)
    assert cell(shared, withhold("b", "conflicts", "payer")).form is Form.NONE
    narrowed = cell(shared, replace(withhold("b", "conflicts", "payer"), form=Form.VERBATIM))
    assert (narrowed.form, narrowed.clauses) == (Form.SUMMARY, (1,))


def test_a_withhold_of_a_party_covers_its_departments_and_one_of_a_sender_only_them() -> None:
    """`payer` covers `payer.hr`; what the coach must not tell, the client may."""
    department = share("a", "conflicts", "payer.hr", "coach", Form.TOPIC)
    assert cell(department, withhold("b", "conflicts", "payer"), party="payer.hr").withheld
    both = share("a", "conflicts", "payer", "coach client", Form.TOPIC)
    assert cell(both, withhold("b", "conflicts", "payer", "coach")).form is Form.TOPIC
    together = share("a", "conflicts", "payer", "coach client", Form.TOPIC, together=True)
    assert cell(together, withhold("b", "conflicts", "payer", "coach")).withheld


def test_a_doubtful_withhold_counts_and_a_doubtful_share_is_marked() -> None:
    """Circumstances are not judged here: a withhold holds whatever they are, a share says that there are some."""
    if_so = Circumstances("coach", "it rains")
    shared = share("a", "conflicts", "payer", "coach", Form.TOPIC, circumstances=if_so)
    assert cell(shared).conditional
    assert cell(share("a", "conflicts", "payer", "coach", Form.TOPIC, when=(Moment("client-first"),))).conditional
    doubtful = Term("b", Effect.WITHHOLD, None, None, None, None, None, if_so)
    assert cell(shared, doubtful).withheld


def test_the_widest_share_is_shown() -> None:
    """Of several share clauses the widest counts, with its own number."""
    narrow = share("a", "conflicts", "payer", "coach", Form.TOPIC)
    assert cell(narrow, share("b", "conflicts", "payer", "coach", Form.SUMMARY)).clauses == (2,)
