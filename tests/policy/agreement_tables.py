"""Reads tests/vectors/agreements/*/questions.yml: six agreements, each with questions answered by hand.

Format 1 is described beside the tables. Whatever this reader does not know is an error: a question is never asked by
half. The agreements, partnerships and instruments are read by the program's own readers, as a user's would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from confide.model.agreement import Agreement
from confide.model.decision import Request, Verdict
from confide.model.instrument import Instrument
from confide.model.partnership import Partnership
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.records import yaml
from confide.records.agreement_file import parse_agreement
from confide.records.instrument_file import parse_instrument
from confide.records.nodes import Node
from confide.records.partnership_file import parse_partnership
from tests.policy.agreement_stories import Papers, Story
from tests.policy.vectors import Unknown, take

DIRECTORY = Path(__file__).parent.parent / "vectors" / "agreements"
FORMAT = 1
VERDICTS = {"allow": Verdict.ALLOW, "not-yet": Verdict.NOT_YET, "deny": Verdict.DENY}


@dataclass(frozen=True)
class Row:
    """One question: what is asked of which record, when, and the only right answer."""

    name: str
    request: Request
    record: Record
    now: datetime
    verdict: Verdict
    because: frozenset[str]
    sids: frozenset[str]
    near: Mapping[str, str]
    narrow_to: str
    law: str


def tables() -> list[tuple[str, list[Row]]]:
    """Every directory with its questions. Raises Unknown where a directory has none: nothing asked is not a pass."""
    found = [(path.parent.name, load(path)) for path in sorted(DIRECTORY.glob("*/questions.yml"))]
    if len(found) != len([path for path in DIRECTORY.iterdir() if path.is_dir()]) or not all(q for _, q in found):
        raise Unknown(f"a directory without questions in {DIRECTORY}")
    return found


def load(path: Path) -> list[Row]:
    """The questions of one file. Raises Unknown for a key, event or word outside the format."""
    data = take(_plain(path), "vectors setting partnership agreements signed given questions")
    if data["vectors"] != FORMAT:
        raise Unknown(f"format {data['vectors']}")
    papers = Papers(
        partnership=_partnership(path.parent),
        agreements=tuple(_agreement(path.parent, name) for name in data["agreements"]),
        instruments=tuple(_instruments(path.parent)),
        signed=data["signed"],
        given=tuple(data["given"]),
    )
    if papers.partnership.id != data["partnership"]:
        raise Unknown(f"partnership {data['partnership']}")
    rows = [_row(path.parent.name, row, papers) for row in data["questions"]]
    if len({row.name for row in rows}) < len(rows):
        raise Unknown("two questions of the same name")
    return rows


def _row(stem: str, row: Mapping[str, Any], papers: Papers) -> Row:
    data = take(
        row,
        "id ask request now verdict because sid law",
        "section record without too-wide narrow-to near disputed note",
    )
    if ("narrow-to" in data) != (data.get("too-wide") is True):
        raise Unknown("`narrow-to` belongs to `too-wide: true`")
    asked = take(data["request"], "what sender recipient form", "attribution purpose channel part-of")
    if asked.get("part-of", "summary") != "summary":
        raise Unknown(f"part of {asked['part-of']}")
    story = Story(papers, asked, data.get("section"), data["now"])
    record = story.record(data.get("record", ()), frozenset(data.get("without", ())))
    request = Request(
        what=asked["what"],
        sender=asked["sender"],
        recipient=asked["recipient"],
        form=Form[asked["form"].upper()],
        attribution=Attribution[asked.get("attribution", "none").upper()],
        purpose=asked.get("purpose", ""),
        channel=asked.get("channel", "site"),
        section=story.text(),
        draft=story.draft,
    )
    return Row(
        name=f"{stem}-{data['id']}",
        request=request,
        record=record,
        now=data["now"],
        verdict=VERDICTS[data["verdict"]],
        because=frozenset(data["because"]),
        sids=frozenset(data["sid"]),
        near=data.get("near", {}),
        narrow_to=data.get("narrow-to", ""),
        law=str(data["law"]),
    )


def _partnership(directory: Path) -> Partnership:
    return parse_partnership((directory / "partnership.yml").read_bytes(), f"{directory.name}/partnership.yml")


def _agreement(directory: Path, name: str) -> Agreement:
    return parse_agreement((directory / name).read_bytes(), f"{directory.name}/{name}")


def _instruments(directory: Path) -> Iterator[Instrument]:
    for path in sorted(directory.glob("instruments/*.yml")):
        yield parse_instrument(path.read_bytes(), f"{directory.name}/instruments/{path.name}")


def _plain(path: Path) -> Any:
    return _value(yaml.load(path.read_bytes(), path.name).root)


def _value(node: Node) -> Any:
    if isinstance(node.value, Mapping):
        return {key: _value(item) for key, item in node.value.items()}
    if isinstance(node.value, tuple):
        return [_value(item) for item in node.value]
    return node.value
