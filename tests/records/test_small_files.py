"""partnership.yml, practice.yml and the sealed schedule of people."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.commitment import digest, framed
from confide.model.partnership import Partnership, Party, Person, Practice
from confide.model.words import Role, role_of
from confide.records.partnership_file import parse_partnership, render_partnership
from confide.records.people_file import SALT_BYTES, parse_people, render_people
from confide.records.practice_file import parse_practice, render_practice
from tests.records import strategies
from tests.records.reasons import everything_in, line_of, only_problem, problems_of

KEY, OTHER = "A1" * 20, "B2" * 20
PARTNERSHIP = f"""\
partnership: 1
id: p-7t4m
parties:
  - {{party: coach, state: active}}
  - {{party: client, state: active}}
  - {{party: payer.hr, state: left}}
keepers: [{KEY}]
"""
PRACTICE = f"""\
practice: 1
id: c-4mz8
keepers: [{KEY}]
publishing-key: {OTHER}
remotes: [git@git.example.org:practice.git]
portal: "https://portal.example.org"
"""
PEOPLE = """\
people: 1
partnership: p-7t4m
salt: 00ff00ff00ff00ff00ff00ff00ff00ff
persons:
  - {party: client, number: 1, name: "Marguerite O'Neill", title: Medical director, email: m@example.org}
  - {party: payer.hr, number: 2, name: Tadeusz Bąk, authority: "signs alone, up to 20,000"}
