"""Feedback reaches the client (S-16 to S-18): sealed at once, promptly, and never further than its source allows."""

from __future__ import annotations

import pytest

from tests.cli.circles import detail, good, said, sound, subject, told, waiting
from tests.cli.house import House


def test_s16_what_arrives_is_sealed_and_its_source_stands_nowhere_in_the_open(heard: House) -> None:
    """When, how, asked for or not, which circle, what may be shown, who: all in the sealed detail; ids in the open."""
    (heard.home / "who").write_text("Ottoline Fennimore")
    case = said(heard, "--who", str(heard.home / "who"), "--attribution", "none", text=b"The herons noticed.")
    found = detail(heard)
    assert (found.case, found.step) == ("feedback", "intake")
    assert {name: found.word(name) for name in ("circle", "solicited", "attribution", "channel", "threat", "who")} == {
        "circle": "peers",
        "solicited": "yes",
        "attribution": "none",
        "channel": "phone",
        "threat": "no",
        "who": "Ottoline Fennimore",
    }
    assert (heard.record / "feedback" / f"{case}.md.gpg").is_file()
    assert subject(heard) == "case: opened"
    sound(heard)


def test_s17_it_reaches_her_word_for_word_and_the_record_says_when(heard: House) -> None:
    """One disclosure, on the terms of its source; nothing waits any more; it is told once."""
    (one,) = waiting(heard)
    answer = good(heard.within("feedback", "relay"))
    assert "their group" in answer.out
    assert subject(heard) == "disclosed: feedback to client, verbatim"
    assert "feedback" in good(heard.within("log")).out
    assert waiting(heard) == []
    sound(heard)
    heard.refuses(
        *("feedback", "relay", str(one["case"]), "--in", heard.partnership),
        code=1,
        what="this feedback reached the client on",
        why="it is told once",
        where="records/{p}/events/",
        hint="confide log",
    )


def test_s17_in_summary_written_when_it_is_told(heard: House) -> None:
    """The coach's short form is sealed in the same commit; her words stay beside it, untold."""
    (heard.home / "short").write_text("She could let others finish.")
    good(heard.within("feedback", "relay", "--form", "summary", "--summary", str(heard.home / "short")))
    assert subject(heard) == "disclosed: feedback to client, summary"
    sound(heard)


def test_s17_which_of_two(heard: House) -> None:
    """With two waiting the coach says which; one that there is not is refused."""
    said(heard, text=b"Another word.")
    heard.refuses(
        *("feedback", "relay", "--in", heard.partnership),
        code=2,
        what="2 pieces of feedback wait",
        why="one at a time reaches the client",
        hint="waiting: ",
    )
    heard.refuses(
        *("feedback", "relay", "x7k2m9qd", "--in", heard.partnership),
        code=2,
        what="no feedback of that id is on record",
        why="one at a time reaches the client",
        hint="waiting: ",
    )


def test_s17_a_summary_is_written_by_a_person(heard: House) -> None:
    """The tool never shortens what somebody said, and takes no second section for a summary."""
    heard.refuses(
        *("feedback", "relay", "--form", "summary", "--in", heard.partnership),
        code=2,
        what="there is no text of it in the form `summary`",
        why="the tool never shortens what somebody said",
        hint="write one: --summary FILE",
    )
    heard.refuses(
        *("feedback", "relay", "--summary", "-", "--in", heard.partnership),
        code=2,
        what="the summary opens a section of its own",
        why="a line that begins with `##`",
        hint="write it in paragraphs",
        stdin=b"Short.\n\n## More {what=engagement}\n\nand more",
    )


def test_s18_a_group_that_is_too_small_is_not_named(heard: House) -> None:
    """The board is one person: it is told from nobody; asked for by group, it is refused."""
    told(heard, "board")
    case = said(heard, circle="board")
    heard.refuses(
        *("feedback", "relay", case, "--attribution", "category", "--in", heard.partnership),
        code=3,
        what="may not go to the client yet",
        why="too few people are in the circle of board  [S-18]",
        where="records/{p}/agreements/1.yml",
        hint="name",
    )
    assert "nobody" in good(heard.within("feedback", "relay", case)).out
    assert "attribution: none" in next(heard.record.glob("events/*-disclosed-*")).read_text()
    sound(heard)


@pytest.mark.parametrize("wish", ["category", "name"])
def test_s18_no_further_than_the_source_allows(heard: House, wish: str) -> None:
    """Who allows no attribution gets none, whatever the terms and the agreement say."""
    case = said(heard, "--attribution", "none")
    heard.refuses(
        *("feedback", "relay", case, "--attribution", wish, "--in", heard.partnership),
        code=1,
        what="its source allows to be shown by none at most",
        why="decides how far they can be recognised  [S-18]",
        hint="--attribution none, or leave it out",
    )
    assert "nobody" in good(heard.within("feedback", "relay", case)).out


def test_s17_what_its_source_takes_back_is_told_to_nobody(heard: House) -> None:
    """Sent back after it had been kept: with a reason, on record, and never relayed; what she heard stays heard."""
    (one,) = waiting(heard)
    case = str(one["case"])
    back = ("feedback", "add", "--returned", "--case", case, "--channel", "phone", "--words", "-")
    good(heard.within(*back, stdin=b"Taken back by phone."))
    assert (detail(heard).step, detail(heard).words) == ("returned", "Taken back by phone.")
    assert subject(heard) == f"case: event/{case}"
    assert waiting(heard) == []
    heard.refuses(
        *("feedback", "relay", case, "--in", heard.partnership),
        code=1,
        what="this feedback was returned",
        why="what was sent back is not passed on",
        where="records/{p}/events/",
        hint="take it in anew if it comes again",
    )
    sound(heard)
