"""A list of people as the coach hands it over: read once, never stored in the clear, never repeated in a message."""

from __future__ import annotations

from confide.model.partnership import Person
from confide.records import yaml
from confide.records.fields import Fields, Report
from confide.records.nodes import Node
from confide.records.shapes import PARTY

_ABOUT = ("title", "address", "email", "authority")


def parse_persons(data: bytes, file: str) -> tuple[Person, ...]:
    """The people under `persons`: party and name, perhaps a number, title, address, e-mail, authority to sign.

    People of one party are numbered in their order. Raises Malformed with every problem, in words that name nobody.
    """
    report = Report(file, quiet=True)
    fields = Fields(yaml.load(data, file, quiet=True).root, report)
    counted: dict[str, int] = {}
    persons = tuple(_person(node, report, counted) for node in fields.items("persons"))
    fields.finish()
    report.stop()
    return persons


def _person(node: Node, report: Report, counted: dict[str, int]) -> Person:
    fields = Fields(node, report, "a person")
    party = fields.one("party", PARTY)
    counted[party] = counted.get(party, 0) + 1
    person = Person(
        party=party,
        number=fields.number("number", required=False) or counted[party],
        name=fields.text("name"),
        **{key: fields.text(key, required=False) for key in _ABOUT},
    )
    fields.finish()
    return person
