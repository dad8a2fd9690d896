"""A partnership with people around the client and a summary for the payer, beside the one the other tests are about."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

from confide.model.detail import Detail
from confide.workflows.practice import Practice
from confide.workflows.recording import detail_of
from tests.cli.build import DATA, good
from tests.cli.coach import Answer
from tests.cli.house import House, today

DUE = (today() + timedelta(days=28)).date()
PEOPLE = b"""persons:
  - {party: coach, name: Wilhelmina Canaryfeather, authority: for herself}
  - {party: client, name: Theodosia Larkspur}
  - {party: payer, name: Bartholomew Quince}
"""
SUMMARY = b"""## Current ability {what=current-ability form=summary}

She leads two teams with ease.

## Whether to continue {what=continue-coaching form=summary}

Six more months are worthwhile.
"""
NOTE = b"""## What is next {what=career-aspirations}

She practises the bassoon at night and wants to leave the orchestra by spring.

## Goals {what=partnership-goals/shared}

Delegation to both of the marmalade teams is in place since the end of May.
"""
PARTIES = ("adviser", "peers", "reports", "board")


def circles(bare: House, *, unsolicited: str = "accept", form: str = "verbatim") -> House:
    """Signed by all, begun; nobody was told any terms, and the client has promised nothing yet."""
    parties = (word for party in PARTIES for word in ("--party", party))
    made = good(bare.run("new", "--people", "-", *parties, "--json", stdin=PEOPLE))
    house = replace(bare, partnership=json.loads(made.out)["partnership"])
    good(house.within("agree", "draft", "--from", "-", stdin=agreement_text(house, unsolicited, form)))
    good(house.within("agree", "propose"))
    good(house.within("agree", "sign"))
    scan = house.home / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")
    for party in ("client", "payer"):
        good(house.within("agree", "sign", "--party", party, "--paper", str(scan)))
    good(house.within("begin"))
    return house


def agreement_text(house: House, unsolicited: str, form: str) -> bytes:
    people = re.search(rb"(?m)^people: (\S+)", good(_drafted(house)) and house.draft)
    assert people is not None
    day = today().date()
    filled = (
        (DATA / "circles.yml")
        .read_text()
        .format(
            partnership=house.partnership,
            people=people[1].decode(),
            effective=day - timedelta(days=1),
            until=day + timedelta(days=365),
            due=DUE,
            unsolicited=unsolicited,
            form=form,
        )
    )
    return filled.encode()


def _drafted(house: House) -> Answer:
    """A draft knows the digest of the people it is bound to."""
    return house.within("agree", "draft", "--yes")


def acknowledged(house: House) -> None:
    """The client promises not to ask who it was (S-24)."""
    good(house.within("acknowledge", "--by", "client"))


def told(house: House, circle: str = "peers", *more: str) -> str:
    """Terms for a circle, told on the phone and accepted; the event."""
    arguments = ("feedback", "terms", "--circle", circle, "--channel", "phone", "--json")
    way = () if "--standing" in more else ("--accepted",)
    return str(json.loads(good(house.within(*arguments, *way, *more)).out)["event"])


def said(
    house: House, *more: str, text: bytes = b"She never lets the periwinkle team finish.", circle: str = "peers"
) -> str:
    """Feedback that was asked for; the id of its case."""
    arguments = ("feedback", "add", "--circle", circle, "--channel", "phone", "--threat", "no", "--json", "--file", "-")
    way = () if "--unsolicited" in more else ("--solicited",)
    return str(json.loads(good(house.within(*arguments, *way, *more, stdin=text)).out)["case"])


def detail(house: House, kind: str = "case") -> Detail:
    """What was written about the newest event of a kind, opened."""
    practice = Practice.open(house.practice, today())
    found = practice.record(house.partnership).of_kind(kind)[-1]
    return detail_of(practice, found)


def sound(house: House) -> None:
    """The history verifies, the rules are kept, and nothing of what was said stands in the open."""
    assert house.run("verify").code == 0
    assert house.run("check").code == 0
    open_words = (house.git("log", "--format=%B") + house.git("ls-files") + house.git("show", "--stat")).lower()
    tracked = b"".join(path.read_bytes() for path in house.record.rglob("*") if path.is_file()).lower()
    for word in ("periwinkle", "ottoline", "marmalade", "herons"):
        assert word not in open_words
        assert word.encode() not in tracked


def waiting(house: House) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(good(house.within("feedback", "--json")).out)
    return found


def subject(house: House) -> str:
    """The newest commit, as `git log` lists it."""
    return house.git("log", "-1", "--format=%s").strip()
