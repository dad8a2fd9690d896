"""The adviser sees what is referred to them and no more, and what they said is on record (S-38)."""

from __future__ import annotations

import re
from dataclasses import replace

from confide.vault.sequoia import Certificate, recipients
from confide.workflows.invite import invite
from confide.workflows.practice import Practice
from tests.cli.build import CHEAP
from tests.cli.circles import circles
from tests.cli.house import House, today
from tests.cli.inbox_desk import Desk
from tests.cli.plain_site import PlainSite

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
    _sealed_to_the_key_of_the_adviser(house, f"{day}#s1")
    answer = house.run(*refer)
    assert answer.code == 0, answer
    assert file.read_text() == "He shouted in the lighthouse. She left. […]\n"
    assert house.git("log", "-1", "--format=%s").strip() == "consulted: adviser about conflicts"
    (question,) = re.findall(r"Event: (\w{8})", house.git("log", "-1", "--format=%B"))
    assert house.within("consult", "--answer", "--words", "-", stdin=b"Speak to her first.\n").code == 0
    assert f"Target: event/{question}" in house.git("log", "-1", "--format=%B")
    assert house.run("verify").code == 0


def _sealed_to_the_key_of_the_adviser(house: House, section: str) -> None:
    """Once they have enrolled: for their key and no other reader, and nothing of it in the clear."""
    practice = Practice.open(house.practice, today())
    letter = invite(practice, PlainSite(), house.partnership, "adviser", cost=CHEAP)
    practice.repo.close()
    desk = Desk(replace(house, code=letter.code, reader=letter.address.rstrip("/").rpartition("/")[2]))
    assert desk.run("--confirm", desk.enrol()).code == 0
    file = house.home / "extract.gpg"
    assert house.within("consult", section, "--sentences", "1", "--output", str(file)).code == 0
    (key,) = house.record.glob("keys/adviser.*.asc")
    (one,) = recipients(file.read_bytes())
    assert one in Certificate.parse(key.read_bytes()).key_ids
    assert b"lighthouse" not in file.read_bytes()
