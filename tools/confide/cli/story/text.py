"""The story's texts: notes and agreements, with their placeholders filled in."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import resources

_HERE = resources.files("confide.cli.story")
_TWO_SIDES = "[coach, client, payer]"


def note(name: str) -> str:
    """The text of one session note."""
    return (_HERE / "notes" / f"{name}.md").read_text(encoding="utf-8")


def agreement(partnership: str, people: str, effective: date) -> bytes:
    """Agreement 1 of the first partnership."""
    text = (_HERE / "agreement-1.yml").read_text(encoding="utf-8")
    filled = text.format(
        partnership=partnership,
        people=people,
        effective=effective,
        until=effective + timedelta(days=365),
        due=effective + timedelta(days=118),
    )
    return filled.encode()


NEW_CLAUSE = """\
  - id: attendance-to-manager
    effect: share
    what: [engagement]
    with: [manager]
    by: [coach]
    when: [{every: month}]
    form: topic
    circumstances: always
    onward: []
"""


def amended(text: bytes) -> bytes:
    """Agreement 2: her manager may know when sessions take place, and Finance is not told any more."""
    before = text.decode()
    changed = before.replace("    onward: [payer.finance]\n", "    onward: []\n" + NEW_CLAUSE)
    if changed == before:
        raise ValueError("the amendment of the story no longer fits its agreement")
    return changed.encode()


# Stands for the scan of a signed printout: the smallest PDF that opens.
SCAN = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>endobj
trailer<</Root 1 0 R>>
"""
