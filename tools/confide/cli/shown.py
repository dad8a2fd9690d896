"""An agreement in each of its formats, as text: the table for a terminal, Markdown, JSON, and the page to sign."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from confide.cli import out
from confide.model.words import Form

if TYPE_CHECKING:
    from confide.cli.session import Session
    from confide.model.agreement import Agreement
    from confide.site.matrix import Cell, Matrix

WIDTH = 80
# As narrow as the column of types may become; longer ones wrap.
NARROW = 30
FORMATS = ("table", "markdown", "json", "page")
Columns = Sequence[tuple[str, ...]]


def text(found: Session, agreement: Agreement, source: bytes, form: str) -> str:
    """The agreement in one of FORMATS. Only the page unlocks anything: it alone holds names."""
    if form == "markdown":
        from confide.site.paper.markdown import markdown

        return markdown(agreement)
    if form == "json":
        from confide.site.paper.data import data

        return json.dumps(data(agreement), indent=2, ensure_ascii=False) + "\n"
    if form == "page":
        from confide.site.paper.page import page
        from confide.workflows import showing

        people = showing.schedule(found.practice, agreement)
        proposed = showing.is_proposed(found.practice, agreement)
        return page(agreement, people, source.decode(), proposed=proposed).decode()
    with redirect_stdout(io.StringIO()) as printed:
        table(agreement)
    return printed.getvalue()


def table(agreement: Agreement) -> None:
    """Print the matrix. Where it is tight, people with the same answers share a column, or it is several tables."""
    from confide.site.matrix import matrix_of

    matrix = matrix_of(agreement)
    days = f"{out.day(agreement.effective)} to {out.day(agreement.until)}"
    out.heading(f"Agreement {agreement.version}: {days}", agreement.partnership)
    for number, columns in enumerate(_blocks(matrix)):
        if number:
            out.say()
        out.table(("", *map(", ".join, columns)), _rows(matrix, columns))
    out.say()
    out.say("-  withheld     *  only after a duty, on a date or in stated circumstances", dim=True)


def _blocks(matrix: Matrix) -> Iterator[Columns]:
    """The columns of each table, so that every one of them fits."""
    from confide.site.words import type_title

    single: Columns = tuple((party,) for party in matrix.parties)
    room = WIDTH - min(NARROW, max((len(type_title(what)) for what in matrix.types), default=0))
    if sum(_width(matrix, who) for who in single) <= room:
        yield single
        return
    block: list[tuple[str, ...]] = []
    for who in _merged(matrix):
        if block and sum(_width(matrix, one) for one in (*block, who)) > room:
            yield tuple(block)
            block = []
        block.append(who)
    yield tuple(block)


def _merged(matrix: Matrix) -> Columns:
    """The parties in their order; those of whom the table says the same are together."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for party in matrix.parties:
        answers = tuple(_answer(matrix.cells[what, party]) for what in matrix.types)
        found[answers] = (*found.get(answers, ()), party)
    return tuple(found.values())


def _width(matrix: Matrix, who: tuple[str, ...]) -> int:
    """How wide a column has to be, with the gap in front: its head may wrap between people."""
    cells = (len(_answer(matrix.cells[what, who[0]])) for what in matrix.types)
    return 2 + max((*cells, *(len(party) + 1 for party in who)), default=0)


def _rows(matrix: Matrix, columns: Columns) -> Iterator[tuple[str, ...]]:
    from confide.site.words import type_title

    for what in matrix.types:
        yield (type_title(what), *(_answer(matrix.cells[what, who[0]]) for who in columns))


def _answer(cell: Cell) -> str:
    from confide.site.words import form_title

    if cell.form is Form.NONE:
        return "own" if cell.own else "-"
    return form_title(cell.form).lower() + ("*" if cell.conditional else "")
