"""Refusing, informing (S-23), attesting, accepting a duty (S-21), inviting: what cannot be is told, not recorded."""

from __future__ import annotations

import pytest

from tests.cli.house import House

AGREEMENT = "records/{p}/agreements/1.yml"


PEOPLE = b"persons: [{party: client, name: Theodosia Larkspur}]\n"


def test_refusing_what_is_allowed(running: House) -> None:
    """A no on record where the agreement says yes would be a lie to whoever asked."""
    running.refuses(
        *("refuse", "--tell", "payer", "--about", "engagement", "--in", running.partnership),
        code=1,
        what="engagement may go to the payer, so there is nothing to refuse",
        why="clause attendance-to-payer allows it",
        where=f"{AGREEMENT}:34",
        hint="confide disclose SECTION --to payer",
    )


def test_refusing_somebody_who_takes_no_part(running: House) -> None:
    running.refuses(
        *("refuse", "--tell", "peers", "--about", "conflicts", "--in", running.partnership),
        code=2,
        what="`peers` is not a party of this partnership",
        why="parties are called by their role",
        hint="its parties: ",
    )


def test_informing_of_nothing(running: House) -> None:
    running.refuses(
        *("inform", "--in", running.partnership),
        code=2,
        what="say what she was informed about",
        why="she is informed of exact texts, or of a type of information",
        hint="confide inform 2026-02-03#s2, or --about TYPE",
    )


def test_informing_of_a_draft(running: House) -> None:
    running.refuses(
        *("inform", f"{running.session}#s1", f"{running.session}#s5", "--in", running.partnership),
        code=1,
        what="{day}#s5 is a draft",
        why="it can never be disclosed",
        where="records/{p}/notes/{day}.md.gpg",
        hint="give its heading a type",
    )


@pytest.mark.parametrize(
    ("clause", "what", "where", "hint"),
    [
        ("own-to-client", "clause own-to-client asks nobody to attest anything", ":15", "one of: goals-to-sponsors"),
        ("career-private", "clause career-private asks nobody to attest anything", ":48", "one of: goals-to-sponsors"),
        ("goals-to-sponsor", "no clause has that name", "", "did you mean `goals-to-sponsors`?"),
        ("zzz", "no clause has that name", "", "one of: goals-to-sponsors"),
    ],
)
def test_attesting_what_no_clause_asks(running: House, clause: str, what: str, where: str, hint: str) -> None:
    running.refuses(
        *("attest", clause, "--in", running.partnership),
        code=2,
        what=what,
        why="only circumstances that a clause names can be attested",
        where=AGREEMENT + where,
        hint=hint,
    )


def test_attesting_for_somebody_else(running: House) -> None:
    running.refuses(
        *("attest", "goals-to-sponsors", "--by", "payer", "--in", running.partnership),
        code=1,
        what="`payer` cannot attest that for clause goals-to-sponsors",
        why="the clause names coach",
        where=f"{AGREEMENT}:23",
        hint="confide attest goals-to-sponsors --by coach",
    )


def test_attesting_before_anything_is_in_force(proposed: House) -> None:
    proposed.refuses(
        *("attest", "goals-to-sponsors", "--in", proposed.partnership),
        code=1,
        what="no agreement is in force",
        why="there is no clause to attest anything for",
        hint="confide agree status",
    )


@pytest.mark.parametrize(
    ("party", "what", "why"),
    [
        ("coach", "the coach accepts no duty of her own", "she is bound by the agreement itself"),
        ("board", "`board` is not a party of this partnership", "parties are called by their role"),
        ("anna-smith", "that is not the word for a party", "parties are called by their role"),
    ],
)
def test_accepting_a_duty_for_nobody(running: House, party: str, what: str, why: str) -> None:
    running.refuses(*("acknowledge", "--by", party, "--in", running.partnership), code=2, what=what, why=why, hint="")


def test_inviting_before_there_is_anything_to_show(drafted: House) -> None:
    drafted.refuses(
        *("invite", "client", "--in", drafted.partnership),
        code=1,
        what="there is no proposed agreement to show yet",
        why="an invitation opens the draft and nothing else",
        hint="confide agree propose",
    )


