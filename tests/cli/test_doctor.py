"""`doctor` says what is not in place, and mends what it can without touching a key or a record."""

from __future__ import annotations

from pathlib import Path

from tests.cli.at_a_terminal import Terminal
from tests.cli.build import good
from tests.cli.house import House

SET_UP = "git is set up, hooks are in place"


def broken(house: House) -> None:
    """The settings and a hook of this clone are gone, as after `git clone` or a careless tool."""
    house.git("config", "commit.gpgsign", "false")
    (house.practice / ".git/hooks/pre-rebase").unlink()


def test_it_says_and_mends_what_a_clone_lacks(bare: House) -> None:
    """Without being told to it changes nothing; with `--mend` the clone is as `init` left it, the record untouched."""
    broken(bare)
    before = bare.state()
    said = bare.run("doctor")
    assert (said.code, f"MEND {SET_UP}" in said.out) == (5, True), said
    assert not before.differences(bare.state())
    head = bare.git("rev-parse", "HEAD")
    assert f"ok   {SET_UP}" in good(bare.run("doctor", "--mend")).out
    assert (bare.git("config", "commit.gpgsign").strip(), bare.git("rev-parse", "HEAD")) == ("true", head)
    assert (bare.practice / ".git/hooks/pre-rebase").is_file()
    assert bare.run("doctor").code == 0


def test_it_offers_to_on_a_terminal(bare: House, tmp_path: Path) -> None:
    """It asks; a no leaves all as it is, a yes mends it."""
    for answer, code in ((b"n\n", 5), (b"y\n", 0)):
        broken(bare) if code else None
        terminal = Terminal("-C", str(bare.practice), "doctor", home=tmp_path, settings={})
        terminal.until(b"Mend it now?")
        terminal.type(answer)
        assert terminal.end() == code, terminal.shown
