"""`partnership.yml`: who takes part, in the words of the closed list, and whose keys keep the records."""

from __future__ import annotations

import re

from confide.model.partnership import Partnership, Party
from confide.model.words import role_of
from confide.records import yaml
from confide.records.canonical import render
from confide.records.fields import Fields, Report
from confide.records.nodes import Node
from confide.records.shapes import FINGERPRINT, PARTNERSHIP, PARTY, one_of
from confide.records.wording import shown

FORMAT = 1
_ACTIVE, _LEFT = "active", "left"
_OWN_PATH = re.compile(r"(?:.*/)?(p-[^/]+)/partnership\.yml\Z")


def parse_partnership(data: bytes, file: str) -> Partnership:
    """The partnership in `data`. Raises Malformed with every problem."""
    report = Report(file)
    fields = Fields(yaml.load(data, file).root, report)
    if fields.number("partnership") not in (0, FORMAT):
        report.add(f"`partnership`: expected the format {FORMAT}, found another", fields.line("partnership"))
    partnership = Partnership(
        id=fields.one("id", PARTNERSHIP),
        parties=tuple(party for node in fields.items("parties") if (party := _party(node, report))),
        keepers=fields.many("keepers", FINGERPRINT),
        place=report.place(0),
    )
    named = [party.id for party in partnership.parties]
    for twice in sorted({party for party in named if named.count(party) > 1}):
        report.add(f"`parties`: {shown(twice)} stands there more than once", fields.line("parties"))
    own = _OWN_PATH.match(file)
    if own and partnership.id and own[1] != partnership.id:
        report.add("`id`: expected the directory's name, found another", fields.line("id"))
    fields.finish()
    report.stop()
    return partnership


def _party(node: Node, report: Report) -> Party | None:
    fields = Fields(node, report, "a party")
    party = fields.one("party", PARTY)
    state = fields.one("state", one_of((_ACTIVE, _LEFT)))
    fields.finish()
    role = role_of(party)
    return Party(party, role, state == _ACTIVE) if role is not None else None


def render_partnership(partnership: Partnership) -> bytes:
    """The canonical bytes: the reverse of parse_partnership."""
    return render(
        {
            "partnership": FORMAT,
            "id": partnership.id,
            "parties": [
                {"party": party.id, "state": _ACTIVE if party.active else _LEFT} for party in partnership.parties
            ],
            "keepers": list(partnership.keepers),
        }
    )
