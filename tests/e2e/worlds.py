"""Two practices that begin alike and part: what one party may see happens in both, whatever else happens in one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from confide.cli.builder import SiteBuilder
from confide.model.commitment import SECRET_BYTES
from confide.model.partnership import Person
from confide.portal.service import Service
from confide.site.build import build_site
from confide.site.built import BuiltSite
from confide.vault.people import GnuPG
from confide.vault.portal_store import PortalStore
from confide.workflows import (
    agreements,
    disclose,
    draft,
    duties,
    fresh,
    inbox,
    invite,
    life,
    notes,
    people,
    publish,
    refuse,
    signing,
    views,
    withdraw,
)
from confide.workflows.init import Identity, init
from confide.workflows.new import new
from confide.workflows.practice import Practice

NAME, EMAIL = "Morgan Reed", "morgan@practice.example"
PARTIES = ("coach", "client", "payer", "manager", "adviser")
PERSONS = tuple(
    Person(party, 1, name)
    for party, name in zip(PARTIES, (NAME, "Ada Kern", "Bo Lind", "Cy Mertens", "Di Novak"), strict=True)
)
SHARED = "Two of three teams decide on their own now."
NOTE = """\
## Where we are {{#s1 what=partnership-goals/shared}}
{long}

## For the sponsors {{#s2 what=partnership-goals/shared form=summary from=s1}}
{shared}

## For the manager {{#s3 what=partnership-goals/shared form=summary from=s1}}
{manager}

## A conflict {{#s4 what=conflicts form=topic}}
{conflict}

