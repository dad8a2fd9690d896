"""A small practice on record, event by event, as the workflows would write it: the ground of the attacks."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from confide.ledger import codec
from confide.ledger.record_commit import record
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, Verification, verify
from confide.model.commitment import digest
from confide.model.event import Event, Exact
from confide.model.partnership import Partnership, Party, Practice
from confide.model.projection import seen_digest
from confide.model.statement import agreement_statement
from confide.model.words import Form, Role
from confide.policy.chain import linked
from confide.records import tree
from confide.records.agreement_file import parse_agreement
from confide.records.event_file import parse_event, render_event
from confide.records.partnership_file import render_partnership
from confide.records.practice_file import render_practice
from tests.ledger.keepers import START, Keeper, git

P = "p-k7f3"
PEOPLE = digest(b"people")
AGREEMENT = f"""agreement: 1
partnership: {P}
people: {PEOPLE}
signatories: [coach, client]
signing: {{accepted: [own-key, portal, paper], electronic-signing: agreed}}
effective: 2026-01-12
until: 2026-12-31
time-zone: Europe/London
law: England and Wales
definitions: {{confidential: what could harm somebody's standing}}
consent: {{about-client: [client]}}
otherwise: withhold
terms:
  - {{id: goals-to-payer, effect: share, what: [partnership-goals/shared], with: [payer], by: [coach], when: [always],
     form: summary, circumstances: always, onward: []}}
channels: {{site: controlled}}
""".encode()
SECTION = Exact("notes/2026-02-03#s2", digest(b"commitment"), "partnership-goals/shared", Form.SUMMARY)


@dataclass
class Desk:
    """Where the coach records: one repository, one key, a clock that moves a day with every commit."""

    repo: Repository
    coach: Keeper
    client: Keeper
    at: datetime = START
    root: str = ""
    commits: dict[str, str] = field(default_factory=dict)
    counter: int = 0

    def commit(self, files: Mapping[str, bytes | None], message: str, keeper: Keeper | None = None) -> str:
        signer = keeper or self.coach
        sign = signer.sign(self.at)
        made = record(self.repo, files, message, self.at, sign=sign, keepers=[signer.certificate])
        self.at += timedelta(days=1)
        return made

    def verify(self) -> Verification:
        return verify(self.repo, Pins(self.root, self.coach.fingerprint))

    def event(self, kind: str, *, by: str = "coach", **values: Any) -> Event:
        """A new event on top of what is on record, with its digest and place."""
        self.counter += 1
        bare = Event(f"e{self.counter:07d}", kind, P, self.at, by, **values)
        return written(linked(self.verify().partnerships[P], bare))

    def add(self, event: Event, files: Mapping[str, bytes | None] | None = None, keeper: Keeper | None = None) -> Event:
        self.commits[event.id] = self.commit(
            {**(files or {}), path_of(event): render_event(event)}, codec.message(event), keeper
        )
        return event

    def record(self, kind: str, *, by: str = "coach", **values: Any) -> Event:
        return self.add(self.event(kind, by=by, **values))

    def statement(self, party: str) -> bytes:
        """What `party` signs under the proposed agreement."""
        (proposal,) = self.verify().partnerships[P].of_kind("proposed")
        before = seen_digest(proposal, party)
        return agreement_statement(P, party, 1, 1, digest(AGREEMENT), PEOPLE, before)

    def sign(self, party: str, keeper: Keeper, **changed: Any) -> Event:
        """`party` signs with a key: the event and its signature file in one commit."""
        signature = changed.pop("signature", None) or keeper.sign(self.at)(self.statement(party))
        values: dict[str, Any] = {
            "to": ("client",) if party == "coach" else ("coach",),
            "agreement": 1,
            "document": digest(AGREEMENT),
            "strength": "own-key",
            "number": 1,
            "key": keeper.fingerprint,
            **changed,
        }
        event = self.event("signed", by=party, **values)
        return self.add(event, {tree.agreement_signature(P, 1, party, 1): signature})

    def enrol(self, **changed: Any) -> Event:
        key = changed.pop("key", self.client)
        event = self.event("enrolled", to=("client",), number=1, reader="abcdefghj2", key=self.client.fingerprint)
        return self.add(event, {tree.party_key(P, "client", 1): key.public})

    def disclose(self) -> Event:
        return self.record(
            "disclosed",
            to=("payer",),
            what=("partnership-goals/shared",),
            form=Form.SUMMARY,
            sections=(SECTION,),
            agreement=1,
            channel="site",
            terms=("goals-to-payer",),
        )


def path_of(event: Event) -> str:
    return tree.event(event.partnership, event.name)


def written(event: Event) -> Event:
    """The event as it is read back from its file."""
    return parse_event(render_event(replace(event, digest="")), path_of(event))


def begin(repo: Repository, coach: Keeper, client: Keeper) -> Desk:
    """A practice with one partnership and a drafted agreement, nothing proposed yet."""
    desk = Desk(repo, coach, client)
    practice = Practice("c-4mz8", (coach.fingerprint,), coach.fingerprint)
    root = {
        tree.PRACTICE: render_practice(practice),
        tree.keeper_key(coach.fingerprint): coach.public,
        ".gitattributes": b"records/** -text\n",
    }
    desk.root = desk.commit(root, codec.plain_message("init", practice.id))
    parties = tuple(Party(role.value, role) for role in (Role.COACH, Role.CLIENT, Role.PAYER))
    partnership = Partnership(P, parties, (coach.fingerprint,))
    desk.commit({tree.partnership(P): render_partnership(partnership)}, codec.plain_message("new", P))
    desk.commit({tree.agreement(P, 1): AGREEMENT}, codec.plain_message("draft", P, "agreement", "1"))
    return desk


def proposed(desk: Desk) -> Desk:
    """The agreement proposed, and the client enrolled."""
    desk.record("proposed", to=("client",), agreement=1, document=digest(AGREEMENT))
    desk.enrol()
    return desk


def in_force(desk: Desk) -> Desk:
    """Both signatures made, the payer's promise to keep what they learn, and one disclosure."""
    proposed(desk)
    desk.sign("coach", desk.coach)
    desk.sign("client", desk.client)
    desk.record("acknowledged", by="payer", to=("coach",), evidence="attested")
    desk.disclose()
    return desk


def copied(desk: Desk, root: Path) -> Desk:
    """The same practice in a directory of its own, so that a test can do to it what it likes."""
    shutil.copytree(desk.repo.root, root, symlinks=True)
    return replace(desk, repo=Repository.at(root), commits=dict(desk.commits))


def stage(desk: Desk, path: str, data: bytes) -> None:
    file = desk.repo.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    git(desk.repo, "add", "--", path)


assert parse_agreement(AGREEMENT, tree.agreement(P, 1)).version == 1
