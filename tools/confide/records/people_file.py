"""The plaintext of `people.yml.gpg`: the only place where a name stands. Never written to a disk as it is.

No problem ever repeats what stands in it, not even the words that other files may show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from confide.model.commitment import digest, framed
from confide.model.partnership import People, Person
from confide.records import yaml
from confide.records.canonical import render
from confide.records.fields import Fields, Report
from confide.records.nodes import Node
from confide.records.shapes import PARTNERSHIP, PARTY, Shape

FORMAT = 1
SALT_BYTES = 16
_ABOUT = ("title", "address", "email", "authority")

_SALT = re.compile(r"([0-9a-f]{2})+\Z")
SALT = Shape(
    f"at least {SALT_BYTES} bytes in hexadecimal",
    lambda text: len(text) >= 2 * SALT_BYTES and _SALT.match(text) is not None,
)


def parse_people(data: bytes, file: str) -> People:
    """The people in `data`, which is plaintext; `digest` is salted by the secret inside. Raises Malformed."""
    report = Report(file, quiet=True)
    fields = Fields(yaml.load(data, file, quiet=True).root, report)
    if fields.number("people") not in (0, FORMAT):
        report.add(f"`people`: expected the format {FORMAT}, found another", fields.line("people"))
    partnership = fields.one("partnership", PARTNERSHIP)
    fields.one("salt", SALT)
    persons = tuple(_person(node, report) for node in fields.items("persons"))
    seen = [(person.party, person.number) for person in persons]
    if len(set(seen)) < len(seen):
        report.add("`persons`: a party and number stand there more than once", fields.line("persons"))
    fields.finish()
    report.stop()
    return People(partnership, persons, digest(framed("people", data)))


def _person(node: Node, report: Report) -> Person:
    fields = Fields(node, report, "a person")
    person = Person(
        party=fields.one("party", PARTY),
        number=fields.number("number"),
        name=fields.text("name"),
        **{key: fields.text(key, required=False) for key in _ABOUT},
    )
    fields.finish()
    return person


def render_people(partnership: str, persons: Sequence[Person], salt: bytes) -> bytes:
    """The canonical plaintext. `salt` is at least 16 random bytes: without it the digest would confirm guesses."""
    if len(salt) < SALT_BYTES:
        raise ValueError(f"a salt has at least {SALT_BYTES} bytes")
    rows = [
        {
            "party": person.party,
            "number": person.number,
            "name": person.name,
            **{key: value for key in _ABOUT if (value := getattr(person, key))},
        }
        for person in persons
    ]
    return render({"people": FORMAT, "partnership": partnership, "salt": salt.hex(), "persons": rows})
