"""A practice of any size, with everything real: signed commits, events in force, sealed notes, a keystore.

Made in this process with keys that have no passphrase, round after round over all partnerships, as a year goes by. The
agreement is the one of `tests/vectors/agreements/two-party`, signed by the coach and the client with keys of their own.
"""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.pack import Directory, Pack, put, tree_of
from bench.partnership import PARTIES, One, agreement_of, note_of
from confide.ledger import codec
from confide.ledger.objects import TREE_MODE, commit_payload, render_tree, with_signature
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins
from confide.model.commitment import digest
from confide.model.event import Event, Exact
from confide.model.ids import fresh
from confide.model.partnership import Partnership, Party, Person
from confide.model.partnership import Practice as PracticeFile
from confide.model.projection import seen_digest
from confide.model.record import Record
from confide.model.statement import agreement_statement
from confide.model.words import Form, role_of
from confide.policy.chain import linked
from confide.records import event_file, note_text, people_file, tree
from confide.records.agreement_file import parse_agreement
from confide.records.partnership_file import render_partnership
from confide.records.practice_file import render_practice
from confide.vault.keystore import Keystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import SecretKey, encrypt, sign_detached

# GnuPG takes a third of a second for a key, so partnerships and clients share a few.
KEYS = 8
# What is made takes less than this, so that every event is within an hour of its signature.
HOUR_BEFORE = timedelta(minutes=50)


@dataclass(frozen=True)
class Made:
    """What was made: where, what to trust, how much is in it, and the keys."""

    root: Path
    pins: Pins
    commits: int
    events: int
    coach: SecretKey
    partnerships: tuple[One, ...]


def make(
    root: Path, partnerships: int, events: int, *, gnupg: Path, keystore: Path | None = None, checkout: bool = False
) -> Made:
    """A practice in the new directory `root` with at least `events` events; `gnupg` is an empty GnuPG home.

    With `keystore` one is made there, with `checkout` the files are written: then every verb works on it.
    """
    return _Maker(root, gnupg, partnerships, events).run(partnerships, events, keystore, checkout)


