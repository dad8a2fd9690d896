"""`due`, bare `confide`, `week` and `notice`: what has to be done by when, and the walk that does it."""

from __future__ import annotations

import json
import re

import icalendar

from tests.cli.coach import CANARIES
from tests.cli.house import House, today


def test_what_waits_and_what_settles_it(proposed: House) -> None:
    """Each line has a day, a partnership by its id, and whom it waits for; no key and no name is needed."""
    before = proposed.state()
    answer = proposed.run("due")
    assert answer.code == 3, "others have to sign; a backup is hers to make"
    assert re.search(r"overdue  –  +no backup was ever made  +confide backup", answer.out)
    lines = answer.out.splitlines()
    assert lines[0].startswith(f"{today():%a %-d %b %Y}: 1 partnership, 1 open")
    assert re.search(
        rf"{proposed.partnership}  agreement 1 is not signed by all  \(waiting for client, payer\)", answer.out
    )
    assert not before.differences(proposed.state())


def test_an_open_clock_ends_with_exit_3(drafted: House) -> None:
    """So that a script or a timer notices."""
    assert drafted.within("agree", "propose").code == 0
    answer = drafted.run("due")
    assert answer.code == 3
    assert "confide agree sign" in answer.out
    assert answer.out.splitlines()[-1] == f"{'Next: confide week':<72}exit 3"
    (one,) = [
        due for due in json.loads(drafted.run("due", "--json").out)["due"] if due["command"] and due["partnership"]
    ]
    assert (one["clock"], one["partnership"], one["late"]) == ("signatures", drafted.partnership, True)


def test_the_feed_holds_days_and_numbers_and_nothing_else(drafted: House) -> None:
    """RFC 5545; no name, id, party, type or word of the board."""
    assert drafted.within("agree", "propose").code == 0
    answer = drafted.run("due", "--ics")
    calendar = icalendar.Calendar.from_ical(answer.raw)
    (entry,) = calendar.walk("VEVENT")
    assert (entry["summary"], entry.decoded("dtstart")) == ("2 due", today().date())
    text = answer.raw.decode()
    for word in (*CANARIES, drafted.partnership, "agreement", "client", "payer", "sign"):
        assert word not in text


def test_names_are_shown_on_a_terminal_only(running: House) -> None:
    running.refuses(
        *("due", "--names"),
        code=2,
        what="names are shown on a terminal only",
        why="a file or a pipe keeps them",
        hint="leave out --names",
    )


def test_a_notice_says_nothing(proposed: House) -> None:
    """An address, a link, and no word about whom, what or why. It never lies in the repository."""
    proposed.refuses(
        *("notice", "client", "--output", "x.eml", "--in", proposed.partnership),
        code=2,
        what="the message would lie in the repository",
        why="nothing that can be read stands there",
        hint="choose a directory outside of it",
    )
    file = proposed.home / "notice.eml"
    before = proposed.state()
    answer = proposed.within("notice", "client", "--output", str(file))
    assert answer.code == 0, answer
    text = file.read_text()
    assert f"/r/{proposed.reader}/" in text
    for word in ("coach", "payer", "agreement", "goals", proposed.partnership):
        assert word not in text.lower().replace("subject: something waits for you", "")
    assert not before.differences(proposed.state())


def test_a_notice_to_somebody_without_a_page(running: House) -> None:
    running.refuses(
        *("notice", "adviser", "--in", running.partnership),
        code=1,
        what="the adviser has no private page",
        why="there is nothing to point to",
        hint="confide invite adviser",
    )


def test_a_week_without_somebody_to_ask_leaves_everything_out(running: House) -> None:
    """Nothing is done by surprise; --yes does it all."""
    before = running.state()
    answer = running.run("week")
    assert answer.code == 3, "a backup is due"
    assert answer.out.count("left out") >= 3
    assert not before.differences(running.state())
    done = running.run("week", "--yes")
    assert "Nothing is waiting." in done.out
    assert "No approved remote is set up here." in done.out
