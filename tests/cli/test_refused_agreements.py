"""An agreement is read strictly, proposed once, signed as it stands: everything else is refused and changes nothing."""

from __future__ import annotations

import re

import pytest

from tests.cli.build import agreement
from tests.cli.house import House

FILE = "records/{p}/agreements/1.yml"


def _draft(house: House) -> bytes:
    return (house.record / "agreements/1.yml").read_bytes()


def _line(house: House, text: bytes) -> int:
    """The line on which `text` first stands in the draft."""
    before, found, _ = _draft(house).partition(text)
    assert found
    return before.count(b"\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "what", "hint"),
    [
        (b"    onward: []", b"    onwrd: []", "found the unknown key `onwrd`", "did you mean `onward`?"),
        (b"otherwise:", b"otherwize:", "found the unknown key `otherwize`", "did you mean `otherwise`?"),
        (b"    not-for:", b"    notfor:", "found the unknown key `notfor`", "did you mean `not-for`?"),
        (b"    unless:", b"    Anna-Smith:", "found an unknown key", "known here: "),
        (b"channels: {", b"channels: {fax: controlled, ", "found the unknown key `fax`", "known here: site"),
        (b"with: [payer, manager]", b"with: [manger]", "expected a party, found `manger`", "did you mean `manager`?"),
        (b"form: summary", b"form: sumary", "found `sumary`", "did you mean `summary`?"),
        (b"form: summary", b"form: Anna-Smith", "`form`: expected one of", ""),
    ],
)
def test_an_unknown_key_or_word(drafted: House, old: bytes, new: bytes, what: str, hint: str) -> None:
    """A misspelt field of confidentiality is never ignored: file, line and the nearest known word."""
    drafted.refuses(
        *("agree", "draft", "--from", "-", "--in", drafted.partnership),
        stdin=_draft(drafted).replace(old, new, 1),
        code=4,
        what=what,
        why="a key that nobody reads would be lost without a word" if "key" in what else "",
        where=f"{FILE}:{_line(drafted, old)}",
        hint=hint,
    )


@pytest.mark.parametrize("repeated", [b"otherwise: withhold", b"    form: summary\n", b"    unless: client-permits\n"])
def test_a_repeated_key(drafted: House, repeated: bytes) -> None:
    """Of two values one would be silently lost: both lines are named."""
    line = _line(drafted, repeated)
    whole = repeated if repeated.endswith(b"\n") else repeated + b"\n"
    drafted.refuses(
        *("agree", "draft", "--from", "-", "--in", drafted.partnership),
        stdin=_draft(drafted).replace(repeated, whole + repeated, 1),
        code=4,
        what=f"the key `{repeated.split(b':')[0].decode().strip()}` stands here for the second time",
        why=f"first on line {line}",
        where=f"{FILE}:{line + 1}",
        hint="keep one of them",
    )


def test_every_problem_of_a_draft_at_once(drafted: House) -> None:
    text = _draft(drafted).replace(b"otherwise:", b"otherwize:").replace(b"form: topic", b"form: topics")
    answer = drafted.refuses(
        *("agree", "draft", "--from", "-", "--in", drafted.partnership),
        stdin=text,
        code=4,
        what="`otherwize`",
        why="",
        where=f"{FILE}:{_line(drafted, b'otherwise:')}",
        hint="did you mean `otherwise`?",
    )
    assert any(said.what.endswith("found `topics`") for said in answer.said)


@pytest.mark.parametrize("verb", ["check", "show", "propose"])
def test_a_malformed_draft_in_the_work_tree(drafted: House, verb: str) -> None:
    """Edited by hand and not committed: the same words, whichever command reads it."""
    file = drafted.record / "agreements/1.yml"
    line = _line(drafted, b"    onward: []")
    file.write_bytes(_draft(drafted).replace(b"    onward: []", b"    onwrd: []", 1))
    drafted.refuses(
        *("agree", verb, "--in", drafted.partnership),
        code=4,
        what="found the unknown key `onwrd`",
        why="a key that nobody reads would be lost without a word",
        where=f"{FILE}:{line}",
        hint="did you mean `onward`?",
    )


