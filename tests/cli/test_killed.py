"""Killed at any write, a command leaves everything as before or as after; nothing is lost, and it can be run again.

`make test` kills one command of each shape where its shape matters; `make test ARGS=--thorough` kills every command at
every single write (promise 6).
"""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from confide.workflows import destroy
from tests.cli.house import House
from tests.cli.inbox_desk import Desk
from tests.cli.killing import Run, in_a_fork
from tests.cli.test_dry_run import PEOPLE, WRITING, _filled

NOTE = b"## A {what=discussions}\nUmbrella talk.\n"
# How a command may end that is run again after its work was done: it says so, or does it once more.
AGAIN = (0, 1, 2)


@dataclass(frozen=True)
class Shape:
    """A command: at which stage, what it is given, and before which of its writes `make test` kills it."""

    stage: str
    arguments: tuple[str, ...]
    stdin: bytes = NOTE
    everyday: tuple[str, ...] = ()


SHAPES = {
    "new": Shape("bare", ("new", "--people", "-"), PEOPLE, ("git hash-object", "git update-ref", "git update-index")),
    "backup": Shape("running", ("backup", "{home}/b.confide-backup"), b"", ("write keys", "rename b.confide-backup")),
    "adopt": Shape("running", ("adopt", "--keystore", "{keystore}", "--gnupg-home", "{gnupg}"), b"", ("git config",)),
    "publish": Shape("enrolled", ("publish", "--in", "{p}"), b"", ("rename practice/build", "git update-ref")),
    "invite": Shape("enrolled", ("invite", "payer", "--in", "{p}"), b"", ()),
    "inbox": Shape("waiting", ("inbox", "--confirm", "{key}"), b"", ()),
    "keys rotate": Shape("running", ("keys", "rotate", "--in", "{p}"), b"", ("git update-ref",)),
    "destroy now": Shape("condemned", ("destroy", "now", "--in", "{p}", "--confirm", "{p}"), b"", ("rename keys",)),
    **{
        " ".join(command[:3]): Shape(
            stage, (*command, "--in", "{p}"), NOTE, ("git update-index",) * (command[0] == "note")
        )
        for stage, command, _ in WRITING
    },
}


@pytest.fixture(scope="module")
def stages_too(stages: dict[str, House], make_short_home: Callable[[], Path]) -> Callable[[str], House]:
    """More stages: a key waits in the inbox; it is confirmed, and her site can be sealed; the end is due."""
    made = dict(stages)

    def condemned() -> House:
        house = stages["running"].copied(make_short_home() / "h")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(destroy, "LEAST", timedelta(0))
            for command in (("end", "--yes"), ("destroy", "announce", "--grace", "0", "--yes")):
                assert house.within(*command).code == 0
        return house

    def stage(name: str) -> House:
        if name == "condemned" and name not in made:
            made[name] = condemned()
        if name not in made:
            desk = Desk(stage("waiting" if name == "enrolled" else "proposed").copied(make_short_home() / "h"))
            if name == "waiting":
                (desk.house.home / "key").write_text(desk.enrol())
            else:
                assert desk.run("--confirm", (desk.house.home / "key").read_text()).code == 0
            made[name] = desk.house
        return made[name]

    return stage


@pytest.fixture
def copy(stages_too: Callable[[str], House], yard: Path) -> Iterator[Callable[[str], House]]:
    """A copy of a stage; the one before goes."""
    place = yard / "killed"

    def fresh(stage: str) -> House:
        shutil.rmtree(place, ignore_errors=True)
        return stages_too(stage).copied(place)

    yield fresh
    shutil.rmtree(place, ignore_errors=True)


def filled(house: House, shape: Shape) -> tuple[str, ...]:
    (store,) = (one for one in house.keystore.iterdir() if one.is_dir())
    scan = house.home / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")
    key = (house.home / "key").read_text() if (house.home / "key").is_file() else ""
    words = {"home": house.home, "keystore": store, "gnupg": house.gnupg, "key": key}
    if any("{" + name + "}" in part for name in words for part in shape.arguments):
        return tuple(part.format(p=house.partnership, **words) for part in shape.arguments)
    return _filled(house, shape.arguments, str(scan))


def killed(house: House, shape: Shape, at: int | None) -> Run:
    arguments = filled(house, shape)
    return in_a_fork(house, lambda: house.run(*arguments, stdin=shape.stdin).code, at)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every command with --thorough; without it, those whose shape no other of them has."""
    if "name" in metafunc.fixturenames:
        thorough = metafunc.config.getoption("--thorough")
        metafunc.parametrize("name", [name for name, shape in SHAPES.items() if thorough or shape.everyday])


def test_killed_before_a_write(copy: Callable[[str], House], request: pytest.FixtureRequest, name: str) -> None:
    """Afterwards history and rules pass, nothing that was there is gone, what is sealed opens, and it runs again."""
    shape, thorough = SHAPES[name], bool(request.config.getoption("--thorough"))
    whole = killed(copy(shape.stage), shape, None)
    assert whole.code == 0, whole
    places = [next(n for n, write in enumerate(whole.writes) if write.startswith(part)) for part in shape.everyday]
    for at in range(len(whole.writes)) if thorough else places:
        house = copy(shape.stage)
        where = f"{name}, killed before write {at} of {len(whole.writes)}: {whole.writes[at]}"
        before = house.git("rev-list", "HEAD").split()
        assert killed(house, shape, at).code == -signal.SIGKILL, where
        holds(house, before, where)
        answer = house.run(*filled(house, shape), stdin=shape.stdin)
        assert answer.code in AGAIN, f"{where}\n{answer}"
        holds(house, before, where)


def holds(house: House, before: list[str], where: str) -> None:
    """The history is sound and only grew, no file is half there, and what is sealed opens."""
    answer = house.run("check")
    assert answer.code in (0, 1), f"{where}\n{answer}"
    after = house.git("rev-list", "HEAD").split()
    assert after[-len(before) :] == before, where
    status = house.git("status", "--porcelain", "--ignored").splitlines()
    assert [line for line in status if "confide-new" in line] == [], where
    assert [line for line in status if line[:2] != "!!" and "agreements/" not in line] == [], where
    if house.partnership:
        listed = house.run("note", "--list", "--in", house.partnership)
        assert listed.code == 0 or "were destroyed on" in listed.err, f"{where}\n{listed}"


def test_the_hook_sees_every_kind_of_write(copy: Callable[[str], House]) -> None:
    """Git's objects, its branch and index, the journal, the work tree, the keystore: each is among them, in order."""
    writes = killed(copy("bare"), SHAPES["new"], None).writes
    # Before anything is recorded, what was verified is noted; the command's own writes begin with the keystore.
    writes = writes[next(n for n, write in enumerate(writes) if write.startswith("write keys")) :]
    kinds = ("write keys", "rename keys", "git hash-object", "rename practice/.git", "git update-ref")
    places = [next(n for n, write in enumerate(writes) if write.startswith(kind)) for kind in kinds]
    assert places == sorted(places)
    assert writes[-2:] == ("git update-index", "remove practice/.git/confide .json")
