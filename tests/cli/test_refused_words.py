"""A word that is no party, type, section or partnership: the nearest one is offered, and a name is never repeated."""

from __future__ import annotations

import pytest

from tests.cli.house import House

NOTE = b"## Where we are {#s1 what=partnership-goals/shared form=summary}\nThe marmalade ferry.\n"


@pytest.mark.parametrize(("typed", "near"), [("payr", "payer"), ("clinet", "client"), ("Payer", "payer")])
def test_disclosure_to_an_unknown_party(running: House, typed: str, near: str) -> None:
    """A slip of the fingers gets the nearest party, and no decision at all."""
    running.refuses(
        *("disclose", f"{running.session}#s1", "--to", typed, "--in", running.partnership),
        code=2,
        what="that is not the word for a party",
        why="parties are called by their role",
        hint=f"did you mean `{near}`? its parties: coach, client, adviser, payer, manager",
    )


@pytest.mark.parametrize(
    "command",
    [
        ("disclose", "2026-01-05#s1", "--to", "anna-smith"),
        ("may", "--tell", "anna-smith", "--about", "conflicts"),
        ("may", "--tell", "payer", "--about", "anna-smith"),
        ("refuse", "--tell", "anna-smith", "--about", "conflicts"),
        ("refuse", "--tell", "payer", "--about", "Anna-Smith"),
        ("withdraw", "goals-to-sponsors", "--by", "anna-smith"),
        ("withdraw", "anna-smith"),
        ("inform", "--about", "anna-smith"),
        ("inform", "anna-smith#s1"),
        ("attest", "anna-smith"),
        ("attest", "goals-to-sponsors", "--by", "anna-smith"),
        ("end", "--by", "anna-smith"),
        ("log", "--to", "anna-smith"),
        ("log", "--about", "anna-smith"),
        ("agree", "sign", "--party", "anna-smith", "--statement"),
        ("note", "anna-smith", "--show"),
        ("note", "anna-smith", "--file", "-"),
        ("disclose", "anna-smith#s1", "--to", "client"),
        ("log", "anna-smith"),
    ],
)
def test_a_name_where_a_word_belongs_is_not_repeated(running: House, command: tuple[str, ...]) -> None:
    """A name may be typed anywhere by mistake: it is refused, never recorded and never shown again."""
    running.refuses(*command, "--in", running.partnership, stdin=NOTE, code=2, what="", why="", hint="")


@pytest.mark.parametrize("section", ["{day}#s9", "notes/{day}#s9"])
def test_disclosure_of_an_unknown_section(running: House, section: str) -> None:
    """The sections that there are are offered by their ids; ids are never words."""
    running.refuses(
        *("disclose", section.format(day=running.session), "--to", "client", "--in", running.partnership),
        code=2,
        what="`notes/{day}` has no section `s9`",
        why="only a section of a note can be disclosed",
        where="records/{p}/notes/{day}.md.gpg",
        hint="its sections: s1, s2, s3, s4, s5, s6",
    )


def test_disclosure_from_an_unknown_note(running: House) -> None:
    running.refuses(
        *("disclose", "2020-01-01#s1", "--to", "client", "--in", running.partnership),
        code=2,
        what="there is no note `notes/2020-01-01`",
        why="it was never committed here",
        hint="confide note --list",
    )


@pytest.mark.parametrize(
    "reference",
    [
        *("../../etc/passwd#s1", "/etc/passwd#s1", "notes/../../../etc/passwd#s1", "notes/../people#s1"),
        *("2026-02-03#../../s1", "..#s1", "#s1", "2026-02-03", "2026-02-03#", "2026-02-03#Where we are", "a\nb#s1"),
        *("people.yml#s1", "../p-zzz9/notes/2026-02-03#s1", "notes//2026-02-03#s1", "\x00#s1"),
    ],
)
def test_a_section_that_leads_out_of_the_notes(running: House, reference: str) -> None:
    """Whatever is no day and no id is not looked for on any path, and not repeated."""
    answer = running.refuses(
        *("disclose", reference, "--to", "client", "--in", running.partnership),
        code=2,
        what="that is not the name of a section",
        why="it is the day of a note, `#`, and the section's id",
        hint="for example 2026-02-03#s2",
    )
    assert "etc" not in answer.err


def test_may_about_both_or_neither(running: House) -> None:
    for about in ((), ("--about", "conflicts", "--section", f"{running.session}#s1")):
        running.refuses(
            *("may", "--tell", "payer", *about, "--in", running.partnership),
            code=2,
            what="say what it is about",
            why="a question is about one type of information, or about one section",
            hint="--about TYPE, or --section 2026-02-03#s2",
        )


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("conflict", "conflicts"),
        ("carreer-aspirations", "career-aspirations"),
        ("Feedback", "feedback"),
    ],
)
@pytest.mark.parametrize("verb", ["may", "refuse"])
def test_an_unknown_type_gets_the_nearest(running: House, verb: str, typed: str, near: str) -> None:
    """A misspelt type is a slip, not a no: nobody should walk away with an answer about something else (S-28)."""
    running.refuses(
        *(verb, "--tell", "payer", "--about", typed, "--in", running.partnership),
        code=2,
        what="that is not a type of information",
        why="closed list",
        hint=f"did you mean `{near}`?",
    )


def test_a_type_nobody_could_guess_gets_the_list(running: House) -> None:
    running.refuses(
        *("may", "--tell", "payer", "--about", "zzz", "--in", running.partnership),
        code=2,
        what="that is not a type of information",
        why="closed list",
        hint="one of: assessment-results, career-aspirations, client-statement, conflicts",
    )


def test_another_partnerships_section_is_not_there(running: House) -> None:
    """The second partnership has no such note; that the first has one does not show."""
    running.refuses(
        *("disclose", f"{running.session}#s1", "--to", "client", "--in", running.other),
        code=2,
        what="there is no note `notes/{day}`",
        why="it was never committed here",
        hint="confide note --list",
    )


def test_a_partnership_is_never_called_by_a_name(running: House) -> None:
    for name in ("anna", "p-anna", "Anna-Smith", "../p-zzz9", "records/p-k7f3"):
        running.refuses(
            *("log", "--in", name),
            code=2,
            what="a partnership is called by its id, never by a name",
            why="names would end up in the shell's history",
            hint="for example --in p-k7f3; leave it out to choose from a list",
        )


def test_a_partnership_that_is_not_on_record(running: House) -> None:
    running.refuses(
        *("log", "--in", "p-zzz9"),
        code=2,
        what="no partnership `p-zzz9` is on record",
        why="it was never begun in this practice",
        hint="list them: confide",
    )


def test_several_partnerships_and_none_named_on_a_pipe(running: House) -> None:
    """On a pipe nobody can be shown names to choose from."""
    running.refuses(
        "log",
        code=2,
        what="2 partnerships are on record",
        why="names to choose from are shown on a terminal only",
        hint="say which: --in p-",
    )


def test_no_partnership_yet(bare: House) -> None:
    bare.refuses("log", code=2, what="there is no partnership yet", why="a record begins with one", hint="confide new")