def test_an_agreement_of_another_partnership(drafted: House) -> None:
    """A text copied from elsewhere names whom it belongs to."""
    drafted.refuses(
        *("agree", "draft", "--from", "-", "--in", drafted.partnership),
        stdin=_draft(drafted).replace(drafted.partnership.encode(), b"p-zzz9"),
        code=4,
        what="`partnership`: expected the directory's name, found another",
        why="",
        where=f"{FILE}:{_line(drafted, b'partnership:')}",
        hint="",
    )


def test_an_agreement_bound_to_other_people(drafted: House) -> None:
    """Who is who is part of what is agreed, though no name stands in it."""
    text = re.sub(rb"(?m)^people: sha256:\w+", b"people: sha256:" + b"0" * 64, _draft(drafted))
    assert drafted.within("agree", "draft", "--from", "-", stdin=text).code == 0
    drafted.refuses(
        *("agree", "propose", "--in", drafted.partnership),
        code=4,
        what="it is bound to another schedule of people",
        why="names, titles and authority to sign are part of what is agreed",
        where=FILE,
        hint="people: sha256:",
    )


def test_a_draft_that_forgets_a_type(drafted: House) -> None:
    """Silence about a type is an error while drafting, and a no afterwards (S-28)."""
    text = _draft(drafted).replace(b", proprietary, strategy]", b", proprietary]")
    assert drafted.within("agree", "draft", "--from", "-", stdin=text).code == 0
    drafted.refuses(
        *("agree", "propose", "--in", drafted.partnership),
        code=4,
        what="nobody has said who may learn `strategy`",
        why="agreement 1 has no term about it",
        where=FILE,
        hint="add a term that shares or withholds it",
    )


def test_a_draft_with_changes_that_are_not_committed(drafted: House) -> None:
    """What is put to people is what is on record."""
    file = drafted.record / "agreements/1.yml"
    file.write_bytes(_draft(drafted) + b"# a last thought\n")
    drafted.refuses(
        *("agree", "propose", "--in", drafted.partnership),
        code=1,
        what="agreement 1 has changes that are not committed",
        why="what is proposed is the text on record",
        where=FILE,
        hint="git commit -m 'draft: {p} agreement 1' records/{p}/agreements/1.yml",
    )
    message = f"draft: {drafted.partnership} agreement 1"
    drafted.git("commit", "--quiet", "-m", message, f"records/{drafted.partnership}/agreements/1.yml")
    assert drafted.within("agree", "propose").code == 0, "the hint is all it takes"


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
    file.write_bytes(_draft(proposed) + b"# a last thought\n")
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
    file.write_bytes(_draft(proposed) + b"# a last thought\n")
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
    file.write_bytes(_draft(proposed) + b"# a last thought\n")
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


def test_signing_what_was_not_proposed(drafted: House) -> None:
    drafted.refuses(
        *("agree", "sign", "--in", drafted.partnership),
        code=1,
        what="that agreement was not proposed yet",
        why="nobody signs a text that can still change",
        hint="confide agree propose",
    )


def test_signing_twice(proposed: House) -> None:
    proposed.refuses(
        *("agree", "sign", "--in", proposed.partnership),
        code=1,
        what="`coach` has signed agreement 1 already",
        why="a signature is given once",
        where=FILE,
        hint="confide agree status",
    )


def test_signing_without_saying_how(proposed: House) -> None:
    proposed.refuses(
        *("agree", "sign", "--party", "client", "--in", proposed.partnership),
        code=2,
        what="how did `client` sign?",
        why="nobody signs for somebody else",
        hint="--paper SCAN, --e-sign CERTIFICATE, --signature FILE, or the portal",
    )


def test_a_party_who_does_not_sign(proposed: House, short_scan: str) -> None:
    proposed.refuses(
        *("agree", "sign", "--party", "manager", "--paper", short_scan, "--in", proposed.partnership),
        code=2,
        what="`manager` does not sign agreement 1",
        why="its signatories are named in it",
        where=FILE,
        hint="one of: coach, client, payer",
    )


