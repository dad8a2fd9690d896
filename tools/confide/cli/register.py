"""The accounting of disclosures with every field: as a page to print, and as values for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping


def printed(partnership: str, rows: Iterable[Mapping[str, str]], about: str, today: str) -> str:
    """The page. `about` says what was asked for."""
    from confide.site.paper import register as paper
    from confide.workflows.account_fields import COLUMNS

    return paper.page(partnership, [(c.name, c.title) for c in COLUMNS], rows, about=about, printed=today)


def values(rows: Iterable[Mapping[str, str]]) -> str:
    """RFC 4180. A text that a spreadsheet would take for a formula is put behind an apostrophe."""
    from confide.workflows.account_fields import COLUMNS

    columns = [column.name for column in COLUMNS]
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(columns)
    writer.writerows([_inert(row[name]) for name in columns] for row in rows)
    return made.getvalue()


def _inert(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
