"""The machines of these tests: each test gets a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.build import build, good
from tests.cli.circles import NOTE, SUMMARY, acknowledged, circles, said, told
from tests.cli.house import House
from tests.cli.inbox_desk import Desk
from tests.cli.people import Somebody, somebody


@pytest.fixture(scope="session")
def stages(isolated_home: Path, make_short_home: Callable[[], Path]) -> Iterator[dict[str, House]]:
    """The story, played once."""
    with pytest.MonkeyPatch.context() as patch:
        yield build(make_short_home(), make_short_home, patch)


@pytest.fixture(scope="session")
def yard(make_short_home: Callable[[], Path]) -> Path:
    """Where the copies stand. One place for all: a keyring of their own only have those that change it."""
    return make_short_home()


@pytest.fixture
def copy_of(
    stages: dict[str, House], yard: Path, make_short_home: Callable[[], Path]
) -> Iterator[Callable[..., House]]:
    """A maker of copies: a stage's name, and whether the keyring is copied too."""
    made: list[Path] = []

    def copy(stage: str, *, own_keys: bool = False) -> House:
        made.append(yard / str(len(made)))
        return stages[stage].copied(made[-1], make_short_home() if own_keys else None)

    yield copy
    for home in made:
        shutil.rmtree(home)


@pytest.fixture
def bare(copy_of: Callable[..., House]) -> House:
    """A practice without a partnership."""
    return copy_of("bare")


@pytest.fixture
def drafted(copy_of: Callable[..., House]) -> House:
    """An agreement is drafted, and nobody was asked to sign it."""
    return copy_of("drafted")


@pytest.fixture
def proposed(copy_of: Callable[..., House]) -> House:
    """An agreement is proposed, and only the coach has signed."""
    return copy_of("proposed")


@pytest.fixture
def agreed(copy_of: Callable[..., House]) -> House:
    """An agreement is in force; coaching has not begun."""
    return copy_of("agreed")


@pytest.fixture
def running(copy_of: Callable[..., House]) -> House:
    """Coaching goes on: one note, one section disclosed to the client, a second partnership."""
    return copy_of("running")


@pytest.fixture
def short_scan(short_home: Path) -> str:
    """The path of something that could be a scan."""
    file = short_home / "scan.pdf"
    file.write_bytes(b"%PDF-1.4 a scan")
    return str(file)


@pytest.fixture
def desk(proposed: House) -> Desk:
    """The client is invited to the portal, where nobody has been yet."""
    return Desk(proposed)


@pytest.fixture
def enrolled(desk: Desk) -> Desk:
    """The client's key is confirmed and recorded."""
    fingerprint = desk.enrol()
    assert desk.run("--confirm", fingerprint).code == 0
    return desk


@pytest.fixture(scope="session")
def stranger(isolated_home: Path, make_short_home: Callable[[], Path]) -> Somebody:
    """Somebody with a good key who has no business here."""
    return somebody(make_short_home())


@pytest.fixture(scope="session")
def agreed_circles(stages: dict[str, House], make_short_home: Callable[[], Path]) -> House:
    """Coaching has begun in a partnership with people around the client; one note, and nothing else."""
    house = circles(stages["bare"].copied(make_short_home() / "house"))
    good(house.within("note", "--file", "-", stdin=NOTE))
    return house


@pytest.fixture(scope="session")
def waiting_circles(agreed_circles: House, make_short_home: Callable[[], Path]) -> House:
    house = agreed_circles.copied(make_short_home() / "house")
    told(house)
    acknowledged(house)
    said(house)
    return house


@pytest.fixture(scope="session")
def shown_circles(agreed_circles: House, make_short_home: Callable[[], Path]) -> House:
    house = agreed_circles.copied(make_short_home() / "house")
    good(house.within("summary", "draft", "--file", "-", stdin=SUMMARY))
    good(house.within("summary", "share"))
    return house


@pytest.fixture(scope="session")
def strict_circles(stages: dict[str, House], make_short_home: Callable[[], Path]) -> House:
    house = circles(stages["bare"].copied(make_short_home() / "house"), unsolicited="return", form="summary")
    told(house)
    return house


@pytest.fixture
def signed(agreed_circles: House, tmp_path: Path) -> House:
    """Coaching has begun, with one note; no feedback has come and no summary is drafted."""
    return agreed_circles.copied(tmp_path / "house")


@pytest.fixture
def heard(waiting_circles: House, tmp_path: Path) -> House:
    """Terms for peers on record, the client's promise made, one piece of feedback waiting."""
    return waiting_circles.copied(tmp_path / "house")


@pytest.fixture
def shown(shown_circles: House, tmp_path: Path) -> House:
    """A summary is drafted, and the client was shown it."""
    return shown_circles.copied(tmp_path / "house")


@pytest.fixture
def strict_house(strict_circles: House, tmp_path: Path) -> House:
    """What nobody asked for is returned, she gets summaries only, and she has promised nothing yet."""
    return strict_circles.copied(tmp_path / "house")
