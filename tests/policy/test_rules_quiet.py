"""Rules that cry wolf are switched off: none of them fires on the demo's agreement, or on a draft as it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from confide.cli import story
from confide.model.agreement import Agreement
from confide.model.partnership import Partnership, Party
from confide.model.record import Record
from confide.model.words import Role, role_of
from confide.policy.check import violations
from confide.records.agreement_file import parse_agreement
from confide.workflows.draft import Answers, first

DAY = date(2026, 1, 12)
NOW = datetime(2026, 1, 12, 9, tzinfo=UTC)
PEOPLE = "sha256:" + "5d" * 32
FILE = "records/p-k7f3/agreements/1.yml"
USUAL = Answers(
    *("p-k7f3", PEOPLE, ("coach", "client", "payer", "manager", "adviser", "peers", "reports")),
    *(DAY, DAY + timedelta(days=365), "Europe/London", "England and Wales"),
    circles=(("peers", 5), ("reports", 5)),
)
DRAFTS = {
    "three sides": USUAL,
    "two": replace(USUAL, parties=("coach", "client"), circles=()),
    "no adviser": replace(
        USUAL, parties=("coach", "client", "payer"), circles=(), adviser_none="we ask when it comes to that"
    ),
    "two clients": replace(USUAL, parties=("coach", "client", "client-2", "payer", "peers"), circles=(("peers", 5),)),
}


def found(agreement: Agreement, parties: tuple[str, ...]) -> list[str]:
    members = tuple(Party(party, role_of(party) or Role.SOURCE) for party in parties)
    record = Record(Partnership("p-k7f3", members), (agreement,))
    return [f"{problem.rule}: {problem.what}" for problem in violations(record, NOW)]


def test_the_demos_agreement_is_clean() -> None:
    """What a newcomer sees first is in order."""
    text = (Path(str(story.__file__)).parent / "agreement-1.yml").read_text("utf-8")
    days = {"effective": DAY, "until": DAY + timedelta(days=365), "due": DAY + timedelta(days=118)}
    source = text.format(partnership="p-k7f3", people=PEOPLE, **days)
    agreement = parse_agreement(source.encode(), FILE)
    parties = ("coach", "client", "payer", "manager", "adviser", "peers", "reports", "board")
    assert found(agreement, parties) == []


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_as_it_comes_is_clean(name: str) -> None:
    """Whoever takes the usual answers has nothing to settle."""
    answers = DRAFTS[name]
    assert found(parse_agreement(first(answers), FILE), answers.parties) == []
