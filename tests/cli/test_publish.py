"""Publishing several partnerships: what stops one is told, stops nothing else, and is never called unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from confide.model.problem import Problem
from confide.model.view import View
from confide.portal.service import Service
from confide.vault.portal_store import PortalStore
from confide.workflows.sealing import Built
from tests.cli.build import CHEAP, good
from tests.cli.coach import run
from tests.cli.house import House, today
from tests.cli.plain_site import PlainSite

LEAK = Problem(
    "the site would leak: a withheld text in `index.html`", "it was found", hint="look at what was told last"
)


class Leaking(PlainSite):
    """Finds a leak in the sites of some partnerships, and remembers what it was asked to build."""

    leaking: frozenset[str] = frozenset()
    built: list[tuple[str, str]]

    def build(self, view: View, root: Path) -> Built:
        self.built.append((view.partnership, view.party))
        return super().build(view, root)

    def audit(
        self,
        built: Built,
        withheld: Sequence[str],
        names: Iterable[str],
        foreign_ids: Iterable[str],
        files: frozenset[str] = frozenset(),
    ) -> Sequence[Problem]:
        del built, withheld, names, foreign_ids, files
        return (LEAK,) if self.built[-1][0] in self.leaking else ()


@pytest.fixture
def two(proposed: House, monkeypatch: pytest.MonkeyPatch) -> tuple[House, str]:
    """Two partnerships, each with a client who reads in the portal; the id of the second."""
    monkeypatch.setattr("confide.cli.builder.SiteBuilder", PlainSite)
    people = b"persons: [{party: client, name: Anna-Smith Umbrella}]\n"
    second = json.loads(good(proposed.run("new", "--people", "-", "--json", stdin=people)).out)["partnership"]
    within = ("--in", second)
    good(proposed.run("agree", "draft", "--yes", *within))
    good(proposed.run("agree", "propose", *within))
    letter = json.loads(good(proposed.run("invite", "client", "--json", *within)).out)
    service = Service(PortalStore(proposed.practice / "build/portal"), CHEAP)
    keys = [
        service.enrol(proposed.reader, proposed.code, today()).fingerprint,
        service.enrol(letter["address"].rstrip("/").rpartition("/")[2], letter["code"], today()).fingerprint,
    ]
    good(proposed.run("inbox", *(part for key in keys for part in ("--confirm", key))))
    return proposed, second


def test_a_leak_stops_its_partnership_and_no_other(two: tuple[House, str], monkeypatch: pytest.MonkeyPatch) -> None:
    house, second = two
    for leaking, other in ((house.partnership, second), (second, house.partnership)):
        builder = Leaking()
        builder.built, builder.leaking = [], frozenset({leaking})
        monkeypatch.setattr("confide.cli.builder.SiteBuilder", lambda builder=builder: builder)
        before = house.git("rev-list", "--count", "HEAD")
        answer = house.run("publish", "--all", "--anew")
        assert answer.code == 1, answer
        assert "1 site published." in answer.out
        assert f"stopped   {leaking} client: the site would leak" in answer.out
        assert "hint: look at what was told last" in answer.out
        assert int(house.git("rev-list", "--count", "HEAD")) == int(before) + 1
        assert f"Partnership: {other}" in house.git("log", "-1", "--format=%B")


def test_what_would_stay_the_same_is_not_built(two: tuple[House, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No event and no sealing while nobody would see anything else; what changes for one reader is built for them."""
    house, second = two
    builder = Leaking()
    builder.built = []
    monkeypatch.setattr("confide.cli.builder.SiteBuilder", lambda: builder)
    assert house.run("publish", "--all").code == 0
    builder.built.clear()
    before = house.git("rev-parse", "HEAD")
    answer = house.run("publish", "--all")
    assert (answer.code, builder.built, house.git("rev-parse", "HEAD")) == (0, [], before), answer
    assert "the same as before: left as it lies" in answer.out
    marks = json.loads((house.practice / ".git/confide/marks.json").read_text())
    assert sorted(marks) == sorted(PortalStore(house.practice / "build/portal").readers())
    good(house.run("refuse", "--tell", "client", "--about", "strategy", "--in", second))
    assert house.run("publish", "--all").code == 0
    assert builder.built == [(second, "client")]
    builder.built.clear()
    assert house.run("publish", "--all", "--anew").code == 0
    assert sorted(builder.built) == sorted([(second, "client"), (house.partnership, "client")])


def test_a_leak_in_the_only_partnership_changes_nothing(
    two: tuple[House, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, _ = two
    builder = Leaking()
    builder.built, builder.leaking = [], frozenset({house.partnership})
    monkeypatch.setattr("confide.cli.builder.SiteBuilder", lambda: builder)
    house.refuses(
        *("publish", "--in", house.partnership),
        code=1,
        what="the site would leak",
        why="it was found",
        hint="look at what was told last",
    )


def test_a_broken_record_stops_its_partnership_and_no_other(two: tuple[House, str]) -> None:
    house, second = two
    file = house.record / "agreements/1.yml"
    file.write_bytes(file.read_bytes() + b"# a last thought\n")
    house.commit_anyway(f"draft: {house.partnership} agreement 1")
    answer = house.run("publish", "--all", "--json")
    assert answer.code == 1, answer
    told = {one["partnership"]: one["problem"] for one in json.loads(answer.out)}
    assert "changes an agreement that was proposed" in told[house.partnership]
    assert told[second] is None


def test_somebody_who_has_not_enrolled_is_waited_for(proposed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """No site, no event, and no failure: they have not been there yet."""
    monkeypatch.setattr("confide.cli.builder.SiteBuilder", PlainSite)
    before = proposed.state()
    answer = run(proposed.practice, "publish", "--in", proposed.partnership)
    assert answer.code == 0, answer
    assert "not enrolled yet" in answer.out
    assert not before.differences(proposed.state())
