"""An agreement is proposed once and never changes afterwards; its signatures are files that nobody swaps."""

from __future__ import annotations

import pytest

from tests.cli.house import House

FILE = "records/{p}/agreements/1.yml"


def test_an_agreement_proposed_twice(proposed: House) -> None:
    proposed.refuses(
        *("agree", "propose", "--in", proposed.partnership),
        code=1,
        what="agreement 1 was proposed already",
        why="its text is fixed",
        where=FILE,
        hint="confide agree status",
    )


def test_an_agreement_edited_after_its_proposal(proposed: House) -> None:
    """The edited file is neither proposed again nor signed: signatures are made under the text on record."""
    before = proposed.within("agree", "sign", "--party", "client", "--statement").raw
    file = proposed.record / "agreements/1.yml"
    file.write_bytes(proposed.draft + b"# a last thought\n")
    proposed.refuses(
        *("agree", "propose", "--in", proposed.partnership),
        code=1,
        what="agreement 1",
        why="",
        where=FILE,
        hint="",
    )
    assert proposed.within("agree", "sign", "--party", "client", "--statement").raw == before


@pytest.mark.parametrize(
    "command", [("agree", "sign"), ("begin",), ("end",), ("note", "2026-01-05", "--file", "-"), ("publish",)]
)
def test_an_agreement_edited_and_committed_after_its_proposal(proposed: House, command: tuple[str, ...]) -> None:
    """Committed past the hooks with a good signature it is found all the same, and nothing is added on top."""
    file = proposed.record / "agreements/1.yml"
    file.write_bytes(proposed.draft + b"# a last thought\n")
    proposed.commit_anyway(f"draft: {proposed.partnership} agreement 1")
    proposed.refuses(
        *(*command, "--in", proposed.partnership),
        stdin=b"## A {#s1 what=discussions}\ntext\n",
        code=4,
        what="changes an agreement that was proposed",
        why="what was put to the parties is fixed; an amendment is a new version",
        where=FILE,
        hint="see confide verify and git log -p -- records/{p}/agreements/1.yml",
    )


@pytest.mark.parametrize("command", [("log",), ("agree", "status")])
def test_reading_a_record_that_does_not_verify(proposed: House, command: tuple[str, ...]) -> None:
    """What stands there is shown, and that it cannot be believed: an empty register would look like an answer."""
    file = proposed.record / "agreements/1.yml"
    file.write_bytes(proposed.draft + b"# a last thought\n")
    proposed.commit_anyway(f"draft: {proposed.partnership} agreement 1")
    answer = proposed.within(*command)
    assert answer.code == 4
    assert proposed.partnership in answer.out
    assert "changes an agreement that was proposed" in answer.err
    assert "BROKEN" in proposed.run().out
    told = proposed.within("may", "--tell", "client", "--about", "conflicts")
    assert (told.code, "changes an agreement that was proposed" in " ".join(told.out.split())) == (1, True)


def test_an_unknown_version(proposed: House) -> None:
    for verb in ("show", "propose", "check"):
        proposed.refuses(
            *("agree", verb, "--version", "7", "--in", proposed.partnership),
            code=2,
            what="there is no agreement 7",
            why="it was never drafted",
            hint="versions on record: 1",
        )


def test_no_agreement_at_all(running: House) -> None:
    for verb in ("show", "status", "check", "propose"):
        running.refuses(
            *("agree", verb, "--in", running.other),
            code=2,
            what="there is no agreement yet",
            why="nothing may be shared without one",
            hint="confide agree draft",
        )


@pytest.mark.parametrize("kind", ["garbage", "another's", "gone"])
def test_a_signature_file_that_was_swapped(agreed: House, kind: str) -> None:
    """An agreement counts as signed only while the signatures hold: past the hooks, it allows nothing any more."""
    file = agreed.record / "agreements/1.client.1.sig"
    if kind == "gone":
        file.unlink()
    else:
        file.write_bytes(
            b"umbrella" if kind == "garbage" else (agreed.record / "agreements/1.coach.1.sig").read_bytes()
        )
    agreed.commit_anyway("settings")
    for command in (("begin",), ("note", "2026-01-05", "--file", "-")):
        agreed.refuses(
            *(*command, "--in", agreed.partnership),
            stdin=b"## A {what=discussions}\ntext\n",
            code=4,
            what="",
            why="",
            where="records/{p}/agreements/1.client.1.sig",
            hint="see confide verify",
        )
    answer = agreed.within("may", "--tell", "client", "--about", "conflicts")
    assert (answer.code, answer.out[:3]) == (1, "NO.")


def test_a_signature_that_nobody_gave(proposed: House) -> None:
    """A file without its event is no signature, whoever committed it."""
    (proposed.record / "agreements/1.client.1.sig").write_bytes(
        (proposed.record / "agreements/1.coach.1.sig").read_bytes()
    )
    proposed.commit_anyway("settings")
    proposed.refuses(
        *("begin", "--in", proposed.partnership),
        code=4,
        what="",
        why="",
        where="records/{p}/agreements/1.client.1.sig",
        hint="see confide verify",
    )
