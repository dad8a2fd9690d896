"""What a payer hands over (S-08, S-33): taken in with its owner, or given back."""

from __future__ import annotations

import json

from confide.workflows.practice import Practice
from confide.workflows.recording import detail_of
from tests.cli.circles import good, sound, subject
from tests.cli.house import House, today


def test_s33_what_the_payer_hands_over_is_kept_with_its_owner(signed: House) -> None:
    """Sealed, the organisation's, found by its event; told to the client as the agreement says."""
    take = ("receive", "--about", "performance-appraisals", "--channel", "paper", "--file", "-", "--json")
    made = json.loads(good(signed.within(*take, stdin=b"She meets the marmalade targets.")).out)
    practice = Practice.open(signed.practice, today())
    (event,) = practice.record(signed.partnership).of_kind("case")
    found = detail_of(practice, event)
    assert (found.case, found.step) == ("received", "taken-in")
    assert {name: found.word(name) for name in ("source", "owner", "what", "note")} == {
        "source": "payer", "owner": "payer", "what": "performance-appraisals", "note": made["section"],
    }  # fmt: skip
    assert signed.within("may", "--tell", "adviser", "--section", made["section"]).code == 1
    sound(signed)


def test_s33_what_may_not_come_in_is_given_back(signed: House) -> None:
    """Nobody agreed that the payer hands over assessment results; what is the organisation's does not become hers."""
    signed.refuses(
        *("receive", "--about", "assessment-results", "--channel", "paper", "--file", "-", "--in", signed.partnership),
        code=1,
        what="assessment-results may not go to the coach",
        why="[S-03]",
        hint="",
        stdin=b"Results.",
    )
    signed.refuses(
        *("receive", "--about", "strategy", "--owner", "client", "--channel", "paper", "--file", "-"),
        *("--in", signed.partnership),
        code=1,
        what="strategy that `payer` hands over is not the client's",
        why="it belongs to the organisation, whoever it is about  [S-08]",
        hint="--owner payer, or leave it out",
        stdin=b"Plans.",
    )
    good(signed.within("receive", "--returned", "--channel", "paper", "--words", "-", stdin=b"Not agreed."))
    assert subject(signed) == "case: opened"
    sound(signed)


def test_what_somebody_else_wrote_commands_no_terminal(signed: House) -> None:
    """A title for the window, a pasted command: whoever reads the note sees marks in their place."""
    take = ("receive", "--about", "performance-appraisals", "--channel", "paper", "--file", "-", "--json")
    made = json.loads(good(signed.within(*take, stdin=b"Bottles \x1b]0;owned\x07 sold.")).out)
    day = made["section"].removeprefix("notes/").partition("#")[0]
    shown = good(signed.within("note", day, "--show")).out
    assert "Bottles" in shown
    assert not {"\x1b", "\x07"} & set(shown)