def test_a_kind_of_signature_that_is_not_accepted(proposed: House, short_scan: str) -> None:
    proposed.refuses(
        *("agree", "sign", "--party", "payer", "--e-sign", short_scan, "--in", proposed.partnership),
        code=1,
        what="agreement 1 does not accept `e-sign` signatures",
        why="it says: own-key, portal, paper",
        where=FILE,
        hint="sign in one of these ways",
    )


def test_the_coach_signs_only_in_a_way_that_counts(drafted: House) -> None:
    """A signature that is on record and counts for nothing would leave everybody waiting."""
    text = _draft(drafted).replace(b"accepted: [own-key, portal, paper]", b"accepted: [paper]")
    assert drafted.within("agree", "draft", "--from", "-", stdin=text).code == 0
    assert drafted.within("agree", "propose").code == 0
    drafted.refuses(
        *("agree", "sign", "--in", drafted.partnership),
        code=1,
        what="agreement 1 does not accept `own-key` signatures",
        why="it says: paper",
        where=FILE,
        hint="sign in one of these ways",
    )


def test_begin_before_everybody_signed(proposed: House) -> None:
    """All partners sign before coaching begins (S-14)."""
    proposed.refuses(
        *("begin", "--in", proposed.partnership),
        code=1,
        what="coaching cannot begin yet",
        why="agreement 1 is signed by 1 of 3; missing: client, payer  [S-27]",
        where=FILE,
        hint="confide agree status",
    )


def test_begin_before_the_agreement_takes_effect(drafted: House) -> None:
    """Signed by all is not enough: it has to have begun."""
    from datetime import timedelta

    from tests.cli.house import today

    day = today().date() + timedelta(days=9)
    text = agreement(drafted, effective=day).replace(b"[coach, client, payer]", b"[coach, client]", 1)
    text = text.replace(b", about-organisation: [payer]", b"")
    assert drafted.within("agree", "draft", "--from", "-", stdin=text).code == 0
    assert drafted.within("agree", "propose").code == 0
    assert drafted.within("agree", "sign").code == 0
    scan = drafted.home / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")
    assert drafted.within("agree", "sign", "--party", "client", "--paper", str(scan)).code == 0
    drafted.refuses(
        *("begin", "--in", drafted.partnership),
        code=1,
        what="coaching cannot begin yet",
        why=f"agreement 1 takes effect on {day}  [S-27]",
        where=FILE,
        hint="",
    )


def test_begin_twice(running: House) -> None:
    running.refuses(
        *("begin", "--in", running.partnership),
        code=1,
        what="coaching began on",
        why="it begins once",
        where="records/{p}/events/",
        hint="confide log --all",
    )


def test_end_twice(running: House) -> None:
    assert running.within("end").code == 0
    running.refuses(
        *("end", "--in", running.partnership),
        code=1,
        what="the partnership ended on",
        why="it ends once",
        where="-ended-",
        hint="a new engagement is a new partnership: confide new",
    )


def test_end_before_anything_is_in_force(proposed: House) -> None:
    proposed.refuses(
        *("end", "--in", proposed.partnership),
        code=1,
        what="there is nothing to end",
        why="no agreement is in force",
        hint="confide agree status",
    )


def test_end_by_somebody_who_cannot(running: House) -> None:
    """Who may end it is agreed; the manager did not even sign."""
    running.refuses(
        *("end", "--by", "manager", "--in", running.partnership),
        code=1,
        what="`manager` cannot end agreement 1",
        why="it says who can",
        where=FILE,
        hint="one of: coach, client, payer",
    )


def test_a_draft_is_not_put_over_a_proposed_agreement(proposed: House) -> None:
    """The same command then makes the next version: nothing that was proposed is ever touched."""
    before = _draft(proposed)
    assert proposed.within("agree", "draft", "--yes").code == 0
    assert _draft(proposed) == before
    assert (proposed.record / "agreements/2.yml").is_file()


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
