"""`agree check` beyond errors, `agree diff`, `who`, `may --at` and `--if`: what a coach reads, and what programs do."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.cli.house import House, today

WHAT_IF = b"""\
terms:
  - id: talks-to-payer
    effect: share
    what: [discussions]
    with: [payer]
    by: [coach]
    when: [always]
    form: topic
    circumstances: always
without: [talks-private]
"""
SHARED = "partnership-goals/shared"


def amended(house: House, old: bytes, new: bytes) -> None:
    """Version 2 in the work tree: version 1 with one thing changed."""
    text = (house.record / "agreements/1.yml").read_bytes()
    assert old in text
    text = text.replace(b"agreement: 1", b"agreement: 2", 1).replace(old, new, 1)
    assert house.within("agree", "draft", "--from", "-", stdin=text).code == 0


def flat(text: str) -> str:
    return " ".join(text.split())


def test_check_says_what_is_worth_a_look_and_still_passes(drafted: House) -> None:
    """Gaps are sentences, in groups, and only errors count for the exit code."""
    answer = drafted.within("agree", "check")
    assert answer.code == 0
    assert answer.out.startswith("Every type has an answer, and every answer can be obeyed.")
    head, look = answer.out.split("Worth a look: ")
    look, know = look.split("Good to know: ")
    assert "nobody has said" not in head
    assert (
        "gap nobody has said whether the payer may learn performance appraisals, proprietary information or strategy "
        "and projects" in flat(look)
    )
    assert "whether the adviser may learn" in flat(know)
    assert look.count("silence withholds it; say so in a clause") == 1


def test_check_shows_a_contradiction_with_its_question(drafted: House) -> None:
    """Both clauses by name, the line, and a question that is answered with no."""
    file = drafted.record / "agreements/1.yml"
    private = b"what: [partnership-goals/private]\n    with: [payer, manager]\n    unless: client-permits\n"
    shared = b"what: [partnership-goals/shared]\n    with: [payer, manager]\n"
    assert private in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(private, shared, 1))
    line = file.read_text().splitlines().index("  - id: goals-to-sponsors") + 1
    answer = drafted.within("agree", "check")
    assert answer.code == 0
    assert (
        "conflict clause goals-to-sponsors lets the coach tell the payer and the manager about shared partnership "
        "goals, and clause goals-private withholds all of it: nothing is left "
        f"1.yml:{line} S-28 asked: may the coach tell the payer about shared partnership goals, in summary?"
    ) in flat(answer.out)


def test_check_for_programs_keeps_its_shape(drafted: House) -> None:
    """One list: errors and findings alike say what, why, where and which rule; `level` tells them apart."""
    found = json.loads(drafted.within("agree", "check", "--json").out)
    assert {one["level"] for one in found} == {"worth a look", "good to know"}
    assert all({"what", "why", "place", "rule", "sid", "types", "parties"} <= set(one) for one in found)
    [payer] = [one for one in found if one["parties"] == ["payer"]]
    assert (payer["rule"], payer["types"]) == ("gap", ["performance-appraisals", "proprietary", "strategy"])
    assert payer["why"] == "may the coach tell the payer about performance appraisals?"


def test_errors_come_first_and_count(drafted: House) -> None:
    """A type nobody speaks of is to be settled, and the rest is still said."""
    file = drafted.record / "agreements/1.yml"
    file.write_bytes(file.read_bytes().replace(b"conflicts, ", b"").replace(b", conflicts", b""))
    answer = drafted.within("agree", "check")
    assert answer.code == 1
    assert answer.out.index("nobody has said who may learn `conflicts`") < answer.out.index("Worth a look")
    found = json.loads(drafted.within("agree", "check", "--json").out)
    assert found[0]["level"] == "must settle"


def test_diff_says_what_widens_and_who_signs(running: House) -> None:
    """A duty less is marked, with everybody whose signature it needs; the other way round nothing is."""
    amended(running, b"when: [client-informed]", b"when: [always]")
    answer = running.within("agree", "diff", "1", "2")
    assert answer.code == 0
    assert (
        "wider the coach may now tell the payer and the manager about shared partnership goals without waiting until "
        "the client has been informed"
    ) in flat(answer.out)
    assert "signed by the coach, the client and the payer: all of them, before any of it counts" in flat(answer.out)
    back = running.within("agree", "diff", "2", "1")
    assert "narrower the coach may now tell" in flat(back.out)
    assert "signed by" not in back.out


def test_diff_of_the_two_newest_and_of_one_with_itself(running: House) -> None:
    """Numbers may be left out; the same text is no change; programs get the same facts."""
    amended(running, b"form: summary", b"form: verbatim")
    assert "more about shared partnership goals: word for word instead of in summary" in flat(
        running.within("agree", "diff").out
    )
    assert "Agreement 2 says the same as agreement 2." in running.within("agree", "diff", "2", "2").out
    found = json.loads(running.within("agree", "diff", "--json").out)
    assert (found["old"], found["new"]) == (1, 2)
    [change] = found["changes"]
    assert (change["kind"], change["direction"], change["signatures"]) == (
        "form",
        "widens",
        ["coach", "client", "payer"],
    )


def test_diff_needs_two_versions(drafted: House) -> None:
    """One version alone, and a number that was never drafted."""
    drafted.refuses(
        *("agree", "diff", "--in", drafted.partnership),
        code=2,
        what="there are no two versions to compare",
        why="a diff says what an amendment changes",
        hint="confide agree draft",
    )
    drafted.refuses(
        *("agree", "diff", "1", "7", "--in", drafted.partnership),
        code=2,
        what="there is no agreement 7",
        why="it was never drafted",
        hint="versions on record: 1",
    )


def test_who_tells_everybodys_place(running: House) -> None:
    """Who has it, was told, may be told and after what, only if permitted, and never."""
    before = running.state()
    answer = running.within("who", "--about", "partnership-goals")
    assert answer.code == 0
    said = flat(answer.out)
    assert "Shared partnership goals" in answer.out
    assert f"was told the client on {today():%d %b %Y}, word for word {running.told}" in said
    assert (
        "may learn the payer, in summary, from the coach, once the client has been informed and the coach has "
        "attested: the quarterly review takes place clause goals-to-sponsors"
    ) in said
    assert "permitted the payer, if it is permitted in writing clause goals-private" in said
    assert said.endswith("Nothing was recorded.")
    assert "never the payer clause feedback-private" in flat(running.within("who", "--about", "feedback").out)
    assert not before.differences(running.state())


def test_who_for_programs(running: House) -> None:
    """One object for each subtype, with paths as lists of steps."""
    found = json.loads(running.within("who", "--about", SHARED, "--json").out)
    [answer] = found
    assert (answer["what"], answer["in_force"], set(answer["has"])) == (SHARED, True, {"coach", "client"})
    assert [told["party"] for told in answer["told"]] == ["client"]
    assert {may["party"]: may["clauses"] for may in answer["may"]}["payer"] == ["goals-to-sponsors"]


def test_who_needs_a_type_and_an_agreement(drafted: House) -> None:
    """A word from no list is never repeated; before a proposal nobody may be told anything."""
    drafted.refuses(
        *("who", "--about", "gossip", "--in", drafted.partnership),
        code=2,
        what="that is not a type of information",
        why="the agreement speaks of types from a closed list",
        hint="one of:",
    )
    drafted.refuses(
        *("who", "--about", "feedback", "--in", drafted.partnership),
        code=2,
        what="no agreement was proposed yet",
        why="until then nobody may be told anything",
        hint="confide agree draft",
    )


def test_may_at_another_moment(running: House) -> None:
    """Before the agreement no, after it no, and each answer says what moment it is for."""
    question = ("may", "--tell", "payer", "--about", SHARED, "--at")
    early = running.within(*question, "2020-01-01")
    assert early.code == 1
    assert early.out.startswith("asked for 1 Jan 2020, 00:00 (UTC), as the record stands\nNO.")
    assert running.within(*question, "2099-01-01").code == 1
    tomorrow = (today() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert running.within(*question, tomorrow).code == running.within(*question[:-1]).code == 3
    found = json.loads(running.within(*question, "2020-01-01", "--json").out)
    assert (found["at"], found["verdict"]) == ("2020-01-01T00:00:00+00:00", "deny")


@pytest.mark.parametrize("when", ["soon", "2026-13-01", "2026-10-01T25:00", "01.10.2026", ""])
def test_a_moment_that_is_none(running: House, when: str) -> None:
    """Refused, with an example; an empty one asks about now."""
    question = ("may", "--tell", "payer", "--about", SHARED, "--at", when, "--in", running.partnership)
    if not when:
        assert running.run(*question).code == 3
        return
    running.refuses(
        *question,
        code=2,
        what="that is no day and no time",
        why="an answer is about one moment",
        hint="--at 2026-10-01",
    )


def test_may_if_other_terms_were_agreed(running: House) -> None:
    """The answer changes, says what it supposes, and nothing is recorded."""
    before = running.state()
    question = ("may", "--tell", "payer", "--about", "discussions")
    assert running.within(*question).code == 1
    answer = running.within(*question, "--if", "-", stdin=WHAT_IF)
    assert answer.code == 0
    assert flat(answer.out).startswith("if agreed: talks-to-payer if no longer agreed: talks-private YES.")
    assert "because clause talks-to-payer allows it standard input:2 S-35" in flat(answer.out)
    found = json.loads(running.within(*question, "--if", "-", "--json", stdin=WHAT_IF).out)
    assert (found["verdict"], found["if"]) == ("allow", {"terms": ["talks-to-payer"], "without": ["talks-private"]})
    assert not before.differences(running.state())


def test_supposed_terms_are_read_strictly(running: House) -> None:
    """A misspelt key is refused with its line, as in an agreement."""
    running.refuses(
        *("may", "--tell", "payer", "--about", "discussions", "--if", "-", "--in", running.partnership),
        stdin=WHAT_IF.replace(b"without", b"withot"),
        code=4,
        what="the file: found the unknown key `withot`",
        why="a key that nobody reads would be lost without a word",
        where="standard input:10",
        hint="did you mean `without`?",
    )


def test_may_about_a_heading_of_the_summary(running: House) -> None:
    """It is asked about like a type of information; this agreement has no summary."""
    denied = running.within("may", "--tell", "payer", "--about", "continue-coaching")
    assert denied.out.startswith("NO. The summary of whether to continue may not go to the payer.")
