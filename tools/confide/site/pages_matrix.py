"""Who may learn what, as a picture and as a table: types × parties, each cell in words, with a mark beside colour."""

from __future__ import annotations

from markupsafe import Markup

from confide.model.view import AgreementView
from confide.model.words import Form
from confide.site.markup import NOTHING, facts, html, join
from confide.site.matrix import Cell, Matrix
from confide.site.picture_matrix import matrix_picture
from confide.site.reading import Reading
from confide.site.sentences import unless_phrase
from confide.site.words import capital, form_meaning, form_title, type_title


def table(shown: AgreementView, reading: Reading) -> Markup:
    """The table, which turns into one card a type on a narrow screen, and what its words mean."""
    matrix = reading.matrix(shown)
    shared = columns_of(matrix, reading)
    columns = [(who, capital(reading.labels.who(who))) for who in shared]
    head = join(html('<th scope="col" role="columnheader">{}</th>', title) for _, title in columns)
    body = join(
        html(
            '<tr role="row"><th scope="row" role="rowheader"{}>{}</th>{}</tr>',
            html(' class="tc-sub"') if "/" in what else NOTHING,
            type_title(what),
            join(_cell(matrix.cells[what, who[0]], title, reading) for who, title in columns),
        )
        for what in matrix.types
    )
    return html(
        "<p>The widest way in which each kind of information may be shared with each person. Every disc leads to the "
        "clause that says so; the table below says it in words.</p>{}"
        '<div class="tc-wide"><table class="tc-matrix" role="table"><thead role="rowgroup"><tr role="row">'
        '<td role="cell"></td>{}</tr></thead><tbody role="rowgroup">{}</tbody></table></div>{}',
        matrix_picture(matrix, shared, reading),
        head,
        body,
        _legend({cell.form for cell in matrix.cells.values()}),
    )


def columns_of(matrix: Matrix, reading: Reading) -> list[tuple[str, ...]]:
    """The parties, the reader first; those for whom every answer is the same share a column."""
    columns: dict[tuple[Cell, ...], tuple[str, ...]] = {}
    for party in sorted(matrix.parties, key=lambda party: party != reading.view.party):
        answers = tuple(matrix.cells[what, party] for what in matrix.types)
        columns[answers] = (*columns.get(answers, ()), party)
    return list(columns.values())


def _cell(cell: Cell, party: str, reading: Reading) -> Markup:
    if cell.form is not Form.NONE:
        kind, word = "share", form_title(cell.form)
    elif cell.own:
        kind, word = "own", "What is their own" if party != "You" else "What is your own"
    else:
        kind, word = "withhold", "Not shared"
    return html(
        '<td role="cell" class="tc-cell tc-cell--{kind}" data-party="{party}"><div><span class="tc-word">{word}</span> '
        "{small}</div></td>",
        kind=kind,
        party=party,
        word=word,
        small=_small(cell, reading),
    )


def _small(cell: Cell, reading: Reading) -> Markup:
    notes = []
    if cell.clauses:
        links = join((html('<a href="#clause-{0}">{0}</a>', n) for n in cell.clauses), ", ")
        notes.append(html("clause {}" if len(cell.clauses) == 1 else "clauses {}", links))
    elif cell.withheld:
        notes.append(html("no clause allows it"))
    if cell.form is not Form.NONE and "coach" not in cell.senders:
        notes.append(html("from {}", reading.labels.who(cell.senders, "or")))
    if cell.conditional:
        notes.append(html("on conditions"))
    if cell.unless:
        notes.append(html("{}", unless_phrase(cell.unless, reading.labels)))
    return html("<small>{}</small>", join(notes, ", ")) if notes else NOTHING


def _legend(forms: set[Form]) -> Markup:
    told = sorted(forms - {Form.NONE}, reverse=True)
    return facts((form_title(form), capital(form_meaning(form)) + ".") for form in told)
