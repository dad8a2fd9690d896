"""`agree show` hands names over only where the user says, and never to a repository or a terminal's history."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from confide.cli import handed_over
from confide.model.problem import Usage
from tests.cli.house import House

# Names that stand in the sealed list of people alone.
NAMES = ("Wilhelmina Canaryfeather", "Theodosia Larkspur", "Bartholomew Quince")


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_only_the_page_holds_names(desk: House, form: str) -> None:
    """The other formats unlock nothing and name nobody; the answer is searched for every name there is."""
    answer = desk.within("agree", "show", "--format", form)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out


def test_the_page_goes_to_a_pipe(desk: House) -> None:
    """Names are merged in from the sealed list; nothing is written anywhere."""
    before = desk.state()
    answer = desk.within("agree", "show", "--format", "page", tells=True)
    assert answer.code == 0, answer.err
    assert answer.out.startswith("<!doctype html>")
    assert all(name in answer.out for name in NAMES)
    assert not before.differences(desk.state())


def test_json_is_the_same_either_way(desk: House) -> None:
    """`--json` is the short way to say `--format json`."""
    short, long = desk.within("agree", "show", "--json"), desk.within("agree", "show", "--format", "json")
    assert short.out == long.out
    assert json.loads(short.out)["format"] == 1


def test_a_file_is_for_its_owner_alone(house: House, short_home: Path) -> None:
    """Written whole, mode 0600, with nothing beside it, and nothing of it on the screen."""
    target = short_home / "page.html"
    answer = house.within("agree", "show", "--format", "page", "--out", str(target))
    assert (answer.code, answer.out) == (0, ""), answer
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in short_home.iterdir()] == ["page.html"]
    assert NAMES[1] in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("inside", ["page.html", "build/page.html", "records/page.html", ".git/page.html"])
def test_no_page_into_the_repository(house: House, inside: str) -> None:
    """Neither tracked nor ignored nor in Git's own directory: refused, and no file is there."""
    (house.practice / "build").mkdir(exist_ok=True)
    target = house.practice / inside
    house.refuses(
        *("agree", "show", "--in", house.partnership, "--format", "page", "--out", str(target)),
        code=1,
        what="inside a repository",
        why="it holds names in the clear",
        hint="--out /dev/shm/agreement.html",
    )
    assert not target.exists()


def test_no_page_through_a_link(house: House, short_home: Path) -> None:
    """A link from outside into the repository is followed before it is judged."""
    link = short_home / "elsewhere"
    link.symlink_to(house.practice)
    house.refuses(
        *("agree", "show", "--in", house.partnership, "--format", "page", "--out", str(link / "page.html")),
        code=1,
        what="inside a repository",
        why="it holds names in the clear",
        hint="--out /dev/shm/agreement.html",
    )
    assert not (house.practice / "page.html").exists()


def test_no_page_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Its history would keep the names; a text without names is printed."""
    monkeypatch.setattr(handed_over.sys.stdout, "isatty", lambda: True)
    with pytest.raises(Usage) as refused:
        handed_over.hand_over("a name", None, names=True)
    assert "--out FILE" in refused.value.problems[0].hint
    assert capsys.readouterr().out == ""
    handed_over.hand_over("no name", None, names=False)
    assert capsys.readouterr().out == "no name"


def test_two_formats_at_once(house: House) -> None:
    """One of them would be ignored."""
    house.refuses(
        *("agree", "show", "--in", house.partnership, "--json", "--format", "page"),
        code=2,
        what="more than one format",
        why="a command shows one",
        hint="leave --json or --format out",
    )


def test_no_page_with_other_people(house: House) -> None:
    """An agreement that is bound to another list is never printed with the names on record."""
    text = (house.record / "agreements/1.yml").read_bytes()
    line = next(line for line in text.splitlines() if line.startswith(b"people: "))
    other = text.replace(line, b"people: sha256:" + b"0" * 64)
    assert house.within("agree", "draft", "--from", "-", stdin=other).code == 0
    house.refuses(
        *("agree", "show", "--in", house.partnership, "--format", "page"),
        code=1,
        what="another list of people",
        why="not part of what is signed",
        where="records/{p}/agreements/1.yml",
        hint="confide agree draft",
    )


def test_a_page_can_be_signed_once_its_text_is_fixed(house: House) -> None:
    """Before `propose` it is a draft; afterwards everybody who signs has a place to."""
    command = ("agree", "show", "--format", "page")
    before = house.within(*command, tells=True).out
    assert "Draft, not for signing" in before
    assert "<dt>Signature</dt>" not in before
    assert house.within("agree", "propose").code == 0
    after = house.within(*command, tells=True).out
    assert "Draft, not for signing" not in after
    assert after.count("<dt>Signature</dt>") == 3