"""


def test_a_partnership_is_read() -> None:
    """Parties with role and state, in order; keepers by fingerprint."""
    assert parse_partnership(PARTNERSHIP.encode(), "records/p-7t4m/partnership.yml") == Partnership(
        "p-7t4m",
        (Party("coach", Role.COACH), Party("client", Role.CLIENT), Party("payer.hr", Role.PAYER, active=False)),
        (KEY,),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("p-7t4m", "p-anna", 2, "`id`: expected a partnership id such as `p-k7f3`, found `p-anna`"),
        ("p-7t4m", "p-7t4n", 2, "`id`: expected the directory's name, found another"),
        ("party: client", "party: marguerite", 5, "`party`: expected a party, found `marguerite`"),
        ("party: client", "party: coach", 3, "`parties`: `coach` stands there more than once"),
        ("state: left", "state: gone", 6, "`state`: expected one of `active`, `left`, found `gone`"),
        (", state: left", "", 6, "a party: expected the key `state`, found none"),
        (", state: left", ", state: left, name: x", 6, "a party: found the unknown key `name`"),
        (KEY, KEY.lower(), 7, "`keepers`: expected a full fingerprint: 40 hexadecimal digits, upper case"),
        (f"[{KEY}]", "[]", 7, "`keepers`: expected at least one entry, found an empty list"),
        ("partnership: 1", "partnership: 2", 1, "`partnership`: expected the format 1, found another"),
        ("partnership: 1\n", "", 1, "the file: expected the key `partnership`, found none"),
    ],
)
def test_what_is_wrong_in_a_partnership_is_named(old: str, new: str, line: int, what: str) -> None:
    """With its line; a party outside the closed list could be a name."""
    source = PARTNERSHIP.replace(old, new, 1).encode()
    found = problems_of(lambda: parse_partnership(source, "records/p-7t4m/partnership.yml"))
    assert [line_of(p) for p in found if p.what.startswith(what)] == [line], [str(p) for p in found]


def party(name: str, active: bool) -> Party:
    role = role_of(name)
    assert role is not None
    return Party(name, role, active)


@given(
    st.builds(
        Partnership,
        strategies.partnerships,
        st.lists(st.builds(party, strategies.parties, st.booleans()), unique_by=lambda p: p.id, min_size=1).map(tuple),
        strategies.several(strategies.fingerprints),
    )
)
def test_a_partnership_that_is_written_is_read_back(partnership: Partnership) -> None:
    """parse(render(x)) == x, and a second rendering gives the same bytes."""
    data = render_partnership(partnership)
    read = parse_partnership(data, f"records/{partnership.id}/partnership.yml")
    assert read == partnership
    assert render_partnership(read) == data


def test_a_practice_is_read() -> None:
    """Keepers, publishing key, remotes, portal."""
    assert parse_practice(PRACTICE.encode(), "records/practice.yml") == Practice(
        "c-4mz8", (KEY,), OTHER, ("git@git.example.org:practice.git",), "https://portal.example.org"
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("c-4mz8", "c-anna", 2, "`id`: expected a practice id such as `c-4mz8`, found `c-anna`"),
        (OTHER, "none", 4, "`publishing-key`: expected a full fingerprint"),
        ("git@git.example.org:practice.git", "https://u:hunter2@example.org/r", 5, "`remotes`: expected the address"),
        ("git@git.example.org:practice.git", "--upload-pack=x", 5, "`remotes`: expected the address of a remote"),
        ("git@git.example.org:practice.git", "http://[::1", 5, "`remotes`: expected the address of a remote"),
        ("https://portal.example.org", "javascript:alert(1)", 6, "`portal`: expected an address such as"),
        ("https://portal.example.org", "https://u:hunter2@example.org", 6, "`portal`: expected an address such as"),
        ("practice: 1", "practice: 3", 1, "`practice`: expected the format 1, found another"),
        ("remotes:", "remote:", 5, "the file: found the unknown key `remote`"),
    ],
)
def test_what_is_wrong_in_a_practice_is_named(old: str, new: str, line: int, what: str) -> None:
    """With its line; a password in an address is refused and not repeated."""
    source = PRACTICE.replace(old, f'"{new}"' if " " in old or "@" in old else new, 1).encode()
    found = problems_of(lambda: parse_practice(source, "records/practice.yml"))
    assert line in [line_of(p) for p in found if p.what.startswith(what)] or "yaml" in {p.rule for p in found}
    assert all("hunter2" not in everything_in(p) for p in found)


@given(
    st.builds(
        Practice,
        strategies.practices,
        strategies.several(strategies.fingerprints),
        strategies.fingerprints,
        st.lists(st.sampled_from(["git@h:p.git", "https://h/p", "/srv/p", "../p"]), unique=True).map(tuple),
        st.sampled_from(["", "http://127.0.0.1:8000", "https://portal.example.org/a"]),
    )
)
def test_a_practice_that_is_written_is_read_back(practice: Practice) -> None:
    """parse(render(x)) == x, with and without a portal."""
    assert parse_practice(render_practice(practice), "records/practice.yml") == practice


def test_people_are_read_and_bound_by_a_salted_digest() -> None:
    """The digest covers the exact plaintext, the salt with it, under its own domain."""
    people = parse_people(PEOPLE.encode(), "f")
    assert people.partnership == "p-7t4m"
    assert people.persons == (
        Person("client", 1, "Marguerite O'Neill", title="Medical director", email="m@example.org"),
        Person("payer.hr", 2, "Tadeusz Bąk", authority="signs alone, up to 20,000"),
    )
    assert people.digest == digest(framed("people", PEOPLE.encode()))
    assert people.digest != digest(PEOPLE.encode())
    assert people.digest != parse_people(PEOPLE.replace("salt: 00", "salt: 01").encode(), "f").digest


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("salt: 00ff", "salt: ff", 3, "`salt`: expected at least 16 bytes in hexadecimal"),
        ("salt: 00", "sault: 00", 3, "the file: found an unknown key"),
        ("party: client", "party: marguerite", 5, "`party`: expected a party"),
        ("number: 2", "number: 0", 6, "`number`: expected a whole number from 1 up"),
        ("party: payer.hr, number: 2", "party: client, number: 1", 4, "`persons`: a party and number stand there"),
        ("title: Medical", "tadeusz: Medical", 5, "a person: found an unknown key"),
        ("name: Tadeusz Bąk", "name: ''", 6, "`name`: expected a text"),
        ("name: Tadeusz Bąk", "name: [tadeusz]", 6, "`name`: expected a text"),
        ("partnership: p-7t4m", "partnership: tadeusz", 2, "`partnership`: expected a partnership id"),
        ("people: 1", "people: 2", 1, "`people`: expected the format 1"),
        ("people: 1", "tadeusz: 1\ntadeusz: 2", 2, "a key stands here for the second time"),
        ("people: 1", "people: 'tadeusz", 5, "expected well-formed YAML"),
    ],
)
def test_problems_of_people_repeat_nothing_that_stands_there(old: str, new: str, line: int, what: str) -> None:
    """Not even a lower-case word: in this file it may be a name."""
    found = problems_of(lambda: parse_people(PEOPLE.replace(old, new, 1).encode(), "records/p-7t4m/people.yml.gpg"))
    assert [line_of(p) for p in found if p.what.startswith(what)] == [line], [str(p) for p in found]
    for problem in found:
        assert not re.search("marguerite|tadeusz|neill|medical", everything_in(problem), re.IGNORECASE)


texts = st.text(min_size=1, max_size=20).filter(lambda t: t.strip())
about = st.one_of(st.just(""), texts)


@given(
    st.lists(
        st.builds(Person, strategies.parties, st.integers(1, 99), texts, about, about, about, about),
        unique_by=lambda p: (p.party, p.number),
    ),
    st.binary(min_size=SALT_BYTES, max_size=40),
)
def test_people_who_are_written_are_read_back(persons: list[Person], salt: bytes) -> None:
    """Whatever a name is written with, it comes back unchanged."""
    data = render_people("p-7t4m", persons, salt)
    read = parse_people(data, "f")
    assert read.persons == tuple(persons)
    assert read.digest == digest(framed("people", data))


def test_a_short_salt_is_not_used() -> None:
    """Without a secret the digest would confirm a guessed name."""
    with pytest.raises(ValueError, match="a salt has at least 16 bytes"):
        render_people("p-7t4m", (), bytes(15))


@given(st.binary(max_size=80))
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    """Anything else is refused with its file."""
    for parse in (parse_partnership, parse_practice, parse_people):
        assert all(p.place and p.place.file == "f" for p in problems_of(lambda parse=parse: parse(data, "f")))


def test_the_salt_may_look_like_a_number() -> None:
    """Digits alone are quoted when written, so that they are read as text."""
    data = render_people("p-7t4m", (), bytes(16))
    assert b'salt: "00000000000000000000000000000000"' in data
    assert parse_people(data, "f").persons == ()
    bare = data.replace(b'"', b"")
    assert only_problem(lambda: parse_people(bare, "f")).what == "found a number or time in an unusual spelling"
