"""The story: one engagement of three sides over four months, and a second partnership that must never show in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from confide.cli.builder import SiteBuilder
from confide.workflows import (
    agreements,
    disclose,
    draft,
    duties,
    life,
    notes,
    people,
    publish,
    refuse,
    signing,
    withdraw,
)
from confide.workflows.new import new

from . import acts, cast, others, text
from .stage import Stage

# Day of the story → the note written that day.
SESSIONS = {8: "1", 22: "2", 36: "3", 50: "4", 64: "5", 78: "6", 92: "7", 106: "8"}
OTHER_SESSIONS = {40: "other-1", 82: "other-2"}


@dataclass
class Story:
    """What the steps hand to each other: the two partnerships and the names of their notes."""

    stage: Stage
    say: Callable[[str], None]
    first: str = ""
    second: str = ""

    def tell(self) -> None:
        """Play it all, in order of time."""
        self._agree_first()
        self._early_sessions()
        self._second_partnership()
        self._goals_to_sponsors()
        self._amend()
        self._late_sessions()
        self._take_back()
        self._publish()

    def _agree_first(self) -> None:
        self.say("an agreement of three sides is drafted, proposed and signed")
        practice = self.stage.practice
        self.stage.day(0, "10:00")
        self.first = new(practice, cast.FIRST_PARTIES, cast.FIRST).id
        effective = self.stage.day(1)
        digest = people.load(practice, self.first).digest
        agreements.save_draft(practice, self.first, 1, text.agreement(self.first, digest, effective))
        self.stage.day(1, "11:00")
        agreements.propose(practice, self.first)
        self.stage.day(1, "11:30")
        signing.sign_as_coach(practice, self.first)
        for day, person in enumerate((p for p in cast.FIRST if p.party != "coach"), 2):
            self.stage.day(day, "09:30")
            self.stage.invite(self.first, person.party, person.name, cast.LOOK_AT["first", person.party])
        self.stage.day(3, "14:00")
        self.stage.sign(self.first, "client", 1)
        self.stage.day(4, "14:00")
        self.stage.sign(self.first, "payer", 1)
        self.stage.day(6, "16:00")
        signing.sign_on_paper(practice, self.first, "manager", text.SCAN)
        self.stage.day(7)
        life.begin(practice, self.first)

    def _early_sessions(self) -> None:
        self.say("sessions, and what is hers goes to her")
        self._session(self.first, 8, SESSIONS[8])
        self._tell(10, ("client",), 8, "s1", "s3")
        self._session(self.first, 22, SESSIONS[22])
        self._tell(24, ("client",), 22, "s1", "s2")
        self._session(self.first, 36, SESSIONS[36])

    def _second_partnership(self) -> None:
        self.say("a second partnership begins, of which the first must never know")
        practice = self.stage.practice
        self.stage.day(37)
        self.second = new(practice, cast.SECOND_PARTIES, cast.SECOND).id
        day = self.stage.day(37, "10:00")
        answers = draft.Answers(
            partnership=self.second,
            people=people.load(practice, self.second).digest,
            parties=cast.SECOND_PARTIES,
            effective=day,
            until=date(day.year + 1, day.month, min(day.day, 28)),
            time_zone="Europe/London",
            law="England and Wales",
        )
        agreements.save_draft(practice, self.second, 1, draft.first(answers))
        agreements.propose(practice, self.second)
        signing.sign_as_coach(practice, self.second)
        for person in cast.SECOND[1:]:
            self.stage.invite(self.second, person.party, person.name, cast.LOOK_AT["second", person.party])
            self.stage.sign(self.second, person.party, 1)
        life.begin(practice, self.second)
        for number, name in OTHER_SESSIONS.items():
            if number < 50:
                self._session(self.second, number, name)
        self._tell(41, ("payer",), 40, "s2", partnership=self.second)
        self._tell(41, ("client",), 40, "s1", partnership=self.second)

    def _goals_to_sponsors(self) -> None:
        self.say("shared goals go to the sponsors in summary; a question is refused")
        practice = self.stage.practice
        self.stage.day(43)
        refs = (self._ref(8, "s2"), self._ref(36, "s2"))
        duties.inform(practice, self.first, refs)
        self.stage.day(44)
        duties.attest(practice, self.first, "goals-to-sponsors")
        self._tell(44, ("payer", "manager"), 8, "s2")
        self._tell(44, ("payer", "manager"), 36, "s2")
        self.stage.day(47, "15:20")
        refuse.refuse(
            practice, self.first, "payer", "career-aspirations", words="He asked on the phone whether she is looking."
        )
        self._session(self.first, 50, SESSIONS[50])
        acts.said_and_passed_on(self.stage, self.first)

    def _amend(self) -> None:
        self.say("an amendment is signed by all four")
        practice = self.stage.practice
        self._session(self.first, 64, SESSIONS[64])
        day = self.stage.day(66)
        digest = people.load(practice, self.first).digest
        before = (practice.root / f"records/{self.first}/agreements/1.yml").read_bytes()
        agreements.save_draft(practice, self.first, 2, text.amended(draft.amendment(before, 2, digest, day)))
        agreements.propose(practice, self.first, 2)
        signing.sign_as_coach(practice, self.first, 2)
        self._publish()
        for number, party in ((67, "client"), (68, "payer"), (70, "manager")):
            self.stage.day(number, "12:00")
            self.stage.sign(self.first, party, 2)

    def _late_sessions(self) -> None:
        self.say("more sessions; the adviser hears one topic")
        practice = self.stage.practice
        self._session(self.first, 78, SESSIONS[78])
        self.stage.day(79, "09:00")
        duties.acknowledge(practice, self.first, "adviser")
        self._tell(79, ("adviser",), 78, "s4")
        self._session(self.second, 82, OTHER_SESSIONS[82])
        self.stage.day(88)
        duties.inform(practice, self.first, (self._ref(78, "s2"),))
        duties.attest(practice, self.first, "goals-to-sponsors")
        self._tell(89, ("payer", "manager"), 78, "s2")
        self._session(self.first, 92, SESSIONS[92])
        self._tell(94, ("client",), 78, "s1", "s3")
        self.say("what is said, asked, got wrong and put right")
        phone = practice.record(self.first).of_kind("told")[0]
        acts.play(self.stage, self.first, phone, self._ref(78, "s3"))
        others.feedback(self.stage, self.first)
        self._session(self.first, 106, SESSIONS[106])
        self._tell(108, ("client",), 106, "s1", "s2")
        others.summary(self.stage, self.first)

    def _take_back(self) -> None:
        self.say("she takes one disclosure back, and everybody's pages are published")
        practice = self.stage.practice
        self.stage.day(112)
        told = [e for e in practice.record(self.first).of_kind("disclosed") if "manager" in e.to]
        withdraw.withdraw(
            practice,
            self.first,
            told[1].id,
            "client",
            evidence="attested",
            words="The third team should not be talked about.",
        )
        self.stage.day(113)

    def _publish(self) -> None:
        known = tuple(p for p in (self.first, self.second) if p)
        publish.publish(self.stage.practice, SiteBuilder(), known)

    def _session(self, partnership: str, number: int, name: str) -> None:
        day = self.stage.day(number, "17:30")
        notes.write(self.stage.practice, partnership, day.isoformat(), text.note(name))

    def _ref(self, session: int, section: str) -> str:
        """`2026-02-03#s2`: the section of the note of that day of the story."""
        day = date.fromordinal(self.stage.began.toordinal() + session)
        return f"{day.isoformat()}#{section}"

    def _tell(self, number: int, to: tuple[str, ...], session: int, *sections: str, partnership: str = "") -> None:
        self.stage.day(number, "10:15")
        refs = tuple(self._ref(session, section) for section in sections)
        disclose.disclose(self.stage.practice, partnership or self.first, refs, to)
