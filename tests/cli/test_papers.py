"""Other documents, publications and the adviser: recorded, refused, and found again."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.house import House, today

INSTRUMENT = """# Signed two years before anybody thought of coaching.
instrument: 1
id: nda-7
partnership: {p}
kind: nda
parties: [payer, client]   # both have it in a drawer
effective: 2024-01-01
restricts:
  - {{id: nda-days, what: [engagement], with: [payer]}}
"""


def instrument(house: House, file: Path, text: str = INSTRUMENT) -> str:
    file.write_text(text.format(p=house.partnership))
    return str(file)


def test_an_instrument_restricts_from_the_day_it_is_registered(running: House, tmp_path: Path, short_scan: str) -> None:
    """What a clause shared is denied by name; the file keeps its comments, the scan is sealed, the history verifies."""
    days = ("may", "--tell", "payer", "--about", "engagement")
    assert running.within(*days).code == 0
    answer = running.within("instrument", "add", instrument(running, tmp_path / "i.yml"), "--document", short_scan)
    assert answer.code == 0, answer
    asked = running.within(*days)
    assert asked.code == 1
    assert "nda-days" in asked.out
    written = (running.record / "instruments/nda-7.yml").read_text()
    assert "# both have it in a drawer" in written
    assert "\ndocument: sha256:" in written
    assert (running.record / "instruments/nda-7.gpg").read_bytes()[:4] != b"%PDF"
    assert running.run("verify").code == 0
    listed = json.loads(running.within("instrument", "list", "--json").out)
    assert [(one["instrument"], one["restricts"], one["until"]) for one in listed] == [("nda-7", ["nda-days"], None)]
    shown = running.within("instrument", "list").out
    assert "nda-7, without end" in shown


def test_an_instrument_is_registered_once(running: House, tmp_path: Path, short_scan: str) -> None:
    """Another version of a document is another instrument."""
    file = instrument(running, tmp_path / "i.yml")
    assert running.within("instrument", "add", file, "--document", short_scan).code == 0
    running.refuses(
        *("instrument", "add", file, "--document", short_scan, "--in", running.partnership),
        code=1,
        what="instrument `nda-7` is registered already",
        why="it restricts what it restricted on the day it was registered",
        hint="register another version of the document under an id of its own",
        where="records/{p}/instruments/nda-7.yml",
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("what: [engagement]", "what: [engagment]", "`what`: expected a type of information"),
        ("kind: nda", "kind: agreement", "`kind`: expected one of"),
        ("{{id: nda-days,", "{{id: nda-days, effect: share,", "`effect`: expected `withhold`"),
        ("partnership: {p}", "partnership: p-9zz9", "`partnership`: expected the directory's name"),
    ],
)
def test_an_instrument_that_could_not_be_obeyed(
    running: House, tmp_path: Path, short_scan: str, old: str, new: str, what: str
) -> None:
    """Refused with its line, and nothing is sealed or registered."""
    file = instrument(running, tmp_path / "i.yml", INSTRUMENT.replace(old, new))
    before = running.state()
    answer = running.within("instrument", "add", file, "--document", short_scan)
    assert answer.code == 4, answer
    assert what in " ".join(answer.err.split())
    assert not before.differences(running.state())


def test_nothing_is_registered_yet(running: House) -> None:
    """An empty list says so."""
    assert "No other document is registered." in running.within("instrument", "list").out


def public(house: House, *more: str, section: str = "s4") -> tuple[str, ...]:
    since = (today() - timedelta(days=30)).date().isoformat()
    return ("public", f"{house.session}#{section}", "--since", since, *more)


def test_what_was_public_already_goes_to_the_record(running: House, short_scan: str) -> None:
    """Citation and archived page are sealed; the event names the day and attests that there was no breach."""
    asked = public(running, "--source", short_scan, "--no-breach", "--words", "-")
    answer = running.within(*asked, stdin=b"The Kettle Gazette, page 7\n")
    assert answer.code == 0, answer
    assert running.run("verify").code == 0
    assert "Gazette" not in running.git("log", "-1", "--format=%B")
    assert len(list(running.record.glob("events/*-public-*.document.gpg"))) == 1
    assert len(list(running.record.glob("events/*-public-*.detail.yml.gpg"))) == 1


def test_public_says_that_there_was_no_breach(running: House, short_scan: str) -> None:
    """Nobody assumes it."""
    running.refuses(
        *public(running, "--source", short_scan, "--words", "-", "--in", running.partnership),
        code=2,
        what="nobody says that it became public without a breach",
        why="what is public only through a breach is not public",
        hint="add --no-breach if so",
        stdin=b"The Kettle Gazette\n",
    )


def test_what_we_told_first_was_not_public_already(running: House, short_scan: str) -> None:
    """A day of publication on or after our own disclosure is refused (S-09)."""
    running.refuses(
        *("public", f"{running.session}#s1", "--since", today().date().isoformat(), "--source", short_scan),
        *("--no-breach", "--words", "-", "--in", running.partnership),
        code=1,
        what="it was told by us on",
        why="what is public only since we told it was not public already",
        hint="if it became known through a breach, that is what has to be recorded",
        where="records/{p}/events/",
        stdin=b"The Kettle Gazette\n",
    )


def test_public_cites_where(running: House, short_scan: str) -> None:
    """Without a citation nobody could look it up."""
    running.refuses(
        *public(running, "--source", short_scan, "--no-breach", "--in", running.partnership),
        code=2,
        what="--words is missing",
        why="a citation shows it",
        hint="add --words FILE",
    )


def test_the_adviser_is_asked(running: House) -> None:
    """One event, which says about what and nothing of it."""
    answer = running.within(
        "consult", "--about", "conflicts", "--adviser", "adviser", "--words", "-", stdin=b"Whether."
    )
    assert answer.code == 0, answer
    assert running.git("log", "-1", "--format=%s").strip() == "consulted: adviser about conflicts"
    assert running.run("verify").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (("--about", "conflicts"), 2, "no adviser is named"),
        (("--about", "conflicts", "--adviser", "manager"), 1, "`manager` is no adviser of this partnership"),
        (("--about", "conflict", "--adviser", "adviser"), 2, "that is not a type of information"),
        (("--adviser", "adviser"), 2, "--about is missing"),
        (("{day}#s5", "--adviser", "adviser"), 1, "{day}#s5 is a draft"),
        (
            ("--about", "conflicts", "--adviser", "adviser", "--by", "manager"),
            1,
            "the adviser is not open to `manager`",
        ),
    ],
)
def test_the_adviser_is_not_asked(running: House, arguments: tuple[str, ...], code: int, what: str) -> None:
    """Each with its reason, and nothing changed."""
    asked = tuple(part.format(day=running.session) for part in arguments)
    running.refuses("consult", *asked, "--in", running.partnership, code=code, what=what, why="", hint="")


def test_a_denial_is_a_no_that_no_step_would_turn(running: House) -> None:
    """Whoever the clause names says that it has not come about: the clause shares nothing, until they say otherwise."""
    asked = ("may", "--tell", "payer", "--about", "partnership-goals/shared")
    assert running.within(*asked).code == 3
    assert running.within("attest", "goals-to-sponsors", "--denied").code == 0
    answer = running.within(*asked)
    assert answer.code == 1
    assert "circumstances that were denied" in " ".join(answer.out.split())
    assert running.within("attest", "goals-to-sponsors").code == 0
    assert running.within(*asked).code == 3
