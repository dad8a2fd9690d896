"""`duty`: a threat, told to whom the agreement names, sentence by sentence, with the client's notice (S-10)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.house import House, today

FACTS = b"She said what he wrote to her.\n"


@pytest.fixture
def files(running: House) -> Path:
    """Prose for the steps, outside of the practice."""
    for name in ("facts", "why", "belief"):
        (running.home / name).write_text(f"The {name} in a sentence.\n")
    return running.home


def opened(house: House, files: Path, *more: str) -> str:
    answer = house.within(
        *("duty", "open", "--ground", "threat", "--facts", str(files / "facts"), "--to", "police"),
        *("--why", str(files / "why"), "--belief", str(files / "belief"), *more),
    )
    assert answer.code == 0, answer
    return answer.out.splitlines()[0].split()[-1]


def test_a_case_from_its_ground_to_its_end(running: House, files: Path) -> None:
    """Step by step; in the open every step is a case and nothing more, and what leaves is what was chosen."""
    opened(running, files)
    first = running.within("duty", "show")
    assert first.code == 3
    missing = " ".join(first.out.split())
    for open_step in (
        "the adviser's view",
        "the client was not told",
        "exact sentences",
        "the adviser looks at it too",
    ):
        assert open_step in missing, missing
    assert running.within("duty", "adviser", "--not-sought", str(files / "why")).code == 0
    assert running.within("duty", "second", "--who", str(files / "why")).code == 0
    assert running.within("duty", "extract", f"{running.session}#s4", "--sentences", "1").code == 0
    until = (today() + timedelta(days=5)).date().isoformat()
    assert running.within("duty", "delay", "--until", until, "--why", str(files / "why")).code == 0
    file = running.home / "extract.txt"
    answer = running.within("duty", "disclose", "--channel", "phone", "--output", str(file))
    assert answer.code == 0, answer
    assert file.read_text() == "She practises the bassoon at night.\n"
    assert file.stat().st_mode & 0o077 == 0
    assert "tell the client" in running.run("due").out
    assert running.within("duty", "tell").code == 0
    assert "tell the client" not in running.run("due").out
    assert running.within("duty", "close", "--words", "-", stdin=b"They thanked us.\n").code == 0
    assert running.run("verify").code == 0
    subjects = running.git("log", "--format=%s%n%b", "-9")
    assert not re.search(r"police|threat|duty|facts|bassoon", subjects)
    assert re.search(r"informed +career-aspirations +client", running.within("log", "--all").out)


def test_nothing_leaves_while_anything_is_missing(running: House, files: Path) -> None:
    """Every reason at once, each with what would settle it."""
    opened(running, files)
    running.refuses(
        *("duty", "disclose", "--in", running.partnership),
        code=1,
        what="may not tell the police yet",
        why="the client was not told, and no reason and end of the delay are on record",
        hint="tell her first, or say why not and until when",
    )


def test_the_recipient_is_of_the_class_that_the_agreement_names(running: House, files: Path) -> None:
    """A threat goes to the police here, not to the payer."""
    opened(running, files)
    answer = running.within("duty", "recipient", "--to", "payer", "--why", str(files / "why"))
    assert "for this ground it may go to police" in " ".join(answer.out.split())


def test_a_whole_text_goes_only_where_an_order_names_it(running: House, files: Path) -> None:
    """Sentence by sentence otherwise (S-10)."""
    opened(running, files)
    assert running.within("duty", "extract", f"{running.session}#s4", "--whole").code == 0
    assert "whole records go only where an order names them" in " ".join(running.within("duty", "show").out.split())


def test_sentences_that_are_not_there(running: House, files: Path) -> None:
    opened(running, files)
    running.refuses(
        *("duty", "extract", f"{running.session}#s4", "--sentences", "2", "--in", running.partnership),
        code=2,
        what="that is no choice of sentences",
        why="there are 1 sentences",
        where="notes/{day}.md.gpg",
        hint="write their numbers: 1,3-4",
    )


def test_without_a_case_there_is_nothing_to_disclose(running: House) -> None:
    """It is never a flag on a disclosure."""
    running.refuses(
        *("duty", "disclose", "--in", running.partnership),
        code=2,
        what="no case is open",
        why="a legal duty is a case, from its ground to its end",
        hint="confide duty open",
    )


def test_a_concern_waits_on_the_board_until_it_is_answered(running: House) -> None:
    """S-24: a protected way to raise one; in the open it is a case like any other."""
    assert running.within("concern", "--raised", "--words", "-", stdin=b"He cut her project.\n").code == 0
    assert "has no answer" in running.run("due").out
    assert running.within("concern", "--words", "-", stdin=b"We spoke, and he put it back.\n").code == 0
    assert "has no answer" not in running.run("due").out
    assert running.within("concern", "--none").code == 0, "the check-in: asked, and nobody raised one"
    assert "has no answer" not in running.run("due").out
    running.refuses(
        *("concern", "--none", "--raised", "--in", running.partnership),
        code=2,
        what="it is one or the other",
        why="there was a concern, or there was none",
        hint="--raised or --none",
    )
    assert running.git("log", "-1", "--format=%s").strip() == "case: opened"
    assert "concern" not in running.git("log", "--format=%B", "-3")


def test_a_hold_keeps_everything_until_it_is_lifted(running: House) -> None:
    """In the open, because it binds whoever has the record; why stands in the sealed words."""
    assert running.within("duty", "hold", "--words", "-", stdin=b"The court asked.\n").code == 0
    assert running.git("log", "-1", "--format=%s").strip() == "held: by coach"
    assert running.within("duty", "lift", "--words", "-", stdin=b"Settled.\n").code == 0
    running.refuses(
        *("duty", "lift", "--words", "-", "--in", running.partnership),
        stdin=b"Again.\n",
        code=2,
        what="no hold stands",
        why="nothing is kept for the law",
        hint="confide duty hold",
    )


def test_a_refusal_waits_where_the_notice_is_delayed(running: House, files: Path) -> None:
    """She would read at once who asked (POLICY, what happened anyway); that somebody else did points to nothing."""
    opened(running, files, "--to", "manager")
    until = (today() + timedelta(days=5)).date().isoformat()
    assert running.within("duty", "delay", "--until", until, "--why", str(files / "why")).code == 0
    running.refuses(
        *("refuse", "--tell", "manager", "--about", "conflicts", "--in", running.partnership),
        code=3,
        what="is delayed until",
        why="the client reads a refusal at once, and would learn from it who asked",
        hint="record it when she was told (confide duty tell), or when the delay is over",
    )
    assert running.within("refuse", "--tell", "payer", "--about", "conflicts").code == 0
    assert running.within("duty", "tell").code == 0
    assert running.within("refuse", "--tell", "manager", "--about", "conflicts").code == 0
