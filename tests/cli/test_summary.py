"""The payer's summary (S-12 to S-15): agreed headings, the client first, any edit shown again, then the payer."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from confide.policy.periods import last_day, period
from confide.policy.summary_clock import latest_start
from confide.records.working_days import working_days
from confide.workflows.practice import Practice
from confide.workflows.recording import detail_of
from tests.cli.circles import DUE, NOTE, SUMMARY, good, sound, subject
from tests.cli.house import House, today

HOPES = "## Hopes {what=career-aspirations form=summary}\n\nOne."
TEAMS = "## Teams {what=engagement form=summary}\n\nOne."
GOALS = "## Goals {what=partnership-goals form=summary}\n\nOne."
COPIED = """## Ability {what=current-ability form=summary}

As agreed: she practises the bassoon at night and wants
to leave the orchestra soon."""
FORGED = "## Hers {what=client-statement form=summary}\n\nNot by her."


def standing(house: House) -> dict[str, str]:
    found: dict[str, str] = json.loads(good(house.within("summary", "--json")).out)
    return found


def test_s12_from_the_headings_to_the_payer(signed: House) -> None:
    """Every step once, each found in the log; the payer's receipt rests on what she was shown and answered."""
    first = standing(signed)
    agreement = Practice.open(signed.practice, today()).record(signed.partnership).agreements[0]
    start = latest_start(agreement, DUE, working_days(agreement)).isoformat()
    assert (first["step"], first["due"], first["latest"]) == ("draft", DUE.isoformat(), start)
    template = good(signed.within("summary", "draft", "--template")).out
    assert template.count("form=summary}") == 4
    good(signed.within("summary", "draft", "--file", "-", stdin=SUMMARY))
    assert subject(signed) == f"summary: {signed.partnership} {standing(signed)['summary']}"
    answer = signed.within("summary")
    assert answer.code == 3
    said = answer.out
    assert "She has not read it as it stands." in said
    assert "to show it to her" in said
    good(signed.within("summary", "--yes"))
    assert subject(signed) == "shown: current-ability, continue-coaching to client"
    last = last_day(period("5 working days"), today(), "UTC", working_days(agreement))
    assert f"Day: {last}" in signed.git("log", "-1", "--format=%B")
    good(signed.within("summary", "input", "--given", "--words", "-", stdin=b"The herons are missing."))
    assert subject(signed).startswith("input: event/")
    good(signed.within("summary", "--yes"))
    assert subject(signed) == "disclosed: current-ability, continue-coaching to payer, summary"
    assert "Term: summary (agreement 1)" in signed.git("log", "-1", "--format=%B")
    assert "current-ability" in good(signed.within("log")).out
    assert "Every summary that was agreed has gone out." in good(signed.within("summary")).out
    sound(signed)


@pytest.mark.parametrize(
    ("text", "what", "why"),
    [
        (HOPES, "is about `career-aspirations`", "the summary leaves career-aspirations out  [S-12]"),
        (TEAMS, "is about `engagement`", "a summary holds only current-ability, potential-ability, continue-coaching"),
        (GOALS, "is about `partnership-goals`", "a summary holds only current-ability"),
        ("## Ability {what=current-ability}\n\nOne.", "is told verbatim", "agreed in the form summary"),
        ("## Ability\n\nOne.", "does not say what it is", "a summary holds only"),
        (COPIED, "takes a sentence over from notes/", "in other clothes either  [S-12]"),
        (FORGED, "is the client's own, and not as she wrote it", "it travels unedited, or not at all  [S-12]"),
    ],
    ids=["excluded", "not included", "whole type", "too wide", "untyped", "copied", "forged"],
)
def test_s12_what_the_headings_leave_out_is_refused(signed: House, text: str, what: str, why: str) -> None:
    """By its facets, or because a sentence of it stands in what is left out: named by place, never repeated."""
    signed.refuses(
        *("summary", "draft", "--file", "-", "--in", signed.partnership),
        code=1,
        what=what,
        why=why,
        where="records/{p}/summaries/",
        hint="take it out of the summary, or agree otherwise: confide agree draft",
        stdin=text.encode(),
    )


def test_s12_what_is_included_may_be_taken_over(signed: House) -> None:
    """Shared goals belong in it: the same sentence from them is no leak."""
    goals = b"## Goals {what=partnership-goals/shared form=summary}\n\n" + NOTE.split(b"\n\n")[-1]
    good(signed.within("summary", "draft", "--file", "-", stdin=SUMMARY + b"\n" + goals))


def test_s13_nothing_goes_out_before_she_has_read_it(signed: House) -> None:
    """Neither an undrafted summary nor one she has not been shown."""
    signed.refuses(
        *("summary", "release", "--in", signed.partnership),
        code=2,
        what="no summary is drafted",
        why="there is nothing to go on with",
        hint="confide summary draft",
    )
    good(signed.within("summary", "draft", "--file", "-", stdin=SUMMARY))
    for command in ("release", "input"):
        signed.refuses(
            *("summary", command, *(("--declined",) if command == "input" else ()), "--in", signed.partnership),
            code=3,
            what="she has not been shown it",
            why="what she has not read she cannot have answered  [S-13]",
            where="records/{p}/summaries/",
            hint="show it to her: confide summary share",
        )


