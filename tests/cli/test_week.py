"""The week of a coach with twelve partnerships: at most 25 commands, and no id is typed by hand.

She stands in a partnership's directory, and what needs an id is the command that the board offers.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.cli.circles import SUMMARY, acknowledged, circles, told
from tests.cli.coach import Answer, run
from tests.cli.house import House
from tests.cli.test_feedback_mail import MAIL

PEOPLE = b"persons: [{party: coach, name: Wilhelmina Canaryfeather, authority: for herself},\
 {party: client, name: Theodosia Larkspur}, {party: payer, name: Bartholomew Quince}]\n"
CLIENT = b"persons: [{party: client, name: Theodosia Larkspur}]\n"
NOTE = b"## Goals {what=partnership-goals/shared}\n\nDelegation to both of the marmalade teams is in place.\n"
MOST = 25


@dataclass
class Week:
    """Counts what she types, and looks that no id is among it."""

    house: House
    ids: set[str]
    typed: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, *arguments: str, at: Path | None = None, stdin: bytes = b"", code: int = 0) -> Answer:
        self.typed.append(arguments)
        answer = run(at or self.house.practice, *arguments, stdin=stdin)
        assert answer.code == code, (arguments, answer)
        return answer

    def by_hand(self, *arguments: str, at: Path | None = None, stdin: bytes = b"", code: int = 0) -> Answer:
        """What she types herself: words, parties, clauses, files; no partnership, no event, no case."""
        for word in arguments:
            assert not self.ids.intersection(re.findall(r"[\w-]+", word)), arguments
            assert not re.fullmatch(r"[0-9a-hjkmnp-tv-z]{8}", word) or not re.search(r"\d", word), arguments
        return self(*arguments, at=at, stdin=stdin, code=code)

    def offered(self, at: Path, wanted: str) -> None:
        """The command that the board offers for it, as it stands there."""
        found = json.loads(self.by_hand("due", "--json", code=3).out)["due"]
        (command,) = {d["command"] for d in found if d["partnership"] == at.name and wanted in (d["command"] or "")}
        self(*shlex.split(command)[1:], at=at)


def twelve(running: House) -> tuple[House, House, set[str]]:
    """Her practice on Monday: two that run, one with people around the client, and nine that have only begun."""
    full = circles(replace(running, partnership=""))
    acknowledged(full)
    told(full, "sources", "--standing")
    for _ in range(9):
        made = running.run("new", "--people", "-", "--json", stdin=CLIENT)
        assert made.code == 0, made
    assert running.run("backup", str(running.home)).code == 0
    known = {path.name for path in (running.practice / "records").glob("p-*")}
    assert len(known) == 12
    return running, full, known


def test_a_week(running: House) -> None:
    """A new contract, a note, a complaint, HR on the phone, a summary, a withdrawal, a subpoena, a leaver."""
    one, two, ids = twelve(running)
    week = Week(one, ids)
    (one.home / "order.pdf").write_bytes(b"%PDF-1.4 an order")
    scan = str(one.home / "scan.pdf")
    # Monday: the board, and a new contract of three sides.
    week.by_hand()
    before = {path.name for path in (one.practice / "records").glob("p-*")}
    week.by_hand("new", "--people", "-", stdin=PEOPLE)
    (new,) = [path for path in (one.practice / "records").glob("p-*") if path.name not in before]
    week.ids.add(new.name)
    week.by_hand("agree", "draft", "--yes", at=new)
    week.by_hand("agree", "propose", at=new)
    week.by_hand("agree", "sign", at=new)
    week.by_hand("agree", "sign", "--party", "client", "--paper", scan, at=new)
    week.by_hand("agree", "sign", "--party", "payer", "--paper", scan, at=new)
    week.by_hand("begin", at=new)
    # Tuesday: a session, and an anonymous complaint by e-mail.
    week.by_hand("note", "--file", "-", at=two.record, stdin=NOTE)
    week.by_hand("feedback", "paste", "--threat", "no", at=two.record, stdin=MAIL)
    week.offered(two.record, "feedback")
    # Wednesday: HR on the phone; she takes something back.
    week.by_hand("may", "--tell", "payer", "--about", "career-aspirations", at=one.record, code=1)
    week.by_hand("refuse", "--tell", "payer", "--about", "career-aspirations", at=one.record)
    week.by_hand("withdraw", "goals-to-sponsors", at=one.record)
    # Thursday: the summary, her answer, the payer.
    week.by_hand("summary", "draft", "--file", "-", at=two.record, stdin=SUMMARY)
    week.by_hand("summary", "share", at=two.record)
    week.by_hand("summary", "input", "--declined", at=two.record)
    week.by_hand("summary", "release", "--yes", at=two.record)
    # Friday: a subpoena, so that everything is kept; somebody leaves; the walk at the end of the week.
    order = ("--order", str(one.home / "order.pdf"), "--to", "court")
    week.by_hand(
        "duty", "open", "--ground", "compelled", "--facts", "-", *order, at=one.record, stdin=b"An order came.\n"
    )
    week.by_hand("duty", "hold", "--words", "-", at=one.record, stdin=b"The court may ask.\n")
    week.by_hand("end", at=new)
    week.by_hand("week", "--yes", code=3)
    assert len(week.typed) <= MOST, len(week.typed)
    assert one.run("verify").code == 0
    kinds = {due["clock"] for due in json.loads(one.run("due", "--json").out)["due"]}
    assert kinds == {"backups", "open-cases"}, "the case of the order, and that nobody rehearsed the backup"
