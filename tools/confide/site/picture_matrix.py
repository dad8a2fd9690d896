"""The agreement as a picture: a row for each kind of information, a column for each person, a disc for how much."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from confide.model.words import Form
from confide.site.markup import NOTHING, html, join
from confide.site.matrix import Cell, Matrix
from confide.site.picture import BOLD, ball, diamond, dot, picture, words, wrapped
from confide.site.reading import Reading
from confide.site.words import capital, form_title, listing, type_title

_LEFT, _ROW, _KEY, _LINE = 150, 36, 24, 14
_HEADING_LETTERS, _ROW_LETTERS = 17, 21


def matrix_picture(matrix: Matrix, columns: list[tuple[str, ...]], reading: Reading, page: str = "") -> Markup:
    """The whole matrix. `columns` are the parties who share a column, the reader's own first; `page` has clauses."""
    heads = [wrapped(capital(reading.labels.who(who)), _HEADING_LETTERS, 6) for who in columns]
    column = max([44, *(_LINE * len(lines) + 10 for lines in heads)])
    top = round(max((len(line) for lines in heads for line in lines), default=0) * BOLD) + 18
    kinds = list(_key(matrix))
    bottom = top + _ROW * len(matrix.types)
    width = max(_LEFT + column * max(1, len(columns)), 300)
    parts = [
        *_headings(heads, top, column),
        *_rows(matrix, columns, (top, width, column), reading, page),
        *(
            part
            for place, (mark, text) in enumerate(kinds, 1)
            for part in _explained(mark, text, bottom + place * _KEY)
        ),
    ]
    return picture(
        "matrix-picture",
        "Who may learn what, at a glance",
        "Each row is a kind of information, each column a person. The fuller the disc, the more of it they may learn "
        "at most. The table below says the same in words.",
        (width, bottom + _KEY * len(kinds) + 20),
        parts,
    )


def _headings(heads: list[list[str]], top: int, column: int) -> Iterator[Markup]:
    for place, lines in enumerate(heads):
        middle = _LEFT + column * place + column / 2 + 4 - _LINE / 2 * (len(lines) - 1)
        for number, line in enumerate(lines):
            x = middle + _LINE * number
            yield html(
                '<text class="tc-label tc-label--head" transform="translate({} {}) rotate(-90)">{}</text>',
                x,
                top - 8,
                line,
            )


def _rows(
    matrix: Matrix, columns: list[tuple[str, ...]], size: tuple[int, int, int], reading: Reading, page: str
) -> Iterator[Markup]:
    top, width, column = size
    for number, what in enumerate(matrix.types):
        y = top + _ROW * number
        lines = wrapped(type_title(what), _ROW_LETTERS)
        inset = 12 if "/" in what else 0
        yield html('<path class="tc-rule" d="M0 {}H{}"/>', y, width)
        for place, line in enumerate(lines):
            yield words(inset, y + _ROW / 2 + 4 - _LINE / 2 * (len(lines) - 1) + _LINE * place, line)
        for place, who in enumerate(columns):
            field = (_LEFT + column * place, y, column)
            yield _cell(matrix.cells[what, who[0]], what, who, field, reading, page)


def _cell(
    cell: Cell, what: str, who: tuple[str, ...], place: tuple[int, int, int], reading: Reading, page: str
) -> Markup:
    x, y, width = place
    told = "what is their own" if cell.own and cell.form is Form.NONE else ""
    told = told or (form_title(cell.form).lower() if cell.form is not Form.NONE else "not shared")
    by = listing(f"clause {number}" for number in cell.clauses) or "no clause allows it"
    on = ", on conditions" if cell.conditional else ""
    label = f"{type_title(what)}, {reading.labels.who(who)}: {told}{on}, {by}"
    middle_x, middle_y = x + width / 2, y + _ROW / 2
    own = cell.own and cell.form is Form.NONE
    mark = diamond(middle_x, middle_y) if own else ball(middle_x, middle_y, cell.form)
    if cell.conditional:
        mark = join((mark, dot(middle_x + 12, middle_y - 9)))
    # The whole field can be pressed: a disc alone would be a small thing to hit.
    field = html('<rect class="tc-field" x="{}" y="{}" width="{}" height="{}"/>', x, y + 1, width, _ROW - 2)
    if not cell.clauses:
        return html('<g role="img" aria-label="{}">{}{}</g>', label, field, mark)
    return html('<a href="{}#clause-{}" aria-label="{}">{}{}</a>', page, cell.clauses[0], label, field, mark)


def _key(matrix: Matrix) -> Iterator[tuple[str | Form, str]]:
    """What the marks of this picture mean: those that are in it."""
    cells = matrix.cells.values()
    forms = sorted({cell.form for cell in cells if not (cell.own and cell.form is Form.NONE)}, reverse=True)
    yield from ((form, form_title(form) if form is not Form.NONE else "Not shared") for form in forms)
    if any(cell.own and cell.form is Form.NONE for cell in cells):
        yield "own", "What is one’s own"
    if any(cell.conditional for cell in cells):
        yield "dot", "Only on conditions, which the clause says"


def _explained(mark: str | Form, text: str, y: int) -> Iterator[Markup]:
    x, middle = 12, y - 4
    shapes = {"own": diamond(x, middle), "dot": dot(x, middle)}
    yield shapes[mark] if isinstance(mark, str) else ball(x, middle, mark)
    yield words(x + 18, y, text, "tc-label tc-label--quiet") if text else NOTHING
