"""A draft always passes the check, whatever was answered; what no agreement can be made of is refused before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given

from confide.model.agreement import Agreement
from confide.model.partnership import Partnership, Party
from confide.model.problem import Problem, Usage
from confide.model.record import Record
from confide.model.words import NINE_TYPES, Form, role_of
from confide.policy.rules import RULES
from confide.records.agreement_file import parse_agreement
from confide.site.matrix import matrix_of
from confide.workflows import draft
from confide.workflows.agreements import _ABOUT_AGREEMENTS
from confide.workflows.draft import Answers
from tests.agree.answers import DAY, PEOPLE, answers
from tests.effort import examples

FILE = "records/p-k7f3/agreements/1.yml"
NOW = datetime(2026, 1, 12, 9, tzinfo=UTC)
PARTIES = ("coach", "client", "payer", "manager", "adviser", "peers", "reports")
USUAL = Answers("p-k7f3", PEOPLE, PARTIES, DAY, DAY + timedelta(days=365), "Europe/London", "England and Wales")
TWO = replace(USUAL, parties=("coach", "client"))


def read(a: Answers) -> Agreement:
    return parse_agreement(draft.first(a), FILE)


def violations(agreement: Agreement, parties: tuple[str, ...]) -> list[Problem]:
    """What `agree check` would say of it."""
    members = tuple(Party(party, role) for party in parties if (role := role_of(party)))
    record = Record(Partnership("p-k7f3", members), (agreement,), (), ())
    return [problem for slug in _ABOUT_AGREEMENTS for problem in RULES[slug](record, NOW)]


@given(answers())
@examples(40)
@example(USUAL)
@example(TWO)
def test_whatever_is_answered_passes_the_check(a: Answers) -> None:
    """Any answers and any parties: the bytes parse, no rule is violated, and every cell rests on a clause."""
    agreement = read(a)
    assert violations(agreement, a.parties) == []
    unanswered = [place for place, cell in matrix_of(agreement).cells.items() if not cell.clauses]
    assert unanswered == []


@given(answers())
@examples(12)
def test_an_amendment_of_any_draft_passes_too(a: Answers) -> None:
    """The next version differs in its number, its schedule and its days, and in nothing else."""
    before = draft.first(a)
    other = "sha256:" + "7c" * 32
    after = draft.amendment(before, 2, other, a.until, a.until + timedelta(days=30))
    agreement = parse_agreement(after, "records/p-k7f3/agreements/2.yml")
    assert violations(agreement, a.parties) == []
    assert (agreement.version, agreement.people, agreement.effective) == (2, other, a.until)
    changed = [new for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert {line.split(b":")[0] for line in changed} <= {b"agreement", b"people", b"effective", b"until"}


def test_prose_is_kept_to_the_letter() -> None:
    """What was typed is what stands in the agreement, even where YAML would take it for something else."""
    typed = "no: [2026-01-12], # \"yes\" 'x' \\ é – Ω"
    clauses = read(replace(USUAL, unethical=typed, input_waived=typed, law=typed)).clauses
    assert clauses["exceptions"]["unethical"]["means"] == typed
    assert clauses["exceptions"]["input-waived-when"] == typed
    assert read(replace(TWO, law=typed, adviser_none=typed)).law == typed


def test_the_usual_answers_settle_the_six_open_points() -> None:
    """Threats, what is unethical, the quorum, when input is waived, unsolicited feedback, a credentialing body."""
    agreement = read(USUAL)
    exceptions = agreement.clauses["exceptions"]
    assert exceptions["threat"]["covers"] == ("organisation", "client")
    assert "nothing milder" in exceptions["unethical"]["means"]
    assert agreement.consent["about-client"] == ("client",)
    assert exceptions["input-waived-when"]
    assert agreement.clauses["feedback"]["unsolicited"] == "accept"
    assert exceptions["credentialing-body"] == "nothing"


def test_each_open_point_follows_its_answer() -> None:
    """The other answer to each of the six stands in the agreement as well."""
    a = replace(USUAL, parties=(*PARTIES, "credentialing-body"), threat_covers_client=False, quorum=("payer",),
                unsolicited="return", credentialing="hours")  # fmt: skip
    agreement = read(a)
    exceptions = agreement.clauses["exceptions"]
    assert exceptions["threat"]["covers"] == ("organisation",)
    assert agreement.consent["about-client"] == ("client", "payer")
    assert agreement.clauses["feedback"]["unsolicited"] == "return"
    cells = matrix_of(agreement).cells
    assert cells["engagement/hours", "credentialing-body"].form is Form.TOPIC
    assert cells["engagement/name", "credentialing-body"].withheld
    assert cells["discussions", "credentialing-body"].withheld


def test_career_plans_are_withheld_expressly_unless_somebody_says_otherwise() -> None:
    """S-31: the usual answer withholds them by a clause, not by silence; so does `never`, without a way out."""
    usual = matrix_of(read(USUAL)).cells["career-aspirations", "payer"]
    assert (usual.withheld, usual.unless) == (True, "client-permits")
    assert usual.clauses
    never = matrix_of(read(replace(USUAL, career="never"))).cells["career-aspirations", "payer"]
    assert (never.withheld, never.unless) == (True, "")
    told = matrix_of(read(replace(USUAL, career="topic"))).cells["career-aspirations", "payer"]
    assert (told.form, told.conditional) == (Form.TOPIC, True)


def test_the_client_gets_her_own_where_nobody_else_takes_part() -> None:
    """S-11: an agreement of two keeps nothing from the client; a withhold that names nobody would mean her too."""
    matrix = matrix_of(read(TWO))
    assert [what for what in NINE_TYPES if matrix.cells[what, "client"].withheld] == []


def test_several_clients_hear_what_is_theirs_and_what_is_joint() -> None:
    """What is about one of two clients alone is withheld from the other, unless it is permitted."""
    matrix = matrix_of(read(replace(USUAL, parties=(*PARTIES, "client-2"))))
    assert matrix.cells["discussions/first", "client"].form is Form.VERBATIM
    assert matrix.cells["discussions/first", "client-2"].withheld
    assert matrix.cells["discussions/second", "client-2"].form is Form.VERBATIM
    assert matrix.cells["discussions/joint", "client-2"].form is Form.VERBATIM
    assert matrix.cells["discussions", "client"].withheld


def test_the_summary_says_of_every_type_whether_it_is_in() -> None:
    """S-12, S-14: it is given on its days, after the client read it; each of the nine types is in or expressly out."""
    due = (date(2026, 6, 30), date(2026, 12, 15))
    summary = read(replace(USUAL, summary_due=due)).clauses["summary"]
    assert summary["due"] == due
    assert [str(moment) for moment in summary["when"]] == ["client-first"]
    named = {what.partition("/")[0] for what in (*summary["includes"], *summary["excludes"])}
    assert named == set(NINE_TYPES)
    assert "summary" not in read(replace(USUAL, summary=False)).clauses
    assert "summary" not in read(TWO).clauses


def test_who_does_not_sign_is_told_nothing() -> None:
    """S-27: a sponsor who is no signatory has every type withheld."""
    a = replace(USUAL, signatories=("coach", "client", "payer"))
    matrix = matrix_of(read(a))
    assert matrix.shared_with("manager") == ()
    assert matrix.shared_with("payer")


@pytest.mark.parametrize(
    ("changed", "flag"),
    [
        ({"until": DAY - timedelta(days=1)}, "--until"),
        ({"summary_due": (DAY - timedelta(days=1),)}, "--summary-due"),
        ({"parties": ("coach", "payer")}, "--parties"),
        ({"signatories": ("coach", "client")}, "--signatories"),
        ({"signatories": ("coach", "client", "payer", "hr")}, "--signatories"),
        ({"quorum": ("anna",)}, "--quorum"),
        ({"circles": (("peers", 3), ("peers", 4))}, "--circle"),
        ({"circles": (("peers", 0),)}, "--circle"),
        ({"smallest_group": 1}, "--smallest-group"),
        ({"channels": ()}, "--channels"),
        ({"accepted": ("wax-seal",)}, "--accepted"),
        ({"credentialing": "hours"}, "--credentialing"),
        ({"time_zone": "Europe/Atlantis"}, "--time-zone"),
        ({"promptly": "soon"}, "--promptly"),
        ({"law": "a\nb"}, "--law"),
        ({"unethical": "x\u202ey"}, "--unethical"),
        ({"unethical": " "}, "--unethical"),
        ({"talks": "verbatim"}, "--talks"),
        ({"instruments": ("Not A Word",)}, "--instruments"),
        ({"parties": ("coach", *(f"client-{n}" for n in range(2, 11)), "client")}, "--parties"),
    ],
)
def test_what_no_agreement_is_made_of_is_refused(changed: dict[str, Any], flag: str) -> None:
    """Each impossible answer is named by its flag; S-35: nothing makes sessions go word for word to a sponsor."""
    with pytest.raises(Usage) as refused:
        draft.first(replace(USUAL, **changed))
    assert any(flag in problem.what and problem.hint for problem in refused.value.problems)


def test_every_impossible_answer_is_told_at_once() -> None:
    """Nobody is sent round twice."""
    with pytest.raises(Usage) as refused:
        draft.first(replace(USUAL, promptly="soon", law="", channels=()))
    assert len(refused.value.problems) == 3


def test_an_amendment_of_a_text_without_those_lines_is_refused() -> None:
    """A text in another shape is never changed by guessing."""
    with pytest.raises(Usage) as refused:
        draft.amendment(b"{agreement: 1}", 2, PEOPLE, DAY)
    assert "confide agree draft --from FILE" in refused.value.problems[0].hint