def test_inviting_the_coach(proposed: House) -> None:
    proposed.refuses(
        *("invite", "coach", "--in", proposed.partnership),
        code=2,
        what="the coach is not invited",
        why="she reads and signs with her own key",
        hint="confide agree sign",
    )


def test_inviting_somebody_who_takes_no_part(proposed: House) -> None:
    for party, what in (("board", "`board` is not a party"), ("anna-smith", "that is not the word for a party")):
        proposed.refuses(
            *("invite", party, "--in", proposed.partnership),
            code=2,
            what=what,
            why="parties are called by their role",
            hint="its parties: coach, client",
        )


def test_inviting_a_person_who_is_not_on_the_list(proposed: House, short_scan: str) -> None:
    """The second client of a partnership that has one: a letter for nobody."""
    for verb in (("invite", "client"), ("agree", "sign", "--party", "client", "--paper", short_scan)):
        proposed.refuses(
            *(*verb, "--person", "2", "--in", proposed.partnership),
            code=2,
            what="there is no person 2 for `client`",
            why="the sealed list of people does not name one",
            where="records/{p}/people.yml.gpg",
            hint="leave out --person",
        )
        for person in ("0", "-1", "two"):
            proposed.refuses(
                *(*verb, "--person", person, "--in", proposed.partnership),
                code=2,
                what="--person",
                why="the command is used in another way",
                hint="--help",
            )


def test_words_that_are_no_text(running: House) -> None:
    """Prose is read from a file; what is no UTF-8 would be sealed as rubbish."""
    file = running.home / "words.txt"
    file.write_bytes(b"\xff\xfe")
    for verb in (("refuse", "--tell", "payer", "--about", "conflicts"), ("end",), ("withdraw", "goals-to-sponsors")):
        running.refuses(
            *(*verb, "--words", str(file), "--in", running.partnership),
            code=2,
            what="--words: the text is not UTF-8",
            why="the command is used in another way",
            hint="--help",
        )


@pytest.mark.parametrize(
    ("people", "code", "what", "where"),
    [
        (b"persons: [{party: clint, name: Theodosia Larkspur}]\n", 4, "expected a party", "people:1"),
        (b"persons: [{party: Theodosia, name: Larkspur}]\n", 4, "expected a party", "people:1"),
        (b"persons: [{party: client, nme: Larkspur}]\n", 4, "found an unknown key", "people:1"),
        (b"persons: [{party: client, name: A, name: Larkspur}]\n", 4, "stands here for the second time", "people:1"),
        (b"persons: Theodosia Larkspur\n", 4, "expected a list", "people:1"),
        (b"Theodosia Larkspur\n", 4, "expected a mapping", "people:1"),
        (b"persons: [Theodosia Larkspur\n", 4, "expected well-formed YAML", "people:"),
        (b"", 4, "", "people"),
        (b"\xff\n", 4, "expected UTF-8 text", "people:1"),
    ],
)
def test_a_list_of_people_that_cannot_be_read(bare: House, people: bytes, code: int, what: str, where: str) -> None:
    """Line and kind of what is wrong; of a list of names not one word is repeated."""
    bare.refuses("new", "--people", "-", stdin=people, code=code, what=what, why="", where=where, hint="")


def test_new_without_people_on_a_pipe(bare: House) -> None:
    bare.refuses(
        "new",
        code=2,
        what="who takes part is not known",
        why="names are asked for on a terminal, or read from a file",
        hint="confide new --people - < people.yml",
    )


@pytest.mark.parametrize("party", ["anna-smith", "Payer", "mum", "../x"])
def test_new_with_a_party_that_is_none(bare: House, party: str) -> None:
    bare.refuses(
        *("new", "--people", "-", "--party", party),
        stdin=PEOPLE,
        code=2,
        what="that is not the word for a party",
        why="parties are called by their role, so that no id can be a name",
        hint="",
    )
