"""An organisation as a client, with its named representatives (S-15), beside a second client of the same team."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from confide.policy.audience import audience
from confide.workflows.practice import Practice
from tests.cli.build import good
from tests.cli.circles import DUE, SUMMARY, agreement_text, sound, subject
from tests.cli.house import House, today

PEOPLE = b"""persons:
  - {party: coach, name: Wilhelmina Canaryfeather, authority: for herself}
  - {party: client, name: Theodosia Larkspur, title: Director, authority: resolution of the board}
  - {party: client, number: 2, name: Anna-Smith Umbrella, title: Head of Personnel, authority: power of attorney}
  - {party: client-2, name: Ottoline Fennimore}
  - {party: payer, name: Bartholomew Quince}
"""
SECOND = SUMMARY.replace(b"form=summary", b"form=summary subject=client-2 source=client-2 owner=client-2")
BOTH = (
    ("signatories: [coach, client, payer]", "signatories: [coach, client, client-2, payer]"),
    ("about-client: [client]", "about-client: [client, client-2]"),
    ("engagement]\n    with: [client]", "engagement]\n    with: [client, client-2]"),
    ("what: [feedback]\n    with: [client]", "what: [feedback/first]\n    with: [client]"),
)
TO_SECOND = """  - id: feedback-to-second
    effect: share
    what: [feedback/second]
    with: [client-2]
    by: [coach]
    when: [promptly]
    form: verbatim
    attribution: category
    circumstances: always
  - {id: feedback-private"""


@pytest.fixture(scope="module")
def agreed_team(stages: dict[str, House], make_short_home: Callable[[], Path]) -> House:
    """Signed by a representative of each side, and begun; nothing is begun while one of them is missing."""
    bare = stages["bare"].copied(make_short_home() / "house")
    parties = ("--party", "adviser", "--party", "peers", "--party", "reports", "--party", "board")
    made = good(bare.run("new", "--people", "-", *parties, "--json", stdin=PEOPLE))
    house = replace(bare, partnership=json.loads(made.out)["partnership"])
    text = agreement_text(house, "accept", "verbatim").decode()
    for old, new in (*BOTH, ("  - {id: feedback-private", TO_SECOND)):
        assert old in text
        text = text.replace(old, new, 1)
    good(house.within("agree", "draft", "--from", "-", stdin=text.encode()))
    good(house.within("agree", "propose"))
    good(house.within("agree", "sign"))
    (house.home / "scan.pdf").write_bytes(b"%PDF-1.4 a scan")
    paper = ("--paper", str(house.home / "scan.pdf"))
    house.refuses(
        *("agree", "sign", "--party", "client", "--person", "3", *paper, "--in", house.partnership),
        code=2,
        what="there is no person 3 for `client`",
        why="the sealed list of people does not name one",
        where="records/{p}/people.yml.gpg",
        hint="leave out --person",
    )
    for party, person in (("client", "2"), ("client-2", "1")):
        good(house.within("agree", "sign", "--party", party, "--person", person, *paper))
    house.refuses(
        *("begin", "--in", house.partnership),
        code=1,
        what="coaching cannot begin yet",
        why="agreement 1 is signed by 3 of 4; missing: payer [S-14, S-27]",
        where="records/{p}/agreements/1.yml",
        hint="confide agree status",
    )
    good(house.within("agree", "sign", "--party", "payer", *paper))
    good(house.within("begin"))
    return house


@pytest.fixture
def team(agreed_team: House, tmp_path: Path) -> House:
    return agreed_team.copied(tmp_path / "house")


def test_s15_an_organisation_reads_and_answers_before_the_payer_does(team: House) -> None:
    """The same gates as for a person: its named representative signed; nothing goes out unread or unanswered."""
    signed = [path.read_text() for path in team.record.glob("events/*-signed-*")]
    assert [text for text in signed if "by: client\n" in text and "number: 2\n" in text]
    to = ("--client", "client", "--in", team.partnership)
    good(team.run("summary", "draft", "--file", "-", *to, stdin=SUMMARY))
    unread = {"code": 3, "what": "she has not been shown it", "why": "[S-13]", "hint": "confide summary share"}
    team.refuses("summary", "release", *to, where="records/{p}/summaries/", **unread)  # type: ignore[arg-type]
    good(team.run("summary", "share", *to))
    unanswered = {"code": 3, "what": "may not go to the payer yet", "why": "reads this exact text first and may answer"}
    team.refuses("summary", "release", *to, hint="confide summary", **unanswered)  # type: ignore[arg-type]
    good(team.run("summary", "input", "--given", "--words", "-", *to, stdin=b"The board adds: the herons."))
    good(team.run("summary", "release", *to))
    assert subject(team) == "disclosed: current-ability, continue-coaching to payer, summary"
    assert "current-ability" in good(team.within("log")).out
    assert json.loads(good(team.run("summary", "--json", *to)).out)["step"] == "done"
    sound(team)


def test_s15_each_client_has_a_summary_of_their_own(team: House) -> None:
    """What is about one of them is not the other's; which one is said, or asked for; one answers for one."""
    second = ("--client", "client-2", "--in", team.partnership)
    team.refuses(
        *("summary", "share", "--in", team.partnership),
        code=2,
        what="it does not say which of them",
        why="what is about one client is not about another",
        hint="--client, one of: client, client-2",
    )
    team.refuses(
        *("summary", "draft", "--file", "-", *second),
        code=1,
        what="is not about the client-2",
        why="one summary is of one client: subject=client-2",
        where="records/{p}/summaries/",
        hint="take it out of the summary",
        stdin=SUMMARY,
    )
    template = good(team.run("summary", "draft", "--template", *second)).out
    assert template.count("subject=client-2") == 4
    good(team.run("summary", "draft", "--file", "-", *second, stdin=SECOND))
    good(team.run("summary", "share", *second))
    assert re.search(r"(?m)^To: client-2$", team.git("log", "-1", "--format=%B"))
    found = {
        one: json.loads(good(team.within("summary", "--json", "--client", one)).out) for one in ("client", "client-2")
    }
    assert [found[one]["step"] for one in ("client", "client-2")] == ["draft", "answer"]
    assert {one["due"] for one in found.values()} == {DUE.isoformat()}
    assert "her time to answer the summary ends" in team.run("due").out
    good(team.run("summary", "input", "--declined", *second))
    good(team.run("summary", "release", *second))
    sound(team)


def test_s17_feedback_about_one_client_reaches_that_one(team: House) -> None:
    """On terms told for that client, after that client's promise (S-24); the other learns nothing of it.

    Terms that a circle accepted for one say nothing of the other (S-20).
    """
    told = ("feedback", "terms", "--circle", "peers", "--accepted", "--channel", "phone", "--client", "client-2")
    good(team.within(*told))
    said = (
        "feedback",
        "add",
        "--circle",
        "peers",
        "--solicited",
        "--channel",
        "phone",
        "--threat",
        "no",
        "--file",
        "-",
    )
    team.refuses(
        *(*said, "--client", "client", "--in", team.partnership),
        code=1,
        what="the terms were not told to `peers`",
        why="[S-20]",
        hint="confide feedback terms --circle peers",
        stdin=b"A word.",
    )
    good(team.within(*said, "--client", "client-2", stdin=b"She never lets the periwinkle team finish."))
    good(team.within("acknowledge", "--by", "client"))
    team.refuses(
        *("feedback", "relay", "--in", team.partnership),
        code=3,
        what="may not go to the client-2 yet",
        why="accepts the duty of confidentiality  [S-24]",
        hint="confide acknowledge",
    )
    good(team.within("acknowledge", "--by", "client-2"))
    good(team.within("feedback", "relay"))
    assert subject(team) == "disclosed: feedback/second to client-2, verbatim"
    practice = Practice.open(team.practice, today())
    record = practice.record(team.partnership)
    assert audience(record.of_kind("disclosed")[-1], record) == ("client-2",)
    practice.repo.close()
    assert json.loads(good(team.within("feedback", "--json")).out) == []
    sound(team)