class _Maker:
    def __init__(self, root: Path, gnupg: Path, partnerships: int, events: int) -> None:
        self.repo = Repository.init(root)
        self.repo.set_config("user.name", "Morgan Reed")
        self.repo.set_config("user.email", "morgan@example.org")
        self.started = datetime.now(UTC).replace(microsecond=0) - HOUR_BEFORE
        self.step = HOUR_BEFORE / (2 * (events + 4 * partnerships) + 10)
        self.draw = random.Random(1)  # noqa: S311 - the same practice in every run; nothing secret
        self.gpg = GnuPG(gnupg)
        self.fingerprint = self.gpg.generate(
            "morgan@example.org", passphrase=None, at=self.started - timedelta(days=365)
        )
        self.coach = SecretKey.parse(self.gpg.secret_key(self.fingerprint))
        self.publishing, *self.pool = (self.new_key(number) for number in range(KEYS + 1))
        self.pack = Pack()
        self.top: dict[str, tuple[str, str]] = {}
        self.records = Directory(self.pack)
        self.head = ""
        self.commits = self.count = 0

    def run(self, partnerships: int, events: int, keystore: Path | None, checkout: bool) -> Made:
        root = self.init()
        ones = [self.begin() for _ in range(partnerships)]
        for one in cycle(ones):
            if self.count >= events:
                break
            self.disclose(one)
        self.pack.into(self.repo.root)
        self.repo.run("update-ref", "refs/heads/main", self.head)
        if checkout:
            subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=self.repo.root, check=True)
        settings = {"confide.root": root, "confide.keeper": self.fingerprint, "user.signingkey": self.fingerprint}
        for name, value in settings.items():
            self.repo.set_config(name, value)
        self.repo.set_config("confide.gnupghome", str(self.gpg.home))
        if keystore is not None:
            self.keep(keystore, ones, root)
        self.repo.close()
        return Made(self.repo.root, Pins(root, self.fingerprint), self.commits, self.count, self.coach, tuple(ones))

    def new_key(self, number: int) -> SecretKey:
        home, user_id = self.gpg, f"k{number}@confide.invalid"
        made = home.generate(user_id, passphrase=None, at=self.started - timedelta(days=1))
        return SecretKey.parse(home.secret_key(made))

    def keep(self, path: Path, ones: list[One], root: str) -> None:
        now = datetime.now(UTC)
        unlocked = Keystore.create(path, self.gpg, self.fingerprint, now).unlock()
        for name, key in (("publishing", self.publishing), *((one.id, one.key) for one in ones)):
            unlocked.add(name, key.armoured(), now)
        unlocked.set_pin("root", root)
        unlocked.set_pin("keeper", self.fingerprint)
        self.repo.set_config("confide.keystore", str(path))

    # Commits

    @property
    def now(self) -> datetime:
        return (self.started + self.commits * self.step).replace(microsecond=0)

    def commit(self, message: str, one: One | None = None, files: dict[str, bytes] | None = None) -> str:
        """One commit: `files` inside the directory of a partnership."""
        if one is not None:
            for path, data in (files or {}).items():
                put(one.directory, path, self.pack.add("blob", data))
            self.records.put(one.id, tree_of(self.pack, one.directory))
        top = {**self.top, "records": (TREE_MODE, self.records.id)}
        whole = self.pack.add("tree", render_tree(top))
        parents = (self.head,) if self.head else ()
        payload = commit_payload(whole, parents, "Morgan Reed", "morgan@example.org", self.now, message)
        self.head = self.pack.add("commit", with_signature(payload, sign_detached(payload, self.coach)))
        self.commits += 1
        return self.head

    # What happens

    def init(self) -> str:
        file = PracticeFile("c-4mz8", (self.fingerprint,), self.publishing.fingerprint)
        keys = {
            f"{key.fingerprint}.asc": ("100644", self.pack.add("blob", key.certificate.armoured()))
            for key in (self.coach, self.publishing)
        }
        self.records.put("keys", self.pack.add("tree", render_tree(keys)))
        self.records.put("practice.yml", self.pack.add("blob", render_practice(file)), "100644")
        self.top[".gitattributes"] = ("100644", self.pack.add("blob", b"records/** -text\n"))
        return self.commit(codec.plain_message("init", file.id))

    def begin(self) -> One:
        """A partnership from its file to the first session: seven events."""
        name = "p-" + fresh(6, self.draw.choice)
        one = self._new(name)
        files = {
            "partnership.yml": render_partnership(one.partnership),
            "people.yml.gpg": self._sealed(one, one.schedule),
            "key.asc": one.key.certificate.armoured(),
        }
        self.commit(codec.plain_message("new", name), one, files)
        draft = {"agreements/1.yml": one.source}
        self.commit(codec.plain_message("draft", name, "agreement", "1"), one, draft)
        self.event(one, "proposed", to=("client",), agreement=1, document=one.agreement.digest)
        reader = fresh(10, self.draw.choice)
        self.event(one, "invited", to=("client",), number=1, reader=reader)
        self.event(
            one, "enrolled", {"keys/client.1.asc": one.client.certificate.armoured()},
            to=("client",), number=1, reader=reader, key=one.client.fingerprint,
        )  # fmt: skip
        for party, key, other in (("coach", self.coach, "client"), ("client", one.client, "coach")):
            before = seen_digest(one.events[0], party)
            text = agreement_statement(name, party, 1, 1, one.agreement.digest, one.agreement.people, before)
            self.event(
                one, "signed", {f"agreements/1.{party}.1.sig": sign_detached(text, key)}, by=party,
                to=(other,), agreement=1, document=one.agreement.digest, strength="own-key", number=1,
                key=key.fingerprint,
            )  # fmt: skip
        self.event(one, "acknowledged", by="supervisor", to=("coach",), evidence="attested")
        self.event(one, "began", to=("client",), agreement=1)
        return one

    def _new(self, name: str) -> One:
        people = [Person(party, 1, f"{party.title()} {name}") for party in ("coach", "client", "supervisor")]
        schedule = people_file.render_people(name, people, self.draw.randbytes(16))
        parties = tuple(Party(party, role) for party in PARTIES if (role := role_of(party)) is not None)
        path = tree.agreement(name, 1)
        source = agreement_of(name, people_file.parse_people(schedule, "people").digest, self.now.date())
        return One(
            name, self.draw.choice(self.pool), self.draw.choice(self.pool),
            Partnership(name, parties, (self.fingerprint,)), schedule, parse_agreement(source, path), source,
        )  # fmt: skip

    def disclose(self, one: One) -> None:
        """The client's own words back to her; every fifth time somebody is refused something instead."""
        if len(one.events) % 5 == 4:
            self.event(one, "refused", to=("supervisor",), what=("career-aspirations",))
            return
        if not one.waiting:
            self.note(one)
        exact = one.waiting.pop(0)
        self.event(
            one, "disclosed", to=("client",), what=(exact.what,), form=exact.form, sections=(exact,), agreement=1,
            channel="site",
        )  # fmt: skip

    def note(self, one: One) -> None:
        """A session's note with a few sections, sealed to its partnership."""
        name = (date(2020, 1, 1) + timedelta(days=one.notes)).isoformat()
        one.notes += 1
        whole = note_of(name, self.draw.randbytes(32))
        note, _ = note_text.parse_note(whole, one.id, tree.note_path(name))
        one.waiting += [
            Exact(section.ref, section.commitment, "career-aspirations", Form.VERBATIM) for section in note.sections
        ]
        files = {f"notes/{name}.md.gpg": self._sealed(one, whole.encode())}
        self.commit(codec.plain_message("note", one.id, name), one, files)

    def event(
        self, one: One, kind: str, files: dict[str, bytes] | None = None, *, by: str = "coach", **values: Any
    ) -> None:
        agreements = (one.agreement,) if one.events or kind == "proposed" else ()
        record = Record(one.partnership, agreements, tuple(one.events))
        bare = Event(fresh(8, self.draw.choice), kind, one.id, self.now, by, **values)
        event = linked(record, bare)
        data = event_file.render_event(event)
        event = replace(event, digest=digest(data))
        one.events.append(event)
        self.count += 1
        self.commit(codec.message(event), one, {**(files or {}), f"events/{event.name}.yml": data})

    def _sealed(self, one: One, data: bytes) -> bytes:
        return encrypt(data, [one.key.certificate], self.coach, datetime.now(UTC))
