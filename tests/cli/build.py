"""The story of the tests' practice, played once through the real commands, with a copy kept at every stage."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from confide.vault.locked import Cost
from confide.vault.people import GnuPG
from confide.workflows.invite import invite
from confide.workflows.practice import Practice
from tests.cli.coach import Answer, run
from tests.cli.house import House, today
from tests.cli.plain_site import PlainSite

DATA = Path(__file__).parent / "data"
CHEAP = Cost(memory=64, passes=1, lanes=1)
# Keys are older than the practice, so that one can be made to have expired.
OLD = timedelta(days=200)


def build(root: Path, make_short_home: Callable[[], Path], patch: pytest.MonkeyPatch) -> dict[str, House]:
    """Stage → a machine that nothing may be changed on: `bare`, `drafted`, `proposed`, `agreed`, `running`."""
    gnupg, client = make_short_home(), make_short_home()
    at = today() - OLD
    coach = GnuPG(gnupg).generate("Wilhelmina Canaryfeather <w@canaryfeather.invalid>", passphrase=None, at=at)
    GnuPG(client).generate("Theodosia Larkspur <theodosia@larkspur.invalid>", passphrase=None, at=at)
    house = House(root / "building", gnupg, coach, client)
    stages: dict[str, House] = {}
    for name, step in STAGES:
        house = step(house, patch)
        kept = root / name
        stages[name] = house.copied(kept)
    shutil.rmtree(house.home)
    return stages


def good(answer: Answer) -> Answer:
    """A step of the story that has to work."""
    assert answer.code == 0, answer
    return answer


def bare(house: House, patch: pytest.MonkeyPatch) -> House:
    """`init` with Git's identity where a user has it, in a file of her own."""
    house.home.mkdir(parents=True)
    settings = house.home / "gitconfig"
    settings.write_text("[user]\n\tname = Wilhelmina Canaryfeather\n\temail = w@canaryfeather.invalid\n")
    with patch.context() as inner:
        inner.setenv("GIT_CONFIG_GLOBAL", str(settings))
        where = ("--gnupg-home", str(house.gnupg), "--keystore", str(house.keystore))
        good(run(house.home, "init", "practice", *where))
    settings.unlink()
    house.git("config", "user.name", "Wilhelmina Canaryfeather")
    house.git("config", "user.email", "w@canaryfeather.invalid")
    return house


def drafted(house: House, patch: pytest.MonkeyPatch) -> House:
    """A partnership of three sides, and the draft of its agreement."""
    del patch
    people = (DATA / "people.yml").read_bytes()
    made = good(house.run("new", "--people", "-", "--party", "adviser", "--json", stdin=people))
    house = replace(house, partnership=json.loads(made.out)["partnership"])
    good(house.within("agree", "draft", "--yes"))
    good(house.within("agree", "draft", "--from", "-", stdin=agreement(house)))
    good(house.within("agree", "check"))
    return house


def agreement(house: House, **changed: date) -> bytes:
    """The agreement of these tests, bound to the people on record."""
    text = (house.record / "agreements/1.yml").read_text()
    people = re.search(r"^people: (\S+)", text, re.MULTILINE)
    assert people is not None
    day = today().date()
    dates = {"effective": day - timedelta(days=1), "until": day + timedelta(days=365), **changed}
    template = (DATA / "agreement.yml").read_text()
    return template.format(partnership=house.partnership, people=people[1], **dates).encode()


def proposed(house: House, patch: pytest.MonkeyPatch) -> House:
    """Proposed and signed by the coach; the client invited to the portal, where nobody has been yet."""
    del patch
    good(house.within("agree", "propose"))
    good(house.within("agree", "sign"))
    practice = Practice.open(house.practice, today())
    letter = invite(practice, PlainSite(), house.partnership, "client", cost=CHEAP)
    practice.repo.close()
    return replace(house, code=letter.code, reader=letter.address.rstrip("/").rpartition("/")[2])


def agreed(house: House, patch: pytest.MonkeyPatch) -> House:
    """Signed by all: by the client with a key of her own, by the payer on paper."""
    del patch
    statement = good(house.within("agree", "sign", "--party", "client", "--statement")).raw
    files = {
        "client.asc": house.gpg_plain("--armor", "--export", home=house.client),
        "client.sig": house.gpg_plain("--armor", "--detach-sign", home=house.client, stdin=statement),
        "scan.pdf": b"%PDF-1.4 a scan",
    }
    for name, data in files.items():
        (house.home / name).write_bytes(data)
    made = ("--key", str(house.home / "client.asc"), "--signature", str(house.home / "client.sig"))
    good(house.within("agree", "sign", "--party", "client", *made))
    good(house.within("agree", "sign", "--party", "payer", "--paper", str(house.home / "scan.pdf")))
    return house


def running(house: House, patch: pytest.MonkeyPatch) -> House:
    """Coaching has begun; one note, one disclosure; and another partnership."""
    del patch
    good(house.within("begin"))
    day = today().date().isoformat()
    good(house.within("note", day, "--file", "-", stdin=(DATA / "note.md").read_bytes()))
    told = good(house.within("disclose", f"{day}#s1", "--to", "client", "--json"))
    people = b"persons: [{party: client, name: Anna-Smith Umbrella}]\n"
    other = good(house.run("new", "--people", "-", "--json", stdin=people))
    return replace(house, session=day, told=json.loads(told.out)["event"], other=json.loads(other.out)["partnership"])


STAGES: tuple[tuple[str, Callable[[House, pytest.MonkeyPatch], House]], ...] = (
    ("bare", bare),
    ("drafted", drafted),
    ("proposed", proposed),
    ("agreed", agreed),
    ("running", running),
)


def later(at: datetime) -> str:
    return at.date().isoformat()
