"""`receipt`, `verify --receipt`, `verify --open`: a file for one reader, checked anywhere and beside others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.build import good
from tests.cli.coach import run
from tests.cli.house import House

# What the client was shown stands in it in the clear.
READS = True


@pytest.fixture
def receipt(running: House, make_short_home: Callable[[], Path]) -> Iterator[Path]:
    """The client's, away from every repository; it is readable, so it does not stay."""
    home = make_short_home()
    (home / "receipt.txt").write_bytes(good(running.within("receipt", "client", tells=READS)).raw)
    yield home / "receipt.txt"
    shutil.rmtree(home)


def test_it_is_checked_anywhere_and_beside_the_record(running: House, receipt: Path) -> None:
    """Offline it says what was shown, when and by whom; in the coach's own clone that every event is there as well."""
    alone = good(run(receipt.parent, "verify", "--receipt", str(receipt), "--keeper", running.coach))
    assert alone.out.startswith("The receipt holds.")
    assert f"client in {running.partnership}" in alone.out
    assert f"keeper    {running.coach}\n" in alone.out
    assert f"notes/{running.session}#s1 on {running.session}, event {running.told}" in alone.out
    assert "every event of it is there" not in alone.out
    said = json.loads(good(run(running.practice, "verify", "--receipt", str(receipt), "--json")).out)
    assert (said["beside_the_record"], said["faults"]) == (True, [])
    assert [text["event"] for text in said["receipts"][0]["texts"]] == [running.told]
    assert "marmalade" in receipt.read_text()


def test_a_changed_one_and_another_keeper(running: House, receipt: Path) -> None:
    """Exit 4, and which of the two is wrong."""
    wrong = receipt.with_name("wrong")
    wrong.write_text(receipt.read_text().replace("own-to-client", "own-to-anyone"))
    answer = run(receipt.parent, "verify", "--receipt", str(wrong))
    assert answer.code == 4
    assert "Something does not hold." in answer.out
    assert "the receipt was changed after it was signed" in answer.out
    answer = run(receipt.parent, "verify", "--receipt", str(receipt), "--keeper", "A" * 40)
    assert answer.code == 4
    assert "the receipt is about another practice" in answer.out
    wrong.write_text("{}")
    answer = run(receipt.parent, "verify", "--receipt", str(wrong))
    assert (answer.code, answer.said[0].what) == (4, "this is not a receipt")


def test_two_of_them_show_what_was_dropped(running: House, receipt: Path) -> None:
    """An older and a newer one agree; after the coach took an event back by rewriting history they do not."""
    before = running.git("rev-parse", "HEAD").strip()
    good(running.within("refuse", "--tell", "client", "--about", "strategy"))
    newer = receipt.with_name("newer")
    newer.write_bytes(good(running.within("receipt", "client", tells=READS)).raw)
    both = ("--receipt", str(receipt), "--receipt", str(newer))
    assert good(run(receipt.parent, "verify", *both)).out.startswith("The receipts hold, and agree.")
    running.git("reset", "--hard", "--quiet", before)
    answer = run(running.practice, "verify", "--receipt", str(newer))
    assert answer.code == 4
    assert "was dropped: the record does not have it" in answer.out
    assert run(running.practice, "verify", "--receipt", str(receipt)).code == 0


def test_who_has_one_and_where_it_may_lie(running: House, receipt: Path) -> None:
    """Never in the repository, not for the coach, and not for somebody whom nothing concerns."""
    running.refuses(
        *("receipt", "client", "--to", str(running.practice / "mine"), "--in", running.partnership),
        code=1,
        what="a receipt holds texts in the clear, and this place is in the repository",
        why="nothing readable is kept there",
        hint="write it somewhere else",
    )
    running.refuses(
        *("receipt", "coach", "--in", running.partnership),
        code=2,
        what="`coach` is no reader of this partnership",
        why="a receipt is made for whoever reads",
        hint="confide who",
    )
    running.refuses(
        *("receipt", "adviser", "--in", running.partnership),
        code=1,
        what="there is nothing yet that `adviser` could prove",
        why="no event is addressed to them",
        hint="confide who",
    )
    there = receipt.with_name("there")
    told = good(running.within("receipt", "client", "--to", str(there)))
    assert "it holds in the clear what they were shown" in told.out
    assert there.stat().st_mode & 0o077 == 0
    assert json.loads(there.read_text().partition("-----BEGIN PGP SIGNATURE")[0])["texts"]


def test_the_keeper_opens_every_commitment(running: House) -> None:
    """`verify --open` counts the texts that it looked at."""
    assert "every commitment opens to the text of its place, 1 looked at" in good(running.run("verify", "--open")).out
    said = json.loads(good(running.run("verify", "--open", "--json")).out)
    assert (said["opened"], said["faults"]) == (1, [])