def test_s13_her_silence_holds_it(shown: House) -> None:
    """The agreement says so; and it is shown once, because showing it again would begin her time anew."""
    shown.refuses(
        *("summary", "release", "--in", shown.partnership),
        code=3,
        what="may not go to the payer yet",
        why="the client reads this exact text first and may answer  [S-13]",
        hint="confide summary",
    )
    shown.refuses(
        *("summary", "share", "--in", shown.partnership),
        code=1,
        what="she was shown exactly this on",
        why="showing it again would begin her time anew",
        where="records/{p}/events/",
        hint="confide summary input",
    )


def test_s13_an_edit_voids_her_review(shown: House) -> None:
    """After her answer the coach changes a word: it waits until she has read that too."""
    good(shown.within("summary", "input", "--declined"))
    good(shown.within("summary", "draft", "--file", "-", stdin=SUMMARY.replace(b"with ease", b"with great ease")))
    assert standing(shown)["step"] == "share"
    shown.refuses(
        *("summary", "release", "--in", shown.partnership),
        code=3,
        what="it was changed since she read it",
        why="what she has not read she cannot have answered  [S-13]",
        where="records/{p}/summaries/",
        hint="show it to her: confide summary share",
    )
    good(shown.within("summary", "share"))
    good(shown.within("summary", "input", "--declined"))
    good(shown.within("summary", "release"))
    sound(shown)


def test_s13_her_own_words_travel_with_it_unedited(shown: House) -> None:
    """They are sealed with her answer and released with the rest; whoever changes one of them releases nothing."""
    (shown.home / "hers").write_text("I would add: the herons were my idea.")
    good(shown.within("summary", "input", "--given", "--statement", str(shown.home / "hers")))
    practice = Practice.open(shown.practice, today())
    (answer,) = practice.record(shown.partnership).of_kind("input")
    assert [exact.what for exact in answer.sections] == ["client-statement"]
    assert standing(shown)["step"] == "release"
    kept = good(shown.within("summary", "draft", "--template", tells=True))
    assert "client-statement" in kept.out
    changed = kept.out.replace("my idea", "her idea").encode()
    shown.refuses(
        *("summary", "draft", "--file", "-", "--in", shown.partnership),
        code=1,
        what="is the client's own, and not as she wrote it",
        why="it travels unedited, or not at all",
        where="records/{p}/summaries/",
        hint="take it out of the summary",
        stdin=changed,
    )
    good(shown.within("summary", "release"))
    assert subject(shown) == "disclosed: current-ability, continue-coaching, client-statement to payer, summary"
    sound(shown)


def test_s13_passed_over_only_for_the_agreed_reason(shown: House) -> None:
    """The reason is said and sealed; then it may go. An answer that she gave stands."""
    shown.refuses(
        *("summary", "input", "--waived", "--words", "-", "--in", shown.partnership),
        code=1,
        what="her answer cannot be passed over like this",
        why="the agreement waives it only when: nobody could reach the client for 10 working days",
        where="records/{p}/agreements/1.yml",
        hint="say how that came about: --words FILE",
        stdin=b" ",
    )
    good(shown.within("summary", "input", "--waived", "--words", "-", stdin=b"Three calls; the adviser agrees."))
    practice = Practice.open(shown.practice, today())
    (answer,) = practice.record(shown.partnership).of_kind("input")
    assert (answer.by, answer.evidence) == ("coach", "waived")
    assert detail_of(practice, answer).words == "Three calls; the adviser agrees."
    good(shown.within("summary", "release"))
    sound(shown)


def test_s13_an_answer_stands(shown: House) -> None:
    good(shown.within("summary", "input", "--declined"))
    shown.refuses(
        *("summary", "input", "--given", "--words", "-", "--in", shown.partnership),
        code=1,
        what="her answer is on record: declined on",
        why="an answer stands; another text needs another one",
        where="records/{p}/events/",
        hint="confide summary draft",
        stdin=b"And yet.",
    )


def test_s14_without_an_agreement_about_it_there_is_no_summary(running: House) -> None:
    """Every step is refused alike where the agreement says nothing of a summary."""
    for command in (("summary",), ("summary", "share"), ("summary", "release"), ("summary", "input", "--declined")):
        running.refuses(
            *(*command, "--in", running.partnership),
            code=1,
            what="no agreement in force asks for a summary",
            why="what the payer receives is agreed in detail before coaching begins  [S-14]",
            where="records/{p}/agreements/1.yml",
            hint="agree on it first: confide agree draft",
        )


def test_s15_who_speaks_for_an_organisation_is_who_receives_it(shown: House) -> None:
    """It goes to whom the agreement names, and is not disclosed part by part to anybody else."""
    good(shown.within("summary", "input", "--declined"))
    shown.refuses(
        *("disclose", f"summaries/{standing(shown)['summary']}#s1a", "--to", "adviser", "--in", shown.partnership),
        code=1,
        what="what lies in `summaries/` is not disclosed section by section",
        why="as the whole that the client has read",
        hint="confide summary release",
    )
    assert good(shown.within("summary", "release")).out.startswith("Recorded: the summary to payer.")
    assert today().date() + timedelta(days=1) < DUE
