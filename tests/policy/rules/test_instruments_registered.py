"""instruments-registered (S-07): what an agreement rests on is registered, and has not run out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from confide.model.commitment import digest
from confide.model.instrument import Instrument
from confide.model.problem import Place
from confide.model.record import Record
from confide.policy.rules.instruments_registered import check
from tests.policy.small import NOW, P, agreement, record, withhold

NAMED = {"instruments": ({"id": "nda-7", "prevails": "always"},)}


def nda(until: date | None) -> Instrument:
    restricts = (withhold(what=("strategy",)),)
    digests = (digest(b"document"), date(2026, 1, 1), until, restricts, digest(b"file"))
    return Instrument("nda-7", P, "nda", ("client", "payer"), *digests, place=Place("instruments/nda-7.yml", 1))


def known(until: date | None, *registered: Instrument) -> Record:
    return replace(record(agreement(clauses=NAMED)), instruments=registered)


@pytest.mark.parametrize("until", [None, NOW.date(), date(2027, 1, 1)])
def test_a_registered_document_is_clean(until: date | None) -> None:
    """Without end, on its last day, and before."""
    assert list(check(known(until, nda(until)), NOW)) == []


def test_a_document_that_is_not_registered_is_a_violation() -> None:
    """The agreement names it, and nobody knows here what it forbids."""
    (found,) = check(known(None), NOW)
    assert found.what == "agreement 1 names the document `nda-7`, which is not registered"
    assert found.hint == "confide instrument add FILE --document SCAN"
    assert found.rule == "instruments-registered"


def test_a_document_that_ran_out_is_a_violation() -> None:
    """Nobody has said what follows."""
    ended = NOW.date() - timedelta(days=1)
    (found,) = check(known(ended, nda(ended)), NOW)
    assert found.what == "the document `nda-7` ended on 2026-03-01, and agreement 1 rests on it"
    assert str(found.place) == "instruments/nda-7.yml:1"
