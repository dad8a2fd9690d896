"""A draft is read strictly: every key and word that is not meant is told with its file, line and nearest known one."""

from __future__ import annotations

import re

import pytest

from tests.cli.house import House

FILE = "records/{p}/agreements/1.yml"


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
        stdin=drafted.draft.replace(old, new, 1),
        code=4,
        what=what,
        why="a key that nobody reads would be lost without a word" if "key" in what else "",
        where=f"{FILE}:{drafted.draft_line(old)}",
        hint=hint,
    )


@pytest.mark.parametrize("repeated", [b"otherwise: withhold", b"    form: summary\n", b"    unless: client-permits\n"])
def test_a_repeated_key(drafted: House, repeated: bytes) -> None:
    """Of two values one would be silently lost: both lines are named."""
    line = drafted.draft_line(repeated)
    whole = repeated if repeated.endswith(b"\n") else repeated + b"\n"
    drafted.refuses(
        *("agree", "draft", "--from", "-", "--in", drafted.partnership),
        stdin=drafted.draft.replace(repeated, whole + repeated, 1),
        code=4,
        what=f"the key `{repeated.split(b':')[0].decode().strip()}` stands here for the second time",
        why=f"first on line {line}",
        where=f"{FILE}:{line + 1}",
        hint="keep one of them",
    )


def test_every_problem_of_a_draft_at_once(drafted: House) -> None:
    text = drafted.draft.replace(b"otherwise:", b"otherwize:").replace(b"form: topic", b"form: topics")
    answer = drafted.refuses(
        *("agree", "draft", "--from", "-", "--in", drafted.partnership),
        stdin=text,
        code=4,
        what="`otherwize`",
        why="",
        where=f"{FILE}:{drafted.draft_line(b'otherwise:')}",
        hint="did you mean `otherwise`?",
    )
    assert any(said.what.endswith("found `topics`") for said in answer.said)


@pytest.mark.parametrize("verb", ["check", "show", "propose"])
def test_a_malformed_draft_in_the_work_tree(drafted: House, verb: str) -> None:
    """Edited by hand and not committed: the same words, whichever command reads it."""
    file = drafted.record / "agreements/1.yml"
    line = drafted.draft_line(b"    onward: []")
    file.write_bytes(drafted.draft.replace(b"    onward: []", b"    onwrd: []", 1))
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
        stdin=drafted.draft.replace(drafted.partnership.encode(), b"p-zzz9"),
        code=4,
        what="`partnership`: expected the directory's name, found another",
        why="",
        where=f"{FILE}:{drafted.draft_line(b'partnership:')}",
        hint="",
    )


def test_an_agreement_bound_to_other_people(drafted: House) -> None:
    """Who is who is part of what is agreed, though no name stands in it."""
    text = re.sub(rb"(?m)^people: sha256:\w+", b"people: sha256:" + b"0" * 64, drafted.draft)
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
    text = drafted.draft.replace(b", proprietary, strategy]", b", proprietary]")
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
    file.write_bytes(drafted.draft + b"# a last thought\n")
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


def test_a_draft_is_not_put_over_a_proposed_agreement(proposed: House) -> None:
    """The same command then makes the next version: nothing that was proposed is ever touched."""
    before = proposed.draft
    assert proposed.within("agree", "draft", "--yes").code == 0
    assert proposed.draft == before
    assert (proposed.record / "agreements/2.yml").is_file()
