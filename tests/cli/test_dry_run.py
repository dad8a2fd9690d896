"""`--dry-run` decides and checks like the real thing, shows the commit it would make, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from tests.cli.house import House
from tests.cli.test_help import PATHS, found
from tests.cli.test_papers import INSTRUMENT
from tests.cli.test_replaced_people import PERSON

NOTE = b"## A {what=discussions}\nUmbrella talk.\n"
PUBLIC = ("--since", "2026-01-01", "--source", "{scan}", "--no-breach", "--words", "-")
TOLD = ("told", "--about", "engagement", "--form", "topic", "--channel", "phone")
PEOPLE = b"persons: [{party: client, name: Theodosia Larkspur}]\n"

# Stage, command, and the first line of the commit that the same command makes without `--dry-run`.
WRITING: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("drafted", ("agree", "propose"), "proposed: agreement 1 to client, payer"),
    ("proposed", ("agree", "sign", "--party", "payer", "--paper", "{scan}"), "signed: agreement 1 by payer, paper"),
    ("agreed", ("begin",), "began: agreement 1"),
    ("running", ("note", "2026-01-05", "--file", "-"), "note: {p} 2026-01-05"),
    ("running", ("disclose", "{day}#s3", "--to", "client"), "disclosed: partnership-goals/private to client, verbatim"),
    ("running", (*TOLD, "--to", "payer"), "told: engagement to payer, topic, phone"),
    ("running", ("lapse", "--about", "conflicts", "--to", "payer", "--words", "-"), "lapse: conflicts to payer"),
    ("running", ("correct", "{told}", "--words", "-"), "corrected: event/{told}"),
    ("running", ("concern", "--raised", "--words", "-"), "case: opened"),
    ("running", ("duty", "open", "--ground", "threat", "--facts", "-"), "case: opened"),
    ("running", ("refuse", "--tell", "payer", "--about", "conflicts"), "refused: conflicts to payer"),
    ("running", ("withdraw", "goals-to-sponsors"), "withdrawn: term/goals-to-sponsors from payer, manager"),
    ("running", ("inform", "{day}#s2"), "informed: client of partnership-goals/shared"),
    ("running", ("attest", "goals-to-sponsors"), "attested: goals-to-sponsors"),
    ("running", ("acknowledge", "--by", "adviser"), "acknowledged: by adviser"),
    ("running", ("consult", "--about", "conflicts", "--adviser", "adviser"), "consulted: adviser about conflicts"),
    (
        "running",
        ("permit", "--to", "payer", "--section", "{day}#s4", "--form", "topic", "--spoken"),
        "permitted: career-aspirations to payer by client, topic",
    ),
    (
        "running",
        ("permit", "--to", "payer", "--about", "conflicts", "--form", "topic", "--paper", "{scan}"),
        "permitted: conflicts to payer by client, topic",
    ),
    ("running", ("public", "{day}#s4", *PUBLIC), "public: career-aspirations since 2026-01-01"),
    ("running", ("instrument", "add", "{files}/nda.yml", "--document", "{scan}"), "instrument: instrument/nda-7"),
    ("running", ("people", "replace", "payer", "--people", "{files}/payer.yml"), "replaced: payer 1"),
    ("running", ("end",), "ended: agreement 1"),
)
GROUPS = frozenset({"agree", "duty", "instrument", "people"})
# These need a stage of their own, and take the same way to it as those above: decided, shown, not recorded.
ELSEWHERE = frozenset({"destroy", "duty", "feedback", "keys", "receive", "revoke", "summary"})
IDS = [" ".join(command[:2]) for _, command, _ in WRITING]


def _filled(house: House, command: tuple[str, ...], scan: str) -> tuple[str, ...]:
    files = Path(scan).parent
    (files / "nda.yml").write_text(INSTRUMENT.format(p=house.partnership))
    (files / "payer.yml").write_bytes(PERSON)
    return tuple(
        part.format(p=house.partnership, day=house.session, scan=scan, files=files, told=house.told) for part in command
    )


@pytest.mark.parametrize(("stage", "command", "subject"), WRITING, ids=IDS)
def test_a_dry_run_shows_the_commit_and_changes_nothing(
    copy_of: object, stage: str, command: tuple[str, ...], subject: str, short_scan: str
) -> None:
    house: House = copy_of(stage)  # type: ignore[operator]
    before, objects = house.state(), house.git("count-objects")
    answer = house.within(*_filled(house, command, short_scan), "--dry-run", stdin=NOTE)
    assert answer.code == 0, answer
    assert not before.differences(house.state())
    assert house.git("count-objects") == objects, "not even an object that nothing refers to"
    lines = answer.out.splitlines()
    assert lines[0] == "Nothing was changed. This would be committed:"
    assert lines[2] == subject.format(p=house.partnership, told=house.told)


@pytest.mark.parametrize(("stage", "command", "subject"), WRITING, ids=IDS)
def test_the_real_run_makes_the_commit_that_was_shown(
    copy_of: object, stage: str, command: tuple[str, ...], subject: str, short_scan: str
) -> None:
    """Line by line, but for ids, digests and the time, which are new each time."""
    house: House = copy_of(stage)  # type: ignore[operator]
    filled = _filled(house, command, short_scan)
    shown = house.within(*filled, "--dry-run", stdin=NOTE).out.splitlines()[2:]
    assert house.within(*filled, stdin=NOTE).code == 0
    made = house.git("log", "-1", "--format=%B").rstrip("\n").splitlines()
    assert [line.partition(":")[0] for line in shown] == [line.partition(":")[0] for line in made]
    assert made[0] == subject.format(p=house.partnership, told=house.told)


def test_a_new_partnership_leaves_no_key_behind(bare: House) -> None:
    """A dry run made the key and put it into the keystore, where nobody would ever look for it."""
    before = bare.state()
    answer = bare.run("new", "--people", "-", "--dry-run", stdin=PEOPLE)
    assert answer.code == 0, answer
    assert answer.out.splitlines()[2].startswith("new: p-")
    assert not before.differences(bare.state())


def test_a_dry_run_is_refused_like_the_real_one(running: House) -> None:
    """A yes in a dry run is a promise."""
    running.refuses(
        *("disclose", f"{running.session}#s4", "--to", "payer", "--dry-run", "--in", running.partnership),
        code=1,
        what="{day}#s4 may not go to the payer",
        why="clause career-private withholds it",
        hint="",
    )
    running.git("checkout", "--quiet", "--detach")
    running.refuses(
        *("disclose", f"{running.session}#s3", "--to", "client", "--dry-run", "--in", running.partnership),
        code=2,
        what="HEAD is detached",
        why="on no branch",
        hint="git switch main",
    )


def test_which_commands_have_it() -> None:
    """Each command that records, but those whose effect lies outside the repository as well, or that only set up."""
    have = {
        path
        for path in PATHS
        for parameter in found(path).params
        if isinstance(parameter, click.Option) and "--dry-run" in parameter.opts
    }
    tried = {path[:2] if path[0] in GROUPS else path[:1] for _, path, _ in WRITING} | {("new",)}
    assert {path for path in have if path[0] not in ELSEWHERE or path in tried} == tried, (
        "a command with --dry-run belongs into the list above"
    )
