"""All analyses together: on an agreement as people write them, on broken ones, and on enormous ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from confide.model.agreement import Term
from confide.model.partnership import Partnership, Party
from confide.model.words import NINE_TYPES, Form, Role, role_of
from confide.policy.analysis.answers import CROWD
from confide.policy.analysis.examine import examine
from confide.records.agreement_file import parse_agreement
from tests.policy import small
from tests.policy.analysis.world import PARTNERSHIP, agreement, ask, kinds, said, share, withhold
from tests.policy.small import GOALS, disclosed, record

SAMPLE = Path(__file__).parents[2] / "records/data/agreement.yml"
SOME = ("payer", "manager", "adviser", "peers", "client")


def test_a_whole_agreement_is_gone_through() -> None:
    """Findings come in the order of the analyses, each a sentence that begins small and ends without a stop."""
    given = parse_agreement(SAMPLE.read_bytes(), "agreement.yml")
    parties = tuple(Party(party, role_of(party) or Role.SOURCE) for party in given.parties)
    findings = examine(given, Partnership(given.partnership, parties))
    assert findings
    for found in findings:
        assert found.sentence[0].islower() or found.sentence[0] == "`"
        assert not found.sentence.endswith(".")
        assert found.kind
        assert found.sid


def test_a_clause_that_cannot_be_obeyed_leaves_nothing_to_analyse() -> None:
    """Every answer is no, and `check` says why; no analysis pretends to know more."""
    broken = Term("broken", share().effect, ("strategy",), None, None, None, None, None)
    assert examine(agreement(broken), PARTNERSHIP) == ()


def test_an_empty_agreement_is_all_gaps() -> None:
    """No clause at all: nobody has said anything."""
    given = small.agreement(share("x"))
    empty = examine(type(given)(**{**vars(given), "terms": ()}), PARTNERSHIP)
    assert set(kinds(empty)) == {"gap"}


def test_lapses_of_this_version_are_among_the_findings() -> None:
    """What was told against the version is seen where the version is looked at."""
    given = agreement(withhold("all"))
    told = disclosed(record(given), GOALS)
    lapses = [found for found in examine(given, told.partnership, told) if found.kind == "lapse"]
    assert [found.sentence.partition(":")[0] for found in lapses] == [
        f"disclosure {told.events[-1].id} was not allowed when it was made"
    ]
    assert not [found for found in examine(given, record(given).partnership, record(given)) if found.kind == "lapse"]


@pytest.mark.parametrize("many", [3, CROWD + 1])
def test_a_crowd_is_exact_about_what_matters(many: int) -> None:
    """However many clauses speak of one thing: contradictions and repeated clauses are found all the same."""
    terms = [share(f"goals-{n}", form=Form.TOPIC, senders=("coach", "client")[: 1 + n % 2]) for n in range(many)]
    against = withhold("no-goals", what=("partnership-goals",), recipients=("payer",))
    asked = ask(*terms)
    assert asked.answers.crowded("partnership-goals/shared", "payer") is (many > CROWD)
    found = examine(agreement(*terms, against), PARTNERSHIP)
    assert [f.terms[0] for f in found if f.kind == "contradiction"] == ["goals-0", "goals-1"]
    assert len([f for f in found if f.sentence.startswith("clause goals-") and " repeats " in f.sentence]) == many - 2


def test_ten_thousand_clauses_come_to_an_end() -> None:
    """Many say the same, and all may pass everything on to all: the analysis ends, and says what repeats what."""
    terms = tuple(
        share(f"t-{n}", what=(list(NINE_TYPES)[n % 9],), recipients=(SOME[n % 5],), senders=SOME, onward=SOME)
        for n in range(10_000)
    )
    found = examine(agreement(*terms), PARTNERSHIP)
    repeats = [one for one in said(found) if " repeats clause " in one]
    assert len(repeats) == 10_000 - 45
    assert repeats[0] == "clause t-45 repeats clause t-0"
