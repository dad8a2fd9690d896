"""docs/FORMAT.md says of every kind of event, and of every step of a case, what stands in it."""

from __future__ import annotations

import re
from pathlib import Path

from confide.model.detail import STEPS
from confide.model.event import COMMON_FIELDS, KIND_FIELDS
from confide.records.detail_file import FACTS

FORMAT = (Path(__file__).resolve().parents[2] / "docs/FORMAT.md").read_text()


def names(text: str) -> set[str]:
    return set(re.findall(r"[a-z-]+", text))


def test_every_kind_has_its_row_with_its_fields() -> None:
    """What must be there, and in brackets what may: no more and no less."""
    rows = re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \| [^|]+ \| (.+) \|$", FORMAT, re.MULTILINE)
    told = {tuple(re.findall(r"`([a-z-]+)`", kinds)): said for kinds, said in rows}
    told = {kinds: said for kinds, said in told.items() if set(kinds) <= set(KIND_FIELDS)}
    assert sorted(kind for kinds in told for kind in kinds) == sorted(KIND_FIELDS)
    listed = re.search(r"^ {4}event \(1\) (.+)\n {4}(.+)\n", FORMAT, re.MULTILINE)
    assert listed
    fields = set(f"{listed[1]} {listed[2]}".split())
    assert fields == {name for one in KIND_FIELDS.values() for part in one for name in part} | COMMON_FIELDS
    for kinds, said in told.items():
        quoted = {name for words in re.findall(r"`([^`]+)`", said) for name in names(words)}
        bracketed = {name for words in re.findall(r"\(`([^`]+)`", said) for name in names(words)}
        assert quoted == {name for kind in kinds for part in KIND_FIELDS[kind] for name in part}, kinds
        if len(kinds) == 1:
            assert bracketed == KIND_FIELDS[kinds[0]][1], kinds


def test_every_step_has_its_facts() -> None:
    """Each step of each case, and every fact there is in its order."""
    for case, steps in STEPS.items():
        row = re.search(rf"^\| `{case}` \| (`.+) \|$", FORMAT, re.MULTILINE)
        assert row, case
        told: dict[str, tuple[set[str], set[str]]] = {}
        for step in row[1].split(" · "):
            heads, _, facts = step.partition(": ")
            must, _, may = facts.partition(" (")
            told |= {head: (names(must), names(may)) for head in re.findall(r"`([a-z-]+)`", heads)}
        expected = {step: (set(must), set(may) - {"words"} - set(must)) for step, (must, may) in steps.items()}
        assert told == expected, case
    order = re.search(r"`(on until [^`]+)`", FORMAT)
    assert order and order[1].split() == list(FACTS)
