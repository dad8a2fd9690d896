"""The matrix in words: a cell as a short answer, and the people for whom every answer is the same as one column."""

from __future__ import annotations

from confide.model.words import Form
from confide.site.matrix import Cell, Matrix
from confide.site.words import form_title

CONDITIONS, UNLESS = "*", "°"
LEGEND = {
    CONDITIONS: "only after something else has happened, from a day on, or in stated circumstances",
    UNLESS: "unless whoever it belongs to permits it in writing",
}


def answer(cell: Cell) -> str:
    """`Summary*`, `Not shared°`, `Their own`."""
    if cell.form is not Form.NONE:
        return form_title(cell.form) + (CONDITIONS if cell.conditional else "")
    if cell.own:
        return "Their own"
    return "Not shared" + (UNLESS if cell.unless else "")


def columns(matrix: Matrix) -> tuple[tuple[str, ...], ...]:
    """The parties, in their order; those for whom every answer is the same are together."""
    found: dict[tuple[Cell, ...], tuple[str, ...]] = {}
    for party in matrix.parties:
        cells = tuple(matrix.cells[what, party] for what in matrix.types)
        found[cells] = (*found.get(cells, ()), party)
    return tuple(found.values())
