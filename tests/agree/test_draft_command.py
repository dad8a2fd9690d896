"""`agree draft` hears every flag, refuses those it could not use, and says on which sentence each question rests."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from confide.cli.question import Kind
from confide.cli.questions import QUESTIONS
from confide.records.agreement_file import parse_agreement
from confide.workflows.draft import Answers
from tests.cli.house import House

# Not asked: they follow from the partnership.
GIVEN = {"partnership", "people", "parties"}


def test_every_answer_has_a_question() -> None:
    """Nothing that a draft is made from is decided behind the coach's back."""
    assert {question.field for question in QUESTIONS} == {item.name for item in fields(Answers)} - GIVEN


def test_every_question_says_where_it_comes_from() -> None:
    """An S-id, and a few plain words of what that sentence asks for."""
    for question in QUESTIONS:
        assert re.fullmatch(r"S-\d\d(, S-\d\d)*", question.sid), question
        assert (question.says and question.ask.rstrip(")").endswith("?")) or "(none:" in question.ask, question


def test_help_names_a_flag_for_every_question(desk: House) -> None:
    """What a terminal asks a script can say, and each flag carries its S-id."""
    text = " ".join(desk.run("agree", "draft", "--help").out.split())
    for question in QUESTIONS:
        name = "--circle" if question.kind is Kind.CIRCLES else "--" + question.field.replace("_", "-")
        assert name in text, name
        assert f"[{question.sid}]" in text, question.sid


def test_flags_are_heard_and_what_comes_out_passes(house: House) -> None:
    """The answers stand in the file; its first line points an editor to a schema that is there; the check passes."""
    flags = ("--no-summary", "--career", "never", "--unsolicited", "return", "--no-threat-covers-client")
    assert house.within("agree", "draft", "--yes", *flags, "--channels", "site,video").code == 0
    path = house.record / "agreements/1.yml"
    agreement = parse_agreement(path.read_bytes(), str(path))
    assert "summary" not in agreement.clauses
    assert agreement.clauses["feedback"]["unsolicited"] == "return"
    assert agreement.clauses["exceptions"]["threat"]["covers"] == ("organisation",)
    assert [channel for channel, said in agreement.channels.items() if said == "controlled"] == ["site", "video"]
    first = path.read_text().splitlines()[0]
    schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
    assert schema.resolve() == (house.practice / "schemas/agreement.json").resolve()
    assert schema.is_file()
    assert house.within("agree", "check").code == 0


@pytest.mark.parametrize(
    ("flags", "what"),
    [
        (("--credentialing", "hours"), "`--credentialing` has nobody it could be about"),
        (("--until", "2020-01-01"), "`--until`: expected"),
        (("--signatories", "coach,client"), "`--signatories`: expected"),
        (("--circle", "peers"), "a circle is a party"),
        (("--calendar", "ZZ"), "expected a country code"),
    ],
)
def test_what_could_not_be_used_is_refused(house: House, flags: tuple[str, ...], what: str) -> None:
    """No flag is ignored: somebody relies on it. Nothing is written and nothing committed."""
    before = house.state()
    answer = house.within("agree", "draft", "--yes", *flags)
    assert answer.code == 2, answer
    assert any(what in said.what for said in answer.said), answer
    assert not before.differences(house.state())


def test_an_amendment_takes_days_and_nothing_else(house: House) -> None:
    """It starts from the text before; another answer would not be heard, and is refused."""
    assert house.within("agree", "propose").code == 0
    answer = house.within("agree", "draft", "--yes", "--goals", "topic")
    assert answer.code == 2, answer
    assert "an amendment does not ask for `--goals`" in answer.said[0].what
    assert not (house.record / "agreements/2.yml").exists()
    assert house.within("agree", "draft", "--yes", "--until", "2099-12-31").code == 0
    assert "until: 2099-12-31" in (house.record / "agreements/2.yml").read_text()


def test_check_knows_whose_holidays_count(house: House) -> None:
    """A country or region nobody has a calendar of is to settle before it can be proposed, with its line and a hint."""
    file = house.record / "agreements/1.yml"
    file.write_bytes(file.read_bytes() + b"settings: {calendar: GB-XXX}\n")
    answer = house.within("agree", "check")
    assert answer.code == 1
    assert "nobody has a calendar of `GB-XXX`" in " ".join(answer.out.split())
    assert "a country such as `GB`" in " ".join(answer.out.split())
