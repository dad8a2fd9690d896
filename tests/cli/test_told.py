"""`told`, `lapse`, `correct` (S-21 to S-23): what is said aloud, what went wrong, and what was written wrongly."""

from __future__ import annotations

import re

from tests.cli.house import House

WRONG = b"I said the name of the other firm. I rang at once, and they will not use it.\n"


def test_what_may_be_said_is_recorded_before_it_is_said(running: House) -> None:
    """Attendance goes to the payer as a topic: one commit, found by log, verify and plain git log."""
    answer = running.within("told", "--about", "engagement", "--to", "payer", "--form", "topic", "--channel", "phone")
    assert answer.code == 0, answer
    assert "Recorded: coach tells payer about" in answer.out
    assert running.git("log", "-1", "--format=%s").strip() == "told: engagement to payer, topic, phone"
    assert re.search(r"told +engagement +payer +topic", running.within("log").out)
    assert running.run("verify").code == 0


def test_what_may_not_be_said_is_refused(running: House) -> None:
    """The same reasons as for a disclosure; if it has been said already, that is a lapse."""
    running.refuses(
        *("told", "--about", "career-aspirations", "--to", "payer", "--form", "topic", "--channel", "phone"),
        *("--in", running.partnership),
        code=1,
        what="career-aspirations may not go to the payer",
        why="clause career-private withholds it",
        hint="she permits it in writing",
    )


def test_an_uncontrolled_channel_is_refused(running: House) -> None:
    """S-26."""
    running.refuses(
        *("told", "--about", "engagement", "--to", "payer", "--form", "topic", "--channel", "e-mail"),
        *("--in", running.partnership),
        code=1,
        what="engagement may not go to the payer",
        why="`e-mail` is receive-only: its access cannot be controlled",
        hint="use site, in-person",
    )


def test_the_payer_passes_nothing_on_that_nobody_agreed(running: House) -> None:
    """S-22: attendance may be told to nobody else."""
    assert running.within("told", "--about", "engagement", "--to", "payer", "--form", "topic").code == 0
    running.refuses(
        *("told", "--about", "engagement", "--by", "payer", "--to", "manager", "--form", "topic"),
        *("--in", running.partnership),
        code=1,
        what="engagement may not go to the manager",
        why="nobody agreed that the payer may tell the manager",
        hint="she permits it in writing, for the manager by name: confide permit",
    )


def test_a_lapse_is_always_recordable_and_found_for_ever(running: House) -> None:
    """Even where everything stands against it; verify and check name it and stay green; no word is in the open."""
    answer = running.within("lapse", "--about", "career-aspirations", "--to", "payer", "--words", "-", stdin=WRONG)
    assert answer.code == 0, answer
    assert "seen by   client" in answer.out
    subject, body = running.git("log", "-1", "--format=%s%n%b").split("\n", 1)
    assert subject == "lapse: career-aspirations to payer"
    assert "firm" not in body
    found = running.run("verify")
    assert found.code == 0
    assert "career-aspirations reached payer" in " ".join(found.out.split())
    assert "career-aspirations reached payer" in " ".join(running.run("check").out.split())


def test_a_lapse_says_what_was_done_about_it(running: House) -> None:
    """Without that nothing is recorded."""
    running.refuses(
        *("lapse", "--about", "conflicts", "--to", "payer", "--in", running.partnership),
        code=2,
        what="--words is missing",
        why="whoever it concerns will ask what was done about it",
        hint="add --words FILE; a terminal asks for it",
    )


def test_a_correction_leaves_what_it_corrects(running: House) -> None:
    """Promise 3: the old event's file is untouched, the new one names it."""
    before = running.state().files
    answer = running.within("correct", running.told, "--to", "client", "--words", "-", stdin=b"It was hers alone.\n")
    assert answer.code == 0, answer
    changed = {name for name, digest in running.state().files.items() if before.get(name) not in (digest, None)}
    assert not [name for name in changed if name.endswith(".yml")]
    assert running.git("log", "-1", "--format=%s").strip() == f"corrected: event/{running.told}"
    assert running.run("verify").code == 0


def test_what_somebody_signed_is_not_corrected(running: House) -> None:
    """It is theirs."""
    (event,) = re.findall(r"signed +agreement 1 +by client +(\w{8})", running.within("log", "--all").out)
    running.refuses(
        *("correct", event, "--words", "-", "--in", running.partnership),
        stdin=b"No.\n",
        code=1,
        what="an event of the kind `signed` is not corrected",
        why="somebody else signed it",
        where="records/{p}/events/",
        hint="confide --help",
    )
