"""`permit` (S-05): what somebody signs goes further, what they only say less far, and nobody signs for another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.house import House

HOPES = ("permit", "--to", "payer", "--section", "{day}#s4", "--form", "verbatim")


def filled(house: House, *more: str) -> tuple[str, ...]:
    return (*(part.format(day=house.session) for part in HOPES), *more)


def may(house: House) -> int:
    return house.within("may", "--tell", "payer", "--section", f"{house.session}#s4").code


def signed(house: House, file: Path) -> str:
    """The client signs, with her own gpg, exactly what is printed."""
    statement = house.within(*filled(house), "--statement").raw
    file.write_bytes(house.gpg_plain("--armor", "--detach-sign", home=house.client, stdin=statement))
    return str(file)


def test_what_she_signs_may_go_until_she_takes_it_back(running: House, tmp_path: Path) -> None:
    """The clause withholds it unless she permits: statement, signature, yes; withdrawn by the event's id, no."""
    assert may(running) == 1
    answer = running.within(*filled(running), "--signature", signed(running, tmp_path / "yes.sig"))
    assert answer.code == 0, answer
    event = answer.out.splitlines()[0].split()[-1]
    assert may(running) == 0
    assert running.run("verify").code == 0
    assert "permitted: career-aspirations to payer by client, verbatim" in running.git("log", "-1", "--format=%s")
    assert running.within("withdraw", event).code == 0
    assert may(running) == 1
    assert running.run("verify").code == 0


def test_what_she_signed_is_said_in_words_she_can_read(running: House) -> None:
    """The statement names partnership, person, recipient, type, form and exact text, and changes nothing."""
    before = running.state()
    lines = running.within(*filled(running), "--statement").out.splitlines()
    assert lines[:4] == ["confide/1 permission", f"partnership: {running.partnership}", "party: client", "person: 1"]
    assert "to: payer" in lines
    assert "form: verbatim" in lines
    assert not before.differences(running.state())


def test_a_signature_by_the_coach_is_refused(running: House, tmp_path: Path) -> None:
    """The coach can never sign for her."""
    statement = running.within(*filled(running), "--statement").raw
    (tmp_path / "x.sig").write_bytes(running.gpg_plain("--armor", "--detach-sign", stdin=statement))
    running.refuses(
        *filled(running, "--signature", str(tmp_path / "x.sig"), "--in", running.partnership),
        code=4,
        what="the signature of `client` does not hold",
        why="",
        hint="they sign exactly what the same command prints with --statement",
    )


def test_a_signature_over_an_older_statement_is_refused(running: House, tmp_path: Path) -> None:
    """Once she could see something new, the statement is another: what she signed before stays before."""
    file = signed(running, tmp_path / "yes.sig")
    assert running.within("inform", "--about", "career-aspirations").code == 0
    running.refuses(
        *filled(running, "--signature", file, "--in", running.partnership),
        code=4,
        what="the signature of `client` does not hold",
        why="",
        hint="print it again if anything was recorded since",
    )


def test_on_paper(running: House, short_scan: str) -> None:
    """A scan is sealed beside the event, and counts because the agreement accepts paper."""
    answer = running.within(*filled(running), "--paper", short_scan)
    assert answer.code == 0, answer
    assert may(running) == 0
    assert len(list(running.record.glob("events/*.document.gpg"))) == 1
    assert running.run("verify").code == 0


def test_a_kind_of_signature_nobody_agreed_on(running: House, short_scan: str) -> None:
    """The agreement says which signatures count."""
    running.refuses(
        *filled(running, "--e-sign", short_scan, "--in", running.partnership),
        code=1,
        what="agreement 1 does not accept `e-sign` signatures",
        why="it says: own-key, portal, paper",
        hint="sign in one of these ways",
        where="records/{p}/agreements/1.yml",
    )


def test_what_she_only_says_narrows(running: House) -> None:
    """Spoken is enough for less: a clause allowed the topic, now nothing more than that goes; it says so."""
    said = ("permit", "--to", "payer", "--about", "partnership-goals/shared", "--form", "topic", "--spoken")
    answer = running.within(*said)
    assert answer.code == 0, answer
    assert "it was spoken, so it only narrows" in answer.out
    asked = running.within("may", "--tell", "payer", "--about", "partnership-goals/shared", "--form", "summary")
    assert asked.code == 1
    assert "narrowed this to topic" in asked.out
    assert running.run("verify").code == 0


def test_what_she_only_says_widens_nothing(running: House) -> None:
    """The clause still withholds it."""
    assert running.within(*filled(running), "--spoken").code == 0
    assert may(running) == 1


def test_a_narrowing_is_not_taken_back(running: House) -> None:
    """That would permit more without a signature."""
    answer = running.within(*filled(running), "--spoken", "--json")
    event = answer.out.partition('"event": "')[2][:8]
    running.refuses(
        *("withdraw", event, "--in", running.partnership),
        code=1,
        what=f"permission {event} only narrows",
        why="it was spoken; to take it back would permit more, and that is signed",
        hint="a wider permission is signed",
        where="records/{p}/events/",
    )


@pytest.mark.parametrize(
    ("arguments", "code", "what", "hint"),
    [
        (("--spoken", "--statement"), 2, "that is more than one way to permit", "--signature FILE"),
        ((), 2, "how did `client` permit it?", "or --spoken"),
        (("--spoken", "--by", "payer"), 1, "{day}#s4 is not `payer`'s to permit", "theirs to permit: client"),
        (("--spoken", "--by", "coach"), 2, "the coach has nothing to permit", "--by client"),
        (("--spoken", "--to", "public"), 1, "nothing about a partnership is ever made public", "name a party"),
        (("--spoken", "--to", "board"), 2, "`board` is not a party of this partnership", "its parties:"),
        (("--spoken", "--about", "conflicts"), 2, "say what it is about", "--about TYPE"),
    ],
)
def test_what_cannot_be_permitted(running: House, arguments: tuple[str, ...], code: int, what: str, hint: str) -> None:
    """Each with its reason, and nothing changed."""
    running.refuses(*filled(running, *arguments, "--in", running.partnership), code=code, what=what, why="", hint=hint)


def test_a_pipe_is_not_asked(running: House) -> None:
    """What is missing is named with its option."""
    running.refuses(
        *("permit", "--about", "conflicts", "--form", "topic", "--spoken", "--in", running.partnership),
        code=2,
        what="--to is missing",
        why="a permission names whoever may learn it",
        hint="add --to PARTY; a terminal asks for it",
    )
