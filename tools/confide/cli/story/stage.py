"""The stage: one practice with generated throw-away keys, a clock that the story sets, and the parties' own acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from confide.cli.builder import SiteBuilder
from confide.portal.service import Service
from confide.vault.people import GnuPG
from confide.vault.portal_store import PortalStore
from confide.workflows import inbox, invite
from confide.workflows.init import Identity, init
from confide.workflows.practice import Practice

from .cast import COACH_EMAIL, COACH_NAME

# The story begins this long before the day it is told.
WEEKS = 18


@dataclass
class Reader:
    """One person who reads in the portal, as the table of `make demo` lists them."""

    partnership: str
    party: str
    role: str
    name: str
    address: str
    passphrase: str
    look_at: str


@dataclass
class Stage:
    """The practice, the day it began, and who was invited so far."""

    practice: Practice
    began: date
    home: Path
    readers: list[Reader] = field(default_factory=list)

    @property
    def store(self) -> PortalStore:
        return PortalStore(self.practice.store_path)

    def day(self, number: int, clock: str = "09:00") -> date:
        """Set the clock to that day of the story and give the date. The clock never goes back."""
        day = self.began + timedelta(days=number)
        moment = datetime.combine(day, time.fromisoformat(clock), UTC)
        self.practice.now = max(moment, self.practice.now + timedelta(minutes=1))
        return day

    def invite(self, partnership: str, party: str, name: str, look_at: str) -> None:
        """Invite a party; they make their key at once and the coach confirms its fingerprint."""
        self._tick()
        practice = self.practice
        letter = invite.invite(practice, SiteBuilder(), partnership, party)
        reader = letter.address.rstrip("/").rpartition("/")[2]
        self._tick()
        enrolled = Service(self.store).enrol(reader, letter.code, practice.now)
        known = practice.record(partnership).partnership.party(party)
        role = known.role.value if known else ""
        self.readers.append(Reader(partnership, party, role, name, letter.address, enrolled.passphrase, look_at))
        self._tick()
        self.take_in()

    def sign(self, partnership: str, party: str, version: int) -> None:
        """A party signs in the portal, and the coach takes the signature in."""
        self._tick()
        reader = next(r for r in self.readers if (r.partnership, r.party) == (partnership, party))
        name = reader.address.rstrip("/").rpartition("/")[2]
        Service(self.store).sign(name, reader.passphrase, f"agreement-{version}", self.practice.now)
        self._tick()
        self.take_in()

    def take_in(self) -> None:
        """Go through the inbox; everything in the story's inbox must be good."""
        for handled in inbox.take_in(self.practice, lambda _: True):
            if handled.outcome != inbox.RECORDED:
                raise AssertionError(f"the story's inbox holds {handled.kind}: {handled.problem}")

    def _tick(self) -> None:
        self.practice.now += timedelta(minutes=7)


def raise_curtain(directory: Path, portal: str, today: date) -> Stage:
    """Make the practice: a coach's key without a passphrase, because anybody may play with this one."""
    home = directory.with_name(directory.name + ".keys")
    began = today - timedelta(weeks=WEEKS)
    start = datetime.combine(began, time(8, 0), UTC)
    gnupg = home / "gnupg"
    gnupg.mkdir(parents=True, mode=0o700)
    gpg = GnuPG(gnupg)
    # A day older than the practice, because a key cannot sign before it exists.
    key = gpg.generate(f"{COACH_NAME} <{COACH_EMAIL}>", passphrase=None, at=start - timedelta(days=1))
    init(
        directory,
        gpg,
        Identity(key, COACH_NAME, COACH_EMAIL),
        start,
        gnupg_home=gnupg,
        keystore_home=home / "keystore",
        portal=portal,
        replaying=True,
    )
    practice = Practice.open(directory, start)
    practice.replaying = True
    return Stage(practice, began, home)
