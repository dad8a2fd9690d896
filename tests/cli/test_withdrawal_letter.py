"""After a withdrawal: who already knows what, said plainly, and in a letter that names nobody."""

from __future__ import annotations

import re

from tests.cli.house import House


def test_the_letter_says_who_knows_and_what_cannot_be_recalled(running: House) -> None:
    """What went to the payer aloud stays with him; from now on a clause that is gone allows nothing more."""
    told = ("told", "--about", "engagement", "--to", "payer", "--form", "topic", "--channel", "phone")
    assert running.within(*told).code == 0
    file = running.home / "letter.html"
    answer = running.within("withdraw", "attendance-to-payer", "--letter", str(file))
    assert answer.code == 0, answer
    assert re.search(r"knows     payer: engagement, topic, phone, ", answer.out)
    assert file.stat().st_mode & 0o077 == 0
    page = file.read_text()
    assert "Your sponsor: dates, attendance and invoices, by topic only, by telephone, on" in page
    assert "cannot be taken back" in page
    assert running.partnership not in page
    (event,) = re.findall(r"Event: (\w{8})", running.git("log", "-1", "--format=%B"))
    again = running.within("withdraw", event, "--letter", "-")
    assert "Your sponsor: dates" in again.out
    assert running.git("log", "--oneline").count("withdrawn") == 1
    running.refuses(
        *(*told, "--in", running.partnership),
        code=1,
        what="engagement may not go to the payer",
        why="withdrawn",
        hint="",
    )


def test_nobody_knew(running: House) -> None:
    """Then the letter says so, and frightens nobody."""
    answer = running.within("withdraw", "goals-to-sponsors", "--letter", "-")
    assert answer.code == 0
    assert "There is nothing to recall." in " ".join(answer.out.split())


def test_a_letter_never_lies_in_the_repository(running: House) -> None:
    """Refused before anything is withdrawn."""
    running.refuses(
        *("withdraw", "goals-to-sponsors", "--letter", "letter.txt", "--in", running.partnership),
        code=2,
        what="the letter would lie in the repository",
        why="nothing that can be read stands there",
        hint="choose a directory outside of it",
    )