## The future {{#s5 what=career-aspirations}}
{future}
"""


def moment(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 2, day, hour, tzinfo=UTC)


@dataclass
class World:
    """One practice with one partnership in it."""

    practice: Practice
    partnership: str

    def at(self, day: int, hour: int = 9) -> None:
        self.practice.now = moment(day, hour)

    def note(self, day: int, shared: str, **texts: str) -> None:
        """A note whose secret is the same in every world, as it is when somebody edits another section of it."""
        said = {"long": "Much.", "manager": "Something.", "conflict": "A bench.", "future": "The sea.", **texts}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fresh, "note_secret", lambda: bytes([day]) * SECRET_BYTES)
            notes.write(self.practice, self.partnership, f"2026-02-{day:02}", NOTE.format(shared=shared, **said))

    def tell(self, ref: str, *to: str) -> str:
        return disclose.disclose(self.practice, self.partnership, (f"2026-02-{ref}",), to)[0].id

    def site(self, party: str) -> BuiltSite:
        """What `publish` would build for this party now."""
        return build_site(views.view(self.practice, self.partnership, party), self.practice.root)


def begin(home: Path) -> World:
    """A practice, a partnership, an agreement that everybody signed."""
    gnupg = home / "g"
    gnupg.mkdir(mode=0o700)
    gpg = GnuPG(gnupg)
    key = gpg.generate(f"{NAME} <{EMAIL}>", passphrase=None, at=moment(1))
    init(
        home / "common",
        gpg,
        Identity(key, NAME, EMAIL),
        moment(1, 10),
        gnupg_home=gnupg,
        keystore_home=home / "keys",
        portal="http://localhost:8765",
        replaying=True,
    )
    world = World(_open(home / "common", 1), "")
    world.at(1, 11)
    world.partnership = new(world.practice, PARTIES, PERSONS).id
    answers = draft.Answers(
        partnership=world.partnership,
        people=people.load(world.practice, world.partnership).digest,
        parties=PARTIES,
        effective=date(2026, 2, 1),
        until=date(2027, 1, 31),
        time_zone="UTC",
        law="England and Wales",
    )
    agreements.save_draft(world.practice, world.partnership, 1, draft.first(answers))
    agreements.propose(world.practice, world.partnership)
    signing.sign_as_coach(world.practice, world.partnership)
    for party in ("client", "payer", "manager"):
        signing.sign_on_paper(world.practice, world.partnership, party, b"%PDF-1.4")
    life.begin(world.practice, world.partnership)
    return world


def _open(path: Path, day: int) -> Practice:
    practice = Practice.open(path, moment(day, 12))
    practice.replaying = True
    return practice


def part(world: World, name: str) -> World:
    """A copy of the repository; the keys outside it are the same."""
    target = world.practice.root.with_name(name)
    shutil.copytree(world.practice.root, target)
    return World(_open(target, 1), world.partnership)


@contextmanager
def event_ids(*given: str) -> Iterator[None]:
    """The next events have these ids: an id that a party sees is the same in both worlds."""
    waiting = list(given)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fresh, "event_id", lambda: waiting.pop(0))
        yield
    assert not waiting, "fewer events than ids"


def for_the_payer(world: World, shared: str = SHARED) -> None:
    """What the payer may see, always at the same moments: two texts, a question answered no, and a changed agreement.

    What they are asked to sign under it names what came before in their own eyes, whatever came before in others'.
    """
    world.at(10)
    with event_ids("aaaaaaa2"):
        world.tell("03#s2", "payer")
    world.at(11)
    with event_ids("aaaaaaa3"):
        refuse.refuse(world.practice, world.partnership, "payer", "career-aspirations")
    world.at(20)
    with event_ids("aaaaaaa4"):
        world.tell("17#s2", "payer")
    world.at(21)
    _draft_again(world, date(2026, 3, 1))
    with event_ids("aaaaaaa5"):
        agreements.propose(world.practice, world.partnership, 2)
    world.at(27)


def quiet(world: World) -> World:
    """The one world: two notes, and what the payer is told."""
    world.at(3)
    world.note(3, SHARED)
    world.at(9)
    world.note(17, "The third team has begun.")
    for_the_payer(world)
    return world


def busy(world: World) -> World:
    """The other one: every other byte is another one, before, between and after."""
    practice, partnership = world.practice, world.partnership
    world.at(2)
    other = new(practice, ("coach", "client", "payer"), (PERSONS[0], Person("client", 1, "Eve Olm"))).id
    notes.write(practice, other, "2026-02-02", "## Elsewhere {#s1 what=discussions}\nAnother room.\n")
    world.at(3)
    world.note(3, SHARED, long="Something else entirely, and longer.", future="A call from far away.")
    world.at(4)
    world.tell("03#s3", "manager")
    world.tell("03#s1", "client")
    refuse.refuse(practice, partnership, "manager", "conflicts", words="She asked in the lift.")
    world.at(5)
    _let_in(world, "manager")
    world.at(9)
    world.note(17, "The third team has begun.", conflict="Another one, with another person.")
    notes.write(practice, partnership, "2026-02-08", "## More {#s1 what=discussions}\nNo other world has this.\n")
    duties.inform(practice, partnership, ("2026-02-03#s2",), words="On the phone.")
    _draft_again(world, date(2026, 4, 1))
    for_the_payer(world)
    world.at(22)
    duties.acknowledge(practice, partnership, "adviser")
    told = world.tell("17#s4", "adviser")
    withdraw.withdraw(practice, partnership, told, "client", evidence="attested", words="Rather not.")
    _let_in(world, "client")
    publish.publish(practice, SiteBuilder(), (partnership,))
    world.at(27)
    publish.publish(practice, SiteBuilder(), (partnership,))
    (practice.root / "README.md").write_text("Something else stands here.\n")
    (practice.root / "build/leaflet.txt").write_text("An untracked file.\n")
    practice.repo.set_config("core.editor", "ed")
    return world


def _draft_again(world: World, effective: date) -> None:
    """A draft of agreement 2: nobody but the coach sees it before it is proposed."""
    text = (world.practice.root / f"records/{world.partnership}/agreements/1.yml").read_bytes()
    digest = people.load(world.practice, world.partnership).digest
    agreements.save_draft(world.practice, world.partnership, 2, draft.amendment(text, 2, digest, effective))


def _let_in(world: World, party: str) -> None:
    """Another reader's letter, key and first site."""
    practice = world.practice
    letter = invite.invite(practice, SiteBuilder(), world.partnership, party)
    reader = letter.address.rstrip("/").rpartition("/")[2]
    Service(PortalStore(practice.store_path)).enrol(reader, letter.code, practice.now)
    assert [handled.outcome for handled in inbox.take_in(practice, lambda _: True)] == [inbox.RECORDED]
    publish.publish(practice, SiteBuilder(), (world.partnership,))
