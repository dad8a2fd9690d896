"""Six agreements, each with at least thirty questions that somebody answered by hand from the policy alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from confide.model.decision import Decision, Verdict
from confide.policy.decide import decide
from tests.policy.agreement_tables import DIRECTORY, Row, load, tables
from tests.policy.vectors import Unknown

TABLES = tables()
ROWS = [row for _, rows in TABLES for row in rows]
# With one of these nothing below could be decided, or could help: the tables list them alone.
ALONE = frozenset({"unknown-party", "left-party", "unknown-type", "draft-section", "never-public"})


def reasons(decision: Decision, row: Row) -> frozenset[str]:
    """The slugs of all reasons as a table lists them: without the share terms that fail by one facet."""
    found = frozenset({"permission": "permitted"}.get(reason.rule, reason.rule) for reason in decision.reasons)
    if found & ALONE:
        return found & ALONE
    return found - (frozenset(row.near) - row.because)


def test_there_are_six_agreements_with_thirty_questions_each() -> None:
    """Nothing asked is not a pass; and every verdict stands in every table."""
    assert len(TABLES) == 6
    for name, rows in TABLES:
        assert len(rows) >= 30, name
        assert len({row.verdict for row in rows}) == 3, name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_answer_is_the_one_written_down(row: Row) -> None:
    """The verdict and all reasons, nothing missing and nothing added; and the sentences behind them."""
    decision = decide(row.request, row.record, row.now)
    assert (decision.verdict, reasons(decision, row)) == (row.verdict, row.because)
    assert row.sids <= {sid for reason in decision.reasons for sid in reason.sid.split(", ")}
    if row.narrow_to:
        assert f"narrow to {row.narrow_to}" in {reason.change for reason in decision.reasons}


# The step that each reason belongs to; a withholding term is 5, a share term 7 where it is too narrow and 9 otherwise.
STEPS = {
    **dict.fromkeys(("unknown-party", "left-party", "unknown-type", "draft-section"), 1),
    **dict.fromkeys(("never-public", "controlled-channel"), 2),
    **dict.fromkeys(("in-force", "ended"), 3),
    **dict.fromkeys(("default-deny", "consent", "source-terms", "flagged"), 6),
    **dict.fromkeys(("withdrawn", "ratchet"), 6.5),
    **dict.fromkeys(("client-first", "client-informed", "consulted", "attested", "small-group", "acknowledged"), 8),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_table_agrees_with_itself(row: Row) -> None:
    """`law` is the lowest step among the reasons: whoever answered by hand has read each of them at its step."""
    terms = [term for agreement in row.record.agreements for term in agreement.terms]
    withholds = {term.id for term in terms if not term.shares} | {
        term.id for instrument in row.record.instruments for term in instrument.restricts
    }
    if row.verdict is Verdict.DENY:
        withholds |= {"summary"}
    yes = 9 if row.verdict is Verdict.ALLOW else 7
    lowest = min(STEPS.get(rule, 5 if rule in withholds else yes) for rule in row.because)
    assert row.law == ("change" if lowest == 6.5 else str(lowest))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    verdict: allow", "    verdikt: allow"),
        ("      - informed:", "      - infromed:"),
        ("sender: coach", "sneder: coach"),
        ("vectors: 1", "vectors: 2"),
        ("subject: client", "subjekt: client"),
    ],
)
def test_an_unknown_word_is_fatal(old: str, new: str, tmp_path: Path) -> None:
    """A misspelt key or event in a table is an error, wherever it stands."""
    for file in (DIRECTORY / "works-council").rglob("*.yml"):
        copy = tmp_path / file.relative_to(DIRECTORY / "works-council")
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(file.read_bytes())
    questions = tmp_path / "questions.yml"
    text = questions.read_text("utf-8")
    assert old in text
    questions.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Unknown):
        load(questions)
