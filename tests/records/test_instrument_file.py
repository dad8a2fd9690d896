"""An instrument: what it restricts is read to the letter, and what it could not mean is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.agreement import Circumstances
from confide.model.commitment import digest
from confide.model.instrument import INSTRUMENT_KINDS, Instrument
from confide.model.problem import Malformed
from confide.model.words import Form
from confide.records.instrument_file import parse_instrument
from tests.records.reasons import DATA, everything_in, line_of, only_problem, problems_of

FILE = "records/p-7t4m/instruments/trust-nda-7.yml"
SOURCE = (DATA / "instrument.yml").read_text(encoding="utf-8")
VECTORS = Path(__file__).parent.parent / "vectors" / "agreements"


def parse(text: str = SOURCE, file: str = FILE) -> Instrument:
    return parse_instrument(text.encode(), file)


def changed(old: str, new: str) -> str:
    assert SOURCE.count(old) == 1, old
    return SOURCE.replace(old, new)


def line(of: str) -> int:
    return next(number for number, text in enumerate(SOURCE.splitlines(), 1) if of in text)


def test_everything_in_it_is_read() -> None:
    """The register of S-07: whose document, its digest, its period, and each restriction with its facets."""
    found = parse()
    assert (found.id, found.partnership, found.kind) == ("trust-nda-7", "p-7t4m", "nda")
    assert found.parties == ("payer", "client", "board")
    assert found.document == "sha256:0c9f1b7a5d3e2846907bc1de5f48a3920671bd84c5fe39a20d86f7b1c4e09a35"
    assert (found.effective, found.until) == (date(2024, 1, 1), date(2027, 12, 31))
    assert found.digest == digest(SOURCE.encode())
    first, second = found.restricts
    assert (first.id, first.what, first.recipients, first.form) == (
        "no-tenders", ("tender", "proprietary"), ("peers", "reports"), None,
    )  # fmt: skip
    assert (second.channel, second.form, second.unless) == (("e-mail", "paper"), Form.SUMMARY, "owner-permits")
    assert second.circumstances == Circumstances("board", "the tender is still open")
    assert not first.shares
    assert not second.shares
    assert str(first.place) == f"{FILE}:{line('no-tenders')}"


def test_the_instruments_of_the_vectors_are_read() -> None:
    """Every instrument written down for the questions parses; there are some."""
    files = sorted(VECTORS.glob("*/instruments/*.yml"))
    assert files
    for file in files:
        assert parse_instrument(file.read_bytes(), str(file)).restricts


def test_without_an_end_it_restricts_for_ever() -> None:
    """`until` may be left out, and then nothing ends it."""
    assert parse(changed("until: 2027-12-31\n", "")).until is None


@pytest.mark.parametrize("kind", INSTRUMENT_KINDS)
def test_every_kind_of_the_closed_list_is_known(kind: str) -> None:
    """Contract, NDA, house agreement, policy, order."""
    assert parse(changed("kind: nda", f"kind: {kind}")).kind == kind


def test_an_instrument_never_permits() -> None:
    """A share term in an instrument is refused: nobody agreed to it with the client."""
    problem = only_problem(lambda: parse(changed("effect: withhold", "effect: share")))
    assert "expected `withhold`" in problem.what
    assert line_of(problem) == line("effect: withhold")


@pytest.mark.parametrize("key", ["onward: [payer]", "not-for: [pay]"])
def test_what_only_a_share_term_has_is_refused(key: str) -> None:
    """A word that would be ignored is an error: somebody relies on it."""
    problem = only_problem(lambda: parse(changed("channel: [e-mail, paper]", key)))
    assert problem.rule == "S-28"


@pytest.mark.parametrize("key", ["id", "partnership", "kind", "parties", "document", "effective", "restricts"])
def test_nothing_else_may_be_left_out(key: str) -> None:
    """Above all not the digest of the document: what nobody can look up binds nobody."""
    where = SOURCE.index(f"\n{key}:") + 1
    after = SOURCE.find("\n", where) + 1
    text = SOURCE[:where] + ("" if key == "restricts" else SOURCE[after:])
    assert [p.rule for p in problems_of(lambda: parse(text)) if f"`{key}`" in p.what] == ["missing-key"]


def test_it_restricts_something() -> None:
    """An instrument without a restriction would stand in the register and do nothing."""
    problem = only_problem(lambda: parse(SOURCE[: SOURCE.index("restricts:")] + "restricts: []\n"))
    assert "`restricts`" in problem.what


def test_a_misspelt_key_is_told_with_the_nearest_one() -> None:
    """`untill` would make a document restrict for ever, or a restriction for nobody."""
    problem = only_problem(lambda: parse(changed("until:", "untill:")))
    assert (problem.rule, problem.hint, line_of(problem)) == ("unknown-key", "did you mean `until`?", line("until:"))


def test_a_misspelt_type_is_told_with_the_nearest_one() -> None:
    """A type that nobody knows would restrict nothing."""
    problem = only_problem(lambda: parse(changed("what: [strategy]", "what: [stategy]")))
    assert (problem.rule, problem.hint) == ("type", "did you mean `strategy`?")


def test_its_days_are_days_in_order() -> None:
    """A period that ends before it begins was mistyped."""
    assert "`until` lies before `effective`" in only_problem(lambda: parse(changed("until: 2027", "until: 2023"))).what
    assert "expected a day" in only_problem(lambda: parse(changed("until: 2027-12-31", "until: soon"))).what
    assert "found nothing" in only_problem(lambda: parse(changed("until: 2027-12-31", "until:"))).what


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("records/p-9zz9/instruments/trust-nda-7.yml", "partnership"),
        ("records/p-7t4m/instruments/trust-nda-8.yml", "id"),
    ],
)
def test_it_lies_where_it_says(file: str, key: str) -> None:
    """A file moved to another partnership or name is refused there."""
    problem = only_problem(lambda: parse(file=file))
    assert f"`{key}`" in problem.what


def test_two_terms_have_two_names() -> None:
    """A refusal names the restriction, so no two share an id."""
    problem = only_problem(lambda: parse(changed("id: plans-not-in-writing", "id: no-tenders")))
    assert "second time" in problem.what


def test_no_word_of_the_file_is_repeated() -> None:
    """A name typed into the wrong place stays out of messages."""
    for problem in problems_of(
        lambda: parse(changed("kind: nda", "kind: Ada Byron").replace("[payer,", "[Ada Byron,"))
    ):
        assert "Byron" not in everything_in(problem)


@given(st.binary(max_size=200))
def test_whatever_it_is_given_it_says_where(data: bytes) -> None:
    """Any bytes are an instrument or a refusal with a place; never a crash."""
    try:
        parse_instrument(data, FILE)
    except Malformed as refused:
        assert all(problem.place is not None for problem in refused.problems)
    else:
        raise AssertionError("random bytes are no instrument")
