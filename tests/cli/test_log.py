"""`log`: the accounting of disclosures, narrowed, printed, as values, and as one party may know it."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest

from tests.cli.build import good
from tests.cli.house import House, today


@pytest.fixture
def shared(running: House) -> House:
    """What is for the payer and the manager went to both at once."""
    good(running.within("inform", f"{running.session}#s2"))
    good(running.within("attest", "goals-to-sponsors"))
    good(running.within("acknowledge", "--by", "manager"))
    good(running.within("disclose", f"{running.session}#s2", "--to", "payer", "--to", "manager"))
    return running


def test_one_party_is_not_told_who_else(shared: House) -> None:
    """Neither the table, nor JSON, nor the page, nor the values name another recipient; the coach's own do."""
    for form in ((), ("--json",), ("--csv",), ("--html",), ("--all",)):
        mine = good(shared.within("log", "--to", "payer", *form)).out
        assert "partnership-goals/shared" in mine, form
        assert "manager" not in mine, form
        assert "manager" in good(shared.within("log", *form)).out, form


def test_days_that_count(shared: House) -> None:
    """The first and the last day are in; a day that is none is refused."""
    tomorrow, yesterday = (f"{(today() + timedelta(days=n)).date()}" for n in (1, -1))
    counts = {
        ("--from", shared.session): 2,
        ("--until", shared.session): 2,
        ("--from", tomorrow): 0,
        ("--until", yesterday): 0,
    }
    for asked, lines in counts.items():
        assert len(json.loads(good(shared.within("log", *asked, "--json")).out)) == lines, asked
    answer = shared.within("log", "--from", "soon")
    assert answer.code == 2


def test_values_and_a_page(shared: House) -> None:
    """Every field has its column; names come only where they are asked for, with the keys."""
    rows = list(csv.DictReader(io.StringIO(good(shared.within("log", "--csv")).out)))
    assert [row["recipient"] for row in rows] == ["client", "payer; manager"]
    assert rows[1]["clauses"] == "goals-to-sponsors"
    assert rows[1]["purpose"] == "the quarterly review takes place"
    assert rows[1]["subject_told"]
    page = good(shared.within("log", "--html")).out
    assert page.startswith("<!doctype html>")
    assert f"until {shared.session}" not in page
    named = good(shared.within("log", "--csv", "--names", tells=True)).out
    assert "Bartholomew Quince (payer); Ottoline Fennimore (manager)" in named
    assert "Ottoline" not in good(shared.within("log", "--csv", "--names", "--to", "payer", tells=True)).out
