"""The adviser sees what is referred to them and no more, and what they said is on record (S-38)."""

from __future__ import annotations

import re

from tests.cli.circles import circles
from tests.cli.house import House, today

NOTE = b"""## A quarrel {#s1 what=conflicts}

He shouted in the lighthouse. She left. Nobody else was there.

## What is next {#s2 what=career-aspirations}

She practises the bassoon at night.
"""


def test_the_adviser_is_asked_sees_two_sentences_and_answers(bare: House) -> None:
    """Refused until the adviser accepted the duty; then exactly the sentences, and the answer names the question."""
    house = circles(bare)
    day = today().date().isoformat()
    assert house.within("note", day, "--file", "-", stdin=NOTE).code == 0
    file = house.home / "extract.txt"
    refer = ("consult", f"{day}#s1", "--sentences", "1-2", "--output", str(file), "--in", house.partnership)
    house.refuses(
        *refer,
        code=3,
        what="#s1 may not go to the adviser yet",
        why="the recipient accepts the duty of confidentiality",
        hint="confide acknowledge",
    )
    assert not file.exists()
    assert house.within("acknowledge", "--by", "adviser").code == 0
    house.refuses(
        *("consult", f"{day}#s2", "--sentences", "1", "--in", house.partnership),
        code=1,
        what="#s2 may not go to the adviser",
        why="clause career-private withholds it",
        hint="confide permit",
    )
    house.refuses(
        *("consult", f"{day}#s1", "--sentences", "1", "--output", str(house.home / "x.gpg"), "--in", house.partnership),
        code=1,
        what="no key of the adviser is on record",
        why="nothing can be sealed to them",
        hint="hand it over in the clear",
    )
    answer = house.run(*refer)
    assert answer.code == 0, answer
    assert file.read_text() == "He shouted in the lighthouse. She left. […]\n"
    assert house.git("log", "-1", "--format=%s").strip() == "consulted: adviser about conflicts"
    (question,) = re.findall(r"Event: (\w{8})", house.git("log", "-1", "--format=%B"))
    assert house.within("consult", "--answer", "--words", "-", stdin=b"Speak to her first.\n").code == 0
    assert f"Target: event/{question}" in house.git("log", "-1", "--format=%B")
    assert house.run("verify").code == 0
